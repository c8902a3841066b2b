"""A caller waits in line until an agent's phone is rung and answered, or the wait is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from heartline.domain.calls import Call, CallEvent, CallState
from heartline.domain.conversations import Conversation, State
from heartline.domain.instructions import Dial, Goodbye, Hold, Instruction, Leave, Whisper
from heartline.services.call import Switchboard, called_by
from heartline.services.call_end import Ending, resumed, to_voicemail
from heartline.services.call_ports import CallRequest, Line

RING: Final = timedelta(seconds=20)
SHORTEST_RING: Final = timedelta(seconds=5)
MARGIN: Final = timedelta(seconds=1)
"""An offer is accepted when the phone is picked up: the ringing stops before the offer does."""

CALLER_GONE: Final = "The caller is no longer there."
ANNOUNCE_EVERY: Final = 30
HOLD_SECONDS: Final = 3
"""How long one turn of the hold loop takes: what an offered caller may lose of the ringing."""

TAKEN: Final = (State.OFFERED, State.ASSIGNED)
_AT_AN_AGENT: Final = (CallState.OFFERING, CallState.IN_PROGRESS)
_ENDS_WAIT: Final = (*TAKEN, State.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """The steps from the line to an agent; the conversation's head says who has been chosen."""

    board: Switchboard
    ending: Ending

    def wait(self, request: CallRequest) -> Instruction:
        """One turn of the hold loop: a single read."""
        head = self.board.store.head(request.conversation)
        if head is None or head.state in _ENDS_WAIT or self._waited_enough(request.since, head.inbox):
            return Leave()
        return Hold(words=_position(request))

    def leave_line(self, request: CallRequest) -> Instruction:
        """The caller is out of the line: ring the chosen agent, wait on, or take a message."""
        if request.line is not Line.OPEN:
            return self.ending.hang_up(request)
        call = self.board.store.call(request.call)
        if call is None or call.over:
            return Goodbye()
        head = self.board.store.head(call.conversation)
        if head is not None and head.state in TAKEN:
            return self._ring(call, head)
        if head is None or head.state is State.CLOSED:
            return to_voicemail(self.board, call, "The conversation was closed.")
        return self._wait_on(call)

    def pick_up(self, request: CallRequest) -> Instruction:
        """The agent's phone is answered: this is the moment of acceptance, claimed once."""
        call = self.board.store.call(request.call)
        if call is None or call.state not in _AT_AN_AGENT or call.attempt != request.attempt:
            return Goodbye(words=CALLER_GONE)
        if call.state is CallState.OFFERING and not self.board.routing.accept(call.conversation, call.reservation):
            return Goodbye(words="The offer of this call is over.")
        self.board.move(call, CallEvent.ANSWERED, self._says("answered"), answered=self.board.clock())
        return self._whisper(self.board.store.call(call.id) or call)

    def stop_ringing(self, request: CallRequest) -> Instruction:
        """The agent's phone was hung up, or never answered: then it is the next agent's turn."""
        if request.line is not Line.OPEN:
            return self.ending.hang_up(request)
        call = self.board.store.call(request.call)
        if call is None or call.over:
            return Goodbye()
        if call.state is CallState.IN_PROGRESS:
            self.ending.hang_up(request)
            return Goodbye()
        if call.state is CallState.OFFERING and call.attempt == request.attempt:
            call = self._declined(call, busy=request.busy) or call
        return self._wait_on(call)

    def _ring(self, call: Call, head: Conversation) -> Instruction:
        agent = self.board.agent(head.agent or "")
        if agent is None or not agent.phone:
            return self._cannot_ring(call, head)
        chosen: dict[str, Any] = {"agent": agent.id, "reservation": head.reservation or "", "attempt": call.attempt + 1}
        offered = self.board.move(call, CallEvent.OFFERED, lambda _call: f"Offered to {agent.name}.", **chosen)
        # A repeated request finds the offer made already, and rings the same phone.
        ringing = offered or self.board.store.call(call.id) or call
        return Dial(phone=agent.phone, seconds=self._ring_seconds(head), call=ringing)

    def _cannot_ring(self, call: Call, head: Conversation) -> Instruction:
        """An offer goes to the next agent; what was assigned by hand has no other agent to go to."""
        if head.state is State.ASSIGNED:
            return to_voicemail(self.board, call, f"{self.board.agent_name(head.agent or '')} has no telephone.")
        self.board.routing.decline(head.id, head.reservation or "", timed_out=False)
        return self._wait_on(call)

    def _whisper(self, call: Call) -> Instruction:
        if call.state is not CallState.IN_PROGRESS:
            return Goodbye(words=CALLER_GONE)
        about = f", about {call.choice}" if call.choice else ""
        return Whisper(words=f"A call for {self.board.inbox(call.inbox).name}{about}, from {called_by(call)}.")

    def _declined(self, call: Call, *, busy: bool) -> Call | None:
        self.board.routing.decline(call.conversation, call.reservation, timed_out=not busy)
        return self.board.move(call, CallEvent.DECLINED, self._says("was busy" if busy else "did not answer"))

    def _wait_on(self, call: Call) -> Instruction:
        if call.state is CallState.QUEUED and self._waited_enough(call.queued, call.inbox):
            return to_voicemail(self.board, call, "Nobody was free to answer.")
        return resumed(self.board, call)

    def _waited_enough(self, since: datetime | None, inbox: str) -> bool:
        ivr = self.board.inbox(inbox).ivr
        longest = timedelta(seconds=ivr.max_wait if ivr else 60)
        return since is not None and self.board.clock() - since >= longest

    def _ring_seconds(self, head: Conversation) -> int:
        """As long as the offer stands; what was assigned by hand rings for the usual time."""
        expires = head.offer_expires
        left = expires - self.board.clock() - MARGIN if head.state is State.OFFERED and expires else RING
        return int(min(max(left, SHORTEST_RING), RING).total_seconds())

    def _says(self, did: str) -> Callable[[Call], str]:
        """The entry of the timeline on what the agent of a call did."""
        return lambda call: f"{self.board.agent_name(call.agent)} {did}."


def _position(request: CallRequest) -> str:
    """The place in line, said at the start and then now and again; nothing where the provider does not tell it."""
    if request.position == 0 or request.seconds_in_line % ANNOUNCE_EVERY >= HOLD_SECONDS:
        return ""
    if request.position == 1:
        return "Thank you for waiting. You are next in line."
    return f"Thank you for waiting. You are number {request.position} in line."
