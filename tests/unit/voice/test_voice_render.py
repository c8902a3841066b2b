"""Instructions become TwiML that Twilio can carry out, whatever words are in them."""

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.channels.voice.render import render
from heartline.domain.calls import Call, CallState
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.instructions import (
    Ask,
    Dial,
    Enqueue,
    Goodbye,
    Hold,
    Instruction,
    Leave,
    Nothing,
    TakeMessage,
    Whisper,
)
from heartline.services.telephone import THANKS
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
    digit="1",
    attempt=2,
)
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


def test_a_question_listens_for_one_digit_and_goes_on_without_one() -> None:
    gather, redirect = document(Ask(words="Hello. Press 1.", language="es-ES", attempt=1))
    assert (gather.tag, gather.get("numDigits"), gather.get("method")) == ("Gather", "1", "POST")
    assert gather.get("action") == f"{BASE}/ivr?attempt=1#rc=3&rp=5xx,ct,rt"
    assert redirect.text == gather.get("action")
    say = gather.find("Say")
    assert say is not None
    assert (say.text, say.get("language")) == ("Hello. Press 1.", "es-ES")


def test_the_line_knows_whose_conversation_waits_and_since_when() -> None:
    (enqueue,) = document(Enqueue(call=CALL))
    assert enqueue.text == "support-1"
    assert enqueue.get("action", "").startswith(f"{BASE}/dequeued")
    assert enqueue.get("waitUrl", "").startswith(f"{BASE}/wait?conversation=c1&since=1795374060")


def test_holding_speaks_only_when_there_is_something_to_say() -> None:
    assert verbs(Hold(words="")) == ["Pause"]
    assert verbs(Hold(words="You are next.")) == ["Say", "Pause"]


def test_leaving_the_line() -> None:
    assert verbs(Leave()) == ["Leave"]


def test_an_agent_is_rung_from_our_number_and_whispered_to() -> None:
    (dial,) = document(Dial(phone="+14155550188", seconds=17, call=CALL))
    (number,) = dial
    assert (dial.get("timeout"), dial.get("callerId")) == ("17", "+14155550100")
    assert dial.get("action", "").startswith(f"{BASE}/offered?attempt=2")
    assert number.text == "+14155550188"
    assert number.get("url", "").startswith(f"{BASE}/whisper?call=CA1&attempt=2")


def test_a_whisper_ends_by_itself_so_that_the_line_is_connected() -> None:
    assert verbs(Whisper(words="A call for Support.")) == ["Say"]


def test_a_message_is_recorded_with_an_end_and_reported_even_if_it_is_empty() -> None:
    say, record, goodbye, hangup = document(TakeMessage(words="Leave a message.", language="en-US"))
    assert [say.tag, goodbye.text, hangup.tag] == ["Say", THANKS, "Hangup"]
    assert record.get("action", "").startswith(f"{BASE}/recorded")
    assert record.get("recordingStatusCallback", "").startswith(f"{BASE}/recording")
    assert record.get("recordingStatusCallbackEvent") == "completed absent"
    assert int(record.get("maxLength", "0")) > 0


def test_goodbye_may_be_silent() -> None:
    assert verbs(Goodbye()) == ["Hangup"]


def test_nothing_is_an_empty_document() -> None:
    assert verbs(Nothing()) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words: str) -> None:
    spoken: list[Instruction] = [
        Ask(words=words, language="en-US", attempt=0),
        Hold(words=words),
        Whisper(words=words),
        TakeMessage(words=words, language="en-US"),
        Goodbye(words=words),
    ]
    for instruction in spoken:
        assert not document(instruction).findall(".//Dial")


@pytest.mark.parametrize("words", HOSTILE)
def test_no_field_of_a_call_can_break_out_of_its_place(words: str) -> None:
    call = replace(CALL, id=words, number="+14155550100", conversation=words, digit="1")
    assert verbs(Enqueue(call=call)) == ["Enqueue"]
    (dial,) = document(Dial(phone="+14155550188", seconds=20, call=call))
    assert [element.tag for element in dial.iter()] == ["Dial", "Number"]


@given(st.text())
def test_any_text_can_be_said(words: str) -> None:
    assert document(Goodbye(words=words)).tag == "Response"
