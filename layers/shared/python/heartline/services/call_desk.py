"""What agents ask of a call: each command is one conditional write, and the dialer makes it so."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from heartline.domain import call_control
from heartline.domain.call_parties import CUSTOMER, Consult, PartyState, Transfer
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, RecordingState, Step
from heartline.domain.conversations import Conversation, existing
from heartline.domain.errors import Conflict
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.journal import line
from heartline.services.call import inbox_of
from heartline.services.call_ports import CallRouting
from heartline.services.call_writing import MovingCalls, known, written
from heartline.services.ports import Clock, Configuration
from heartline.services.transfers import Transfers

FOR_LEADS: Final = ("decline", "hang_up", "wrap_up", "cancel")
"""What a lead may do in a call that is another's: end it, and not speak in it."""


class CommandedCalls(MovingCalls, Protocol):
    """The calls and the heads of their conversations."""

    def head(self, conversation: str) -> Conversation | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDesk:
    """Each command answers the call as it is afterwards; what is so already is answered again.

    `by` is whom the API has let see the call. They raise `NotFound`, `Conflict` with a sentence, `Refused` for a number
    that may not be called, and `Contended` if the call keeps moving.
    """

    calls: CommandedCalls
    routing: CallRouting
    transfers: Transfers
    configuration: Configuration
    clock: Clock

    def can(self, call: Call, by: AgentProfile) -> tuple[str, ...]:
        """The commands that `by` may give now, in the order of the interface."""
        own = call_control.can(call, by.id, self.clock())
        if own or not _leads(by):
            return own
        return tuple(name for name in call_control.can(call, call.agent, self.clock()) if name in FOR_LEADS)

    def hold(self, call_id: str, by: AgentProfile, *, on: bool) -> Call:
        """Let the customer wait with music, or talk with them again."""

        def decide(call: Call) -> Step | None:
            customer = call.party(CUSTOMER)
            held = customer is not None and customer.state is PartyState.HELD
            asked = call.wants.hold if call.wants.hold is not None else held
            return None if asked is on and _is_in(call, by) else call_control.hold(call, by.id, on=on, at=self.clock())

        return self._apply(call_id, decide)

    def mute(self, call_id: str, by: AgentProfile, *, on: bool) -> Call:
        """Close the agent's own microphone in the call, or open it."""

        def decide(call: Call) -> Step | None:
            leg = call_control.leg_of(call, by.id)
            so = leg is not None and call.wants.muted.get(leg.label, leg.muted) is on
            return None if so else call_control.mute(call, by.id, on=on, at=self.clock())

        return self._apply(call_id, decide)

    def record(self, call_id: str, by: AgentProfile, *, on: bool) -> Call:
        """Go on with the recording, or pause it."""

        def decide(call: Call) -> Step | None:
            runs = call.recording is RecordingState.ON
            asked = call.wants.recording if call.wants.recording is not None else runs
            recorded = call.recording is not RecordingState.OFF and _is_in(call, by)
            return None if asked is on and recorded else call_control.recording(call, by.id, on=on, at=self.clock())

        return self._apply(call_id, decide)

    def decline(self, call_id: str, by: AgentProfile) -> Call:
        """Not now: the offer goes to the next agent, and the ringing stops."""
        call = known(self.calls, call_id)
        if "decline" not in self.can(call, by):
            raise Conflict("This call is not offered to you any more.")
        head = existing(self.calls.head(call.conversation), call.conversation)
        if head.reservation == call.reservation:
            self.routing.decline(head, timed_out=False)
        return known(self.calls, call_id)

    def hang_up(self, call_id: str, by: AgentProfile) -> Call:
        """Leave the call; the last of ours who leaves ends it for the customer too."""

        def decide(call: Call) -> Step | None:
            if call.over and (call.agent == by.id or _leads(by)):
                return None
            wrap = self._inbox(call).voice_rules.wrap_up
            return self._acted(
                call, by, "ended", lambda who: call_control.hang_up(call, who, wrap=wrap, at=self.clock())
            )

        return self._apply(call_id, decide)

    def wrap_up(self, call_id: str, by: AgentProfile) -> Call:
        """The work after the call is done: its agent is free again."""

        def decide(call: Call) -> Step | None:
            done = call.over and call.agent == by.id and not call.wraps_up(self.clock())
            if done:
                return None
            return self._acted(
                call, by, "finished the work after", lambda who: call_control.wrap_up(call, who.id, at=self.clock())
            )

        return self._apply(call_id, decide)

    def cancel(self, call_id: str, by: AgentProfile) -> Call:
        """A call of ours that has not reached the customer is not made."""

        def decide(call: Call) -> Step | None:
            cancelled = call.state is CallState.CANCELLED
            return None if cancelled else call_control.cancel(call, by, at=self.clock())

        return self._apply(call_id, decide)

    def transfer(self, call_id: str, by: AgentProfile, transfer: Transfer) -> Call:
        """Hand the call to an agent, to whoever has a skill, or to a number; `transfer.by` is `by`."""
        return self._apply(call_id, lambda call: self.transfers.step(call, transfer, by=by, inbox=self._inbox(call)))

    def consult(self, call_id: str, by: AgentProfile, action: Consult) -> Call:
        """Go on from a warm transfer: hand over, take back, or talk all together."""
        return self._apply(call_id, lambda call: self.transfers.consulted(call, action, by=by))

    def _acted(self, call: Call, by: AgentProfile, did: str, act: Callable[[AgentProfile], Step]) -> Step:
        """What `by` does in their own call, or a lead in another's: the timeline names them."""
        agent = self._agent(call.agent)
        if call_control.leg_of(call, by.id) or call.agent == by.id or agent is None or not _leads(by):
            return act(by)
        step = act(agent)
        words = f"{by.name} {did} the call of {agent.name}."
        once = f"{call.id}#{step.after.version}"
        told = line(call.conversation, "call.noted", words, by=by, at=self.clock(), once=once)
        return replace(step, entries=(*step.entries, told))

    def _apply(self, call_id: str, decide: Callable[[Call], Step | None]) -> Call:
        return written(self.calls, call_id, decide)

    def _inbox(self, call: Call) -> Inbox:
        return inbox_of(self.configuration.company(), call.inbox)

    def _agent(self, agent_id: str) -> AgentProfile | None:
        return self.configuration.company().agent(agent_id)


def _leads(agent: AgentProfile) -> bool:
    return agent.role in {"lead", "admin"}


def _is_in(call: Call, by: AgentProfile) -> bool:
    leg = call_control.leg_of(call, by.id)
    return call.state is CallState.IN_PROGRESS and leg is not None and leg.talking
