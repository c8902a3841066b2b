"""Delivery reports: they come late, twice and out of order, and a message's state only ever rises."""

import itertools

import pytest

from heartline.channels.twilio.texts import parse_status
from heartline.domain.messages import RANK, DeliveryStatus
from tests.fakes import MemoryTable
from tests.functional.test_outbox import SID, report
from tests.invariants import regressions
from tests.office import Office

ON_THE_WAY = (DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.DELIVERED)


@pytest.fixture
def sent(office: Office) -> str:
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(minutes=1)
    office.reply(conversation)
    office.send(office.sends(conversation))
    return conversation


def status(office: Office, conversation: str) -> DeliveryStatus:
    return office.timeline(conversation)[-1].status


def test_a_report_raises_the_state(office: Office, sent: str) -> None:
    assert office.track(report(DeliveryStatus.DELIVERED))
    assert status(office, sent) is DeliveryStatus.DELIVERED


def test_a_late_report_never_lowers_it(office: Office, sent: str) -> None:
    office.track(report(DeliveryStatus.DELIVERED))
    assert not office.track(report(DeliveryStatus.SENDING))
    assert not office.track(report(DeliveryStatus.DELIVERED))
    assert status(office, sent) is DeliveryStatus.DELIVERED


@pytest.mark.parametrize("order", list(itertools.permutations(ON_THE_WAY)), ids="-".join)
def test_any_order_of_reports_ends_the_same(
    office: Office, sent: str, memory_table: MemoryTable, order: tuple[DeliveryStatus, ...]
) -> None:
    for state in order:
        before = memory_table.everything()
        office.track(report(state))
        assert regressions(before, memory_table.everything()) == []
    assert status(office, sent) is DeliveryStatus.DELIVERED


@pytest.mark.parametrize("final", [DeliveryStatus.FAILED, DeliveryStatus.UNDELIVERED])
@pytest.mark.parametrize("late", [state for state in DeliveryStatus if RANK[state] <= RANK[DeliveryStatus.FAILED]])
def test_a_final_state_stays(office: Office, sent: str, final: DeliveryStatus, late: DeliveryStatus) -> None:
    office.track(report(final, reason="30003 The phone is switched off or out of reach."))
    office.track(report(late))
    message = office.timeline(sent)[-1]
    assert (message.status, message.status_reason[:5]) == (final, "30003")


def test_a_report_about_nobodys_message_waits_for_its_id(office: Office, sent: str) -> None:
    assert not office.track(report(DeliveryStatus.DELIVERED, sid="SM404"))
    assert status(office, sent) is DeliveryStatus.SENT


def test_twilios_own_callback_moves_the_message(office: Office, sent: str) -> None:
    office.track(parse_status(f"MessageSid={SID}&MessageStatus=undelivered&ErrorCode=30006"))
    message = office.timeline(sent)[-1]
    assert message.status is DeliveryStatus.UNDELIVERED
    assert message.status_reason.startswith("30006 The number is a landline")
