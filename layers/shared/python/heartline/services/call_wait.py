"""A caller waits in line: what they hear, how they ask to be called back, and how the waiting ends."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.call_line import call_back_of, unstaffed, waits
from heartline.domain.call_parties import Mode, Transfer
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.calls import Call, Step, advance
from heartline.domain.contacts import IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended
from heartline.domain.instructions import First, Goodbye, Hold, Instruction, Leave, Music, Nothing
from heartline.domain.lines import Line as Queue
from heartline.domain.lines import deserted, place
from heartline.domain.own_words import said, waiting
from heartline.domain.phrases import Phrase
from heartline.domain.routing.lifecycle import Move
from heartline.services.call import Switchboard
from heartline.services.call_ports import CallRequest, Line
from heartline.services.call_resume import farewell, hang_up, resumed

PUT_THROUGH: Final = timedelta(seconds=10)
"""How long the dialer may take to fetch the caller out of the line; later the caller leaves by themselves."""

_NO_ROOM: Final = ("queue-full", "error", "system-error")
"""https://www.twilio.com/docs/voice/twiml/enqueue: results of a caller who did not get into the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The steps of the line: one read and at most one write each."""

    board: Switchboard

    def turn(self, request: CallRequest) -> Instruction:
        """One turn of the waiting: where the caller stands, music, and the offer of a call-back."""
        call, line = self.board.store.in_line(request.call, request.routing_class)
        if call is None or not (waits(call) or self._is_fetched(call)):
            return Leave()
        if call.state is CallState.QUEUED and (self._waited_enough(request.since, call) or self._left(call, line)):
            return Leave()
        return self._hold(call, request, line)

    def press(self, request: CallRequest) -> Instruction:
        """A key was pressed in line: the one that asks for a call-back, or one that means nothing."""
        call, head = self.board.store.scene(request.call, request.conversation)
        if call is None or not waits(call):
            return Leave()
        wanted = request.digits == self.board.inbox(call.inbox).voice_rules.call_back.digit
        step = self._called_back(call, head) if wanted else None
        if step is None:
            return self._hold(call, request, None)
        try:
            self.board.store.apply(step)
        except Contended:
            return self._hold(call, request, None)
        return farewell(self.board, call, Phrase.KEEPS_PLACE)

    def leave(self, request: CallRequest) -> Instruction:
        """The caller is out of the line: gone, or to be asked for a message; who is fetched hears another document."""
        if request.result == "redirected":
            return Nothing()
        call, line = self.board.store.in_line(request.call, request.routing_class)
        if call is None:
            return Goodbye()
        if request.line is not Line.OPEN:
            hang_up(self.board, call, failed=request.line is Line.FAILED)
            return Nothing()
        no_room = request.result in _NO_ROOM
        if call.state is CallState.QUEUED and (no_room or self._waited_enough(call.lined, call)):
            call = self._unreached(call, "The line was full." if no_room else "Nobody was free to answer.")
        elif call.state is CallState.QUEUED and self._left(call, line):
            call = self._unstaffed(call)
        return resumed(self.board, call)

    def resume(self, request: CallRequest) -> Instruction:
        """The dialer has sent the caller's leg here: to the line, or to what comes instead of it by now."""
        call = self.board.store.call(request.call)
        return resumed(self.board, call) if call else Goodbye()

    def music(self, request: CallRequest) -> Instruction:
        """What is heard on hold, and by an agent until the customer is there. Nothing is read."""
        rules = self.board.inbox(request.inbox).voice_rules
        return Music(inbox=request.inbox, path=rules.hold_music, seconds=rules.announce_every)

    def thank(self, request: CallRequest) -> Instruction:
        """A message was left. Nothing is read."""
        inbox = self.board.inbox(request.inbox)
        return First(sayings=(said(inbox, request.place.language, Phrase.THANKS),), then=Goodbye())

    def _hold(self, call: Call, request: CallRequest, line: Queue | None) -> Hold:
        inbox, now = self.board.inbox(call.inbox), self.board.now()
        rules = inbox.voice_rules
        since = request.since or call.lined or now
        waited = int((now - since).total_seconds())
        due = request.told == 0 or waited - request.told >= rules.announce_every
        digit = self._offered(call, waited)
        stands = place(line, call.conversation, now) if due else None
        return Hold(
            call=call,
            routing_class=request.routing_class,
            since=since,
            told=max(waited, 1) if due else request.told,
            sayings=waiting(inbox, call.language, stands, digit if due else ""),
            digit=digit,
            music=Music(inbox=call.inbox, path=rules.hold_music, seconds=rules.announce_every),
        )

    def _unreached(self, call: Call, why: str) -> Call:
        """Nobody came: the caller is put through to the inbox's overflow, or asked for a message."""
        number, now = self.board.inbox(call.inbox).voice_rules.overflow, self.board.now()

        def decide(met: Call) -> Step | None:
            if number:
                onward = Transfer(mode=Mode.COLD, note="", by="", number=number)
                text = f"{why} The caller was put through to {number}."
                return advance(met, CallEvent.MISSED, at=now, text=text, transfer=onward, followed_up=True)
            return advance(met, CallEvent.UNREACHED, at=now, text=f"{why} The caller was asked for a message.")

        return self.board.move(call, decide)

    def _unstaffed(self, call: Call) -> Call:
        """The last agent has gone: what the inbox offers then."""
        closed, now = self.board.inbox(call.inbox).voice_rules.closed, self.board.now()
        return self.board.move(call, lambda met: unstaffed(met, closed, at=now))

    def _left(self, call: Call, line: Queue | None) -> bool:
        return deserted(line, call.conversation, self.board.now())

    def _is_fetched(self, call: Call) -> bool:
        """Whether the dialer is about to take the caller out of the line: an agent has answered, or nobody will."""
        since = call.answered if call.state is CallState.IN_PROGRESS else call.lined
        return since is not None and self.board.now() - since < PUT_THROUGH

    def _waited_enough(self, since: datetime | None, call: Call) -> bool:
        longest = timedelta(seconds=self.board.inbox(call.inbox).voice_rules.max_wait)
        return since is not None and self.board.now() - since >= longest

    def _offered(self, call: Call, waited: int) -> str:
        """The key that asks for a call-back, or nothing where none can be offered yet."""
        rules = self.board.inbox(call.inbox).voice_rules.call_back
        known = bool(call.conversation) and call.caller.kind is not IdentityKind.ANONYMOUS
        return rules.digit if call.state is CallState.QUEUED and known and waited >= rules.offer_after else ""

    def _called_back(self, call: Call, head: Conversation | None) -> Step | None:
        """The call ends, and one of ours takes its place in the line; None if an agent has been chosen already."""
        if head is None or head.state is not State.WAITING or head.call != call.id:
            return None
        number = self.board.inbox(call.inbox).voice_rules.caller_id or call.number
        ours = call_back_of(call, number=number, at=self.board.now())
        text = "Asked to be called back, and keeps the place in line."
        step = advance(call, CallEvent.CALL_BACK, at=self.board.now(), text=text)
        move = Move(before=head, after=replace(head, call=ours.id))
        return replace(step, opens=ours, move=move) if step else None
