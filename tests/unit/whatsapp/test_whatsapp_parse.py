"""A WhatsApp message is somebody's with a number, whom we know from texts and calls, and it says what it says."""

import zlib
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from heartline.channels.twilio.texts import is_whatsapp
from heartline.channels.whatsapp.parse import held_message, parse_message, recipients
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel
from tests.twilio_requests import form

INBOX = Inbox(id="support", name="Support", whatsapp_numbers=("+14155550100",))
AT = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)


def parsed(**changes: str) -> Arrival:
    return parse_message(urlencode(form("whatsapp", **changes)), INBOX, at=AT)


def test_a_message_is_an_arrival_of_the_number_behind_it() -> None:
    arrival = parsed()
    assert (arrival.channel, arrival.event) == (Channel.WHATSAPP, "SM4b1e00aa11bb22cc33dd44ee55ff6677")
    assert arrival.sender == Identity(kind=IdentityKind.PHONE, address="+14155552671")
    assert (arrival.sender_name, arrival.text) == ("Eva Lind", "Where is my order?")
    assert arrival.recipients == ("+14155550100",)


@pytest.mark.parametrize(
    ("written", "known"),
    [("+559281723241", "+5592981723241"), ("+5215512345678", "+525512345678"), ("+5491123456789", "+5491123456789")],
)
def test_an_old_spelling_is_the_same_person_and_is_answered_as_it_was_spelled(written: str, known: str) -> None:
    arrival = parsed(From=f"whatsapp:{written}")
    assert (arrival.sender.address, arrival.answer_to) == (known, written)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Latitude": "52.5", "Longitude": "13.4", "Body": ""}, "Location: 52.5, 13.4"),
        (
            {"Latitude": "52.5", "Longitude": "13.4", "Body": "Here", "Label": "Zoo", "Address": "Hardenbergplatz 8"},
            "Here\n\nLocation: Zoo, Hardenbergplatz 8, 52.5, 13.4",
        ),
        ({"Latitude": "52.5", "Body": "Here"}, "Here"),
    ],
)
def test_a_place_is_told_in_words(changes: dict[str, str], words: str) -> None:
    assert parsed(**changes).text == words


def test_a_name_does_not_turn_the_line_that_it_stands_in() -> None:
    assert parsed(ProfileName="\u202eLind\u2066 Eva\u200f").sender_name == "Lind Eva"


def test_a_name_is_on_one_line_and_no_longer_than_a_name() -> None:
    assert parsed(ProfileName="Eva\r\nBcc: x@y" + "x" * 500).sender_name == ("Eva Bcc: x@y" + "x" * 500)[:200]


@pytest.mark.parametrize("sender", ["whatsapp:US.13491208655302741918", "whatsapp:", "whatsapp:anonymous"])
def test_somebody_without_a_number_is_taken_in_and_is_nobodys_line(sender: str) -> None:
    assert parsed(From=sender).sender.kind in {IdentityKind.SENDER, IdentityKind.ANONYMOUS}


@pytest.mark.parametrize(
    "words", ["</Say><Dial>+1900</Dial>", "a\r\nBcc: x@y", "=cmd|' /C calc'!A0", "\x00", "\u202egpj.exe", "x" * 70_000]
)
def test_words_are_only_words(words: str) -> None:
    assert parsed(Body=words).text == words


def test_media_are_those_of_a_text() -> None:
    media = parsed(NumMedia="0", MediaUrl0="https://api.twilio.com/ME1", MediaContentType0="audio/ogg").pending_media
    assert [(medium.provider_id, medium.position) for medium in media] == [("ME1", 1)]


def test_what_is_held_can_be_read_and_released_to_the_letter() -> None:
    body = urlencode(form("whatsapp")) + "&Tomorrow=new%20field"
    held = held_message(body, at=AT, reason="No inbox has this number.")
    assert (held.channel, held.sender, held.preview) == (
        Channel.WHATSAPP,
        "whatsapp:+14155552671",
        "Where is my order?",
    )
    assert zlib.decompress(held.raw).decode() == body


@pytest.mark.parametrize(
    ("changes", "through"),
    [({}, True), ({"From": "+14155552671"}, True), ({"From": "+14155552671", "To": "+14155550100"}, False)],
)
def test_the_addresses_tell_whatsapp_from_a_text(changes: dict[str, str], through: bool) -> None:
    assert is_whatsapp(urlencode(form("whatsapp", **changes))) is through


def test_our_number_is_known_without_the_channels_name() -> None:
    assert recipients(urlencode(form("whatsapp"))) == ("+14155550100",)
    assert recipients("Body=hello") == ()
