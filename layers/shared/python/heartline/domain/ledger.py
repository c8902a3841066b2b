"""The ledger: what the providers say that they gave us, against what became of it; counted by hour and channel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from heartline.domain.messages import Channel

RETRIED_FOR: Final = timedelta(minutes=20)
"""How long an event may be on its way: five deliveries of the inbound queue, 180 s apart, and some air."""


class State(StrEnum):
    """Where an event is. `GAP` is what should never be: it came, and nothing of ours knows of it any more."""

    STORED = "stored"
    HELD = "held"
    DISCARDED = "discarded"
    FAILED = "failed"
    PENDING = "pending"
    GAP = "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One event as its provider tells of it: the raw mail's object key, a MessageSid or a CallSid."""

    channel: Channel
    id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event and its state."""

    received: Received
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An hour of a channel; `received` is the sum of the states."""

    hour: datetime
    channel: Channel
    counts: Mapping[State, int]

    @property
    def received(self) -> int:
        return sum(self.counts.values())


def state_of(received: Received, outcome: State | None, *, now: datetime, dead: frozenset[str]) -> State:
    """What is known of an event: its outcome; else whether it waits, gave up (`dead` has the ids), or is lost."""
    if outcome is not None:
        return outcome
    if received.id in dead:
        return State.FAILED
    return State.PENDING if now - received.at < RETRIED_FOR else State.GAP


def rows_of(entries: Iterable[Entry]) -> tuple[Row, ...]:
    """Count by hour and channel, in that order."""
    counts: dict[tuple[datetime, Channel], dict[State, int]] = {}
    for entry in entries:
        hour = entry.received.at.replace(minute=0, second=0, microsecond=0)
        row = counts.setdefault((hour, entry.received.channel), dict.fromkeys(State, 0))
        row[entry.state] += 1
    return tuple(Row(hour=hour, channel=channel, counts=counts[hour, channel]) for hour, channel in sorted(counts))
