"""In which order conversations are served, and in which order agents are asked (R2, R3, R17)."""

from collections.abc import Callable
from typing import Final

from heartline.domain.routing.eligibility import Case, ring_of
from heartline.domain.routing.model import Agent, AgentOrder, Needs, Policy, Waiting

Rank = tuple[bool, int, float, float, str]
"""Rested agents first (for heated work), then the ring, the two keys of the policy, the id."""


def urgency(head: Waiting) -> tuple[int, float, str]:
    """The key that waiting conversations are sorted by: band, age with its boost, id (R2)."""
    return head.band, head.enqueued - head.boost, head.id


def rank(agent: Agent, case: Case, policy: Policy, now: float) -> Rank:
    """The key that eligible agents are sorted by."""
    ring = ring_of(agent, case.rings)
    place, needs = (ring.place, ring.needs) if ring else (0, ())
    first, second = _KEYS[policy.agent_order](agent, case.channel, needs, policy)
    return case.heated and not _rested(agent, policy, now), place, first, second, agent.id


def _rested(agent: Agent, policy: Policy, now: float) -> bool:
    return policy.rest is None or agent.last_heated is None or now - agent.last_heated >= policy.rest


def _utilisation(agent: Agent, channel: str, policy: Policy) -> float:
    if agent.units is not None:
        return agent.used(policy) / agent.units
    return agent.load.get(channel, 0) / agent.capacity[channel]


def _load_idle(agent: Agent, channel: str, _: Needs, policy: Policy) -> tuple[float, float]:
    return _utilisation(agent, channel, policy), agent.last


def _idle(agent: Agent, channel: str, _: Needs, policy: Policy) -> tuple[float, float]:
    return agent.last, _utilisation(agent, channel, policy)


def _best(agent: Agent, _: str, needs: Needs, __: Policy) -> tuple[float, float]:
    levels = [agent.skills.get(skill, 0) for skill, _level in needs]
    return -(sum(levels) / len(levels)) if levels else 0, agent.last


def _spare(agent: Agent, channel: str, _: Needs, __: Policy) -> tuple[float, float]:
    return -agent.free(channel), agent.last


_KEYS: Final[dict[AgentOrder, Callable[[Agent, str, Needs, Policy], tuple[float, float]]]] = {
    AgentOrder.LOAD_IDLE: _load_idle,
    AgentOrder.IDLE: _idle,
    AgentOrder.BEST: _best,
    AgentOrder.SPARE: _spare,
}
