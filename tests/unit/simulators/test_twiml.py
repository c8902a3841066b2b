"""TwiML that Twilio would refuse is refused, by a table; TwiML that its own library writes is read."""

import pytest
from twilio.twiml.voice_response import VoiceResponse

from infra.local.simulators.twilio import twiml
from infra.local.simulators.twilio.exchange import CALLING
from infra.local.simulators.twilio.speaking import SPOKEN

ALLOWED = frozenset(CALLING)


def test_what_the_library_writes_is_read_back() -> None:
    response = VoiceResponse()
    gather = response.gather(action="/menu?step=1&lang=es", num_digits=1, timeout=4)
    gather.say("Für Rechnungen: <1> & so", language="de-DE")
    response.dial(action="/done", timeout=20).number(
        "+14155550123", url="/whisper", status_callback_event="ringing answered"
    )
    first, second = twiml.read(str(response).encode(), ALLOWED)
    assert first.attributes == {"action": "/menu?step=1&lang=es", "numDigits": "1", "timeout": "4"}
    assert first.children[0].words == "Für Rechnungen: <1> & so"
    assert second.children[0].words == "+14155550123"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<Response>",
        b"<response/>",
        b"<Say>hello</Say>",
        b"<Response><Say>one</say></Response>",
        b"<Response><Say>a & b</Say></Response>",
        b'<!DOCTYPE r [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>',
        b"<Response>\xff</Response>",
        b"<Response>" + b" " * 65536 + b"</Response>",
    ],
)
def test_what_is_not_a_response_in_xml_cannot_be_parsed(document: bytes) -> None:
    with pytest.raises(twiml.Malformed) as refusal:
        twiml.read(document, ALLOWED)
    assert refusal.value.code == twiml.PARSE_FAILURE


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<Sing/>", "unknown element <Sing>"),
        ("<Say shout='yes'>hello</Say>", "<Say> has no attribute shout"),
        ("<Gather numDigits='0'/>", "<Gather numDigits> cannot be '0'"),
        ("<Gather><Dial>+14155550123</Dial></Gather>", "<Dial> may not stand inside <Gather>"),
        ("<Number>+14155550123</Number>", "<Number> may not stand inside <Response>"),
        ("<Leave/>", "<Leave> may not stand inside <Response>"),
        ("<Dial><Number/></Dial>", "<Number> is empty"),
        ("<Pause>3</Pause>", "<Pause> takes no words"),
        ("<Record action='a b'/>", "cannot be 'a b'"),
        ("hello", "takes neither attributes nor words"),
    ],
)
def test_what_the_grammar_does_not_know_is_named(body: str, complaint: str) -> None:
    with pytest.raises(twiml.Malformed, match=complaint) as refusal:
        twiml.read(f"<Response>{body}</Response>".encode(), ALLOWED)
    assert refusal.value.code == twiml.SCHEMA_VIOLATION


def test_a_whisper_may_not_dial() -> None:
    with pytest.raises(twiml.Malformed, match="<Dial> may not stand"):
        twiml.read(b"<Response><Dial>+14155550123</Dial></Response>", frozenset(SPOKEN))
