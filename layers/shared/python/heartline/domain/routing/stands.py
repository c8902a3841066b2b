"""Squads in heaps, so that the first agent of a ring is found without asking them all (R3).

A stand has the squads of a crew, a bench the stands of a ring. Nothing is put right when somebody is given work: while
a plan is made an agent's rank only gets worse, so it is enough to put the top right when it is asked for.
"""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush, heapreplace, merge
from typing import NamedTuple

from heartline.domain.routing.crews import Crew, Member, Squad

Entry = tuple[bool, float, float, float, Member, Squad, "Stand"]
"""The rank within a ring (tired or not, the level, the last work if the order asks for it first, what else it measures,
the last work and the id), and where the agent stands. Flat and shared by all heaps, for it is compared often."""


class Order(NamedTuple):
    """How agents rank on a channel, for work that is heated or not."""

    channel: str
    heated: bool
    last_first: bool


class Stand:
    """The squads of a crew that have a place on a channel, the first to ask at the top, all with the same `level`."""

    __slots__ = ("_arrivals", "_heap", "_level", "_order", "_seen", "_squads")

    def __init__(self, crew: Crew, order: Order, level: float) -> None:
        self._order = order
        self._level = level
        self._squads = crew.squads
        self._arrivals = crew.arrivals
        self._seen = len(crew.arrivals)
        self._heap = self._entries(crew.squads.values())
        heapify(self._heap)

    def top(self) -> Entry | None:
        """The same object as before if nothing has changed at the top."""
        if self._seen < len(self._arrivals):
            self._catch_up()
        heap = self._heap
        while heap:
            entry = heap[0]
            squad = entry[5]
            if squad.first is entry[4]:
                return entry
            if squad.first is None:
                heappop(heap)
            else:
                heapreplace(heap, self._entry(squad, squad.first))
        return None

    def in_order(self) -> Iterator[Entry]:
        """All of them by rank."""
        return merge(*(self._ranked(squad) for squad in self._squads.values() if self._takes(squad)))

    def _ranked(self, squad: Squad) -> Iterator[Entry]:
        return (self._entry(squad, member) for member in squad.in_order())

    def _catch_up(self) -> None:
        """Somebody has come to rank first in a squad, which no entry knows."""
        for entry in self._entries(self._arrivals[self._seen :]):
            heappush(self._heap, entry)
        self._seen = len(self._arrivals)

    def _entries(self, squads: Iterable[Squad]) -> list[Entry]:
        return [self._entry(squad, squad.first) for squad in squads if squad.first is not None and self._takes(squad)]

    def _takes(self, squad: Squad) -> bool:
        return squad.desk.takes(self._order.channel)

    def _entry(self, squad: Squad, member: Member) -> Entry:
        channel, heated, last_first = self._order
        desk = squad.desk
        last = member[0] if last_first else 0
        return (heated and desk.tired, self._level, last, desk.measure(channel), member, squad, self)


class Bench:
    """The stands of a ring."""

    __slots__ = ("_heap",)

    def __init__(self, stands: Iterable[Stand]) -> None:
        self._heap = [top for stand in stands if (top := stand.top()) is not None]
        heapify(self._heap)

    def __bool__(self) -> bool:
        """False once it is known that nobody has a place."""
        return bool(self._heap)

    def top(self) -> Entry | None:
        """The rank of the first agent who has a place."""
        heap = self._heap
        while heap:
            entry = heap[0]
            now = entry[6].top()
            if now is entry:
                return entry
            if now is None:
                heappop(heap)
            else:
                heapreplace(heap, now)
        return None

    def in_order(self) -> Iterator[Entry]:
        """The ranks of all who have a place; a stand is looked into only when its turn comes."""
        heap = [(entry, False, entry[6].in_order()) for entry in self._heap]
        while heap:
            entry, reached, others = heappop(heap)
            if reached:
                yield entry
            following = next(others, None)
            if following is not None:
                heappush(heap, (following, True, others))
