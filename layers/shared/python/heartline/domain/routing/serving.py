"""Who could serve work at all, by the configuration alone: were everybody online, with nothing to do. Pure.

It asks the production decision, and knows neither who is there nor who is busy.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf

from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.eligibility import open_rings, unqualified
from heartline.domain.routing.heads import demand_of
from heartline.domain.routing.model import Agent, Demand
from heartline.domain.routing.states import skills_of


def as_online(profiles: Iterable[AgentProfile]) -> tuple[Agent, ...]:
    """The agents as routing would see them, all online and idle."""
    return tuple(
        Agent(
            id=profile.id,
            pool=profile.pool,
            skills=skills_of(profile),
            capacity={channel.value: count for channel, count in profile.capacity.items()},
            units=profile.units,
        )
        for profile in profiles
    )


class Staffing:
    """A company's agents by kind: those of one kind could serve the same, so that one of each is asked."""

    def __init__(self, company: Company) -> None:
        self._pools = everyone(company)
        self._first: dict[object, Agent] = {}
        self._counts: Counter[str] = Counter()
        for agent in as_online(company.agents):
            channels = frozenset(channel for channel, count in agent.capacity.items() if count)
            kind = self._first.setdefault((agent.pool, channels, frozenset(agent.skills.items())), agent)
            self._counts[kind.id] += 1

    def takers(self, asked: Asked, channel: Channel) -> int:
        """How many agents could ever be given such work."""
        wanted = demand(asked, channel, self._pools)
        return sum(self._counts[name] for name in serving(wanted, self._first.values()))


def everyone(company: Company) -> tuple[str, ...]:
    """The pools of a company that agents stand in, in the order in which they are asked."""
    return tuple(dict.fromkeys(company.pools.values()))


def demand(asked: Asked, channel: Channel, pools: Sequence[str]) -> Demand:
    return demand_of(channel.value, asked.requires, pools, steps=asked.steps, pools=asked.pools)


def serving(wanted: Demand, agents: Iterable[Agent]) -> tuple[str, ...]:
    """Whom the work could ever be given to, once everything about it has relaxed and every pool is open."""
    rings = open_rings(wanted, inf)
    return tuple(agent.id for agent in agents if unqualified(agent, wanted.channel, rings) is None)
