"""Verbs of a conversation with one party: Say, Play, Pause, Gather, Redirect, Hangup, Reject."""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.sounds import seconds_of
from infra.local.simulators.twilio.steps import End, Goto, Step
from infra.local.simulators.twilio.twiml import Malformed, Verb
from infra.local.simulators.twilio.walk import SOUND, Repertoire, action

GATHER_TIMEOUT: Final = 5
"""Seconds, from https://www.twilio.com/docs/voice/twiml/gather#timeout"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What somebody keyed in: `finished` is the key that ended it, `complete` whether nothing more was waited for."""

    digits: str
    finished: str = ""
    complete: bool = False


def entered(keys: str, *, finish_on: str, most: int | None) -> Entry:
    """How far a <Gather> listens to `keys`: up to a finishing key or the number of digits it asks for."""
    for place, key in enumerate(keys):
        if key in finish_on:
            return Entry(digits=keys[:place], finished=key, complete=True)
        if most is not None and place + 1 == most:
            return Entry(digits=keys[:most], complete=True)
    return Entry(digits=keys)


async def say(leg: Leg, verb: Verb, _url: str) -> None:
    leg.did("said", f"hears: {verb.words}", words=verb.words, language=verb.get("language", "en-US"))


async def play(leg: Leg, verb: Verb, url: str) -> None:
    """A sound takes its time; one that cannot be had is passed over, and noted."""
    if not verb.words:
        leg.did("played", f"hears the keys {verb.get('digits')}", sound=verb.get("digits"))
        return
    address = urljoin(url, verb.words)
    try:
        seconds = await seconds_of(leg.board.webhooks, address)
    except Malformed as fault:
        leg.note("error", f"error {fault.code}: {fault}", code=fault.code)
        return
    leg.did("played", f"hears the sound {address}", sound=address)
    await leg.wait(seconds * max(int(verb.get("loop", "1")), 1))


async def sound(leg: Leg, verb: Verb, _url: str) -> None:
    leg.did("played", f"hears the sound {verb.words}", sound=verb.words)
    await leg.wait(verb.seconds("length", 0))


async def pause(leg: Leg, verb: Verb, _url: str) -> None:
    await leg.wait(verb.seconds("length", 1))


async def gather(leg: Leg, verb: Verb, url: str) -> Step | None:
    """Prompt, then take the next entry of the script; without one the time-out passes and the document goes on.

    Who knows the answer does not hear a sound out. Keys that are pressed while the document listens count at once.
    """
    leg.pressed.clear()
    for prompt in verb.children:
        if _ready(leg, verb) and prompt.name != "Say":
            continue
        await _PROMPTS[prompt.name](leg, prompt, url)
    inputs = verb.get("input", "dtmf")
    if "dtmf" in inputs and leg.keys:
        return await _keyed(leg, verb, url, leg.keys.popleft())
    if "speech" in inputs and leg.words:
        return await _spoken(leg, verb, url, leg.words.popleft())
    return await _silent(leg, verb, url)


def _ready(leg: Leg, verb: Verb) -> bool:
    inputs = verb.get("input", "dtmf")
    return bool(("dtmf" in inputs and leg.keys) or ("speech" in inputs and leg.words))


async def _keyed(leg: Leg, verb: Verb, url: str, keys: str) -> Step | None:
    limit = verb.get("numDigits")
    entry = entered(keys, finish_on=verb.get("finishOnKey", "#"), most=int(limit) if limit else None)
    if not entry.complete:
        await leg.wait(verb.seconds("timeout", GATHER_TIMEOUT))
    if not entry.digits:
        return _empty(leg, verb, url)
    leg.did("pressed", f"presses {entry.digits}{entry.finished}", digits=entry.digits)
    finished = (("FinishedOnKey", entry.finished),) if entry.finished or entry.complete else ()
    return action(url, verb, (("Digits", entry.digits), *finished, ("msg", "Gather End")))


async def _spoken(leg: Leg, verb: Verb, url: str, words: str) -> Step | None:
    """Partial results go nowhere: Heartline asks for none. A sentence may end in its confidence: `billing @0.4`."""
    said, _, confidence = words.partition(" @")
    if not said:
        return await _silent(leg, verb, url)
    leg.did("spoke", f"says: {said}", words=said)
    likely = confidence or ("0.97" if said.lower() in verb.get("hints").lower() else "0.9")
    return action(url, verb, (("SpeechResult", said), ("Confidence", likely), ("Language", _language(verb))))


def _language(verb: Verb) -> str:
    return verb.get("language", "en-US")


async def _silent(leg: Leg, verb: Verb, url: str) -> Step | None:
    """Until the time-out, or until somebody presses a key by hand."""
    pressing = asyncio.ensure_future(leg.pressed.wait())
    try:
        await leg.until(pressing, at_most=verb.seconds("timeout", GATHER_TIMEOUT) * leg.board.config.time_scale)
    finally:
        pressing.cancel()
    if leg.pressed.is_set() and leg.keys and "dtmf" in verb.get("input", "dtmf"):
        return await _keyed(leg, verb, url, leg.keys.popleft())
    return _empty(leg, verb, url)


def _empty(leg: Leg, verb: Verb, url: str) -> Step | None:
    leg.did("silent", "presses nothing")
    if verb.get("actionOnEmptyResult") != "true":
        return None
    nothing: Fields = (("Digits", ""), ("msg", "Gather End"))
    return action(url, verb, nothing)


async def redirect(_leg: Leg, verb: Verb, url: str) -> Step:
    return Goto(url=urljoin(url, verb.words), method=verb.get("method", "POST"))


async def hangup(leg: Leg, _verb: Verb, _url: str) -> Step:
    leg.did("hung-up", "is hung up on")
    return End()


async def reject(leg: Leg, verb: Verb, _url: str) -> Step:
    """Nobody pays for a rejected call, because it is never answered."""
    leg.did("rejected", "is turned away unanswered")
    return End(status="busy" if verb.get("reason") == "busy" else "no-answer")


_PROMPTS: Final[Repertoire] = {"Say": say, "Play": play, "Pause": pause, SOUND: sound}

MUSIC: Final[Repertoire] = {**_PROMPTS, "Redirect": redirect}
"""What may be played to somebody on hold, or before a conference starts."""

SPOKEN: Final[Repertoire] = {**_PROMPTS, "Gather": gather, "Redirect": redirect, "Hangup": hangup}
"""What may be said to somebody who is not connected yet, as in the document of <Number url>."""
