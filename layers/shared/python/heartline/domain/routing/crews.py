"""The agents by what they can do and by what they have room for, so that ranks are worked out for groups (R3, R9)."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import islice
from operator import and_

from heartline.domain.routing.desks import Desk, Desks
from heartline.domain.routing.model import ONLINE, Agent, Needs, Refusal

Member = tuple[float, str]
"""When an agent's last work began, and their id: what the agents of a squad rank by."""

Squads = dict[str, "Squad"]
"""The squad that each agent is in now."""


class Squad:
    """The agents of one crew at one desk: they rank by their last work, then by their id.

    `first` is whoever ranks first, None if nobody is left.
    """

    __slots__ = ("_members", "_squads", "_start", "crew", "desk", "first")

    def __init__(self, crew: "Crew", desk: Desk, squads: Squads) -> None:
        self.crew = crew
        self.desk = desk
        self.first: Member | None = None
        self._members: list[Member] = []
        self._start = 0
        self._squads = squads

    def __lt__(self, other: "Squad") -> bool:
        """A heap asks this only where somebody has moved from one squad to the other and ranks as before."""
        return False

    def enlist(self, members: Iterable[Member]) -> None:
        """Add those who are here before any claim."""
        self._members.extend(members)
        self._members.sort()
        self.first = self._members[0]

    def join(self, member: Member) -> None:
        """Add somebody who was given work."""
        insort(self._members, member, lo=self._start)
        if self._members[self._start] is member:
            self.first = member
            self.crew.arrivals.append(self)

    def leave(self, name: str) -> None:
        """Take out somebody who is in another squad by now; whoever is not the first is passed by later."""
        members, squads = self._members, self._squads
        if self.first is None or self.first[1] != name:
            return
        self._start += 1
        while self._start < len(members) and squads[members[self._start][1]] is not self:
            self._start += 1
        self.first = members[self._start] if self._start < len(members) else None

    def in_order(self) -> Iterator[Member]:
        """Those who are still here, by rank."""
        return (member for member in islice(self._members, self._start, None) if self._squads[member[1]] is self)


class Crew:
    """The agents of one pool with the same skills, in squads.

    `arrivals` are the squads that have got a new first since the plan began, one after the other.
    """

    def __init__(self, skills: Mapping[str, int]) -> None:
        self.skills = skills
        self.squads: dict[Desk, Squad] = {}
        self.arrivals: list[Squad] = []

    def squad(self, desk: Desk, squads: Squads) -> Squad:
        found = self.squads.get(desk)
        if found is None:
            found = self.squads[desk] = Squad(self, desk, squads)
        return found


class Crews:
    """All agents who are online."""

    def __init__(self, agents: Mapping[str, Agent], desks: Desks) -> None:
        self._squads: Squads = {}
        self._by_pool: dict[str, set[Crew]] = defaultdict(set)
        self._by_skill: dict[tuple[str, str], set[Crew]] = defaultdict(set)
        self._having: dict[tuple[str, str, int], set[Crew]] = {}
        self._able: dict[tuple[str, Needs], set[Crew]] = {}
        self._muster(agents.values(), desks)

    def desk(self, name: str) -> Desk:
        """Where the agent, who is online, is now."""
        return self._squads[name].desk

    def refusal(self, name: str, channel: str) -> Refusal | None:
        """Why the agent, who is online, has no place on `channel` now, if so."""
        return self._squads[name].desk.refusal(channel)

    def give(self, name: str, channel: str, now: float, *, heated: bool) -> None:
        """Move the agent to where one more piece of work, begun now, puts them."""
        left = self._squads[name]
        joined = self._squads[name] = left.crew.squad(left.desk.after(channel, heated=heated), self._squads)
        left.leave(name)
        joined.join((now, name))

    def able(self, pool: str, needs: Needs) -> set[Crew]:
        """Those of `pool` who have the skills."""
        found = self._able.get((pool, needs))
        if found is None:
            having = [self._who_have(pool, skill, least) for skill, least in needs if least > 0]
            found = self._able[pool, needs] = reduce(and_, having) if having else self._by_pool[pool]
        return found

    def _who_have(self, pool: str, skill: str, least: int) -> set[Crew]:
        found = self._having.get((pool, skill, least))
        if found is None:
            crews = self._by_skill[pool, skill]
            found = self._having[pool, skill, least] = {crew for crew in crews if crew.skills[skill] >= least}
        return found

    def _muster(self, agents: Iterable[Agent], desks: Desks) -> None:
        alike: dict[object, list[Agent]] = defaultdict(list)
        for agent in agents:
            if agent.presence == ONLINE:
                alike[_kind(agent)].append(agent)
        crews: dict[object, Crew] = {}
        for group in alike.values():
            pool, skills = group[0].pool, group[0].skills
            crew = crews.get((pool, frozenset(skills.items())))
            if crew is None:
                crew = crews[pool, frozenset(skills.items())] = self._crew(pool, skills)
            for desk, members in desks.seated(group):
                squad = crew.squad(desk, self._squads)
                squad.enlist((member.last, member.id) for member in members)
                self._squads.update((member.id, squad) for member in members)

    def _crew(self, pool: str, skills: Mapping[str, int]) -> Crew:
        crew = Crew(skills)
        self._by_pool[pool].add(crew)
        for skill in skills:
            self._by_skill[pool, skill].add(crew)
        return crew


def _kind(agent: Agent) -> tuple[object, ...]:
    """All that agents of one crew at one desk share. It is flat to be fast; None parts what would run together."""
    skills, capacity, load = agent.skills, agent.capacity, agent.load
    return (
        *skills, *skills.values(), None, *capacity, *capacity.values(), None, *load, *load.values(), None,
        agent.pool, agent.units, agent.off,
    )  # fmt: skip
