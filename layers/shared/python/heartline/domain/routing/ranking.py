"""In which order conversations are served, and in which order agents are asked (R2, R3, R17)."""

from collections.abc import Callable, Mapping
from typing import Final

from heartline.domain.routing.model import Agent, AgentOrder, Needs, Policy, Waiting

Measure = Callable[[Agent, str, Policy], float]
"""What an order asks for beside the last work, for an agent on a channel: the same for all who have the same room."""


def urgency(head: Waiting) -> tuple[int, float, str]:
    """The key that waiting conversations are sorted by: band, age with its boost, id (R2)."""
    return head.band, head.enqueued - head.boost, head.id


def level(skills: Mapping[str, int], needs: Needs, policy: Policy) -> float:
    """What those with `skills` rank by within a ring before all else: `best` asks for the highest mean level."""
    if policy.agent_order is not AgentOrder.BEST or not needs:
        return 0
    return -sum(skills.get(skill, 0) for skill, _ in needs) / len(needs)


def rested(agent: Agent, policy: Policy, now: float) -> bool:
    """Whether the agent may be given heated work before others (R17)."""
    return policy.rest is None or agent.last_heated is None or now - agent.last_heated >= policy.rest


def keys(agent: Agent, channel: str, policy: Policy) -> tuple[float, float]:
    """The two keys of the policy's order for an agent who takes work on the channel."""
    measure = MEASURES[policy.agent_order](agent, channel, policy)
    return (agent.last, measure) if policy.agent_order in LAST_FIRST else (measure, agent.last)


def _utilisation(agent: Agent, channel: str, policy: Policy) -> float:
    if not agent.load:
        return 0
    if agent.units is not None:
        return agent.used(policy) / agent.units
    return agent.load.get(channel, 0) / agent.capacity[channel]


def _nothing(_: Agent, __: str, ___: Policy) -> float:
    return 0


def _spare(agent: Agent, channel: str, _: Policy) -> float:
    return -agent.free(channel)


MEASURES: Final[dict[AgentOrder, Measure]] = {
    AgentOrder.LOAD_IDLE: _utilisation,
    AgentOrder.IDLE: _utilisation,
    AgentOrder.BEST: _nothing,
    AgentOrder.SPARE: _spare,
}

LAST_FIRST: Final = frozenset({AgentOrder.IDLE, AgentOrder.BEST})
"""The orders that ask for the last work before the measure."""
