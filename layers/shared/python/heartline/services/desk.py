"""An agent's own controls, as the API offers them: presence, load, and moving work by hand."""

from dataclasses import dataclass

from heartline.domain.inboxes import AgentProfile
from heartline.domain.routing.states import AgentState
from heartline.services.desk_ports import DeskStatus
from heartline.services.handover import Handover
from heartline.services.presence import Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingDesk:
    """Implements `services.desk_ports.Desk`. `by` is whom the API has already allowed to do it."""

    presence: Presence
    handover: Handover

    def status(self, agent: AgentProfile) -> DeskStatus:
        return _status(self.presence.state(agent))

    def set_presence(self, agent: AgentProfile, presence: str) -> DeskStatus:
        return _status(self.presence.choose(agent, presence))

    def heartbeat(self, agent: AgentProfile) -> None:
        self.presence.beat(agent)

    def assign(self, conversation_id: str, *, to: AgentProfile | None, by: AgentProfile) -> None:  # noqa: ARG002 - the port's
        if to is None:
            self.handover.unassign(conversation_id)
        else:
            self.handover.assign(conversation_id, to)

    def close(self, conversation_id: str, *, by: AgentProfile) -> None:  # noqa: ARG002 - the port's
        self.handover.close(conversation_id)

    def reopen(self, conversation_id: str, *, by: AgentProfile) -> None:  # noqa: ARG002 - the port's
        self.handover.reopen(conversation_id)


def _status(state: AgentState) -> DeskStatus:
    agent = state.agent
    return DeskStatus(
        presence=agent.presence,
        capacity=dict(agent.capacity),
        load={channel: count for channel, count in agent.load.items() if count},
        conversations=tuple(state.open),
    )
