"""Walks documents verb by verb, wherever they send the call; which verbs there are is the caller's matter."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import urljoin

from infra.local.simulators.twilio import twiml
from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.sounds import length_of
from infra.local.simulators.twilio.steps import Goto, Step
from infra.local.simulators.twilio.twiml import Malformed, Verb

MOST_DOCUMENTS: Final = 100
"""A call that needs more repeats itself for ever: the usual cause is a verb without an `action`."""

TOO_MANY_DOCUMENTS: Final = 12000
"""No code of Twilio's, which would go on until the call is four hours old."""

LOOP_PAUSE: Final = 1.0
"""Real seconds between two readings of hold music that takes no time, whatever the time scale: it must not spin."""

SOUND: Final = "Sound"
"""No verb of TwiML: a sound that was answered in the place of a document."""

Perform = Callable[[Leg, Verb, str], Awaitable[Step | None]]
"""Carries out one verb of the document at a URL; None goes on to the next verb."""

Repertoire = Mapping[str, Perform]

_XML: Final = frozenset({"text/xml", "application/xml", "text/html"})
_AUDIO: Final = frozenset({"audio/mpeg", "audio/wav", "audio/wave", "audio/x-wav", "audio/aiff", "audio/gsm"})
"""https://www.twilio.com/docs/voice/twiml#twilio-understands-mime-types, without plain text."""


async def follow(leg: Leg, start: Goto, repertoire: Repertoire) -> Step | None:
    """Carry out a document and those that it leads to; None when the last one ran to its end.

    :raises Malformed: for a document that cannot be had or carried out.
    :raises Interrupted: when somebody hung up or moved the call.
    """
    step: Step | None = start
    for _ in range(MOST_DOCUMENTS):
        if not isinstance(step, Goto):
            return step
        step = await _perform(leg, await _fetched(leg, step, repertoire), step.url, repertoire)
    if isinstance(step, Goto):
        raise Malformed(TOO_MANY_DOCUMENTS, f"more than {MOST_DOCUMENTS} documents: does a verb lack its action?")
    return step


def action(url: str, verb: Verb, fields: Fields) -> Goto:
    """Where a verb sends its result; without an `action`, to the document that it stands in."""
    return Goto(url=urljoin(url, verb.get("action")), method=verb.get("method", "POST"), fields=fields)


async def tell(leg: Leg, goto: Goto) -> None:
    """Send a result whose answer cannot be carried out any more, because the call is over or elsewhere."""
    await leg.board.webhooks.send(goto.url, leg.fields() + goto.fields, method=goto.method)


async def _perform(leg: Leg, verbs: tuple[Verb, ...], url: str, repertoire: Repertoire) -> Step | None:
    for verb in verbs:
        leg.check()
        if verb.name != "Reject":
            leg.answer()
        step = await repertoire[verb.name](leg, verb, url)
        if step is not None:
            return step
    return None


async def _fetched(leg: Leg, goto: Goto, repertoire: Repertoire) -> tuple[Verb, ...]:
    allowed = frozenset(repertoire)
    if goto.twiml:
        return twiml.read(goto.twiml.encode(), allowed)
    answer = await leg.board.webhooks.send(goto.url, leg.fields() + goto.fields, method=goto.method)
    if not answer.ok:
        said = answer.status or answer.body.decode(errors="replace") or "nothing in time"
        raise Malformed(twiml.RETRIEVAL_FAILURE, f"{goto.url} answered {said}")
    if answer.content_type in _AUDIO and SOUND in allowed:
        return (Verb(name=SOUND, attributes={"length": str(length_of(answer.body))}, words=goto.url),)
    if answer.content_type not in _XML:
        raise Malformed(twiml.INVALID_CONTENT_TYPE, f"{goto.url} answered {answer.content_type}, not text/xml")
    return twiml.read(answer.body, allowed)
