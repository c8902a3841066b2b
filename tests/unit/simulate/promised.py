"""Days on which everybody who has to wait is told how long that may take, as production would, and how it went then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heartline.domain.lines import MOST_KNOWN, Line
from heartline.domain.messages import Channel
from heartline.domain.pace import Expected
from heartline.domain.routing.model import ONLINE
from heartline.domain.routing.ranking import urgency
from heartline.domain.routing.standing import in_minutes
from infra.local.simulate.day import Day
from infra.local.simulate.deciding import production
from infra.local.simulate.drawing import draw
from infra.local.simulate.workday import SECOND, Customer, Stream, Workday

LOOK: Final = 20 * SECOND
"""How often a written line is looked at (`services.lines.LOOK`)."""

_MIDNIGHT: Final = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What was told to one who had to wait at their coming, in seconds, and how long it took; None: nobody knew."""

    told: Expected | None
    took: float

    @property
    def is_kept(self) -> bool:
        return self.told is not None and self.told.least <= self.took <= self.told.most

    @property
    def is_kept_in_minutes(self) -> bool:
        """Whether it held as people are told it: in whole minutes, rounded outwards."""
        if self.told is None:
            return False
        said = in_minutes(self.told)
        return said.least_minutes * 60 <= self.took <= said.most_minutes * 60


@dataclass(slots=True, kw_only=True)
class Tally:
    """Promises of several days."""

    promises: list[Promise] = field(default_factory=list)

    @property
    def told(self) -> list[Promise]:
        return [each for each in self.promises if each.told is not None]

    @property
    def kept(self) -> float:
        return self._share([each.is_kept for each in self.told])

    @property
    def kept_in_minutes(self) -> float:
        return self._share([each.is_kept_in_minutes for each in self.told])

    @property
    def sooner(self) -> float:
        """The share that was served before the range began."""
        return self._share([each.told is not None and each.took < each.told.least for each in self.told])

    @property
    def mean(self) -> float:
        """Seconds that those waited who were told a range."""
        return sum(each.took for each in self.told) / len(self.told)

    def _share(self, held: Sequence[bool]) -> float:
        return sum(held) / len(held) if held else 0


class ToldDay(Day):
    """A day that looks at its lines after each matching, as the router does, and tells whoever has come to wait."""

    def __init__(self, workday: Workday, customers: Sequence[Customer], *, seed: object) -> None:
        super().__init__(workday, customers, production, seed=seed)
        self.told: dict[str, tuple[int, Expected | None]] = {}
        self._known: dict[str, Line] = {}

    def match(self, now: int) -> None:
        super().match(now)
        lines: dict[str, list[str]] = {stream.name: [] for stream in self._workday.streams}
        for head in sorted(self.world.waiting.values(), key=urgency):
            lines[self._customers[head.id].stream.name].append(head.id)
        for stream in self._workday.streams:
            self._look(stream, lines[stream.name][:MOST_KNOWN], now)
            self._tell(self._known[stream.name], lines[stream.name], now)

    def _look(self, stream: Stream, order: Sequence[str], now: int) -> None:
        at, before = _moment(now), self._known.get(stream.name)
        staffed = any(agent.presence == ONLINE for agent in self.world.agents.values())
        if before is None:
            self._known[stream.name] = Line(routing_class=f"{stream.channel}|", order=(), at=at)
        elif stream.channel == Channel.VOICE or at - before.at >= timedelta(milliseconds=LOOK):
            self._known[stream.name] = before.later(order, at, staffed=staffed)

    def _tell(self, line: Line, order: Sequence[str], now: int) -> None:
        for place, conversation in enumerate(order, start=1):
            if conversation not in self.told:
                self.told[conversation] = now, line.expected(place, _moment(now))

    def promises(self) -> list[Promise]:
        """Of all who had to wait and were served; who still waits in the evening has no wait that could be compared."""
        stories = {story.customer.id: story for story in self.journal.close(self._workday.staff, 0).stories}
        served = {name: story.answered for name, story in stories.items() if story.answered is not None}
        return [
            Promise(told=told, took=(served[name] - at) / SECOND)
            for name, (at, told) in self.told.items()
            if name in served and at >= self._workday.warm_up
        ]


def promised(workday: Workday, *, seed: int, days: int) -> Tally:
    """What was told on so many days, and what came of it."""
    tally = Tally()
    for day in range(days):
        told = ToldDay(workday, draw(workday, seed=seed, day=day), seed=f"{seed}/{day}")
        told.run()
        tally.promises += told.promises()
    return tally


def _moment(now: int) -> datetime:
    return _MIDNIGHT + timedelta(milliseconds=now)


_EXPONENTIAL: Final = {"kind": "exponential", "mean": "4m"}
_CALLS: Final = {"name": "calls", "channel": "voice", "handle": _EXPONENTIAL}
_TEN: Final = {"from": "08:00", "to": "18:00", "warm_up": "1h"}


def _day(arrivals: Sequence[Mapping[str, Any]], staff: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"day": _TEN, "arrivals": list(arrivals), "staff": list(staff)}


def _calls(**changes: Any) -> dict[str, Any]:
    return {**_CALLS, "per_hour": 150, **changes}


def _mails(**changes: Any) -> dict[str, Any]:
    handle = {"kind": "lognormal", "mean": "9m", "cv": 1.2}
    return {"name": "mails", "channel": "email", "per_hour": 102, "handle": handle, **changes}


def _group(count: int, **changes: Any) -> dict[str, Any]:
    return {"id": "a", "count": count, "capacity": {"voice": 1, "email": 3}, **changes}


DAYS: Final[Mapping[str, dict[str, Any]]] = {
    "calls, ten agents, as busy as they can be": _day([_calls()], [_group(10)]),
    "calls that are all short or long (lognormal, deviation twice the mean)": _day(
        [_calls(handle={"kind": "lognormal", "mean": "4m", "cv": 2})], [_group(10)]
    ),
    "calls of the same length": _day([_calls(handle={"kind": "fixed", "mean": "4m"})], [_group(10)]),
    "calls, one agent": _day([_calls(per_hour=15)], [_group(1)]),
    "calls, some give up": _day([_calls(per_hour=180, patience={"kind": "exponential", "mean": "8m"})], [_group(10)]),
    "mails, five agents with three at once": _day([_mails()], [_group(5)]),
    "French and other calls, half of the agents take both": _day(
        [_calls(name="fr", requires={"fr": 1}, per_hour=45), _calls(name="en", per_hour=105)],
        [_group(5, id="fr", skills={"fr": 1}), _group(5, id="en")],
    ),
    "calls, a rush at noon and a late shift": _day(
        [{**_CALLS, "per_day": 1300, "shape": {"08:00": 2, "12:00": 6, "13:00": 2}}],
        [_group(8, shifts=["08:00-18:00"]), _group(5, id="late", shifts=["13:00-18:00"])],
    ),
}
"""Days with lines: what the reckoning takes for granted holds on the first, and less and less on the others."""
