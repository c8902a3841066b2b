"""Instructions as TwiML, built by Twilio's library and never by joining strings. Pure.

Source: https://www.twilio.com/docs/voice/twiml. Every verb that has an `action` gets one: without it Twilio repeats the
document for ever.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode, urljoin

from twilio.twiml.voice_response import VoiceResponse

from heartline.channels.twilio.webhook import RETRIES
from heartline.channels.voice.parse import query_of
from heartline.domain.instructions import (
    OUR_LANGUAGE,
    Ask,
    Dial,
    Enqueue,
    First,
    Goodbye,
    Hold,
    Instruction,
    Leave,
    Nothing,
    PutThrough,
    Reject,
    TakeMessage,
    Whisper,
)
from heartline.domain.ivr.walking import Saying
from heartline.domain.ivr.words import LONGEST_SENTENCE
from heartline.services.call_offer import HOLD_SECONDS
from heartline.services.telephone import THANKS

LONGEST_MESSAGE_SECONDS: Final = 180
SILENCE_SECONDS: Final = 5

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say, not even escaped; one such character and Twilio hangs up."""

Url = Callable[..., str]


def render(instruction: Instruction, base: str) -> str:
    """The document for an instruction; `base` is the public URL of the first voice webhook."""

    def url(step: str, **query: object) -> str:
        return f"{base}/{step}" + (f"?{urlencode(query)}" if query else "") + RETRIES

    response = VoiceResponse()
    _render(response, instruction, url)
    return str(response)


def _render(response: VoiceResponse, instruction: Instruction, url: Url) -> None:
    _RENDERERS[type(instruction)](response, instruction, url)


def _ask(response: VoiceResponse, ask: Ask, url: Url) -> None:
    """The same address hears of an answer and of silence. `#` is a key like any other: nothing finishes on it.

    Source: https://www.twilio.com/docs/voice/twiml/gather
    """
    answer = url("ivr", **query_of(ask.place))
    listening = _listening(ask) if ask.hints else {"input": "dtmf"}
    gather = response.gather(
        num_digits=1, timeout=ask.seconds, finish_on_key="", action=answer, method="POST", **listening
    )
    _sayings(gather, ask.sayings, url)
    response.redirect(answer, method="POST")


def _listening(ask: Ask) -> dict[str, str]:
    hints = ",".join(_entry(hint) for hint in ask.hints)
    return {"input": "dtmf speech", "speech_timeout": "auto", "language": ask.place.language, "hints": hints}


def _entry(words: str) -> str:
    """Words to listen for as one entry of a list that commas separate."""
    return " ".join(_NOT_XML.sub(" ", words).replace(",", " ").split())


def _first(response: VoiceResponse, first: First, url: Url) -> None:
    _sayings(response, first.sayings, url)
    _render(response, first.then, url)


def _put_through(response: VoiceResponse, through: PutThrough, url: Url) -> None:
    """The number sees ours: the caller's own is not ours to show."""
    dialled = response.dial(action=url("put-through"), method="POST", caller_id=through.caller_id)
    dialled.number(through.number)


def _reject(response: VoiceResponse, reject: Reject, _url: Url) -> None:
    response.reject(reason="busy" if reject.busy else "rejected")


def _sayings(verb: Any, sayings: Iterable[Saying], url: Url) -> None:
    for saying in sayings:
        if saying.spoken.audio:
            verb.play(urljoin(url(""), saying.spoken.audio))
        else:
            _say(verb, saying.spoken.text, saying.language, saying.voice)


def _enqueue(response: VoiceResponse, enqueue: Enqueue, url: Url) -> None:
    call = enqueue.call
    since = int(call.queued.timestamp()) if call.queued else 0
    wait_url = url("wait", conversation=call.conversation, since=since)
    response.enqueue(call.queue, action=url("dequeued"), method="POST", wait_url=wait_url, wait_url_method="POST")


def _hold(response: VoiceResponse, hold: Hold, _url: Url) -> None:
    _say(response, hold.words)
    response.pause(length=HOLD_SECONDS)


def _leave(response: VoiceResponse, _leave: Leave, _url: Url) -> None:
    response.leave()


def _dial(response: VoiceResponse, dial: Dial, url: Url) -> None:
    """The agent sees our number: the caller's own may be withheld, and would not be ours to show."""
    offer = {"call": dial.call.id, "attempt": dial.call.attempt}
    action = url("offered", attempt=dial.call.attempt)
    dialled = response.dial(action=action, method="POST", timeout=dial.seconds, caller_id=dial.call.number)
    dialled.number(dial.phone, url=url("whisper", **offer), method="POST")


def _whisper(response: VoiceResponse, whisper: Whisper, _url: Url) -> None:
    _say(response, whisper.words)


def _take_message(response: VoiceResponse, message: TakeMessage, url: Url) -> None:
    """An empty recording goes on in this document: the last words are there too."""
    _say(response, message.words, message.language)
    response.record(
        action=url("recorded"),
        method="POST",
        max_length=LONGEST_MESSAGE_SECONDS,
        timeout=SILENCE_SECONDS,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=url("recording"),
        recording_status_callback_method="POST",
        recording_status_callback_event="completed absent",
    )
    _goodbye(response, Goodbye(words=THANKS), url)


def _goodbye(response: VoiceResponse, goodbye: Goodbye, _url: Url) -> None:
    _say(response, goodbye.words, goodbye.language)
    response.hangup()


def _nothing(_response: VoiceResponse, _nothing: Nothing, _url: Url) -> None:
    """An empty document."""


def _say(verb: Any, words: str, language: str = OUR_LANGUAGE, voice: str = "") -> None:
    words = _NOT_XML.sub(" ", words)[:LONGEST_SENTENCE]
    if words.strip():
        verb.say(words, language=language, voice=voice or None)


_RENDERERS: Final[Mapping[type[Instruction], Callable[..., None]]] = {
    Ask: _ask,
    First: _first,
    PutThrough: _put_through,
    Reject: _reject,
    Enqueue: _enqueue,
    Hold: _hold,
    Leave: _leave,
    Dial: _dial,
    Whisper: _whisper,
    TakeMessage: _take_message,
    Goodbye: _goodbye,
    Nothing: _nothing,
}
