"""Everybody who is online, in crews and squads, so that ranks are worked out for groups (R3, R9)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_

from heartline.domain.routing.desks import Desk, Desks
from heartline.domain.routing.model import ONLINE, Agent, Needs, Refusal
from heartline.domain.routing.squads import Crew, Member, Squads


class Crews:
    """Where each agent is, and which crews have the skills of a ring.

    `ahead` are those whose work began ahead of our clock, so that a claim may make them rank better.
    """

    def __init__(self, agents: Mapping[str, Agent], desks: Desks, now: float) -> None:
        self.ahead: set[str] = set()
        self._desks = desks
        self._squads: Squads = {}
        self._crews: dict[tuple[str, frozenset[tuple[str, int]]], Crew] = {}
        self._by_pool: dict[str, set[Crew]] = defaultdict(set)
        self._by_skill: dict[tuple[str, str], set[Crew]] = defaultdict(set)
        self._having: dict[tuple[str, str, int], set[Crew]] = {}
        self._able: dict[tuple[str, Needs], set[Crew]] = {}
        for members in _alike(agents.values(), desks):
            self._enlist(agents, members, now)

    def desk(self, name: str) -> Desk:
        """Where the agent, who is online, is now."""
        return self._squads[name].desk

    def refusal(self, name: str, channel: str) -> Refusal | None:
        """Why the agent, who is online, has no place on `channel` now, if so."""
        return self._squads[name].desk.refusal(channel)

    def give(self, name: str, channel: str, now: float, *, heated: bool) -> None:
        """Move the agent to where one more piece of work, begun now, puts them."""
        left = self._squads[name]
        joined = self._squads[name] = left.after(channel, heated=heated)
        left.leave(name)
        joined.join((now, name))

    def catch_up(self, name: str) -> None:
        """Our clock has passed the work of an agent ahead of it: let nobody trust who ranked first before that."""
        self.ahead.discard(name)
        self._squads[name].crew.forget()

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

    def _enlist(self, agents: Mapping[str, Agent], members: list[Member], now: float) -> None:
        any_of_them = agents[members[0][1]]
        crew, desk = self._crew(any_of_them), self._desks.of(any_of_them)
        squad = crew.squad(desk)
        members.sort()
        squad.enlist(members)
        names = [name for _, name in members]
        self._squads.update(dict.fromkeys(names, squad))
        if desk.tired or members[-1][0] > now:
            began = ((name, max(agents[name].last, agents[name].last_heated or 0)) for name in names)
            self.ahead.update(name for name, at in began if at > now)

    def _crew(self, agent: Agent) -> Crew:
        key = agent.pool, frozenset(agent.skills.items())
        crew = self._crews.get(key)
        if crew is None:
            crew = self._crews[key] = Crew(agent.skills, self._squads)
            self._by_pool[agent.pool].add(crew)
            for skill in agent.skills:
                self._by_skill[agent.pool, skill].add(crew)
        return crew


def _alike(agents: Iterable[Agent], desks: Desks) -> Iterable[list[Member]]:
    """Those who are online, in groups that have everything in common that a crew and a desk are made of.

    The key of a group is flat to be fast, for it is made for each agent; None parts what would run together.
    """
    groups: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    rests = desks.policy.rest is not None
    for agent in agents:
        if agent.presence == ONLINE:
            skills, capacity, load = agent.skills, agent.capacity, agent.load
            groups[
                *skills, *skills.values(), None, *capacity, *capacity.values(), None, *load, *load.values(), None,
                agent.pool, agent.units, agent.off, rests and desks.tired(agent),
            ].append((agent.last, agent.id))  # fmt: skip
    return groups.values()
