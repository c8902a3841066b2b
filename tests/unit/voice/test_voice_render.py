"""Instructions become TwiML that Twilio can carry out, whatever words are in them."""

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.channels.voice.render import render
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.instructions import (
    Confirm,
    Enqueue,
    First,
    Goodbye,
    Hold,
    Instruction,
    Join,
    Leave,
    Music,
    Nothing,
    TakeMessage,
)
from heartline.domain.ivr.model import Spoken
from heartline.domain.ivr.walking import Saying
from infra.local.simulators.twilio.exchange import CALLING
from infra.local.simulators.twilio.twiml import read

BASE = "https://inbox.example/webhooks/voice"
CALL = Call(
    id="CA1",
    state=CallState.QUEUED,
    inbox="support",
    number="+14155550100",
    caller=Identity(kind=IdentityKind.PHONE, address="+14155552671"),
    caller_name="",
    began=datetime(2026, 11, 22, 19, 0, tzinfo=UTC),
    queued=datetime(2026, 11, 22, 19, 1, tzinfo=UTC),
    conversation="c1",
    attempt=2,
)
SINCE = datetime(2026, 11, 22, 19, 1, tzinfo=UTC)
HOSTILE = [
    "</Say><Dial>+1900</Dial>",
    "a\r\nX: y",
    "&lt;&amp;]]>",
    "\x00\x0b\x1b[31m\ufffe",
    "=cmd|' /C calc'!A0",
    "😀" * 9,
]


def document(instruction: Instruction) -> Element:
    text = render(instruction, BASE)
    read(text.encode(), frozenset({*CALLING, "Leave"}))  # the simulator's grammar refuses what Twilio refuses
    return fromstring(text)  # noqa: S314 - our own document


def verbs(instruction: Instruction) -> list[str]:
    return [element.tag for element in document(instruction)]


def said(words: str) -> Saying:
    return Saying(spoken=Spoken(text=words), language="es-US")


def hold(words: str = "", digit: str = "", call: Call = CALL, music: Music | None = None) -> Hold:
    return Hold(
        call=call,
        routing_class="voice|billing:1",
        since=SINCE,
        told=20,
        sayings=(said(words),) if words else (),
        digit=digit,
        music=music or Music(inbox="support", path="", seconds=30),
    )


def test_the_line_knows_whose_call_waits_and_since_when() -> None:
    (enqueue,) = document(Enqueue(call=CALL, routing_class="voice|billing:1", since=SINCE))
    assert enqueue.text == "support"
    assert enqueue.get("action", "").startswith(f"{BASE}/dequeued?call=CA1&class=voice%7Cbilling%3A1#")
    assert (
        enqueue.get("waitUrl") == f"{BASE}/wait?call=CA1&class=voice%7Cbilling%3A1&since=1795374060#rc=3&rp=5xx,ct,rt"
    )


def test_holding_speaks_only_when_there_is_something_to_say_and_comes_back() -> None:
    play, redirect = document(hold())
    assert (play.text, play.get("loop")) == ("https://inbox.example/sounds/hold.wav", "3")
    assert redirect.text == f"{BASE}/wait?call=CA1&class=voice%7Cbilling%3A1&since=1795374060&told=20#rc=3&rp=5xx,ct,rt"
    assert verbs(hold(words="You are next.")) == ["Say", "Play", "Redirect"]


def test_a_call_back_is_asked_for_while_the_music_plays() -> None:
    gather, _redirect = document(hold(words="Press 1.", digit="1"))
    assert [element.tag for element in gather] == ["Say", "Play"]
    assert "/waited?conversation=c1&call=CA1" in gather.get("action", "")


def test_music_of_the_companys_own_plays_once_a_turn() -> None:
    play, _redirect = document(hold(music=Music(inbox="support", path="https://acme.example/a.mp3", seconds=30)))
    assert (play.text, play.get("loop")) == ("https://acme.example/a.mp3", "1")


def test_music_on_hold_goes_on_for_ever() -> None:
    play, redirect = document(Music(inbox="support", path="/sounds/own.wav", seconds=30))
    assert play.text == "https://inbox.example/sounds/own.wav"
    assert redirect.text == f"{BASE}/music?inbox=support#rc=3&rp=5xx,ct,rt"


def test_leaving_the_line() -> None:
    assert verbs(Leave()) == ["Leave"]


@pytest.mark.parametrize(("label", "ends"), [("customer", "true"), ("agent-2", "false")])
def test_the_conference_ends_with_the_customer_and_not_with_an_agent(label: str, ends: str) -> None:
    (dial,) = document(Join(call=CALL, label=label))
    (conference,) = dial
    assert dial.get("action", "").startswith(f"{BASE}/left?call=CA1&leg={label}#")
    assert (conference.text, conference.get("endConferenceOnExit")) == ("CA1", ends)
    assert conference.get("participantLabel") == label
    assert conference.get("record") is None
    reports = "https://inbox.example/webhooks/status?call=CA1&about=room#rc=3&rp=5xx,ct,rt"
    assert conference.get("statusCallback") == reports


def test_a_talk_is_recorded_only_where_that_was_announced() -> None:
    say, dial = document(Join(call=CALL, label="agent-2", words="A call for Support.", record=True))
    assert say.text == "A call for Support."
    assert dial[0].get("record") == "record-from-start"
    reports = "https://inbox.example/webhooks/status?call=CA1&about=recording#rc=3&rp=5xx,ct,rt"
    assert dial[0].get("recordingStatusCallback") == reports


def message(thanks: str) -> TakeMessage:
    return TakeMessage(call="CA1", inbox="support", language="es-US", thanks=said(thanks))


def test_a_message_is_recorded_with_an_end_and_reported_even_if_it_is_empty() -> None:
    record, goodbye, hangup = document(message("Gracias."))
    assert [goodbye.text, goodbye.get("language"), hangup.tag] == ["Gracias.", "es-US", "Hangup"]
    assert record.get("action", "").startswith(f"{BASE}/recorded?inbox=support&language=es-US#")
    assert record.get("recordingStatusCallback", "").startswith(
        "https://inbox.example/webhooks/status?call=CA1&about=recording#"
    )
    assert record.get("recordingStatusCallbackEvent") == "completed absent"
    assert int(record.get("maxLength", "0")) > 0


def test_goodbye_may_be_silent() -> None:
    assert verbs(Goodbye()) == ["Hangup"]


def test_nothing_is_an_empty_document() -> None:
    assert verbs(Nothing()) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words: str) -> None:
    spoken: list[Instruction] = [
        hold(words=words),
        hold(words=words, digit="1"),
        message(words),
        Confirm(call=CALL, words=words),
        First(sayings=(said(words),), then=Goodbye()),
        Goodbye(words=words),
    ]
    for instruction in spoken:
        assert not document(instruction).findall(".//Dial")
    assert [element.tag for element in document(Join(call=CALL, label="agent-2", words=f"Note: {words}")).iter()] == [
        "Response",
        "Say",
        "Dial",
        "Conference",
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_field_of_a_call_can_break_out_of_its_place(words: str) -> None:
    call = replace(CALL, number="+14155550100", conversation=words, choice=words)
    assert verbs(Enqueue(call=call, routing_class=words, since=SINCE)) == ["Enqueue"]
    assert verbs(hold(call=call)) == ["Play", "Redirect"]
    assert [element.tag for element in document(Join(call=call, label="customer")).iter()] == [
        "Response",
        "Dial",
        "Conference",
    ]


@given(st.text())
def test_any_text_can_be_said(words: str) -> None:
    assert document(Goodbye(words=words)).tag == "Response"
