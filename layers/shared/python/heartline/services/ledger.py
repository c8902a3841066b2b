"""Reconciles: everything that a provider gave us must be stored, held, failed or under way, and nothing else."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from heartline.domain.ledger import Entry, Received, State, state_of
from heartline.domain.messages import Channel
from heartline.services.ports import Clock, MessageReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an event: `state` is stored, held or discarded; `messages` by the event that they came from."""

    state: State
    messages: Mapping[str, MessageReference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The ledger's row of a raw mail: the `events` that it became, one for each inbox.

    `run` and `result` are those of the replay that looked at it last ("stored", "known", "improved" …), or empty.
    """

    key: str
    at: datetime
    events: tuple[str, ...]
    run: str = ""
    result: str = ""


class ProviderLog(Protocol):
    """A provider's own list of what it gave us: the only truth against which "nothing was lost" can be said."""

    def received(self, start: datetime, end: datetime) -> Iterable[Received]:
        """Everything from `start` to before `end`; raises `Unavailable` if the list cannot be read whole."""
        ...


class LedgerStore(Protocol):
    """The outcomes, by the ids that the providers know."""

    def outcomes(self, channel: Channel, ids: Sequence[str]) -> dict[str, Outcome]:
        """What became of each; one without an outcome is absent."""
        ...

    def write(self, receipt: Receipt) -> None: ...

    def receipts(self, raw_keys: Sequence[str]) -> dict[str, Receipt]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """`dead` answers the ids in the dead-letter queue, where it may be looked into."""

    sources: Mapping[Channel, ProviderLog]
    store: LedgerStore
    clock: Clock
    dead: Callable[[], frozenset[str]] = frozenset

    def gaps(self, start: datetime, end: datetime, channels: Collection[Channel]) -> dict[Channel, int]:
        """How many events of each channel that has a source have no outcome, though they had the time for one."""
        entries = self.entries(start, end, [channel for channel in channels if channel in self.sources])
        missing = Counter(entry.received.channel for entry in entries if entry.state in (State.GAP, State.FAILED))
        return {channel: missing[channel] for channel in channels if channel in self.sources}

    def entries(self, start: datetime, end: datetime, channels: Collection[Channel]) -> tuple[Entry, ...]:
        """Every event that was received from `start` to before `end`, oldest first, with its state now."""
        dead, found = self.dead(), []
        for channel in channels:
            received = sorted(self.sources[channel].received(start, end), key=lambda event: event.at)
            outcomes = self.store.outcomes(channel, [event.id for event in received])
            now = self.clock()
            for event in received:
                outcome = outcomes.get(event.id)
                state = state_of(event, outcome.state if outcome else None, now=now, dead=dead)
                found.append(Entry(received=event, state=state))
        return tuple(sorted(found, key=lambda entry: entry.received.at))
