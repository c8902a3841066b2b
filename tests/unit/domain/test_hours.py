"""Opening hours: what is open when, across midnight, holidays and the two changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.hours import Holiday, Hours, Span

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Span(start=9 * 60, end=17 * 60 + 30)
NIGHT = Span(start=22 * 60, end=30 * 60)


def weekly(*spans: Span, zone: str = "Europe/Berlin", holidays: tuple[Holiday, ...] = ()) -> Hours:
    return Hours(zone=zone, week=(spans,) * 5 + ((), ()), holidays=holidays)


def every_day(*spans: Span, zone: str = "Europe/Berlin", holidays: tuple[Holiday, ...] = ()) -> Hours:
    return Hours(zone=zone, week=(spans,) * 7, holidays=holidays)


def berlin(*fields: int, fold: int = 0) -> datetime:
    return datetime(*fields, tzinfo=BERLIN, fold=fold)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("clock", "expected"),
    [((8, 59), False), ((9, 0), True), ((17, 29), True), ((17, 30), False)],
)
def test_the_first_minute_is_open_and_the_last_is_not(clock: tuple[int, int], expected: bool) -> None:
    assert weekly(OFFICE).is_open(berlin(2026, 3, 2, *clock)) is expected


def test_the_zone_decides_and_not_the_zone_of_the_question() -> None:
    assert weekly(OFFICE).is_open(datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
    assert not weekly(OFFICE).is_open(datetime(2026, 1, 5, 7, 59, tzinfo=UTC))


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    friday_night = weekly(NIGHT)
    assert friday_night.is_open(berlin(2026, 3, 7, 5, 59))
    assert not friday_night.is_open(berlin(2026, 3, 7, 6, 0))
    assert not friday_night.is_open(berlin(2026, 3, 7, 23, 0))


def test_the_night_before_a_holiday_is_worked_to_its_end() -> None:
    hours = every_day(NIGHT, holidays=(Holiday(date=date(2026, 12, 25), name="Christmas Day"),))
    assert hours.is_open(berlin(2026, 12, 25, 5, 0))
    assert not hours.is_open(berlin(2026, 12, 25, 23, 0))


def test_a_holiday_says_its_name_and_a_sunday_does_not() -> None:
    hours = weekly(OFFICE, holidays=(Holiday(date=date(2026, 12, 25), name="Christmas Day"),))
    assert hours.reason(berlin(2026, 12, 25, 10, 0)) == "holiday: Christmas Day"
    assert hours.reason(berlin(2026, 12, 27, 10, 0)) == "closed"
    assert hours.reason(berlin(2026, 12, 28, 10, 0)) == ""


def test_a_holiday_may_have_hours_of_its_own() -> None:
    eve = Holiday(date=date(2026, 12, 24), name="Christmas Eve", spans=(Span(start=540, end=720),))
    hours = weekly(OFFICE, holidays=(eve,))
    assert hours.is_open(berlin(2026, 12, 24, 11, 59))
    assert hours.reason(berlin(2026, 12, 24, 12, 0)) == "holiday: Christmas Eve"
    assert hours.holiday(berlin(2026, 12, 24, 11, 0)) == eve


def test_the_next_opening_is_now_while_it_is_open() -> None:
    now = berlin(2026, 3, 2, 10, 0)
    assert weekly(OFFICE).opening_after(now) == now


def test_the_next_opening_passes_the_weekend_and_the_holidays() -> None:
    holidays = (Holiday(date=date(2026, 12, 25), name="Christmas Day"), Holiday(date=date(2026, 12, 28), name="Bridge"))
    opening = weekly(OFFICE, holidays=holidays).opening_after(berlin(2026, 12, 24, 18, 0))
    assert opening == berlin(2026, 12, 29, 9, 0)


def test_what_never_opens_has_no_next_opening() -> None:
    assert weekly().opening_after(berlin(2026, 3, 2, 10, 0)) is None


def test_in_spring_the_shop_opens_by_the_new_time() -> None:
    """Berlin, 2026-03-29: 02:00 becomes 03:00, so that nine o'clock is 07:00 UTC and no longer 08:00."""
    hours = every_day(OFFICE)
    assert hours.opening_after(berlin(2026, 3, 28, 20, 0)) == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)
    assert hours.opening_after(berlin(2026, 3, 27, 20, 0)) == datetime(2026, 3, 28, 8, 0, tzinfo=UTC)


def test_an_opening_that_the_clock_leaves_out_begins_with_the_leap() -> None:
    hours = every_day(Span(start=150, end=240))
    assert hours.opening_after(berlin(2026, 3, 29, 0, 0)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_hours_that_the_clock_leaves_out_wholly_are_not_open_at_all() -> None:
    hours = every_day(Span(start=130, end=170))
    assert hours.opening_after(berlin(2026, 3, 29, 0, 0)) == berlin(2026, 3, 30, 2, 10)


def test_in_autumn_the_night_is_an_hour_longer() -> None:
    """Berlin, 2026-10-25: 03:00 becomes 02:00 once more."""
    hours = every_day(NIGHT)
    begin, end = datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 5, 0, tzinfo=UTC)
    assert end - begin == timedelta(hours=9)
    assert hours.is_open(begin)
    assert hours.is_open(end - timedelta(minutes=1))
    assert not hours.is_open(end)


def test_an_hour_that_the_clock_shows_twice_is_the_first() -> None:
    hours = every_day(Span(start=120, end=150))
    assert hours.is_open(berlin(2026, 10, 25, 2, 15))
    assert not hours.is_open(berlin(2026, 10, 25, 2, 15, fold=1))


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo"])
def test_around_the_clock_is_never_closed(zone: str) -> None:
    hours = every_day(Span(start=0, end=1440), zone=zone)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    assert all(hours.is_open(begin + timedelta(minutes=97 * step)) for step in range(5500))


@given(
    at=st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    start=st.integers(0, 1439),
    length=st.integers(1, 1440),
)
def test_it_is_open_from_the_next_opening_on_and_not_before(at: datetime, zone: str, start: int, length: int) -> None:
    hours = every_day(Span(start=start, end=start + length), zone=zone)
    opening = hours.opening_after(at)
    assert opening is not None
    assert opening >= at
    assert hours.is_open(opening)
    assert opening == at or not hours.is_open(opening - timedelta(microseconds=1))
    assert hours.is_open(at) == (opening == at)


@given(st.integers(0, 16 * 24 * 60), st.sampled_from((OFFICE, NIGHT)))
def test_the_spell_at_a_moment_is_the_one_that_holds_it_or_the_next(minutes: int, span: Span) -> None:
    """Two weeks, with the night in which the clock leaps."""
    hours, moment = weekly(span), datetime(2026, 3, 20, tzinfo=UTC) + timedelta(minutes=minutes)
    spell = hours.spell(moment)
    assert spell is not None

    start, end = spell
    assert (start <= moment < end) is hours.is_open(moment)
    assert max(start, moment) == hours.opening_after(moment)
    assert not hours.is_open(end)


def test_who_never_opens_has_no_spell() -> None:
    assert weekly().spell(datetime(2026, 1, 5, 8, 0, tzinfo=UTC)) is None
