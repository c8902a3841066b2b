"""Reads opening hours from a configuration; every error names its place."""

import re
from datetime import date
from itertools import pairwise
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.hours import DAY_MINUTES, WEEKDAYS, Holiday, Hours, Span, known_zone
from heartline.domain.inboxes import Company
from heartline.services.sections import Section

_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}")
_SPAN: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_hours(section: Section) -> Hours:
    """Read `{zone, week: {mon: ["09:00-17:30"]}, holidays: [{date, name, hours}]}`; a day not named is closed.

    Whether the zone exists is not looked up here: a function without time zone data reads the configuration too.
    """
    section.only("zone", "week", "holidays")
    week = section.part("week")
    week.only(*WEEKDAYS)
    return Hours(
        zone=section.text("zone", form=_ZONE),
        week=tuple(_spans(week, day) for day in WEEKDAYS),
        holidays=_once(section.each("holidays", _holiday), section),
    )


def check_zones(company: Company) -> None:
    """Raise `Invalid` for hours in a zone that does not exist; needs time zone data."""
    for inbox in company.inboxes:
        if inbox.hours is not None and not known_zone(inbox.hours.zone):
            place = f"inbox {inbox.id}.hours.zone"
            raise Invalid(f"{place}: there is no time zone “{inbox.hours.zone}”; write one as Europe/Berlin")


def _holiday(section: Section) -> Holiday:
    section.only("date", "name", "hours")
    text = section.text("date", form=_DATE)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"{section.place}.date: there is no day {text}") from error
    return Holiday(date=day, name=section.text("name"), spans=_spans(section, "hours"))


def _once(holidays: tuple[Holiday, ...], section: Section) -> tuple[Holiday, ...]:
    days = [holiday.date for holiday in holidays]
    for position, day in enumerate(days):
        if day in days[:position]:
            raise Invalid(f"{section.place}.holidays[{position}].date: {day} is named twice")
    return holidays


def _spans(section: Section, name: str) -> tuple[Span, ...]:
    """The spans of a day in order; they must not overlap."""
    spans = sorted((_span(text) for text in section.texts(name, _SPAN)), key=lambda span: span.start)
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise Invalid(f"{section.place}.{name}: the hours overlap")
    return tuple(spans)


def _span(text: str) -> Span:
    """An end that is not after the start is on the next day."""
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return Span(start=start, end=end if end > start else end + DAY_MINUTES)
