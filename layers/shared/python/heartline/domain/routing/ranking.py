"""In which order conversations are served, and in which order agents are asked (R2, R3, R17)."""

from collections.abc import Callable, Mapping
from typing import Final

from heartline.domain.routing.model import Agent, AgentOrder, Needs, Policy, Waiting

Keys = Callable[[Agent, str, Policy], tuple[float, float]]
"""The two keys of a policy for an agent on a channel."""


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


def _utilisation(agent: Agent, channel: str, policy: Policy) -> float:
    if agent.units is not None:
        return agent.used(policy) / agent.units
    return agent.load.get(channel, 0) / agent.capacity[channel]


def _load_idle(agent: Agent, channel: str, policy: Policy) -> tuple[float, float]:
    if not agent.load:
        return 0, agent.last
    return _utilisation(agent, channel, policy), agent.last


def _idle(agent: Agent, channel: str, policy: Policy) -> tuple[float, float]:
    return agent.last, _utilisation(agent, channel, policy)


def _best(agent: Agent, _: str, __: Policy) -> tuple[float, float]:
    return agent.last, 0


def _spare(agent: Agent, channel: str, _: Policy) -> tuple[float, float]:
    return -agent.free(channel), agent.last


KEYS: Final[dict[AgentOrder, Keys]] = {
    AgentOrder.LOAD_IDLE: _load_idle,
    AgentOrder.IDLE: _idle,
    AgentOrder.BEST: _best,
    AgentOrder.SPARE: _spare,
}
