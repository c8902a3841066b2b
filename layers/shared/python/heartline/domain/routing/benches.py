"""The agents of each ring, so that the first of them is found without asking them all (R3, R9)."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush, heapreplace

from heartline.domain.routing.crews import Crews
from heartline.domain.routing.eligibility import Case, Ring
from heartline.domain.routing.model import AgentOrder, Needs, Policy
from heartline.domain.routing.ranking import level
from heartline.domain.routing.stands import STAND, Entry, Order, Stand

Kind = tuple[str, bool, float]
"""The channel, whether the work is heated, and the level of a crew."""


class Bench:
    """The stands of a ring. As in a stand, only the top is put right, when it is asked for."""

    __slots__ = ("_heap",)

    def __init__(self, stands: Iterable[Stand]) -> None:
        self._heap = [top for stand in stands if (top := stand.top or stand.find())]
        heapify(self._heap)

    def __bool__(self) -> bool:
        """False once it is known that nobody has a place."""
        return bool(self._heap)

    def top(self) -> Entry | None:
        """The rank of the first agent who has a place."""
        heap = self._heap
        while heap:
            then = heap[0]
            stand = then[STAND]
            now = stand.top or stand.find()
            if now is then:
                return now
            if now is None:
                heappop(heap)
            else:
                heapreplace(heap, now)
        return None

    def in_order(self) -> Iterator[Entry]:
        """The ranks of all who have a place; a stand is looked into only when its turn comes."""
        heap = [(entry, False, entry[STAND].in_order()) for entry in self._heap]
        while heap:
            entry, reached, others = heappop(heap)
            if reached:
                yield entry
            following = next(others, None)
            if following is not None:
                heappush(heap, (following, True, others))


class Benches:
    """The bench of each ring that was asked for."""

    def __init__(self, crews: Crews, policy: Policy) -> None:
        self._crews = crews
        self._policy = policy
        self._orders: dict[Kind, Order] = {}
        self._benches: dict[tuple[str, bool, str, Needs], Bench] = {}
        self._of_rings: dict[tuple[int, str, bool], tuple[Case, Sequence[Bench]]] = {}

    def of(self, case: Case) -> Sequence[Bench]:
        """The agents of each open ring who have a place, in the order of the rings.

        Rings take long to compare, so they are known by identity: the case kept beside the answer keeps them alive.
        """
        key = id(case.rings), case.channel, case.heated
        found = self._of_rings.get(key)
        if found is None:
            benches = tuple(self._bench(ring, case.channel, heated=case.heated) for ring in case.rings)
            found = self._of_rings[key] = case, benches
        return found[1]

    def clear(self) -> None:
        """Somebody ranks better now than before, which no bench expects."""
        self._benches.clear()
        self._of_rings.clear()

    def _bench(self, ring: Ring, channel: str, *, heated: bool) -> Bench:
        """Rings of different classes that ask for the same are one."""
        key = channel, heated, ring.pool, ring.needs
        found = self._benches.get(key)
        if found is None:
            found = self._benches[key] = Bench(self._stands(ring, channel, heated=heated))
        return found

    def _stands(self, ring: Ring, channel: str, *, heated: bool) -> Iterable[Stand]:
        """A crew stands in the same order in all rings for which it has the same level."""
        crews = self._crews.able(ring.pool, ring.needs)
        if self._policy.agent_order is not AgentOrder.BEST:
            return map(self._order((channel, heated, 0)).stands.__getitem__, crews)
        levels = ((crew, level(crew.skills, ring.needs, self._policy)) for crew in crews)
        return (self._order((channel, heated, level)).stands[crew] for crew, level in levels)

    def _order(self, kind: Kind) -> Order:
        found = self._orders.get(kind)
        if found is None:
            channel, heated, level = kind
            found = self._orders[kind] = Order(channel, self._policy, heated=heated, level=level)
        return found
