"""Agents in heaps, so that the first of a ring is found without asking them all (R3).

A stand has those who rank alike but for their own load and last work, a bench the stands of a ring. Nothing is put
right when a load changes: while a plan is made an agent's rank only gets worse, so it is enough to put the top right
when it is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush, heapreplace
from typing import NamedTuple

from heartline.domain.routing.eligibility import no_place
from heartline.domain.routing.model import Agent, Policy
from heartline.domain.routing.ranking import KEYS, Keys, rested

Key = tuple[bool, float, float, float, str]
"""The rank within a ring: tired or not, the level, the keys of the policy, the id."""

Entry = tuple[Key, Agent]
"""An agent as they were when they were ranked, after their rank."""


class Order(NamedTuple):
    """Who has a place on a channel and how they rank, for work that is heated or not."""

    channel: str
    heated: bool
    policy: Policy
    now: float
    keys: Keys

    def takes(self, agent: Agent) -> bool:
        """Whether one who is online takes work on the channel and has a place."""
        return self.channel not in agent.off and no_place(agent, self.channel, self.policy) is None

    def entry(self, agent: Agent, level: float) -> Entry:
        first, second = self.keys(agent, self.channel, self.policy)
        tired = self.heated and not rested(agent, self.policy, self.now)
        return (tired, level, first, second, agent.id), agent


def order_of(channel: str, policy: Policy, now: float, *, heated: bool) -> Order:
    return Order(channel, heated, policy, now, KEYS[policy.agent_order])


class Stand:
    """Agents who have a place on a channel, the first to ask at the top; `agents` says how they are now."""

    def __init__(self, heap: list[Entry], agents: Mapping[str, Agent], order: Order) -> None:
        self._heap = heap
        self._agents = agents
        self._order = order

    @classmethod
    def of(cls, members: Iterable[str], agents: Mapping[str, Agent], order: Order, level: float) -> "Stand":
        """Those of `members` who have a place, all with the same `level`."""
        heap = [order.entry(agent, level) for agent in map(agents.__getitem__, members) if order.takes(agent)]
        heapify(heap)
        return cls(heap, agents, order)

    def top(self) -> Entry | None:
        """The same object as before if nothing has changed at the top."""
        heap, agents, order = self._heap, self._agents, self._order
        while heap:
            entry = heap[0]
            key, then = entry
            agent = agents[key[4]]
            if agent is then:
                return entry
            if order.takes(agent):
                heapreplace(heap, order.entry(agent, key[1]))
            else:
                heappop(heap)
        return None

    def in_order(self) -> Iterator[Key]:
        """All of them by rank; a copy is taken apart."""
        rest = Stand(self._heap.copy(), self._agents, self._order)
        while (entry := rest.top()) is not None:
            yield entry[0]
            heappop(rest._heap)


class Bench:
    """The stands of a ring."""

    def __init__(self, stands: Iterable[Stand]) -> None:
        tops = ((stand.top(), stand) for stand in stands)
        self._heap = [(top[0], top, stand) for top, stand in tops if top is not None]
        heapify(self._heap)

    def __bool__(self) -> bool:
        """False once it is known that nobody has a place."""
        return bool(self._heap)

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
                heapreplace(heap, (now[0], now, stand))
        return None

    def in_order(self) -> Iterator[Key]:
        """The ranks of all who have a place; a stand is taken apart only when its turn comes."""
        heap = [(key, False, stand.in_order()) for key, _, stand in self._heap]
        while heap:
            key, reached, others = heappop(heap)
            if reached:
                yield key
            following = next(others, None)
            if following is not None:
                heappush(heap, (following, True, others))
