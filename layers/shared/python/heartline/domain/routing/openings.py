"""What is open at which age, worked out once for all conversations that ask for the same (R9, R11)."""

from bisect import bisect_right

from heartline.domain.routing.eligibility import Case, open_rings, step_openings
from heartline.domain.routing.model import Demand


class Openings:
    """What a demand amounts to as its rings open; `widest` is it once all have."""

    __slots__ = ("_ages", "_plain", "demand", "widest")

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self._ages = sorted({*step_openings(demand), *(pool.opens for pool in demand.pools)})
        rings = [(), *(open_rings(demand, age) for age in self._ages)]
        self._plain = [(Case(demand.channel, each), Case(demand.channel, each, heated=True)) for each in rings]
        self.widest = self._plain[-1][0]

    def case(self, age: float, *, heated: bool) -> Case:
        """What a conversation of that age asks for that nobody declined and that prefers nobody."""
        return self._plain[bisect_right(self._ages, age)][heated]
