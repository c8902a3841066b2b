"""The agents while a plan is made: every claim planned so far counts before the next pair is chosen (R3)."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice

from heartline.domain.routing.crews import Crews
from heartline.domain.routing.eligibility import Case, Ring, age_of, case_in, no_place, unqualified
from heartline.domain.routing.model import Agent, Demand, Needs, Policy, Refusal, Waiting
from heartline.domain.routing.openings import Openings
from heartline.domain.routing.refusals import Refusals
from heartline.domain.routing.stands import Bench, Key, Order, order_of

Explanation = tuple[tuple[str, ...], Mapping[str, Refusal]]
"""The eligible agents by rank, and the others with the rule that refused each."""

Benches = tuple[Bench, ...]
"""The agents of each open ring who have a place, in the order of the rings."""


class Floor:
    """Answers "who is first for this case", fast for many conversations of few cases.

    `latest` is the conversation that the latest claim was planned for.
    An explanation names at most `most` agents that are eligible, and as many that are not; all if None.
    """

    def __init__(self, agents: Iterable[Agent], policy: Policy, now: float, *, most: int | None = None) -> None:
        self.policy = policy
        self.now = now
        self.agents = {agent.id: agent for agent in agents}
        self.latest: Waiting | None = None
        self._most = most
        self._crews = Crews(self.agents)
        self._openings: dict[int, Openings] = {}
        self._benches: dict[tuple[str, bool, tuple[Ring, ...]], Benches] = {}
        self._rings: dict[tuple[str, bool, str, Needs], Bench] = {}
        self._refusals = Refusals(self.agents, policy, most)
        self._explained: dict[Case, Explanation] = {}

    def case_of(self, head: Waiting) -> Case:
        rings = self._opens(head.demand).at(age_of(head, self.now))
        return case_in(head, rings, agents=self.agents, policy=self.policy, now=self.now)

    def may_serve(self, demand: Demand) -> bool:
        """False once it is known that nobody has a place for `demand`, be the conversation as old as can be."""
        rings = self._opens(demand).widest
        return any(self._benches_of(Case(channel=demand.channel, rings=rings)))

    def first(self, case: Case) -> str | None:
        """The agent who ranks first among the eligible ones."""
        if case.only is not None:
            return case.only if self._has_place(case.only, case) else None
        name = self._first(case)
        return next(self.in_order(case), None) if name in case.excluded else name

    def in_order(self, case: Case) -> Iterator[str]:
        """The eligible agents, the first to ask first; only as many are sorted as are asked for."""
        if case.only is not None:
            yield from (case.only,) if self._has_place(case.only, case) else ()
            return
        seen = set(case.excluded)
        for *_, name in merge(*(_placed(bench, place) for place, bench in enumerate(self._benches_of(case)))):
            if name not in seen:
                seen.add(name)
                yield name

    def give(self, head: Waiting, agent: str) -> None:
        """Count a planned claim."""
        self.latest = head
        before = self.agents[agent]
        self.agents[agent] = before.given(head.demand.channel, heated=head.heated, now=self.now)
        self._refusals.given(agent)
        self._explained.clear()
        if max(before.last, before.last_heated or 0) > self.now:
            self._rank_anew(before)

    def explain(self, case: Case) -> Explanation:
        """Rank the eligible agents and name the rule that refuses each other one; the answer is kept until a claim."""
        found = self._explained.get(case)
        if found is None:
            order = tuple(islice(self.in_order(case), self._most))
            found = self._explained[case] = order, self._refusals.of(case)
        return found

    def candidates(self, case: Case) -> list[Agent]:
        """All who may take it once they have a place."""
        return [agent for agent in self.agents.values() if self.asks(agent, case)]

    def asks(self, agent: Agent, case: Case) -> bool:
        """Whether `agent` may take it once they have a place."""
        if case.only is not None:
            return agent.id == case.only
        return agent.id not in case.excluded and unqualified(agent, case.channel, case.rings) is None

    def _first(self, case: Case) -> str | None:
        """Whoever is rested and stands in the first ring that has anybody, else whoever is not; no decline is asked."""
        tired = None
        for bench in self._benches_of(case):
            top = bench.top()
            if top is not None and not top[0]:
                return top[-1]
            tired = tired or top
        return tired[-1] if tired else None

    def _has_place(self, name: str, case: Case) -> bool:
        return no_place(self.agents[name], case.channel, self.policy) is None

    def _opens(self, demand: Demand) -> Openings:
        """By identity, for a demand takes long to compare; what is kept here keeps its identity."""
        found = self._openings.get(id(demand))
        if found is None:
            found = self._openings[id(demand)] = Openings(demand)
        return found

    def _benches_of(self, case: Case) -> Benches:
        key = case.channel, case.heated, case.rings
        found = self._benches.get(key)
        if found is None:
            order = order_of(case.channel, self.policy, self.now, heated=case.heated)
            found = self._benches[key] = tuple(self._bench(ring, order) for ring in case.rings)
        return found

    def _bench(self, ring: Ring, order: Order) -> Bench:
        """Rings of different classes that ask for the same are one."""
        key = order.channel, order.heated, ring.pool, ring.needs
        found = self._rings.get(key)
        if found is None:
            found = self._rings[key] = self._crews.bench(ring.pool, ring.needs, order)
        return found

    def _rank_anew(self, agent: Agent) -> None:
        """Work that began ahead of our clock: the agent ranks better now than before, which no heap expects."""
        self._crews.scatter(agent)
        self._benches.clear()
        self._rings.clear()


def _placed(bench: Bench, place: int) -> Iterator[tuple[bool, int, Key, str]]:
    return ((key[0], place, key, key[-1]) for key in bench.in_order())
