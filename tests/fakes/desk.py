"""An agent's desk in memory, without the rules of routing: what the HTTP API needs to be tested."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from heartline.domain.inboxes import AgentProfile
from heartline.services.desk_ports import DeskStatus, HandedOver, Stance, Target


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

    def stances(self, agents: Sequence[AgentProfile]) -> dict[str, Stance]:
        return {agent.id: Stance(presence=self.presence.get(agent.id, "OFFLINE")) for agent in agents}

    def set_presence(
        self, agent: AgentProfile, presence: str, *, reason: str = "", returns_at: datetime | None = None
    ) -> DeskStatus:
        self.presence[agent.id] = presence
        return replace(self.status(agent), reason=reason, returns_at=returns_at)

    def heartbeat(self, agent: AgentProfile) -> None:
        self.calls.append(("heartbeat", agent.id))

    def hand_over(self, by: AgentProfile, to: Target, note: str) -> HandedOver:
        self.calls.append(("hand over", by.id, to.agent.id if to.agent else to.pool, note))
        return HandedOver(moved=self.conversations.get(by.id, ()), kept=())
