"""Instructions as TwiML, built by Twilio's library and never by joining strings. Pure.

Source: https://www.twilio.com/docs/voice/twiml. Every verb that has an `action` gets one: without it Twilio repeats the
document for ever.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from twilio.twiml.voice_response import VoiceResponse

from heartline.channels.twilio.webhook import RETRIES
from heartline.domain.instructions import (
    OUR_LANGUAGE,
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
from heartline.services.call_offer import HOLD_SECONDS
from heartline.services.telephone import THANKS

GATHER_SECONDS: Final = 5
LONGEST_MESSAGE_SECONDS: Final = 180
SILENCE_SECONDS: Final = 5

_LONGEST_SENTENCE: Final = 4096
"""Characters in one <Say>: https://www.twilio.com/docs/voice/twiml/say"""

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say, not even escaped; one such character and Twilio hangs up."""

Url = Callable[..., str]


def render(instruction: Instruction, base: str) -> str:
    """The document for an instruction; `base` is the public URL of the first voice webhook."""

    def url(step: str, **query: object) -> str:
        return f"{base}/{step}" + (f"?{urlencode(query)}" if query else "") + RETRIES

    response = VoiceResponse()
    _RENDERERS[type(instruction)](response, instruction, url)
    return str(response)


def _ask(response: VoiceResponse, ask: Ask, url: Url) -> None:
    """Whoever presses nothing goes the same way as whoever presses a wrong digit."""
    answer = url("ivr", attempt=ask.attempt)
    gather = response.gather(num_digits=1, timeout=GATHER_SECONDS, action=answer, method="POST")
    _say(gather, ask.words, ask.language)
    response.redirect(answer, method="POST")


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


def _say(verb: Any, words: str, language: str = OUR_LANGUAGE) -> None:
    words = _NOT_XML.sub(" ", words)[:_LONGEST_SENTENCE]
    if words.strip():
        verb.say(words, language=language)


_RENDERERS: Final[Mapping[type[Instruction], Callable[..., None]]] = {
    Ask: _ask,
    Enqueue: _enqueue,
    Hold: _hold,
    Leave: _leave,
    Dial: _dial,
    Whisper: _whisper,
    TakeMessage: _take_message,
    Goodbye: _goodbye,
    Nothing: _nothing,
}
