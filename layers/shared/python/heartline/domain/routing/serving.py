"""Who could serve work at all, by the configuration alone: were everybody online, with nothing to do. Pure.

It asks the production decision, and knows neither who is there nor who is busy.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
    """A company's agents by kind: those of one kind could serve the same, so that one of each is asked.

    Asked are those alone who stand in one of the pools and have the rarest skill that all steps name: in a company of
    many inboxes few work in one.
    """

    def __init__(self, company: Company) -> None:
        self._pools = everyone(company)
        self._counts: Counter[str] = Counter()
        self._in_pool: dict[str, list[Agent]] = defaultdict(list)
        self._with_skill: dict[tuple[str, str], list[Agent]] = defaultdict(list)
        kinds: dict[object, Agent] = {}
        for agent in as_online(company.agents):
            channels = frozenset(channel for channel, count in agent.capacity.items() if count)
            kind = kinds.setdefault((agent.pool, channels, frozenset(agent.skills.items())), agent)
            self._counts[kind.id] += 1
        for kind in kinds.values():
            self._note(kind)

    def takers(self, asked: Asked, channel: Channel) -> int:
        """How many agents could ever be given such work."""
        return sum(self._counts[name] for name in self._serving(asked, channel))

    def anybody(self, asked: Asked, channel: Channel) -> bool:
        """Whether any agent could ever be given such work."""
        return next(self._serving(asked, channel), None) is not None

    def _note(self, kind: Agent) -> None:
        self._in_pool[kind.pool].append(kind)
        for skill in kind.skills:
            self._with_skill[kind.pool, skill].append(kind)

    def _serving(self, asked: Asked, channel: Channel) -> Iterator[str]:
        wanted = demand(asked, channel, self._pools)
        named = [{skill for skill, level in step.needs if level} for step in wanted.steps]
        always = set.intersection(*named)
        for pool in dict.fromkeys(pool.name for pool in wanted.pools):
            few = min((self._with_skill.get((pool, skill), []) for skill in always), key=len, default=None)
            yield from _able(wanted, self._in_pool.get(pool, []) if few is None else few)


def everyone(company: Company) -> tuple[str, ...]:
    """The pools of a company that agents stand in, in the order in which they are asked."""
    return tuple(dict.fromkeys(company.pools.values()))


def demand(asked: Asked, channel: Channel, pools: Sequence[str]) -> Demand:
    return demand_of(channel.value, asked.requires, pools, steps=asked.steps, pools=asked.pools)


def serving(wanted: Demand, agents: Iterable[Agent]) -> tuple[str, ...]:
    """Whom the work could ever be given to, once everything about it has relaxed and every pool is open."""
    return tuple(_able(wanted, agents))


def _able(wanted: Demand, agents: Iterable[Agent]) -> Iterator[str]:
    rings = open_rings(wanted, inf)
    return (agent.id for agent in agents if unqualified(agent, wanted.channel, rings) is None)
