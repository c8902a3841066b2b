"""Twilio's forms for texts become arrivals and delivery reports; nothing that a customer sent is left out."""

import zlib
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from heartline.channels.sms.parse import parse_text, recipients
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel
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


def test_a_senders_name_is_shown_without_what_turns_it_around() -> None:
    arrival = parsed("sms", From="BA\u202eNK" + "x" * 100)
    assert arrival.sender.kind is IdentityKind.SENDER
    assert arrival.sender_name == ("BANK" + "x" * 100)[:64]


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
