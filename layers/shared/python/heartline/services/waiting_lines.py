"""The lines of those who wait, read only as far as a plan asks: entries by the page, heads just before their use."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final, Protocol

from heartline.domain.conversations import Conversation, State
from heartline.domain.routing.lines import Line
from heartline.domain.routing.model import Demand, Waiting
from heartline.domain.routing.ranking import urgency
from heartline.services.routing_ports import RoutingClass, Waiter
from heartline.services.side_by_side import side_by_side

PAGE: Final = 25
"""How many entries of a class are read at first; further pages, of a class that goes on and on, are longer."""

LONG_PAGE: Final = 100

Urgency = tuple[int, float, str]
"""What those who wait are sorted by (R2)."""

FIRST_AHEAD: Final = 4
MOST_AHEAD: Final = 100
"""How many heads are read at once when one is missing: a few at first, then four times as many each time."""


class Waiters(Protocol):
    """What is read here; see `services.routing_ports.RoutingStore`."""

    def waiters(self, routing_class: str, *, limit: int, after: str = "") -> list[Waiter]: ...

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A class to read, what it asks for, and the place in it that the reading begins behind."""

    routing_class: RoutingClass
    demand: Demand
    after: str = ""


@dataclass(slots=True, kw_only=True)
class _Queue:
    """How far one class has been read. `ends` once there are no more entries than those that are here.

    `latest` is the last head that the plan was given.
    """

    start: Start
    read: str
    decided: str
    entries: deque[Waiter] = field(default_factory=deque)
    ends: bool = False
    latest: Waiting | None = None

    @property
    def name(self) -> str:
        return self.start.routing_class.name

    @property
    def over(self) -> bool:
        return self.ends and not self.entries


@dataclass(slots=True)
class WaitingLines:
    """What a plan reads. `heads` are those that it was given, by id.

    After `seconds` of `monotonic`, which count from when the first page of each line is here, or after `most` heads no
    line goes on, and what the plan says of heads behind `border` does not count: others stand before them that were not
    read.
    """

    store: Waiters
    starts: Sequence[Start]
    as_waiting: Callable[[Conversation], Waiting]
    monotonic: Callable[[], float]
    seconds: float
    most: int
    threads: int = 1
    heads: dict[str, Conversation] = field(default_factory=dict)
    border: Urgency | None = None
    _queues: list[_Queue] = field(default_factory=list)
    _known: dict[str, Conversation | None] = field(default_factory=dict)
    _unread: list[tuple[str, str]] = field(default_factory=list)
    _places: dict[str, tuple[_Queue, str]] = field(default_factory=dict)
    _ahead: int = FIRST_AHEAD
    _began: float = 0.0

    def lines(self) -> list[Line]:
        """A line for each class that anybody waits in: a page of each is read, and the head of its first."""
        self._queues = [_Queue(start=start, read=start.after, decided=start.after) for start in self.starts]
        pages = side_by_side(lambda queue: self._ask(queue, PAGE), self._queues, threads=self.threads)
        for queue, page in zip(self._queues, pages, strict=True):
            self._take(queue, page, PAGE)
        self._read([queue.entries[0].conversation for queue in self._queues if queue.entries])
        self._began = self.monotonic()
        return [_line(queue, self._heads_of(queue)) for queue in self._queues if queue.entries]

    def is_behind(self, head: Waiting) -> bool:
        """Whether `head` stands behind the end of what was read."""
        return self.border is not None and urgency(head) > self.border

    def decided(self, conversation: str) -> None:
        """Take note of how far the plan has come."""
        queue, place = self._places[conversation]
        queue.decided = place

    def rest(self) -> dict[str, str]:
        """Where each class that was not decided to its end goes on: behind the last that was decided about."""
        undecided = {queue.name for queue, place in self._places.values() if place > queue.decided}
        return {queue.name: queue.decided for queue in self._queues if not queue.over or queue.name in undecided}

    def _heads_of(self, queue: _Queue) -> Iterator[Waiting]:
        """The heads of a class that still wait in it, in their order."""
        for waiter in self._waiters_of(queue):
            head = self._head(waiter.conversation)
            if head is not None and _waits(head, waiter, queue.name):
                self.heads[head.id] = head
                self._places[head.id] = queue, waiter.place
                queue.latest = self.as_waiting(head)
                yield queue.latest

    def _waiters_of(self, queue: _Queue) -> Iterator[Waiter]:
        while not queue.over and not self._is_cut(queue.latest):
            if not queue.entries:
                self._take(queue, self._ask(queue, LONG_PAGE), LONG_PAGE)
            if queue.entries:
                yield queue.entries.popleft()

    def _is_cut(self, latest: Waiting | None) -> bool:
        """Whether the line that has come to `latest` may not go on; without its first head nothing has an order."""
        if latest is None:
            return False
        if self.border is None and self._is_spent():
            self.border = urgency(latest)
        return self.border is not None

    def _is_spent(self) -> bool:
        return len(self.heads) >= self.most + len(self._queues) or self.monotonic() >= self._began + self.seconds

    def _ask(self, queue: _Queue, limit: int) -> list[Waiter]:
        return self.store.waiters(queue.name, limit=limit, after=queue.read)

    def _take(self, queue: _Queue, page: Sequence[Waiter], limit: int) -> None:
        queue.ends = len(page) < limit
        queue.entries.extend(page)
        for waiter in page:
            queue.read = waiter.place
            heappush(self._unread, (waiter.place, waiter.conversation))

    def _head(self, conversation: str) -> Conversation | None:
        """The head, read with those that stand next in the order of all lines (R2), which is that of the places."""
        if conversation not in self._known:
            self._read([conversation, *self._next(self._ahead - 1)])
            self._ahead = min(self._ahead * 4, MOST_AHEAD)
        return self._known[conversation]

    def _next(self, most: int) -> Iterator[str]:
        while most > 0 and self._unread:
            _, conversation = heappop(self._unread)
            if conversation not in self._known:
                most -= 1
                yield conversation

    def _read(self, conversations: Iterable[str]) -> None:
        wanted = list(dict.fromkeys(conversations))
        found: Mapping[str, Conversation] = self.store.heads(wanted) if wanted else {}
        self._known.update({conversation: found.get(conversation) for conversation in wanted})


def _line(queue: _Queue, heads: Iterable[Waiting]) -> Line:
    return Line(demand=queue.start.demand, heads=heads, personal=queue.start.routing_class.personal)


def _waits(head: Conversation, waiter: Waiter, routing_class: str) -> bool:
    """Whether the entry is still true: nobody has moved the conversation since it was written."""
    fits = (head.version, head.routing_class) == (waiter.version, routing_class)
    return fits and head.state is State.WAITING
