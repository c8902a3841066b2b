"""Conversations that wait in lines, one for each class, merged as they are asked for and read no further (R2, R4)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

from heartline.domain.routing.model import Demand, Waiting
from heartline.domain.routing.ranking import urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The heads of one class in R2 order, which all ask for `demand`; they are read only as far as needed.

    `personal` says that some may be kept for an agent without the skills (R8, `ignore_skills`), so that it is read to
    its end even when nobody who is asked for has a place.
    """

    demand: Demand
    heads: Iterable[Waiting]
    personal: bool = False


def merged(lines: Iterable[Line], goes_on: Callable[[Line, Waiting], bool]) -> Iterator[Waiting]:
    """All heads in R2 order. Once a head has been dealt with, `goes_on` says whether its line is read further."""
    heap = []
    for place, line in enumerate(lines):
        heads = iter(line.heads)
        head = next(heads, None)
        if head is not None:
            heap.append((urgency(head), place, head, heads, line))
    heapify(heap)
    while heap:
        _, place, head, heads, line = heap[0]
        yield head
        following = next(heads, None) if goes_on(line, head) else None
        if following is None:
            heappop(heap)
        else:
            heapreplace(heap, (urgency(following), place, following, heads, line))
