"""The agents by what they can do, so that the crews of a ring are found by its rarest skill (R9)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from heartline.domain.routing.eligibility import meets
from heartline.domain.routing.model import ONLINE, Agent, Needs
from heartline.domain.routing.ranking import level
from heartline.domain.routing.stands import Bench, Order, Stand


class Crew:
    """The agents of one pool with the same skills."""

    def __init__(self, skills: Mapping[str, int]) -> None:
        self.skills = skills
        self.members: list[str] = []
        self._stands: dict[tuple[str, bool, float], Stand] = {}

    def stand(self, agents: Mapping[str, Agent], order: Order, level: float) -> Stand:
        """The members who have a place, as they stand in all rings for which the crew has this level."""
        key = order.channel, order.heated, level
        stand = self._stands.get(key)
        if stand is None:
            stand = self._stands[key] = Stand.of(self.members, agents, order, level)
        return stand

    def scatter(self) -> None:
        """Forget the heaps: one of the agents ranks better than before."""
        self._stands.clear()


class Crews:
    """All agents who are online, in crews; `agents` is the caller's, and says how they are now."""

    def __init__(self, agents: Mapping[str, Agent]) -> None:
        self._agents = agents
        self._crews: dict[tuple[str, frozenset[tuple[str, int]]], Crew] = {}
        for agent in agents.values():
            if agent.presence != ONLINE:
                continue
            kind = _kind(agent)
            crew = self._crews.get(kind)
            if crew is None:
                crew = self._crews[kind] = Crew(agent.skills)
            crew.members.append(agent.id)
        self._by_pool: dict[str, list[Crew]] = defaultdict(list)
        self._by_skill: dict[tuple[str, str], list[Crew]] = defaultdict(list)
        self._found: dict[tuple[str, Needs], Sequence[Crew]] = {}
        for (pool, _), crew in self._crews.items():
            self._by_pool[pool].append(crew)
            for skill in crew.skills:
                self._by_skill[pool, skill].append(crew)

    def bench(self, pool: str, needs: Needs, order: Order) -> Bench:
        """Those of `pool` who have the skills, in the order of one channel."""
        return Bench(
            crew.stand(self._agents, order, level(crew.skills, needs, order.policy)) for crew in self._in(pool, needs)
        )

    def scatter(self, agent: Agent) -> None:
        """Forget the heaps that `agent` stands in."""
        self._crews[_kind(agent)].scatter()

    def _in(self, pool: str, needs: Needs) -> Sequence[Crew]:
        found = self._found.get((pool, needs))
        if found is None:
            found = self._found[pool, needs] = tuple(self._search(pool, needs))
        return found

    def _search(self, pool: str, needs: Needs) -> Iterator[Crew]:
        asked: Iterable[Sequence[Crew]] = [self._by_skill[pool, skill] for skill, least in needs if least > 0]
        crews = min(asked, key=len, default=self._by_pool[pool])
        return (crew for crew in crews if meets(crew.skills, needs))


def _kind(agent: Agent) -> tuple[str, frozenset[tuple[str, int]]]:
    return agent.pool, frozenset(agent.skills.items())
