"""When somebody is there: weekly opening hours in a time zone, with holidays. It is told the time and has no clock.

Wall-clock times are read as RFC 5545 3.3.5 reads them where the clock shows one twice: the first. A time that the clock
leaves out begins, or ends, with the leap. Source: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY_MINUTES: Final = 24 * 60
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_FARTHEST_DAYS: Final = 400
"""How far ahead an opening is looked for: a shop that opens once a year is found."""

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From `start` until just before `end`, in minutes after midnight; an end above 1440 is on the next day."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day with hours of its own; without spans it is closed."""

    date: date
    name: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening hours: `zone` is an IANA name, `week` the spans of seven days from Monday on.

    A span belongs to the day on which it begins: the night before a holiday is worked to its end.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    holidays: tuple[Holiday, ...] = ()

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at `at` (aware)."""
        day = self._today(at)
        return any(start <= at < end for start, end in self._intervals(day - _DAY, 2))

    def opening_after(self, at: datetime) -> datetime | None:
        """The first moment from `at` on at which it is open, in UTC: `at` itself while it is; None if there is none."""
        spell = self.spell(at)
        return max(spell[0], at.astimezone(UTC)) if spell else None

    def spell(self, at: datetime) -> tuple[datetime, datetime] | None:
        """The first time that it is open, in UTC and half-open, that is not over at `at`; None if there is none."""
        instant = at.astimezone(UTC)
        intervals = self._intervals(self._today(at) - _DAY, _FARTHEST_DAYS)
        return next(((start, end) for start, end in intervals if instant < end), None)

    def holiday(self, at: datetime) -> Holiday | None:
        """The holiday that the calendar shows at `at`, whether it has hours or not."""
        return self._holiday_of(self._today(at))

    def reason(self, at: datetime) -> str:
        """Why nobody is there, as “closed” or “holiday: Christmas Day”; empty while it is open."""
        if self.is_open(at):
            return ""
        holiday = self.holiday(at)
        return f"holiday: {holiday.name}" if holiday else "closed"

    def local(self, at: datetime) -> datetime:
        """`at` on the clock of the zone."""
        return at.astimezone(_zone(self.zone))

    def _today(self, at: datetime) -> date:
        return at.astimezone(_zone(self.zone)).date()

    def _intervals(self, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        """What is open on so many days, half-open, in UTC, the earliest end first."""
        for day in (first + _DAY * number for number in range(days)):
            spans = ((self._instant(day, span.start), self._instant(day, span.end)) for span in self._spans(day))
            yield from sorted((start, end) for start, end in spans if start < end)

    def _spans(self, day: date) -> tuple[Span, ...]:
        holiday = self._holiday_of(day)
        return holiday.spans if holiday else self.week[day.weekday()]

    def _holiday_of(self, day: date) -> Holiday | None:
        return next((holiday for holiday in self.holidays if holiday.date == day), None)

    def _instant(self, day: date, minutes: int) -> datetime:
        days, rest = divmod(minutes, DAY_MINUTES)
        return _first_at(datetime(day.year, day.month, day.day) + _DAY * days + _MINUTE * rest, _zone(self.zone))  # noqa: DTZ001 - a wall-clock time has no zone yet


def known_zone(name: str) -> bool:
    """Whether there is a time zone of that name where this runs."""
    try:
        _zone(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True


@lru_cache(maxsize=64)
def _zone(name: str) -> "ZoneInfo":
    from zoneinfo import ZoneInfo  # it costs 5 ms, and most functions never ask

    return ZoneInfo(name)


def _first_at(wall: datetime, zone: "ZoneInfo") -> datetime:
    """The first instant (UTC) at which a clock in the zone shows `wall`, or would have shown it already."""
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if _shown(instant, zone) == wall:
        return instant
    return _leap(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant, zone)


def _leap(before: datetime, after: datetime, zone: "ZoneInfo") -> datetime:
    """When the clock leaps, between two instants on either side of it."""
    late = after.astimezone(zone).utcoffset()
    while after - before > _MINUTE:
        middle = before + (after - before) / 2
        middle = middle.replace(second=0, microsecond=0)
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == late else (middle, after)
    return after


def _shown(instant: datetime, zone: "ZoneInfo") -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
