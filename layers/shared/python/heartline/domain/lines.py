"""What a waiting caller may be told of the line: a place in it and how long it may take, or nothing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MOST_KNOWN: Final = 50
"""How many of a line have a place that is known."""

PACES_KEPT: Final = 10
FEWEST_PACES: Final = 3
"""An expectation from fewer would be a guess."""

STALE: Final = timedelta(seconds=150)
"""Routing writes a line at least each minute: what is older is not known any more."""

PACE_LIFE: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line of one routing class: its waiters in order, and when the latest left it: for an agent, or for good.

    `staffed` says whether anybody was online who could take a call of it, busy or not.
    """

    routing_class: str
    order: tuple[str, ...]
    left: tuple[datetime, ...]
    at: datetime
    staffed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`position` counts from 1; `minutes` is the expected wait, rounded up, or None where nothing tells it."""

    position: int
    minutes: int | None


def place(line: Line | None, conversation: str, now: datetime) -> Place | None:
    """Where a conversation stands, or None where that is not known for certain."""
    if line is None or not _is_known(line, conversation, now):
        return None
    position = line.order.index(conversation) + 1
    pace = _pace(line.left, now)
    return Place(position=position, minutes=None if pace is None else _minutes(pace * position))


def deserted(line: Line | None, conversation: str, now: datetime) -> bool:
    """Whether it is known that nobody is there any more who could take the call."""
    return line is not None and not line.staffed and _is_known(line, conversation, now)


def _is_known(line: Line, conversation: str, now: datetime) -> bool:
    return now - line.at <= STALE and conversation in line.order


def moved_on(left: Sequence[datetime], now: datetime, count: int) -> tuple[datetime, ...]:
    """When the latest left, with `count` more now."""
    return (*left, *(now for _ in range(count)))[-PACES_KEPT:]


def _pace(left: Sequence[datetime], now: datetime) -> timedelta | None:
    """The mean time between the latest who left; where nobody has for long, that counts."""
    recent = [at for at in left if now - at <= PACE_LIFE]
    if len(recent) < FEWEST_PACES:
        return None
    usual = (recent[-1] - recent[0]) / (len(recent) - 1)
    return max(usual, (now - recent[-1]) / 2)


def _minutes(wait: timedelta) -> int:
    return max(1, -(-int(wait.total_seconds()) // 60))
