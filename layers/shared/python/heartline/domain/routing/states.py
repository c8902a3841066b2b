"""An agent's state as it is stored: what the decision sees, and the work they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from heartline.domain.inboxes import AgentProfile
from heartline.domain.intake import membership
from heartline.domain.routing.model import Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One piece of open work. `expires` is set while it is an offer or a wrap-up; `weight` are the units it took."""

    reservation: str
    channel: str
    expires: datetime | None = None
    weight: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentState:
    """An agent now. `open` maps conversations to the hold that the agent has on them."""

    agent: Agent
    open: Mapping[str, Hold] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.agent.id


def skills_of(profile: AgentProfile) -> dict[str, int]:
    """What an agent can do; membership of an inbox is a skill like any other."""
    return {**profile.skills, **{membership(inbox): 1 for inbox in profile.inboxes}}
