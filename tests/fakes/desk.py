"""An agent's desk in memory, without the rules of routing: what the HTTP API needs to be tested."""

from dataclasses import dataclass, field

from heartline.domain.inboxes import AgentProfile
from heartline.services.desk_ports import DeskStatus


@dataclass(slots=True)
class FakeDesk:
    """Implements `services.desk_ports.Desk`; `calls` has what was asked, with the agent who asked."""

    presence: dict[str, str] = field(default_factory=dict)
    conversations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calls: list[tuple[str, ...]] = field(default_factory=list)

    def status(self, agent: AgentProfile) -> DeskStatus:
        own = self.conversations.get(agent.id, ())
        return DeskStatus(
            presence=self.presence.get(agent.id, "OFFLINE"),
            capacity={channel.value: count for channel, count in agent.capacity.items()},
            load={"sms": len(own)} if own else {},
            conversations=own,
        )

    def set_presence(self, agent: AgentProfile, presence: str) -> DeskStatus:
        self.presence[agent.id] = presence
        return self.status(agent)

    def heartbeat(self, agent: AgentProfile) -> None:
        self.calls.append(("heartbeat", agent.id))

    def assign(self, conversation_id: str, *, to: AgentProfile | None, by: AgentProfile) -> None:
        self.calls.append(("assign", conversation_id, to.id if to else "", by.id))

    def close(self, conversation_id: str, *, by: AgentProfile) -> None:
        self.calls.append(("close", conversation_id, by.id))

    def reopen(self, conversation_id: str, *, by: AgentProfile) -> None:
        self.calls.append(("reopen", conversation_id, by.id))
