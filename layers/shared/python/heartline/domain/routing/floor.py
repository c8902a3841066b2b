"""The agents while a plan is made: every claim planned so far counts before the next pair is chosen (R3)."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice

from heartline.domain.routing.benches import Bench, Benches
from heartline.domain.routing.crews import Crews
from heartline.domain.routing.desks import Desk, Desks
from heartline.domain.routing.eligibility import Case, age_of, case_in
from heartline.domain.routing.model import Agent, Demand, Policy, Refusal, Waiting
from heartline.domain.routing.openings import Openings
from heartline.domain.routing.refusals import Refusals
from heartline.domain.routing.stands import MEMBER, Entry

Explanation = tuple[tuple[str, ...], Mapping[str, Refusal]]
"""The eligible agents by rank, and the others with the rule that refused each."""


class Floor:
    """Answers "who is first for this case", fast for many conversations of few cases.

    `agents` are as they were when the plan began. `latest` is the conversation that the latest claim was planned for.
    An explanation names at most `most` agents that are eligible, and as many that are not; all if None.
    """

    def __init__(self, agents: Iterable[Agent], policy: Policy, now: float, *, most: int | None = None) -> None:
        self.policy = policy
        self.now = now
        self.agents: Mapping[str, Agent] = {agent.id: agent for agent in agents}
        self.latest: Waiting | None = None
        self._most = most
        self._crews = Crews(self.agents, Desks(policy, now), now)
        self._benches = Benches(self._crews, policy)
        self._openings: dict[int, Openings] = {}
        self._refusals = Refusals(self.agents, self._crews.refusal, most)
        self._explained: dict[Case, Explanation] = {}

    def case_of(self, head: Waiting) -> Case:
        plain = self._opens(head.demand).case(age_of(head, self.now), heated=head.heated)
        if not head.declines and head.preference is None:
            return plain
        return case_in(head, plain.rings, agents=self.agents, policy=self.policy, now=self.now)

    def may_serve(self, demand: Demand) -> bool:
        """False once it is known that nobody has a place for `demand`, be the conversation as old as can be."""
        return any(self._benches.of(self._opens(demand).widest))

    def first(self, case: Case) -> str | None:
        """The agent who ranks first among the eligible ones."""
        if case.only is not None:
            return case.only if self._has_place(case.only, case) else None
        name = self._first(case)
        return next(self.in_order(case), None) if name in case.excluded else name

    def in_order(self, case: Case) -> Iterator[str]:
        """The eligible agents, the first to ask first; nobody is sorted before a second one is asked for."""
        if case.only is not None:
            yield from (case.only,) if self._has_place(case.only, case) else ()
            return
        seen = set(case.excluded)
        first = self._first(case)
        if first is not None and first not in seen:
            seen.add(first)
            yield first
        for *_, entry in merge(*(_placed(bench, place) for place, bench in enumerate(self._benches.of(case)))):
            _, name = entry[MEMBER]
            if name not in seen:
                seen.add(name)
                yield name

    def give(self, head: Waiting, agent: str) -> None:
        """Count a planned claim."""
        self.latest = head
        self._crews.give(agent, head.demand.channel, self.now, heated=head.heated)
        self._refusals.given(agent)
        self._explained.clear()
        if agent in self._crews.ahead:
            self._crews.catch_up(agent)
            self._benches.clear()

    def explain(self, case: Case) -> Explanation:
        """Rank the eligible agents and name the rule that refuses each other one; the answer is kept until a claim."""
        found = self._explained.get(case)
        if found is None:
            order = tuple(islice(self.in_order(case), self._most))
            found = self._explained[case] = order, self._refusals.of(case)
        return found

    def candidates(self, case: Case) -> set[str]:
        """All who may take it once they have a place."""
        if case.only is not None:
            return {case.only}
        crews = set().union(*(self._crews.able(ring.pool, ring.needs) for ring in case.rings))
        return {name for crew in crews for name in crew.reachable(case.channel)} - case.excluded

    def desk(self, name: str) -> Desk:
        """What the agent, who is online, has room for now."""
        return self._crews.desk(name)

    def _first(self, case: Case) -> str | None:
        """Whoever is rested and stands in the first ring that has anybody, else whoever is not; no decline is asked."""
        tired = None
        for bench in self._benches.of(case):
            top = bench.top()
            if top is not None and not top[0][0]:
                return top[MEMBER][1]
            tired = tired or top
        return tired[MEMBER][1] if tired else None

    def _has_place(self, name: str, case: Case) -> bool:
        return self._crews.refusal(name, case.channel) is None

    def _opens(self, demand: Demand) -> Openings:
        """By identity, for a demand takes long to compare; what is kept here keeps its identity."""
        found = self._openings.get(id(demand))
        if found is None:
            found = self._openings[id(demand)] = Openings(demand)
        return found


def _placed(bench: Bench, place: int) -> Iterator[tuple[float, int, Entry]]:
    return ((entry[0][0], place, entry) for entry in bench.in_order())
