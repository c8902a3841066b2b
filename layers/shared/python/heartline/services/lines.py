"""Keeps what those who wait on the telephone may be told: each line's order, and how fast it moved lately."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from heartline.domain.lines import MOST_KNOWN, Line, moved_on
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.services.ports import Clock
from heartline.services.routing_ports import RoutingClass, RoutingStore

FRESH: Final = timedelta(seconds=45)
"""A line that has not changed is written again after so long: what is old is not believed (`domain.lines.STALE`)."""


class LineStore(Protocol):
    """The lines as they were written last."""

    def lines(self, routing_classes: Collection[str]) -> Mapping[str, Line]: ...

    def write_line(self, line: Line) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Runs after a routing tick, when the order of the waiting is known to be what it is."""

    routing: RoutingStore
    store: LineStore
    staffed: Callable[[Asked], bool]
    clock: Clock

    def __call__(self) -> int:
        """Write the lines that changed; answers how many. Without a line on the telephone it costs nothing."""
        classes = [each for each in self.routing.classes() if each.channel == Channel.VOICE]
        known = self.store.lines([each.name for each in classes]) if classes else {}
        return sum(self._write(each, known.get(each.name)) for each in classes)

    def _write(self, routing_class: RoutingClass, before: Line | None) -> bool:
        waiters = self.routing.waiters(routing_class.name, limit=MOST_KNOWN)
        line = self._line(routing_class, tuple(waiter.conversation for waiter in waiters), before)
        if before is None and not line.order:
            return False
        if before is not None and _is_same(before, line):
            return False
        self.store.write_line(line)
        return True

    def _line(self, routing_class: RoutingClass, order: tuple[str, ...], before: Line | None) -> Line:
        now = self.clock()
        left = sum(conversation not in order for conversation in before.order) if before else 0
        return Line(
            routing_class=routing_class.name,
            order=order,
            left=moved_on(before.left if before else (), now, left),
            at=now,
            staffed=not order or self.staffed(routing_class.asked),
        )


def _is_same(before: Line, line: Line) -> bool:
    """Whether nothing is new, and what is known is young enough to be believed for another while."""
    unchanged = (line.order, line.staffed) == (before.order, before.staffed)
    return unchanged and (not line.order or line.at - before.at < FRESH)
