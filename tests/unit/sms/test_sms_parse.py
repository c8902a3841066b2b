"""Twilio's forms for texts become arrivals and delivery reports; nothing that a customer sent is left out."""

import zlib
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from heartline.channels.sms.parse import event_of, names_a_text, parse_status, parse_text, recipients
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import Invalid
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel, DeliveryStatus
from tests.twilio_requests import form

INBOX = Inbox(id="support", name="Support", sms_numbers=("+14155550100",))
AT = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)


def parsed(name: str, **changes: str) -> Arrival:
    return parse_text(urlencode(form(name, **changes)), INBOX, at=AT)


def test_a_text_is_an_arrival() -> None:
    arrival = parsed("sms")
    assert arrival.channel is Channel.SMS
    assert arrival.event == "SM2a8f7c3de9b14f07a6c05d3e1b9f8a42"
    assert arrival.sender == Identity(kind=IdentityKind.PHONE, address="+14155552671")
    assert arrival.text == "Where is my order? & when ☎"
    assert arrival.recipients == ("+14155550100",)
    assert arrival.at == AT


def test_the_raw_form_is_kept_to_the_letter() -> None:
    body = urlencode(form("sms")) + "&Tomorrow=new%20field"
    assert zlib.decompress(parse_text(body, INBOX, at=AT).raw).decode() == body


def test_every_medium_is_kept_in_order() -> None:
    media = parsed("mms").pending_media
    assert [medium.provider_id for medium in media] == ["ME0001", "ME0002"]
    assert [medium.content_type for medium in media] == ["image/jpeg", "text/x-vcard"]


@pytest.mark.parametrize("count", ["0", "1", "many", "-3"])
def test_a_wrong_count_loses_no_medium(count: str) -> None:
    assert len(parsed("mms", NumMedia=count).pending_media) == 2


def test_a_text_without_words_is_a_text() -> None:
    assert parsed("mms").text == ""


@pytest.mark.parametrize(
    "words", ["</Say><Dial>+1900</Dial>", "a\r\nBcc: x@y", "=cmd|' /C calc'!A0", "\x00", "🏳️‍🌈" * 400]
)
def test_words_are_only_words(words: str) -> None:
    assert parsed("sms", Body=words).text == words


def test_the_number_is_asked_before_the_messaging_service() -> None:
    body = urlencode(form("sms", MessagingServiceSid="MG1"))
    assert recipients(body) == ("+14155550100", "MG1")


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
