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
from heartline.domain.call_parties import CUSTOMER
from heartline.domain.instructions import (
    OUR_LANGUAGE,
    Ask,
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
    PutThrough,
    Reject,
    TakeMessage,
)
from heartline.domain.ivr.model import LONGEST_SENTENCE
from heartline.domain.ivr.walking import Saying

LONGEST_MESSAGE_SECONDS: Final = 180
SILENCE_SECONDS: Final = 5

TUNE: Final = "/sounds/hold.wav"
TUNE_SECONDS: Final = 10

STATUS: Final = "../status"
"""The webhook of reports, from the voice webhooks on: what is reported there waits for no answer."""

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say, not even escaped; one such character and Twilio hangs up."""

Url = Callable[..., str]


def render(instruction: Instruction, base: str) -> str:
    """The document for an instruction; `base` is the public URL of the first voice webhook."""

    def url(step: str, **query: object) -> str:
        address = urljoin(f"{base}/", step) if step.startswith("..") else f"{base}/{step}"
        return address + (f"?{urlencode(query)}" if query else "") + RETRIES

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
    """The provider's line only keeps the caller: who is next is routing's decision."""
    call = enqueue.call
    since = int(enqueue.since.timestamp())
    wait_url = url("wait", **{"call": call.id, "class": enqueue.routing_class, "since": since})
    action = url("dequeued", **{"call": call.id, "class": enqueue.routing_class})
    response.enqueue(call.inbox, action=action, method="POST", wait_url=wait_url, wait_url_method="POST")


def _hold(response: VoiceResponse, hold: Hold, url: Url) -> None:
    """What a turn needs to know is in its address; a key is heard while the music plays."""
    here = {"call": hold.call.id, "class": hold.routing_class, "since": int(hold.since.timestamp()), "told": hold.told}
    verb: Any = response
    if hold.digit:
        pressed = url("waited", conversation=hold.call.conversation, **here)
        verb = response.gather(num_digits=1, timeout=1, finish_on_key="", action=pressed, method="POST")
    _sayings(verb, hold.sayings, url)
    _play(verb, hold.music, url)
    response.redirect(url("wait", **here), method="POST")


def _music(response: VoiceResponse, music: Music, url: Url) -> None:
    _play(response, music, url)
    response.redirect(url("music", inbox=music.inbox), method="POST")


def _play(verb: Any, music: Music, url: Url) -> None:
    """Our own tune as often as it takes; how long another one is, is not known: it plays once."""
    times = 1 if music.path else max(1, round(music.seconds / TUNE_SECONDS))
    verb.play(urljoin(url(""), music.path or TUNE), loop=times)


def _leave(response: VoiceResponse, _leave: Leave, _url: Url) -> None:
    response.leave()


def _join(response: VoiceResponse, join: Join, url: Url) -> None:
    """The customer's going ends the conference; an agent may leave it to others.

    What the first one to join says about reports and recording holds for the conference, so all say the same.
    Source: https://www.twilio.com/docs/voice/twiml/conference
    """
    call = join.call
    _say(response, join.words)
    dialled = response.dial(action=url("left", call=call.id, leg=join.label), method="POST")
    dialled.conference(
        call.id,
        participant_label=join.label,
        start_conference_on_enter=True,
        end_conference_on_exit=join.label == CUSTOMER,
        beep="false",
        wait_url=url("music", inbox=call.inbox),
        wait_method="POST",
        status_callback=url(STATUS, call=call.id, about="room"),
        status_callback_event="join",
        status_callback_method="POST",
        **(_recorded(call.id, url) if join.record else {}),
    )


def _confirm(response: VoiceResponse, confirm: Confirm, url: Url) -> None:
    """Silence ends the leg. Every key counts, `#` as well."""
    call = confirm.call
    pressed = url("agent-key", call=call.id, conversation=call.conversation, attempt=call.attempt)
    gather = response.gather(
        num_digits=1, timeout=SILENCE_SECONDS, finish_on_key="", action=pressed, method="POST", input="dtmf"
    )
    _say(gather, confirm.words)
    response.hangup()


def _recorded(call: str, url: Url) -> dict[str, Any]:
    return {
        "record": "record-from-start",
        "recording_status_callback": url(STATUS, call=call, about="recording"),
        "recording_status_callback_method": "POST",
        "recording_status_callback_event": "completed absent",
    }


def _take_message(response: VoiceResponse, message: TakeMessage, url: Url) -> None:
    """An empty recording goes on in this document: the last words are there too."""
    response.record(
        action=url("recorded", inbox=message.inbox, language=message.language),
        method="POST",
        max_length=LONGEST_MESSAGE_SECONDS,
        timeout=SILENCE_SECONDS,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=url(STATUS, call=message.call, about="recording"),
        recording_status_callback_method="POST",
        recording_status_callback_event="completed absent",
    )
    _sayings(response, (message.thanks,), url)
    response.hangup()


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
    Music: _music,
    Hold: _hold,
    Leave: _leave,
    Join: _join,
    Confirm: _confirm,
    TakeMessage: _take_message,
    Goodbye: _goodbye,
    Nothing: _nothing,
}
