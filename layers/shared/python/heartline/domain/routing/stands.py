"""Squads in heaps, so that the first of a crew is found without asking them all (R3)."""

from collections.abc import Iterator
from heapq import heappop, heappush, heapreplace, merge
from typing import Final

from heartline.domain.routing.desks import Desk
from heartline.domain.routing.model import Policy
from heartline.domain.routing.ranking import LAST_FIRST, MEASURES
from heartline.domain.routing.squads import Crew, Member, Squad

Grade = tuple[float, ...]
"""What agents rank by before their last work: tired or not, the level, and the measure unless it comes later."""

Entry = tuple[Grade, float, float, str, Member, Squad, "Stand"]
"""A rank within a ring (grade, last work, the measure unless it came before, id), and where the agent stands.

All heaps share it, and compare it often: equal grades are one object, which is fast to find equal.
"""

MEMBER: Final = 4
STAND: Final = 6


class Order:
    """How agents of one level rank on a channel, for work that is heated or not, and the crews in this order."""

    __slots__ = ("_channel", "_grades", "_heated", "_level", "_of_desks", "_policy", "stands")

    def __init__(self, channel: str, policy: Policy, *, heated: bool, level: float) -> None:
        self._channel = channel
        self._policy = policy
        self._heated = heated
        self._level = level
        self._grades: dict[Grade, Grade] = {}
        self._of_desks: dict[Desk, tuple[Grade, float] | None] = {}
        self.stands = Stands(self)

    def grade(self, desk: Desk) -> tuple[Grade, float] | None:
        """What stands before and behind the last work in the rank of who is at `desk`; None if they take no work."""
        if desk not in self._of_desks:
            self._of_desks[desk] = self._graded(desk) if desk.takes(self._channel) else None
        return self._of_desks[desk]

    def _graded(self, desk: Desk) -> tuple[Grade, float]:
        tired = self._heated and desk.tired
        measure = MEASURES[self._policy.agent_order](desk.agent, self._channel, self._policy)
        if self._policy.agent_order in LAST_FIRST:
            return self._one((tired, self._level)), measure
        return self._one((tired, self._level, measure)), 0

    def _one(self, grade: Grade) -> Grade:
        return self._grades.setdefault(grade, grade)


class Stand:
    """The squads of a crew that have a place on a channel, in one order.

    `top` is who ranks first; None if that is not known, or if nobody has a place. Nothing is put right when somebody is
    given work: while a plan is made an agent's rank only gets worse, so it is enough to put the top right when asked.
    """

    __slots__ = ("_arrivals", "_entries", "_heap", "_order", "_seen", "_squads", "top")

    def __init__(self, crew: Crew, order: Order) -> None:
        self._order = order
        self._squads = crew.squads
        self._arrivals = crew.arrivals
        self._seen = 0
        self._heap: list[Entry] = []
        self._entries: dict[Squad, Entry] = {}
        self.top: Entry | None = None
        crew.stands.append(self)

    def find(self) -> Entry | None:
        """Find the first anew. An entry of a squad that has a better one by now is thrown away."""
        if self._seen < len(self._arrivals):
            self._catch_up()
        heap, entries = self._heap, self._entries
        while heap:
            top = heap[0]
            grade, _, measure, _, then, squad, _ = top
            now = squad.first
            if now is then:
                self.top = top
                return top
            if entries.get(squad) is not top:
                heappop(heap)
            elif now is None:
                heappop(heap)
                del entries[squad]
            else:
                entries[squad] = entry = (grade, now[0], measure, now[1], now, squad, self)
                heapreplace(heap, entry)
        return None

    def in_order(self) -> Iterator[Entry]:
        """All of them by rank."""
        return merge(*map(self._ranked, self._squads.values()))

    def _ranked(self, squad: Squad) -> Iterator[Entry]:
        graded = self._order.grade(squad.desk)
        if graded is not None:
            for member in squad.in_order():
                yield (graded[0], member[0], graded[1], member[1], member, squad, self)

    def _catch_up(self) -> None:
        """Somebody has come to rank first in a squad; an entry that ranks better serves until it comes to the top."""
        for squad in self._arrivals[self._seen :]:
            graded, first = self._order.grade(squad.desk), squad.first
            if graded is not None and first is not None:
                entry = (graded[0], first[0], graded[1], first[1], first, squad, self)
                known = self._entries.get(squad)
                if known is None or entry < known:
                    self._entries[squad] = entry
                    heappush(self._heap, entry)
        self._seen = len(self._arrivals)


class Stands(dict[Crew, Stand]):
    """The crews in one order; each takes its stand when it is first asked for."""

    def __init__(self, order: Order) -> None:
        self._order = order

    def __missing__(self, crew: Crew) -> Stand:
        stand = self[crew] = Stand(crew, self._order)
        return stand
