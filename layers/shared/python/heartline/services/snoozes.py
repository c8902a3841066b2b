"""Snoozed conversations: whose they are, and those whose time has come, each minute."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from heartline.domain.errors import Contended, NotFound
from heartline.services.handover import Handover, Told
from heartline.services.ports import Clock, Page
from heartline.services.sparing import sparing

MOST_WOKEN: Final = 500
"""How many are woken in one minute; the others are still due in the next."""


class SnoozeStore(Protocol):
    """Where it stands what is snoozed, until when and by whom."""

    def of(self, agent: str, *, limit: int, cursor: str | None = None) -> Page[str]:
        """Read the ids of what an agent has snoozed, the soonest first; what has no time comes last."""
        ...

    def due(self, now: datetime, *, limit: int) -> Sequence[str]:
        """Read the ids of what was snoozed until `now`, the longest overdue first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """A customer wrote to what was snoozed or in wrap-up: it is its owner's again (R16).

    The news may be told twice and late: it is about one snooze, or one wrap-up, and about no later one.
    """

    handover: Handover

    def __call__(self, conversation: str, version: int, ends: str) -> None:
        told = Told(version=version, ends=datetime.fromisoformat(ends) if ends else None)
        self.handover.replied(conversation, told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeSnoozed:
    """Each minute: what is snoozed until now is its owner's again, as by a reply (R16), however late the minute is."""

    store: SnoozeStore
    handover: Handover
    clock: Clock

    def __call__(self) -> int:
        """Wake what is due; answers how many were. One that moves, or cannot be read, keeps nobody else asleep."""
        return sum(self._wake(name) for name in self.store.due(self.clock(), limit=MOST_WOKEN))

    def _wake(self, conversation: str) -> bool:
        with suppress(NotFound, Contended), sparing(conversation):
            self.handover.wake(conversation)
            return True
        return False
