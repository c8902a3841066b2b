"""Hands a call to somebody else: who may get it, and what becomes of the conversation, decided on what is so now."""

from dataclasses import dataclass, replace
from datetime import timedelta

from heartline.domain.call_control import consulted, handed_over, ring_third
from heartline.domain.call_parties import Consult, Mode, Transfer
from heartline.domain.calls import Call, Step
from heartline.domain.conversations import Conversation, State, existing
from heartline.domain.errors import Conflict, NotFound, Refused
from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Gate, Move
from heartline.domain.routing.model import Policy
from heartline.services.call_ports import CallRouting, Diallable
from heartline.services.ports import Clock, Configuration, NewId
from heartline.services.routing_ports import RoutingStore
from heartline.services.targets import takes_calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfers:
    """Each answers a step that carries the conversation's own transition; they raise `Conflict` with a sentence."""

    store: RoutingStore
    routing: CallRouting
    configuration: Configuration
    dialable: Diallable
    clock: Clock
    new_id: NewId

    @property
    def policy(self) -> Policy:
        """How the company routes, as it is configured now."""
        return self.configuration.company().policy

    def step(self, call: Call, transfer: Transfer, *, by: AgentProfile, inbox: Inbox) -> Step:
        """Begin a transfer. To an agent or a skill, cold, it is an offer like any other; else the third is rung."""
        if transfer.number and (why_not := self.dialable(transfer.number)):
            raise Refused(why_not, reason="destination")
        if transfer.skill:
            return self._to_skill(call, transfer, by)
        if transfer.mode is Mode.COLD and transfer.agent:
            return self._to_agent(call, transfer, by, inbox)
        to = self._free(transfer.agent, by, inbox).name if transfer.agent else transfer.number
        leaves = transfer.mode is Mode.COLD
        move = self._as_written(call) if leaves else None
        return ring_third(call, transfer, by=by, to=to, at=self.clock(), move=move)

    def consulted(self, call: Call, action: Consult, *, by: AgentProfile) -> Step:
        """Go on from a warm transfer; handed over, the conversation is the other agent's."""
        transfer = call.transfer
        if transfer is None:
            raise Conflict("There is no transfer under way.")
        other = self._known(transfer.agent)
        to = other.name if other else transfer.number
        if action is not Consult.COMPLETE:
            return consulted(call, action, by=by, to=to, at=self.clock(), move=None)
        if other is None:
            return consulted(call, action, by=by, to=to, at=self.clock(), move=self._as_written(call))
        reservation = self.new_id()
        head = self._head(call)
        after = lifecycle.assigned(head, other.id, reservation=reservation)
        move = Move(before=head, after=after, begins=self.clock())
        step = consulted(call, action, by=by, to=to, at=self.clock(), move=move)
        return replace(step, after=replace(step.after, reservation=reservation))

    def _to_agent(self, call: Call, transfer: Transfer, by: AgentProfile, inbox: Inbox) -> Step:
        """An offer to that agent alone; one that they do not take goes on in the line."""
        target, now = self._free(transfer.agent, by, inbox), self.clock()
        state = self.store.agent(target)
        gate = Gate(epoch=state.agent.epoch if state else 0, blockers=self.policy.blockers(Channel.VOICE))
        seconds = self.policy.offers[Channel.VOICE.value]
        head = self._head(call)
        offered = lifecycle.offered(
            head, target.id, reservation=self.new_id(), expires=now + timedelta(seconds=seconds)
        )
        move = Move(before=head, after=replace(offered, last_agent=target.id), begins=now, gate=gate)
        return handed_over(call, transfer, by=by, to=target.name, at=now, move=move)

    def _to_skill(self, call: Call, transfer: Transfer, by: AgentProfile) -> Step:
        """Back into the line with the age that the call has, and not back to whoever handed it on."""
        asked = call.asked.asking(transfer.skill, 1)
        if not self.routing.staffed(asked):
            raise Conflict(f"Nobody with the skill “{transfer.skill}” is online.")
        now, head = self.clock(), self._head(call)
        state = self.store.agent(by)
        passed = lifecycle.declined(head, epoch=state.agent.epoch if state else 0, at=now)
        after = lifecycle.called(passed, call.id, asked, at=call.queued or now)
        step = handed_over(
            call,
            transfer,
            by=by,
            to=f"whoever has the skill “{transfer.skill}”",
            at=now,
            move=Move(before=head, after=replace(after, last_agent=None)),
        )
        return replace(step, after=step.after.asking(asked))

    def _as_written(self, call: Call) -> Move:
        """The agent leaves the customer with a number: they are free for the next call, and keep the conversation."""
        head = self._head(call)
        channel = self._company().written_channel(call.inbox)
        return Move(before=head, after=replace(lifecycle.uncalled(head, channel), call=call.id))

    def _free(self, name: str, by: AgentProfile, inbox: Inbox) -> AgentProfile:
        """A colleague of the inbox who can take a call now."""
        target = self._known(name)
        if target is None or inbox.id not in target.inboxes:
            raise NotFound(f"There is no agent “{name}” in this inbox.")
        if target.id == by.id:
            raise Conflict("You have this call already.")
        state = self.store.agent(target)
        if state is None or not takes_calls(state.agent, self.policy):
            raise Conflict(f"{target.name} cannot take a call now.")
        return target

    def _known(self, name: str) -> AgentProfile | None:
        return self._company().agent(name)

    def _head(self, call: Call) -> Conversation:
        """The conversation that goes along; one that was closed meanwhile is nobody's to hand on."""
        head = existing(self.store.head(call.conversation), call.conversation)
        if head.state is State.CLOSED:
            raise Conflict("This conversation was closed during the call. Reopen it to hand the call on.")
        return head

    def _company(self) -> Company:
        return self.configuration.company()
