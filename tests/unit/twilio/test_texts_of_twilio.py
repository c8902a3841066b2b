"""What Twilio's forms of texts and WhatsApp messages have in common: ids, and how far a message of ours has come."""

from urllib.parse import urlencode

import pytest

from heartline.channels.twilio.texts import event_of, names_a_text, parse_status
from heartline.domain.errors import Invalid
from heartline.domain.messages import DeliveryStatus
from tests.twilio_requests import form


def test_a_text_without_an_id_is_known_by_its_form() -> None:
    assert not names_a_text("Body=hello")
    assert event_of("Body=hello") == event_of("Body=hello") != event_of("Body=Hello")


def test_a_status_about_no_message_is_invalid() -> None:
    with pytest.raises(Invalid):
        parse_status("MessageStatus=sent")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("queued", DeliveryStatus.SENDING),
        ("sent", DeliveryStatus.SENT),
        ("delivered", DeliveryStatus.DELIVERED),
        ("read", DeliveryStatus.READ),
        ("undelivered", DeliveryStatus.UNDELIVERED),
        ("failed", DeliveryStatus.FAILED),
        ("brand-new", DeliveryStatus.UNKNOWN),
        ("", DeliveryStatus.UNKNOWN),
    ],
)
def test_twilios_words_for_progress(word: str, status: DeliveryStatus) -> None:
    body = urlencode(form("status", MessageStatus=word, SmsStatus=word))
    assert parse_status(body).status is status


def test_a_report_names_its_message_and_says_why() -> None:
    report = parse_status(urlencode(form("status")))
    assert report.provider_id == "twilio:SM5d1c9bb0c7f44f3c9d5e0f7a8b6c4d21"
    assert report.reason.startswith("30006 The number is a landline")


def test_a_code_nobody_knows_is_shown_as_it_is() -> None:
    assert parse_status(urlencode(form("status", ErrorCode="39999"))).reason == "39999"
    assert parse_status(urlencode(form("status", ErrorCode=""))).reason == ""


def test_a_report_names_its_numbers_as_the_consent_ledger_does() -> None:
    """A Mexican mobile is one line with and without the 1: what Twilio knows of it must be found again."""
    report = parse_status(urlencode(form("status", From="+14155550100", To="+5215512345678")))
    assert (report.sender, report.recipient) == ("+14155550100", "+525512345678")
