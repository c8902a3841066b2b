"""Traces of a tick: each claim, and why conversations go on waiting where that is news."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from heartline.domain.errors import Unavailable
from heartline.domain.routing.model import Decision, Why
from heartline.services.routing_ports import RoutingStore

MOST_NEWS: Final = 25
"""How many conversations that go on waiting get a new trace in one tick."""

MOST_TOLD: Final = 10_000
"""How many such traces a process remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """`told` is what the traces of conversations that go on waiting said last, so that only news is written."""

    store: RoutingStore
    told: dict[str, Why | None] = field(default_factory=dict)

    def __call__(self, claimed: Iterable[Decision], waiting: Iterable[Decision], at: datetime) -> None:
        """Write what is new; a trace explains, and nothing depends on it."""
        news = [decision for decision in waiting if self._is_news(decision)][:MOST_NEWS]
        written = [*claimed, *news]
        with suppress(Unavailable):
            self.store.note_all(written, at)
        if len(self.told) >= MOST_TOLD:
            self.told.clear()
        self.told.update({decision.head.id: decision.why for decision in news})
        for decision in written:
            if decision.agent is not None:
                self.told.pop(decision.head.id, None)

    def _is_news(self, decision: Decision) -> bool:
        name = decision.head.id
        return name not in self.told or self.told[name] is not decision.why
