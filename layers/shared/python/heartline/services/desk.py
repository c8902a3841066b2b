"""An agent's own controls, as the API offers them: presence, load, and moving work by hand."""

from dataclasses import dataclass

from heartline.domain.conversations import Conversation, existing
from heartline.domain.inboxes import AgentProfile
from heartline.domain.journal import line
from heartline.domain.routing.states import AgentState
from heartline.services.desk_ports import DeskStatus, Journal
from heartline.services.handover import Handover
from heartline.services.ports import Clock
from heartline.services.presence import Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingDesk:
    """Implements `services.desk_ports.Desk`. `by` is whom the API has allowed to do it; the timeline names them."""

    presence: Presence
    handover: Handover
    journal: Journal
    clock: Clock

    def status(self, agent: AgentProfile) -> DeskStatus:
        return _status(self.presence.state(agent))

    def set_presence(self, agent: AgentProfile, presence: str) -> DeskStatus:
        return _status(self.presence.choose(agent, presence))

    def heartbeat(self, agent: AgentProfile) -> None:
        self.presence.beat(agent)

    def assign(self, conversation_id: str, *, to: AgentProfile | None, by: AgentProfile) -> None:
        before = self._head(conversation_id)
        if to is None:
            after = self.handover.unassign(conversation_id)
            words = f"{by.name} gave this back to the queue"
        else:
            after = self.handover.assign(conversation_id, to)
            words = f"{by.name} took this" if to.id == by.id else f"{by.name} gave this to {to.name}"
        self._record(before, after, "conversation.assigned", words, by)

    def close(self, conversation_id: str, *, by: AgentProfile) -> None:
        before = self._head(conversation_id)
        after = self.handover.close(conversation_id)
        self._record(before, after, "conversation.closed", f"{by.name} closed this", by)

    def reopen(self, conversation_id: str, *, by: AgentProfile) -> None:
        before = self._head(conversation_id)
        after = self.handover.reopen(conversation_id)
        self._record(before, after, "conversation.reopened", f"{by.name} reopened this", by)

    def _head(self, conversation_id: str) -> Conversation:
        return existing(self.handover.store.head(conversation_id), conversation_id)

    def _record(self, before: Conversation, after: Conversation, event: str, words: str, by: AgentProfile) -> None:
        """Write what changed into the timeline, after the fact: a crash between the two loses a line, never a step."""
        if (before.state, before.agent) == (after.state, after.agent):
            return
        once = f"{after.id}#{after.version}"
        self.journal.record(line(after.id, event, words, by=by, at=self.clock(), once=once))


def _status(state: AgentState) -> DeskStatus:
    agent = state.agent
    return DeskStatus(
        presence=agent.presence,
        capacity=dict(agent.capacity),
        load={channel: count for channel, count in agent.load.items() if count},
        conversations=tuple(state.open),
    )
