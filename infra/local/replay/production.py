"""Routing as production wires it, over one table, with a scenario's company, clock and calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from secrets import token_hex
from typing import Any

from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.routing.heads import Intervals
from heartline.domain.routing.serving import everyone
from heartline.services.floors import Floors
from heartline.services.handover import Handover
from heartline.services.ports import NewId
from heartline.services.presence import Presence
from heartline.services.route import Route
from heartline.services.routing_ports import RoutingClass
from heartline.storage.dynamodb import Table
from heartline.storage.routing import DynamoRouting


@dataclass(slots=True, kw_only=True)
class Standing:
    """What is configured, and the time. Implements `services.ports.Configuration`, and `Clock` by being called."""

    read: Company
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def company(self) -> Company:
        return self.read

    def change(self, profile: AgentProfile) -> None:
        agents = (profile if each.id == profile.id else each for each in self.read.agents)
        self.read = replace(self.read, agents=tuple(agents))


@dataclass(slots=True, kw_only=True)
class ScenarioCalendar:
    """Implements `services.routing_ports.Calendar`: each conversation has hours, and a window, of its own."""

    intervals: Mapping[str, Intervals | None]
    usual_window: float
    windows: dict[str, float] = field(default_factory=dict)

    def hours(self, head: Conversation, now: datetime) -> Intervals | None:  # noqa: ARG002 - the port's word
        return self.intervals[head.id]

    def reply_window(self, head: Conversation) -> float:
        return self.windows.get(head.id, self.usual_window)

    def opens(self, routing_class: RoutingClass, now: datetime) -> datetime | None:  # noqa: ARG002 - the port's word
        return now


@dataclass(slots=True)
class Messages:
    """A queue that keeps what is sent. Implements `services.routing_ports.Wake`."""

    sent: list[Mapping[str, Any]] = field(default_factory=list)

    def send(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        deduplication: str = "",  # noqa: ARG002 - the port's word
        delay_seconds: int = 0,  # noqa: ARG002 - the port's word
    ) -> None:
        self.sent.extend(messages)

    def take(self) -> list[Mapping[str, Any]]:
        taken, self.sent = self.sent, []
        return taken


class Production:
    """The services. What they do takes no time on the scenario's clock, and a tick is never short of it."""

    def __init__(self, table: Table, standing: Standing, calendar: ScenarioCalendar) -> None:
        self.standing, self.calendar = standing, calendar
        self.store = DynamoRouting(table)
        self.again = Messages()
        run, numbers = token_hex(4), count()
        self.new_id: NewId = lambda: f"{run}{next(numbers):08d}"
        self.handover = Handover(store=self.store, configuration=standing, clock=standing, new_id=self.new_id)
        self.presence = Presence(store=self.store, handover=self.handover, clock=standing)
        self.route = Route(
            store=self.store,
            configuration=standing,
            calendar=calendar,
            handover=self.handover,
            again=self.again,
            timers=Messages(),
            clock=standing,
            monotonic=lambda: 0.0,
            new_id=self.new_id,
            most=None,
            threads=1,
        )

    @property
    def pools(self) -> tuple[str, ...]:
        return everyone(self.standing.company())

    def expire(self) -> None:
        """End the offers and wrap-ups that are over, as a tick does before it decides."""
        floors = Floors(store=self.store, configuration=self.standing, handover=self.handover)
        while floors(self.pools, self.standing.now).more:
            pass

    def tick(self) -> None:
        """One tick, and those that it asks for."""
        self.route.run()
        while messages := self.again.take():
            for message in messages:
                self.route.run(message.get("after"))
