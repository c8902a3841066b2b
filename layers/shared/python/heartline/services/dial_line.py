"""The dialer's tasks about a call's place: intake, the line, offers that end, the conversation afterwards."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from heartline.domain.call_due import Task, is_own_dial
from heartline.domain.call_legs import silent
from heartline.domain.call_line import call_back_of, unstaffed
from heartline.domain.call_parties import PartyState
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.call_words import missed_text
from heartline.domain.calling import begun, opening
from heartline.domain.calls import Call, Purpose, Step, advance, changed, linked
from heartline.domain.conversations import Conversation, State
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel
from heartline.domain.routing.lifecycle import Move
from heartline.services.call_routing import written_channel
from heartline.services.dial_ports import Dialling

CLOSED: Final = "The conversation was closed."
ON_THE_PHONE: Final = "The customer is on the phone with us already."
CALLED_AGAIN: Final = "The customer called by themselves."

_WHY_NOT_TIMED_OUT: Final = ("busy", "failed")
_GIVES_WAY: Final = (CallState.PLANNED, CallState.QUEUED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lining:
    """Each writes what makes the task no longer due; `Contended` means look again."""

    parts: Dialling

    def take_in(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        """What the caller did becomes a message of theirs, exactly once; then the call is told in its conversation."""
        conversation = self.parts.ingest(self._arrival(call))
        self._apply(linked(call, conversation))

    def follow(self, call: Call, head: Conversation | None, _task: Task) -> None:
        """The conversation was merged: the call goes on in the one that shows it."""
        if head is not None:
            self._apply(changed(call, at=self._now, conversation=head.merged_into))

    def begin(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        self._apply(begun(call, at=self._now))

    def line_up(self, call: Call, head: Conversation | None, _task: Task) -> None:
        """Let the conversation wait on the phone, if anybody could answer and no other call is in the way."""
        if head is None:
            return
        other = self.parts.board.store.call(head.call) if head.call not in ("", call.id) else None
        if is_own_dial(call):
            self._apply(advance(call, CallEvent.UNANSWERED, at=self._now, text=f"{self._agent(call)} did not call."))
        elif other is not None and not other.over and not self._given_way(other, call):
            self._not_in_line(call, ON_THE_PHONE)
        elif call.on_line and not self.parts.routing.staffed(call.asked):
            self._unstaffed(call)
        else:
            self.parts.routing.to_voice(call)

    def give_up(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        """Nobody will answer: the conversation is closed, or the caller has left no message by now."""
        if call.state is CallState.RECORDING:
            self._apply(silent(call, self._now))
        else:
            self._not_in_line(call, CLOSED)

    def withdraw(self, call: Call, _head: Conversation | None, task: Task) -> None:
        """The offer is over: stop the ringing, and the call waits for the next agent."""
        leg = call.party(task.label)
        if leg is not None and leg.here and leg.sid:
            self.parts.telephony().end(leg.sid)
        parties = call.with_party(replace(leg, state=PartyState.LEFT)) if leg else call.parties
        text = missed_text(self._agent(call), leg) if leg and not leg.here else f"{self._agent(call)} did not take it."
        event = CallEvent.UNANSWERED if is_own_dial(call) else CallEvent.DECLINED
        free = {"agent": "", "reservation": "", "expires": None} if event is CallEvent.DECLINED else {"expires": None}
        self._apply(advance(call, event, at=self._now, text=text, parties=parties, **free))

    def give_back(self, call: Call, head: Conversation | None, task: Task) -> None:
        """The agent's phone was not answered: the conversation goes on to the next; a call of their own ends."""
        if head is None or is_own_dial(call):
            self.withdraw(call, head, replace(task, label=call.agent_label))
            return
        leg = call.party(call.agent_label)
        timed_out = leg is None or leg.why not in _WHY_NOT_TIMED_OUT
        self.parts.routing.decline(head, timed_out=timed_out)

    def promise(self, call: Call, head: Conversation | None, _task: Task) -> None:
        """Write down the call of ours that was asked for; for when the inbox is open, if nothing else is going on."""
        kept = changed(call, at=self._now, due=None)
        if head is None or head.state is State.CLOSED or head.call not in ("", call.id):
            self._apply(kept)
            return
        inbox = self.parts.board.inbox(call.inbox)
        due, _ = opening(self._now, inbox, at=self._now)
        number = inbox.voice_rules.caller_id or call.number
        ours = call_back_of(call, number=number, at=self._now, due=due if due > self._now else None)
        moved = Move(before=head, after=replace(head, call=ours.id))
        self._apply(replace(kept, opens=ours, move=moved))

    def settle(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        self.parts.routing.hand_back(call)

    def _given_way(self, other: Call, call: Call) -> bool:
        """Whether the call in the way is out of it: a call-back that the customer's own call makes needless."""
        if call.outbound or other.purpose is not Purpose.CALL_BACK or other.state not in _GIVES_WAY:
            return False
        met = self.parts.board.move(other, self._needless)
        return met.over

    def _needless(self, other: Call) -> Step | None:
        if other.state not in _GIVES_WAY:
            return None
        return advance(other, CallEvent.CANCELLED, at=self._now, text=CALLED_AGAIN)

    def _unstaffed(self, call: Call) -> None:
        """Nobody is there: what the inbox offers then."""
        closed = self.parts.board.inbox(call.inbox).voice_rules.closed
        self._apply(unstaffed(call, closed, at=self._now))
        self._fetch(call)

    def _not_in_line(self, call: Call, why: str) -> None:
        """A caller is asked for a message; a call of ours is not made."""
        if not call.on_line:
            self._apply(advance(call, CallEvent.CANCELLED, at=self._now, text=why))
            return
        text = f"{why} The caller was asked for a message."
        self._apply(advance(call, CallEvent.UNREACHED, at=self._now, text=text, lined=self._now))
        self._fetch(call)

    def _fetch(self, call: Call) -> None:
        """The customer hears at once what comes instead of the line."""
        if call.customer is not None:
            self.parts.telephony().line_up(call, call.customer.sid)

    def _arrival(self, call: Call) -> Arrival:
        board = self.parts.board
        event = CallEvent.MISSED if call.state is CallState.ABANDONED and not call.untold else CallEvent.QUEUED
        waits = call.state is CallState.QUEUED and self.parts.routing.staffed(call.asked)
        return Arrival(
            channel=Channel.VOICE,
            event=f"{call.id}#{CallEvent.QUEUED}",
            inbox=board.inbox(call.inbox),
            sender=call.caller,
            sender_name=call.caller_name,
            at=call.lined or call.began,
            text=call.said,
            recipients=(call.number,),
            provider_id=call.id,
            asked=call.asked,
            step=event.value,
            call=call.id if waits else "",
            routed=Channel.VOICE if waits else written_channel(board.configuration.company(), call.inbox),
        )

    @property
    def _now(self) -> datetime:
        return self.parts.board.now()

    def _agent(self, call: Call) -> str:
        return self.parts.board.name(call.agent)

    def _apply(self, step: Step | None) -> None:
        if step is not None:
            self.parts.board.store.apply(step)
