"""A text that failed on the way is sent a second time, later, and never a third; Twilio gets the time it asks for."""

from datetime import timedelta
from typing import Any

import pytest

from heartline.channels.twilio.texts import StatusReport
from heartline.domain.consent import Pair
from heartline.domain.errors import Refused, Throttled, Unavailable
from heartline.domain.messages import DeliveryStatus, Message
from heartline.domain.text_faults import Action, action_for
from heartline.services.send import MOST_POSTPONED
from heartline.storage import keys
from heartline.storage.stream import causes_of
from tests.fakes import MemoryTable
from tests.functional.calling import api_of
from tests.functional.test_publish import Outlets, records
from tests.office import EVA, NOON, Office

FIRST, SECOND = f"twilio:SM{1:032d}", f"twilio:SM{2:032d}"
SUPPORT = "+14155550100"


def report(sid: str, status: DeliveryStatus, code: str = "", *, service: str = "") -> StatusReport:
    return StatusReport(
        provider_id=sid, status=status, reason=code, code=code, sender=SUPPORT, recipient=EVA, service=service
    )


@pytest.fixture
def office(memory_table: MemoryTable) -> Office:
    office = Office(memory_table)
    office.ingest(office.text("SM1"))
    office.reply(_conversation(office))
    return office


def _conversation(office: Office) -> str:
    assert isinstance(office.table, MemoryTable)
    (head,) = [item for item in office.table.everything() if item["SK"] == "HEAD"]
    return str(head["PK"].removeprefix("C#"))


def intent(office: Office) -> str:
    return office.sends(_conversation(office))


def message(office: Office) -> Message:
    return office.timeline(_conversation(office))[-1]


def sent(office: Office) -> None:
    office.send(intent(office))


def test_a_text_that_met_a_phone_switched_off_keeps_its_state_and_is_due_again(office: Office) -> None:
    sent(office)

    assert office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))

    assert (message(office).status, message(office).code) == (DeliveryStatus.SENT, "30003")
    assert action_for("30003", is_retried=bool(message(office).again)) is Action.RETRIED
    with pytest.raises(Unavailable):
        office.send(intent(office))
    assert len(office.sms.sent) == 1


@pytest.mark.parametrize("code", ["30003", "30008"])
def test_the_second_try_is_the_same_message_and_both_ids_find_it(office: Office, code: str) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, code))
    office.clock.advance(minutes=5)

    assert office.send(intent(office)) is DeliveryStatus.SENT

    assert [one.text for one in office.sms.sent] == ["On its way."] * 2
    assert len(office.timeline(_conversation(office))) == 2
    found = office.intake.find([FIRST, SECOND])
    assert found[FIRST] == found[SECOND]
    assert office.track(report(SECOND, DeliveryStatus.DELIVERED))
    assert (message(office).status, message(office).code, message(office).status_reason) == (
        DeliveryStatus.DELIVERED,
        "",
        "",
    )


def test_there_is_no_third_try(office: Office) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))
    office.clock.advance(minutes=5)
    sent(office)

    office.track(report(SECOND, DeliveryStatus.UNDELIVERED, "30003"))
    office.clock.advance(minutes=30)

    assert office.send(intent(office)) is None
    assert (message(office).status, message(office).code) == (DeliveryStatus.UNDELIVERED, "30003")
    assert len(office.sms.sent) == 2


@pytest.mark.parametrize("status", [DeliveryStatus.UNDELIVERED, DeliveryStatus.DELIVERED, DeliveryStatus.SENDING])
@pytest.mark.parametrize("is_sent_again", [True, False])
def test_late_reports_of_the_first_try_change_nothing(
    office: Office, status: DeliveryStatus, is_sent_again: bool
) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))
    if is_sent_again:
        office.clock.advance(minutes=5)
        sent(office)
    before = message(office)

    assert not office.track(report(FIRST, status, "30003"))
    assert message(office) == before


def test_the_same_report_twice_is_one_second_try(office: Office) -> None:
    sent(office)
    for _ in range(2):
        office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))
    office.clock.advance(minutes=5)

    assert [office.send(intent(office)), office.send(intent(office))] == [DeliveryStatus.SENT, None]
    assert len(office.sms.sent) == 2


def test_a_report_that_beats_the_answer_to_the_sending_brings_the_second_try_too(office: Office) -> None:
    assert not office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30008"))

    sent(office)

    assert message(office).again == FIRST
    office.clock.advance(minutes=5)
    assert office.send(intent(office)) is DeliveryStatus.SENT


