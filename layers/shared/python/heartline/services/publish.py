"""Tells the rest of the system what was written to the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any, Final, Protocol

from heartline.services.ports import Clock

LONGEST_DELAY: Final = 900
"""Seconds that SQS keeps a message back at most."""


class Causes(Protocol):
    """What a batch of writes caused; see `storage.stream.Causes`."""

    @property
    def conversations(self) -> tuple[str, ...]: ...

    @property
    def agents(self) -> tuple[str, ...]: ...

    @property
    def intents(self) -> tuple[str, ...]: ...

    @property
    def postponed(self) -> tuple[tuple[str, str], ...]: ...

    @property
    def media(self) -> tuple[tuple[str, str], ...]: ...

    @property
    def calls(self) -> tuple[tuple[str, str], ...]: ...

    @property
    def routing(self) -> bool: ...

    @property
    def replies(self) -> tuple[tuple[str, int, str], ...]: ...

    @property
    def mark(self) -> str: ...


class Outlet(Protocol):
    """A queue that takes causes."""

    def send(
        self, messages: Sequence[Mapping[str, Any]], *, deduplication: str = "", delay_seconds: int = 0
    ) -> None: ...


class Log(Protocol):
    """The change log's writing side."""

    def append(self, *, conversations: Sequence[str], agents: Sequence[str], at: datetime) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Work first, screens second: a queue that refuses stops the batch before the log is written, and all is repeated.

    Whatever is sent twice is harmless: intents are claimed, ticks are idempotent, a reply brings its own snooze back
    once, the log only hints.
    """

    log: Log
    routing: Outlet
    outbox: Outlet
    media: Outlet
    dialer: Outlet
    timers: Outlet
    clock: Clock

    def __call__(self, causes: Causes) -> None:
        self.outbox.send([{"intent": intent} for intent in causes.intents])
        for intent, due in causes.postponed:
            self.outbox.send([{"intent": intent}], delay_seconds=self._seconds_until(due))
        self.media.send([{"conversation": name, "message": sort} for name, sort in causes.media])
        looks = [{"call": call, "conversation": conversation} for call, conversation in causes.calls]
        self.dialer.send(looks, deduplication=causes.mark)
        self.timers.send(
            [
                {"due": "reply", "conversation": name, "version": version, "ends": ends}
                for name, version, ends in causes.replies
            ]
        )
        if causes.routing:
            self.routing.send([{"cause": causes.mark}], deduplication=causes.mark)
        if causes.conversations or causes.agents:
            self.log.append(conversations=causes.conversations, agents=causes.agents, at=self.clock())

    def _seconds_until(self, due: str) -> int:
        """Whole seconds, rounded up, as far as a queue can wait."""
        seconds = (datetime.fromisoformat(due) - self.clock()).total_seconds()
        return min(max(ceil(seconds), 0), LONGEST_DELAY)
