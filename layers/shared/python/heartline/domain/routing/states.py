"""An agent's state as it is stored: what the decision sees, and the work they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from heartline.domain.inboxes import AgentProfile
from heartline.domain.intake import membership
from heartline.domain.routing.model import Agent, Policy, Refusal, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One piece of open work. `expires` is set while it is an offer or a wrap-up; `weight` are the units it took."""

    reservation: str
    channel: str
    expires: datetime | None = None
    weight: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceNotes:
    """What goes with a presence: why it was chosen, and until when they are away.

    `left` is when the agent was online last, `ramp` since when their places open bit by bit.
    """

    reason: str = ""
    returns_at: datetime | None = None
    left: datetime | None = None
    ramp: datetime | None = None


NO_NOTES: Final = PresenceNotes()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentState:
    """An agent now. `open` maps conversations to the hold that the agent has on them.

    `free_units` is what is left of the agent's units; without units it counts from 0.
    """

    agent: Agent
    open: Mapping[str, Hold] = field(default_factory=dict)
    free_units: float = 0
    notes: PresenceNotes = NO_NOTES

    @property
    def id(self) -> str:
        return self.agent.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is kept of the latest decision about a conversation.

    `order` are the first eligible agents by rank, `refused` some of the others with the rule that refused each: as many
    as a kilobyte holds. `why` says what it went on waiting for, if `agent` is None.
    """

    at: datetime
    agent: str | None
    why: Why | None
    order: tuple[str, ...] = ()
    refused: Mapping[str, Refusal] = field(default_factory=dict)


def weighed(state: AgentState, policy: Policy) -> Agent:
    """The agent as a decision has to see them: what it adds up under `policy` fits exactly if the claim will.

    Work that was taken while the policy had other weights goes on taking what it took then.
    """
    agent = state.agent
    as_now = all(hold.weight == policy.weight(hold.channel) for hold in state.open.values())
    return agent if agent.units is None or as_now else replace(agent, units=agent.used(policy) + state.free_units)


def without(state: AgentState, conversation: str) -> AgentState:
    """The state as it would be if the agent did not have the conversation; the same if they do not."""
    hold = state.open.get(conversation)
    if hold is None:
        return state
    return replace(
        state,
        agent=state.agent.carrying(hold.channel, -1),
        open={name: each for name, each in state.open.items() if name != conversation},
        free_units=state.free_units + hold.weight,
    )


def skills_of(profile: AgentProfile) -> dict[str, int]:
    """What an agent can do; membership of an inbox is a skill like any other."""
    return {**profile.skills, **{membership(inbox): 1 for inbox in profile.inboxes}}
