"""Processes of production code over one table: each with its own clock, configuration and memory; and their queues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from heartline.domain.inboxes import Company
from heartline.domain.routing.model import Why
from heartline.services.business_hours import BusinessHours
from heartline.services.call_routing import RoutedCalls
from heartline.services.route import Route
from heartline.services.snoozes import Replied
from heartline.storage.routing import DynamoRouting
from tests.fakes import FixedClock, Ids, RecordingQueue
from tests.faults.schedules.witness import WatchedRouting, Witness
from tests.functional.routed import Routed

Message = dict[str, Any]


class Skewed(FixedClock):
    """The clock of a process that goes wrong by so many seconds."""

    def __init__(self, right: FixedClock, seconds: float) -> None:
        super().__init__(right.at)
        self.right, self.by = right, timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        return self.right() + self.by


@dataclass(slots=True)
class Watched(Routed):
    """Its transitions are told to the witness before they are written."""

    witness: Witness | None = None

    @property
    def store(self) -> DynamoRouting:
        return WatchedRouting(self.table, self.witness) if self.witness else DynamoRouting(self.table)


@dataclass(slots=True)
class Queues:
    """What was sent and not taken yet: causes of ticks, and what is due later as (when, message)."""

    clock: FixedClock
    causes: list[Message] = field(default_factory=list)
    due: list[tuple[datetime, Message]] = field(default_factory=list)

    def later(self, message: Mapping[str, Any], seconds: float = 0) -> None:
        self.due.append((self.clock() + timedelta(seconds=seconds), dict(message)))

    def ripe(self) -> list[tuple[datetime, Message]]:
        return [each for each in self.due if each[0] <= self.clock()]


class Again(RecordingQueue):
    """The routing queue."""

    def __init__(self, queues: Queues) -> None:
        super().__init__()
        self.queues = queues

    def send(self, messages: Sequence[Mapping[str, Any]], *, deduplication: str = "", delay_seconds: int = 0) -> None:  # noqa: ARG002
        self.queues.causes += [dict(message) for message in messages]


class Timers(RecordingQueue):
    """The timer queue."""

    def __init__(self, queues: Queues) -> None:
        super().__init__()
        self.queues = queues

    def send(self, messages: Sequence[Mapping[str, Any]], *, deduplication: str = "", delay_seconds: int = 0) -> None:  # noqa: ARG002
        for message in messages:
            self.queues.later(message, delay_seconds)


@dataclass(slots=True)
class Process:
    """One of several that do the same; what it remembers is gone once it is killed."""

    routed: Watched
    queues: Queues
    told: dict[str, Why | None] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    gone: dict[str, int] = field(default_factory=dict)

    @property
    def route(self) -> Route:
        return Route(
            store=self.routed.store,
            configuration=self.routed,
            calendar=BusinessHours(configuration=self.routed),
            handover=self.routed.handover,
            again=self.routed.again,
            timers=self.routed.timers,
            clock=self.routed.office.clock,
            monotonic=lambda: 0.0,
            new_id=self.routed.ids,
            threads=1,
            told=self.told,
            asked=self.asked,
            gone=self.gone,
        )

    @property
    def calls(self) -> RoutedCalls:
        return RoutedCalls(store=self.routed.store, configuration=self.routed, handover=self.routed.handover)

    @property
    def company(self) -> Company:
        return self.routed.company()

    def read(self, company: Company) -> None:
        """Know this configuration from now on."""
        self.routed.company_read = company
        self.routed.policy = company.policy
        self.routed.office.company = company

    def replied(self, message: Message) -> None:
        Replied(handover=self.routed.handover)(message["conversation"], message["version"], message["ends"])

    def forget(self) -> None:
        self.told, self.asked, self.gone = {}, set(), {}


def process_of(table: Any, company: Company, *, queues: Queues, ids: Ids, skew: float, witness: Witness) -> Process:
    routed = Watched(table, company_read=company, ids=ids, policy=company.policy, witness=witness)
    routed.again, routed.timers = Again(queues), Timers(queues)
    routed.office.clock = Skewed(queues.clock, skew)
    return Process(routed=routed, queues=queues)
