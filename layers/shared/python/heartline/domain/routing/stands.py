"""Agents in heaps, so that the first of a ring is found without asking them all (R3).

Agents of one pool with the same skills are a crew: a ring has all of them or none. A stand is a crew's heap for a
channel, a bench a ring's heap of stands. Nothing is put right when a load changes: while a plan is made an agent's rank
only gets worse, so it is enough to put the top right when it is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush, heapreplace
from typing import NamedTuple

from heartline.domain.routing.eligibility import no_place, unreachable
from heartline.domain.routing.model import Agent, Policy
from heartline.domain.routing.ranking import Standing, standing

Entry = tuple[Standing, Agent]
"""An agent as they were when they were ranked, after that rank."""

Key = tuple[bool, float, float, float, str]
"""The rank within a ring: rested or not, the level, the keys of the policy, the id."""


class Order(NamedTuple):
    """Who has a place on a channel and how they rank, for work that is heated or not."""

    channel: str
    heated: bool
    policy: Policy
    now: float

    def takes(self, agent: Agent) -> bool:
        """The cheapest question goes first: in a backlog nearly everybody is full."""
        return self.has_place(agent) and unreachable(agent, self.channel) is None

    def has_place(self, agent: Agent) -> bool:
        return no_place(agent, self.channel, self.policy) is None

    def entry(self, agent: Agent) -> Entry:
        return standing(agent, self.channel, self.policy, self.now, heated=self.heated), agent


class Stand:
    """The agents of a crew who have a place on a channel, the first to ask at the top."""

    def __init__(self, members: Iterable[str], agents: Mapping[str, Agent], order: Order) -> None:
        self._agents = agents
        self._order = order
        self._heap = [order.entry(agents[name]) for name in members if order.takes(agents[name])]
        heapify(self._heap)

    def top(self) -> Entry | None:
        """The same object as before if nothing has changed at the top."""
        return self._settled(self._heap)

    def in_order(self) -> Iterator[Entry]:
        """All of them by rank; a copy is taken apart."""
        heap = self._heap.copy()
        while (entry := self._settled(heap)) is not None:
            yield entry
            heappop(heap)

    def _settled(self, heap: list[Entry]) -> Entry | None:
        while heap:
            entry = heap[0]
            then = entry[1]
            agent = self._agents[then.id]
            if agent is then:
                return entry
            if self._order.has_place(agent):
                heapreplace(heap, self._order.entry(agent))
            else:
                heappop(heap)
        return None


class Bench:
    """The stands of a ring, each with the level that its crew has for the ring."""

    def __init__(self, stands: Iterable[tuple[float, Stand]]) -> None:
        tops = ((level, stand, stand.top()) for level, stand in stands)
        self._heap = [(_key(level, top), top, stand) for level, stand, top in tops if top is not None]
        heapify(self._heap)

    def top(self) -> Key | None:
        """The rank of the first agent who has a place."""
        heap = self._heap
        while heap:
            key, then, stand = heap[0]
            now = stand.top()
            if now is then:
                return key
            if now is None:
                heappop(heap)
            else:
                heapreplace(heap, (_key(key[1], now), now, stand))
        return None

    def in_order(self) -> Iterator[Key]:
        """The ranks of all who have a place; a stand is taken apart only when its turn comes."""
        heap = [(key, False, stand.in_order()) for key, _, stand in self._heap]
        while heap:
            key, opened, others = heappop(heap)
            if opened:
                yield key
            following = next(others, None)
            if following is not None:
                heappush(heap, (_key(key[1], following), True, others))


def _key(level: float, entry: Entry) -> Key:
    unrested, first, second, name = entry[0]
    return unrested, level, first, second, name