def test_a_customer_who_stopped_meanwhile_is_not_tried_again(office: Office) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))
    office.ingest(office.text("SM2", "STOP", at=120))
    office.clock.advance(minutes=5)

    assert office.send(intent(office)) is DeliveryStatus.FAILED
    assert len(office.sms.sent) == 1


@pytest.mark.parametrize("code", ["30004", "30005", "30006", "30007", "99999"])
def test_other_failures_are_final_and_shown_as_they_are(office: Office, code: str) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, code))

    assert (message(office).status, message(office).code, message(office).again) == (
        DeliveryStatus.UNDELIVERED,
        code,
        "",
    )


def test_the_stream_asks_the_outbox_when_the_second_try_is_due(office: Office, memory_table: MemoryTable) -> None:
    sent(office)
    before = memory_table.everything()
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))
    outlets = Outlets(MemoryTable())

    outlets.publish(causes_of(records(before, memory_table.everything())))

    assert outlets.outbox.messages == [{"intent": intent(office), "delay": 300}]


def test_a_sender_that_dies_in_the_second_try_leaves_a_text_that_says_so(office: Office) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))
    office.clock.advance(minutes=5)
    office.sms.refusal = RuntimeError("killed")
    with pytest.raises(RuntimeError):
        office.send(intent(office))
    office.clock.advance(minutes=5)

    assert office.send(intent(office)) is DeliveryStatus.UNKNOWN
    assert message(office).status is DeliveryStatus.SENT
    assert message(office).status_reason == "The sender stopped in the middle of sending."
    assert (shown(office)["status_action"], shown(office)["status_code"], shown(office)["again_at"]) == (
        "none",
        "",
        None,
    )


def shown(office: Office) -> dict[str, Any]:
    """The message as an agent's screen has it."""
    last: dict[str, Any] = api_of(office)("GET", f"/api/conversations/{_conversation(office)}/messages").body["items"][
        -1
    ]
    return last


def test_a_second_try_is_said_to_be_coming_until_it_was_made(office: Office) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.UNDELIVERED, "30003"))
    assert (shown(office)["status_action"], shown(office)["again_at"]) == ("retried", "2026-03-02T12:05:00.000Z")
    office.clock.advance(minutes=5)
    sent(office)
    assert (shown(office)["status"], shown(office)["status_action"], shown(office)["again_at"]) == (
        "sent",
        "none",
        None,
    )


def test_twilio_gets_the_time_that_it_asks_for(office: Office, memory_table: MemoryTable) -> None:
    office.sms.refusal = Throttled("20429 slow down", retry_after=40)

    assert office.send(intent(office)) is DeliveryStatus.QUEUED
    item = memory_table.get(keys.intent(intent(office)))
    assert item is not None
    assert item["due"] == keys.instant(NOON + timedelta(seconds=40))
    office.clock.advance(minutes=1)
    office.sms.refusal = None
    assert office.send(intent(office)) is DeliveryStatus.SENT


def test_without_a_time_the_pauses_grow_and_end(office: Office, memory_table: MemoryTable) -> None:
    office.sms.refusal = Throttled("20429 slow down")
    pauses = []
    while office.send(intent(office)) is DeliveryStatus.QUEUED:
        item = memory_table.get(keys.intent(intent(office)))
        assert item is not None
        pauses.append(item["due"])
        office.clock.advance(minutes=16)

    assert len(pauses) == MOST_POSTPONED
    assert pauses[0] == keys.instant(NOON + timedelta(seconds=5))
    assert (message(office).status, message(office).code) == (DeliveryStatus.FAILED, "20429")


@pytest.mark.parametrize("service", ["", "MG" + "1" * 32])
def test_what_twilio_knows_of_an_opt_out_is_noted_from_a_report(office: Office, service: str) -> None:
    sent(office)
    office.track(report(FIRST, DeliveryStatus.FAILED, "21610", service=service))

    (consent,) = office.consents.consents([Pair(sender=service or SUPPORT, phone=EVA)])
    assert consent.is_out
    assert consent.reason == "Twilio told us on 2026-03-02 that the customer opted out (21610)"


def test_what_twilio_knows_of_an_opt_out_is_noted_from_its_refusal(office: Office) -> None:
    office.sms.refusal = Refused("The customer has opted out of texts from this number.", reason="21610")
    assert office.send(intent(office)) is DeliveryStatus.FAILED

    (consent,) = office.consents.consents([Pair(sender=SUPPORT, phone=EVA)])
    assert consent.is_out
    assert action_for(message(office).code, is_retried=False) is Action.OPTED_OUT
