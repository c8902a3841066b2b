"""Keeps what those who wait may be told: who is in front of each line, and how fast it moved lately."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final, Protocol

from heartline.domain.lines import MOST_KNOWN, Line
from heartline.domain.messages import Channel
from heartline.domain.routing.serving import demand, everyone, serving
from heartline.domain.routing.states import AgentState
from heartline.services.ports import Clock, Configuration
from heartline.services.routing_ports import Calendar, RoutingClass, RoutingStore, Waiter
from heartline.services.side_by_side import THREADS, side_by_side

FRESH: Final = timedelta(seconds=45)
"""A line on the telephone that has not changed is written again after so long: what is old is not believed."""

LOOK: Final = timedelta(seconds=20)
"""How often a written line is looked at, at most: nobody listens to it."""

MOST_LOOKS: Final = 25
"""How many written lines are looked at after one tick, those first that have not been for longest."""

_NEVER: Final = datetime.fromtimestamp(0, UTC)


class LineStore(Protocol):
    """The lines as they were written last."""

    def lines(self, routing_classes: Collection[str]) -> Mapping[str, Line]: ...

    def write_line(self, line: Line) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Runs after a routing tick, when the order of the waiting is known to be what it is.

    `looked` is when this process has looked at each written line; another process knows nothing of it, and both may.
    """

    routing: RoutingStore
    store: LineStore
    calendar: Calendar
    configuration: Configuration
    clock: Clock
    threads: int = THREADS
    looked: dict[str, datetime] = field(default_factory=dict)

    def __call__(self, seen: Sequence[AgentState] = ()) -> int:
        """Write the lines that changed; answers how many. `seen` are the agents, if the tick before has read them."""
        now = self.clock()
        classes = self._due(self.routing.classes(), now)
        known = self.store.lines([each.name for each in classes]) if classes else {}
        found = side_by_side(self._waiters, classes, threads=self.threads)
        staff = Staff(self.routing.agents, everyone(self.configuration.company()), seen)
        lines = [
            self._line(each, waiters, known.get(each.name), staff, now)
            for each, waiters in zip(classes, found, strict=True)
        ]
        return sum(self._write(known.get(line.routing_class), line) for line in lines)

    def _due(self, classes: Sequence[RoutingClass], now: datetime) -> list[RoutingClass]:
        """All on the telephone, and of the others those whose turn it is."""
        calls = [each for each in classes if each.channel == Channel.VOICE]
        written = [each for each in classes if each.channel != Channel.VOICE]
        waiting = [each for each in written if now - self.looked.get(each.name, _NEVER) >= LOOK]
        turn = sorted(waiting, key=lambda each: self.looked.get(each.name, _NEVER))[:MOST_LOOKS]
        self.looked.update({each.name: now for each in turn})
        return calls + turn

    def _waiters(self, routing_class: RoutingClass) -> list[Waiter]:
        return self.routing.waiters(routing_class.name, limit=MOST_KNOWN)

    def _line(
        self,
        routing_class: RoutingClass,
        waiters: Sequence[Waiter],
        before: Line | None,
        staff: "Staff",
        now: datetime,
    ) -> Line:
        order = tuple(waiter.conversation for waiter in waiters)
        staffed = not order or staff.serves(routing_class)
        is_open = self.calendar.opens(routing_class, now) == now
        if before is None:
            return Line(routing_class=routing_class.name, order=order, at=now, staffed=staffed, open=is_open)
        return before.later(order, now, staffed=staffed, is_open=is_open)

    def _write(self, before: Line | None, line: Line) -> bool:
        if (before is None and not line.order) or (before is not None and _is_same(before, line)):
            return False
        self.store.write_line(line)
        return True


class Staff:
    """Who is there, read at most once and only if somebody waits.

    A tick has `seen` the agents of the pools that its classes ask; a class that has come since then, or that it left
    out, may ask others, and must not be told that nobody is there.
    """

    def __init__(
        self, read: Callable[[Collection[str]], list[AgentState]], pools: Sequence[str], seen: Sequence[AgentState]
    ) -> None:
        self._read = read
        self._pools = pools
        self._seen = seen
        self._known = {state.agent.pool for state in seen}

    @cached_property
    def _all(self) -> Sequence[AgentState]:
        return self._read(self._pools)

    def serves(self, routing_class: RoutingClass) -> bool:
        """Whether anybody is online who could take work of the class, busy or not."""
        wanted = demand(routing_class.asked, Channel(routing_class.channel), self._pools)
        there = self._seen if self._known.issuperset(pool.name for pool in wanted.pools) else self._all
        return bool(serving(wanted, (state.agent for state in there)))


def _is_same(before: Line, line: Line) -> bool:
    """Whether nothing is new, and what is known is young enough to be believed for another while."""
    unchanged = (line.order, line.staffed, line.open) == (before.order, before.staffed, before.open)
    believed = line.at - before.at < FRESH or not line.order or not line.on_phone
    return unchanged and believed
