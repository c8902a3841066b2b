"""One routing tick: read who is there and who waits, decide, claim. It may run twice at once and stops in time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Final

from heartline.domain.inboxes import Company
from heartline.domain.routing.model import Decision, Why
from heartline.domain.routing.planning import TOLD
from heartline.domain.routing.serving import everyone
from heartline.domain.routing.states import AgentState
from heartline.services.claims import Claims
from heartline.services.floors import Floors, Staffing
from heartline.services.handover import Handover
from heartline.services.notes import Notes
from heartline.services.ports import Clock, Configuration, NewId
from heartline.services.routing_ports import Calendar, RoutingClass, RoutingStore, Wake
from heartline.services.side_by_side import THREADS
from heartline.services.tick import Plan, Planner, pools_of
from heartline.services.wakes import Wakes

CLAIMING: Final = 1.0
"""For how many seconds a tick begins claims; then it asks for another (I9)."""

AFTER_LOSS: Final = 1
"""Seconds to the next tick where every claim of one was lost: whoever was faster is at it."""

MOST_PLACES: Final = 1000
"""Of how many classes a tick says where the next one goes on; with more, that one begins anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What a tick came to: the claims that hold, and who goes on waiting, both in the order of the plan.

    `states` are the agents of all pools that any class asks, as they were before the claims; none of a tick that went
    on where another had stopped.
    """

    claims: tuple[Decision, ...] = ()
    waiting: tuple[Decision, ...] = ()
    states: tuple[AgentState, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a tick begins with: the company and all its pools, who is there, and from when on each class is open."""

    company: Company
    everyone: Sequence[str]
    classes: Sequence[tuple[RoutingClass, datetime | None]]
    staffing: Staffing

    def open(self, now: datetime) -> list[RoutingClass]:
        return [each for each, opens in self.classes if opens == now]

    def moments(self, now: datetime) -> Iterator[float]:
        """When more may be possible although nothing happens, in seconds since the epoch."""
        yield from (opens.timestamp() for _, opens in self.classes if opens is not None)
        yield from self.staffing.moments(self.company.routing, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The tick. `again` asks for another one now, `timers` for one at the first moment that may change something.

    A trace names `most` agents on either side, all if None. With one of `threads` everything happens in the order of
    the plan. `told`, `asked` and `gone` are what this process remembers from one tick to the next.
    """

    store: RoutingStore
    configuration: Configuration
    calendar: Calendar
    handover: Handover
    again: Wake
    timers: Wake
    clock: Clock
    monotonic: Callable[[], float]
    new_id: NewId
    most: int | None = TOLD
    threads: int = THREADS
    told: dict[str, Why | None] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    gone: dict[str, int] = field(default_factory=dict)

    def __call__(self) -> int:
        """Route what can be routed; answers the number of claims."""
        return len(self.run().claims)

    def run(self, places: Mapping[str, str] | None = None) -> Ticked:
        """One tick over all classes, or over those of `places` alone, each from behind its place on."""
        now = self.clock()
        seen = self._see(places, now)
        plan = self._planner(seen, now)(seen.open(now), places or {})
        began = self.monotonic()
        claims = Claims(store=self.store, new_id=self.new_id, threads=self.threads)
        done = claims(plan.claims, seen.company.staff, lambda: not self._is_over(began))
        ticked = Ticked(
            claims=tuple(claim.decision for claim in done),
            waiting=tuple(plan.waiting),
            states=tuple(seen.staffing.states.values()) if places is None else (),
        )
        lost = len(done) < len(plan.claims)
        at_once = lost and (bool(done) or self._is_over(began))
        self._wake(seen, plan, now, retry=lost and not at_once)
        self._go_on(plan.rest, again=at_once or seen.staffing.more)
        Notes(store=self.store, told=self.told)(ticked.claims, ticked.waiting, now)
        return ticked

    def _see(self, places: Mapping[str, str] | None, now: datetime) -> Seen:
        company = self.configuration.company()
        pools = everyone(company)
        classes = [each for each in self.store.classes() if places is None or each.name in places]
        floors = Floors(
            store=self.store,
            configuration=self.configuration,
            handover=self.handover,
            threads=self.threads,
            gone=self.gone,
        )
        return Seen(
            company=company,
            everyone=pools,
            classes=[(each, self.calendar.opens(each, now)) for each in classes],
            staffing=floors(pools_of(classes, pools), now),
        )

    def _planner(self, seen: Seen, now: datetime) -> Planner:
        return Planner(
            store=self.store,
            calendar=self.calendar,
            policy=seen.company.policy,
            everyone=seen.everyone,
            agents=seen.staffing.agents(seen.company.routing, now),
            now=now,
            monotonic=self.monotonic,
            new_id=self.new_id,
            most=self.most,
            threads=self.threads,
        )

    def _is_over(self, began: float) -> bool:
        return self.monotonic() >= began + CLAIMING

    def _go_on(self, rest: Mapping[str, str], *, again: bool) -> None:
        """Ask for the next tick: one that begins anew, one that goes on where this one stopped, or both."""
        anew = again or len(rest) > MOST_PLACES
        messages: list[dict[str, Any]] = [{"cause": "continue"}] if anew else []
        messages += [{"cause": "continue", "after": dict(rest)}] if 0 < len(rest) <= MOST_PLACES else []
        self.again.send(messages, deduplication=self.new_id())

    def _wake(self, seen: Seen, plan: Plan, now: datetime, *, retry: bool) -> None:
        moments = chain(seen.moments(now), plan.moments(seen.company.policy, now))
        after = [now.timestamp() + AFTER_LOSS] if retry else []
        Wakes(timers=self.timers, asked=self.asked).at([*moments, *after], now.timestamp())
