"""A call that ends: with a message on tape, with silence, or with a note that somebody must call back."""

import json
from urllib.parse import urlencode

import pytest

from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import State
from heartline.domain.messages import Channel, Direction
from tests import handlers
from tests.telephone import EVA, RECORDING, Exchange, answered, hang_up, in_line, recorded, ringing
from tests.twilio_requests import form


def test_nobody_online_means_a_message_at_once(exchange: Exchange) -> None:
    document = in_line(exchange)
    assert document.names == ["Say", "Record", "Say", "Hangup"]
    assert document.words == "Please leave a message. Thank you. Goodbye."
    assert exchange.head().routing_channel is Channel.SMS
    assert exchange.events() == ["call.queued", "call.voicemail"]


def test_who_waited_long_enough_is_asked_for_a_message(exchange: Exchange) -> None:
    exchange.online("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.clock.advance(seconds=60)
    assert exchange.go(enqueue.get("waitUrl")).names == ["Leave"]
    assert "Record" in exchange.go(enqueue.get("action"), QueueResult="leave").names
    assert exchange.timeline()[-1].text == "Nobody was free to answer. The caller was asked for a message."


def test_a_message_on_tape_is_what_the_customer_said(exchange: Exchange) -> None:
    in_line(exchange)
    recorded(exchange)
    message = exchange.timeline()[-1]
    assert (message.direction, message.event, message.text) == (Direction.INBOUND, "", "Voicemail, 12 s.")
    assert [(medium.url, medium.provider_id) for medium in message.pending_media] == [(f"{RECORDING}.mp3", "RE1")]
    assert exchange.state() == "voicemail"
    assert exchange.head().last_visible == message.id


def test_a_recording_that_is_reported_twice_is_one_message(exchange: Exchange) -> None:
    in_line(exchange)
    recorded(exchange)
    recorded(exchange)
    assert exchange.events() == ["call.queued", "call.voicemail", ""]


@pytest.mark.parametrize(
    "report", [{"RecordingStatus": "absent"}, {"RecordingStatus": "completed", "RecordingDuration": "0"}]
)
def test_silence_is_a_missed_call_and_no_message(exchange: Exchange, report: dict[str, str]) -> None:
    in_line(exchange)
    exchange.go("/recording", RecordingUrl=RECORDING, RecordingSid="RE1", **report)
    assert exchange.timeline()[-1].text == "Left no message. Call back."
    assert exchange.state() == "abandoned"


def test_hanging_up_in_the_menu_leaves_a_conversation_to_call_back(exchange: Exchange) -> None:
    exchange.go("")
    hang_up(exchange)
    assert exchange.timeline()[0].text == "Called and hung up in the menu. Call back."
    assert (exchange.head().state, exchange.head().routing_channel) == (State.WAITING, Channel.SMS)
    assert exchange.state() == "abandoned"


def test_hanging_up_in_line_leaves_a_conversation_to_call_back(exchange: Exchange) -> None:
    exchange.online("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.clock.advance(seconds=35)
    assert exchange.go(enqueue.get("action"), QueueResult="hangup", CallStatus="completed").names == []
    hang_up(exchange)
    assert exchange.timeline()[-1].text == "Hung up after waiting for 35 s. Call back."
    assert exchange.events() == ["call.queued", "call.missed"]
    assert exchange.head().routing_channel is Channel.SMS


def test_hanging_up_while_it_rings_frees_the_agent(exchange: Exchange) -> None:
    exchange.online("ana")
    dial = ringing(exchange).verb("Dial")
    hang_up(exchange)
    exchange.go(dial.get("action"), DialCallStatus="no-answer", CallStatus="completed")
    assert exchange.presence("ana") == "ONLINE"
    assert exchange.head().agent is None
    assert exchange.go(dial.children[0].get("url"), CallSid="CAagent").names == ["Say", "Hangup"]
    assert exchange.state() == "abandoned"


@pytest.mark.parametrize("order", [("/status", "offered"), ("offered", "/status")])
def test_the_end_of_a_talk_is_told_once_in_whatever_order(exchange: Exchange, order: tuple[str, str]) -> None:
    exchange.online("ana")
    action = answered(exchange)
    for step in order:
        exchange.go(step if step == "/status" else action, CallStatus="completed", DialCallStatus="completed")
    assert exchange.events().count("call.ended") == 1
    assert exchange.state() == "completed"


def test_the_end_of_a_call_may_come_with_the_delivery_reports(exchange: Exchange) -> None:
    exchange.go("")
    body = urlencode(form("call", CallStatus="completed"))
    record = {"messageId": "1", "body": json.dumps({"source": "twilio", "body": body})}
    assert handlers.load("delivery").handler({"Records": [record]}, None) == {"batchItemFailures": []}
    assert exchange.events() == ["call.missed"]


def test_a_call_that_breaks_is_to_be_called_back(exchange: Exchange) -> None:
    exchange.online("ana")
    in_line(exchange)
    exchange.go("/status", CallStatus="failed")
    assert exchange.timeline()[-1].text == "The connection failed. Call back."
    assert exchange.state() == "failed"


def test_hanging_up_in_the_menu_leaves_a_mail_conversation_mail(exchange: Exchange) -> None:
    mail, phone = (
        Identity(kind=IdentityKind.EMAIL, address="eva@example.org"),
        Identity(kind=IdentityKind.PHONE, address=EVA),
    )
    eva = Contact(id=contact_of_first_contact(mail), name="Eva", identities=(mail, phone))
    exchange.know(eva)
    exchange.write(mail, Channel.EMAIL)
    exchange.go("")
    hang_up(exchange)
    assert exchange.head().routing_channel is Channel.EMAIL
    assert exchange.head().channels == (Channel.EMAIL, Channel.VOICE)
