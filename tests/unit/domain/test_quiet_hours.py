"""When nobody wants a text, in the time of the country that a number is from."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from heartline.domain.quiet_hours import Quiet, QuietHours, told

NIGHT = QuietHours(begin=time(21), end=time(8), zones=(ZoneInfo("Europe/Berlin"),))
NOON = QuietHours(begin=time(12), end=time(13, 30), zones=(ZoneInfo("Europe/Berlin"),))
WIDE = QuietHours(begin=time(21), end=time(8), zones=(ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")))


def utc(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00+00:00")


@pytest.mark.parametrize(
    ("clock", "quiet"), [("19:59", False), ("20:00", True), ("23:30", True), ("06:59", True), ("07:00", False)]
)
def test_a_night_begins_and_ends_by_the_clock_there(clock: str, quiet: bool) -> None:
    assert (NIGHT.quiet_in(utc("2026-01-15", clock)) is not None) is quiet


@pytest.mark.parametrize(("clock", "quiet"), [("10:59", False), ("11:00", True), ("12:29", True), ("12:30", False)])
def test_a_noon_rest_does_not_go_over_midnight(clock: str, quiet: bool) -> None:
    assert (NOON.quiet_in(utc("2026-01-15", clock)) is not None) is quiet


def test_summer_time_moves_it() -> None:
    assert NIGHT.quiet_in(utc("2026-07-15", "19:00")) is not None
    assert NIGHT.quiet_in(utc("2026-01-15", "19:00")) is None


@pytest.mark.parametrize(
    ("clock", "zone"),
    [("02:00", "America/New_York"), ("05:00", "America/New_York"), ("14:00", "America/Los_Angeles"), ("16:30", None)],
)
def test_it_is_quiet_while_it_is_in_any_zone_of_the_country(clock: str, zone: str | None) -> None:
    found = WIDE.quiet_in(utc("2026-01-15", clock))
    assert (found.key if found else None) == zone


def test_it_is_over_when_the_last_zone_wakes() -> None:
    assert WIDE.over_at(utc("2026-01-15", "05:00")) == utc("2026-01-15", "16:00")


def test_the_night_in_which_the_clock_leaps_is_an_hour_shorter() -> None:
    assert NIGHT.over_at(utc("2026-03-28", "22:00")) == utc("2026-03-29", "06:00")


def test_hours_that_never_end_are_over_in_a_day() -> None:
    always = QuietHours(begin=time(0), end=time(23, 59), zones=(ZoneInfo("UTC"), ZoneInfo("Asia/Tokyo")))
    at = datetime(2026, 1, 15, 12, tzinfo=UTC)
    assert always.over_at(at) == datetime(2026, 1, 16, 12, tzinfo=UTC)


def test_a_refusal_names_the_time_there_and_the_way_round_it() -> None:
    error = Quiet(NIGHT, utc("2026-01-15", "21:40"), "DE")
    assert error.code == "quiet_hours"
    assert str(error).startswith("It is 22:40 in Europe/Berlin, and texts to DE rest from 21:00 to 08:00.")
    assert str(error).endswith("Send it later, or send it now all the same.")


def test_nothing_is_told_by_day() -> None:
    assert told(NIGHT, utc("2026-01-15", "12:00"), "DE") == ""
