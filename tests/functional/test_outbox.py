"""Sending: an intent reaches its provider once at most, and what nobody knows is called unknown."""

import pytest

from heartline.channels.twilio.texts import StatusReport
from heartline.domain.errors import NotFound, Refused, Unavailable, Uncertain
from heartline.domain.messages import DeliveryStatus, Message
from heartline.domain.outbound import ClaimResult, Intent
from heartline.services.send import LEASE
from heartline.storage.outbox import DynamoOutbox
from tests.fakes import Failing, MemoryTable
from tests.office import EVA, Office

SID = f"SM{1:032d}"
"""The id that the recording sender gives to the first message."""


def report(status: DeliveryStatus, *, reason: str = "", sid: str = SID) -> StatusReport:
    return StatusReport(provider_id=f"twilio:{sid}", status=status, reason=reason)


@pytest.fixture
def conversation(office: Office) -> str:
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(minutes=1)
    office.reply(conversation, "On its way.")
    return conversation


@pytest.fixture
def intent(office: Office, conversation: str) -> str:
    return office.sends(conversation)


def answer(office: Office, conversation: str) -> Message:
    return office.timeline(conversation)[-1]


def claimed(office: Office, intent: str, attempt: str = "other") -> ClaimResult:
    now = office.clock()
    store = DynamoOutbox(office.table)
    return store.claim(intent, attempt=attempt, now=now, lease_until=now + LEASE).result


def test_a_queued_intent_is_sent_and_its_message_knows_the_providers_id(
    office: Office, conversation: str, intent: str
) -> None:
    assert office.send(intent) is DeliveryStatus.SENT
    assert [(sent.recipient, sent.text) for sent in office.sms.sent] == [(EVA, "On its way.")]
    message = answer(office, conversation)
    assert (message.status, message.provider_id) == (DeliveryStatus.SENT, SID)


def test_a_repeated_cause_sends_nothing(office: Office, intent: str) -> None:
    office.send(intent)
    assert office.send(intent) is None
    assert len(office.sms.sent) == 1


def test_an_intent_has_one_holder_while_its_lease_runs(office: Office, intent: str) -> None:
    assert claimed(office, intent, "first") is ClaimResult.MINE
    assert claimed(office, intent, "second") is ClaimResult.BUSY
    office.clock.at += LEASE
    with pytest.raises(Unavailable, match="another sender"):
        office.send(intent)
    assert office.sms.sent == []


def test_our_own_claim_met_after_a_lost_answer_is_ours(office: Office, intent: str) -> None:
    assert claimed(office, intent, "first") is ClaimResult.MINE
    assert claimed(office, intent, "first") is ClaimResult.MINE


def test_an_abandoned_claim_ends_unknown_and_is_not_sent_again(office: Office, conversation: str, intent: str) -> None:
    claimed(office, intent, "died")
    office.clock.at += LEASE
    office.clock.advance(milliseconds=1)
    assert office.send(intent) is DeliveryStatus.UNKNOWN
    assert office.send(intent) is None
    assert office.sms.sent == []
    message = answer(office, conversation)
    assert (message.status, message.status_reason) == (
        DeliveryStatus.UNKNOWN,
        "The sender stopped in the middle of sending.",
    )


def test_a_provider_that_took_nothing_is_asked_again(office: Office, conversation: str, intent: str) -> None:
    office.sms.refusal = Unavailable("20429 Twilio asks us to slow down.")
    with pytest.raises(Unavailable):
        office.send(intent)
    assert answer(office, conversation).status is DeliveryStatus.QUEUED
    office.sms.refusal = None
    assert office.send(intent) is DeliveryStatus.SENT
    assert len(office.sms.sent) == 1


def test_a_refusal_is_final_and_says_why(office: Office, conversation: str, intent: str) -> None:
    office.sms.refusal = Refused("The number is not a mobile number.", reason="21614")
    assert office.send(intent) is DeliveryStatus.FAILED
    office.sms.refusal = None
    assert office.send(intent) is None
    assert office.sms.sent == []
    message = answer(office, conversation)
    assert message.status_reason == "21614 The number is not a mobile number."


def test_a_lost_answer_of_the_provider_ends_unknown(office: Office, conversation: str, intent: str) -> None:
    def lose(_intent: Intent) -> None:
        raise Uncertain("Twilio's answer was lost: ReadTimeout")

    office.sms.during = lose
    assert office.send(intent) is DeliveryStatus.UNKNOWN
    assert office.send(intent) is None
    assert len(office.sms.sent) == 1
    assert answer(office, conversation).status is DeliveryStatus.UNKNOWN


def test_an_unknown_intent_is_said_to_be_unknown(office: Office) -> None:
    with pytest.raises(NotFound):
        office.send("never-written")


def test_a_callback_that_beats_the_answer_of_the_send_is_joined(office: Office, conversation: str, intent: str) -> None:
    office.sms.during = lambda _intent: office.track(report(DeliveryStatus.DELIVERED))
    office.send(intent)
    assert answer(office, conversation).status is DeliveryStatus.DELIVERED


def test_several_callbacks_before_the_id_leave_the_highest(office: Office, conversation: str, intent: str) -> None:
    def call_back(_intent: Intent) -> None:
        office.track(report(DeliveryStatus.UNDELIVERED, reason="30003 The phone is switched off or out of reach."))
        office.track(report(DeliveryStatus.SENT))

    office.sms.during = call_back
    office.send(intent)
    message = answer(office, conversation)
    assert (message.status, message.status_reason[:5]) == (DeliveryStatus.UNDELIVERED, "30003")


def test_a_callback_left_aside_by_a_sender_that_died_is_joined_by_the_next_try(
    office: Office, conversation: str, intent: str, memory_table: MemoryTable
) -> None:
    office.sms.during = lambda _intent: office.track(report(DeliveryStatus.DELIVERED))
    memory_table.hook = Failing(Unavailable("lost"), at=6, moment="after")
    with pytest.raises(Unavailable):
        office.send(intent)
    assert answer(office, conversation).status is DeliveryStatus.SENT
    assert office.send(intent) is None
    assert answer(office, conversation).status is DeliveryStatus.DELIVERED
    assert len(office.sms.sent) == 1
