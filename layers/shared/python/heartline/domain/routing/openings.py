"""Which rings are open at which age, worked out once for all conversations that ask for the same (R9, R11)."""

from bisect import bisect_right

from heartline.domain.routing.eligibility import Ring, open_rings, step_openings
from heartline.domain.routing.model import Demand


class Openings:
    """The rings of a demand as they open."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self._ages = sorted({*step_openings(demand), *(pool.opens for pool in demand.pools)})
        self._rings = [(), *(open_rings(demand, age) for age in self._ages)]

    @property
    def widest(self) -> tuple[Ring, ...]:
        """The rings once all have opened."""
        return self._rings[-1]

    def at(self, age: float) -> tuple[Ring, ...]:
        return self._rings[bisect_right(self._ages, age)]
