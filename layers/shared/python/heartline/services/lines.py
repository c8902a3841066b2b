"""Keeps what those who wait on the telephone may be told: each line's order, and how fast it moved lately."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from heartline.domain.lines import MOST_KNOWN, Line, moved_on
from heartline.domain.messages import Channel
from heartline.services.ports import Clock
from heartline.services.routing_ports import RoutingStore

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
    clock: Clock

    def __call__(self) -> int:
        """Write the lines that changed; answers how many. Without a line on the telephone it costs nothing."""
        names = [each.name for each in self.routing.classes() if each.channel == Channel.VOICE]
        known = self.store.lines(names) if names else {}
        return sum(self._write(name, known.get(name)) for name in names)

    def _write(self, name: str, before: Line | None) -> bool:
        waiters = self.routing.waiters(name, limit=MOST_KNOWN)
        line = self._line(name, tuple(waiter.conversation for waiter in waiters), before)
        if before is None and not line.order:
            return False
        if before is not None and line.order == before.order and (not line.order or line.at - before.at < FRESH):
            return False
        self.store.write_line(line)
        return True

    def _line(self, name: str, order: tuple[str, ...], before: Line | None) -> Line:
        now = self.clock()
        left = sum(conversation not in order for conversation in before.order) if before else 0
        return Line(routing_class=name, order=order, left=moved_on(before.left if before else (), now, left), at=now)
