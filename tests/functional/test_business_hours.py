"""When written work may be offered, as the configuration says now."""

from dataclasses import replace

from heartline.domain.hours import Hours, Span
from heartline.services.business_hours import BusinessHours
from tests.fakes import MemoryTable
from tests.functional.routed import Routed

MORNING = Span(start=8 * 60, end=12 * 60)
DAY = Span(start=8 * 60, end=18 * 60)


def configured(routed: Routed, *spans: Span) -> None:
    hours = Hours(zone="UTC", week=(spans,) * 7)
    inboxes = tuple(replace(inbox, hours=hours) for inbox in routed.company_read.inboxes)
    routed.company_read = replace(routed.company_read, inboxes=inboxes)


def test_hours_that_are_changed_hold_at_once() -> None:
    routed = Routed(MemoryTable())
    conversation = routed.head(routed.text("1"))
    (waits_in,) = routed.store.classes()
    calendar, now = BusinessHours(configuration=routed), routed.office.clock()
    assert calendar.hours(conversation, now) is None

    configured(routed, MORNING)
    tomorrow = calendar.opens(waits_in, now)
    assert tomorrow is not None
    assert (tomorrow - now).total_seconds() == 19 * 3600

    configured(routed, DAY)
    assert calendar.opens(waits_in, now) == now


def test_the_next_day_is_another_spell() -> None:
    routed = Routed(MemoryTable())
    conversation = routed.head(routed.text("1"))
    configured(routed, DAY)
    calendar, now = BusinessHours(configuration=routed), routed.office.clock()
    (today,) = calendar.hours(conversation, now) or ()
    routed.office.clock.advance(hours=24)

    (tomorrow,) = calendar.hours(conversation, routed.office.clock()) or ()

    assert (tomorrow[0] - today[0], tomorrow[1] - today[1]) == (86_400, 86_400)


def test_an_inbox_that_never_opens_offers_nothing_and_has_no_opening() -> None:
    routed = Routed(MemoryTable())
    conversation = routed.head(routed.text("1"))
    (waits_in,) = routed.store.classes()
    configured(routed)
    calendar, now = BusinessHours(configuration=routed), routed.office.clock()

    assert calendar.hours(conversation, now) == ()
    assert calendar.opens(waits_in, now) is None
