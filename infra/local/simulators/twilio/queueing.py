"""Enqueue and Leave: a caller waits, hearing the wait document over and over, until something ends that.

Source: https://www.twilio.com/docs/voice/twiml/enqueue
"""

from hashlib import sha256
from typing import Final
from urllib.parse import urljoin

from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.speaking import SPOKEN
from infra.local.simulators.twilio.steps import End, Goto, Interrupted, LeaveQueue, Step
from infra.local.simulators.twilio.twiml import Verb
from infra.local.simulators.twilio.walk import Repertoire, action, follow, tell

HOLD_PAUSE: Final = 0.2
"""Real seconds between two readings of a wait document, whatever the time scale: a hold loop must not spin."""

_WITHOUT_MUSIC: Final = 3600.0
"""How long a queue without a `waitUrl` sleeps at a time; somebody breaks in, or it sleeps again."""


async def enqueue(leg: Leg, verb: Verb, url: str) -> Step | None:
    """Hold the caller; the `action` hears how the wait ended, and its answer counts only while the call is here."""
    name = verb.words or "default"
    waited_from = leg.talked()
    leg.did("queued", f"waits in the queue {name}", queue=name)
    try:
        result = await _hold(leg, verb, url, name)
    except Interrupted as interruption:
        result = "redirected"
        if isinstance(interruption.step, End):
            result = "hangup"
            leg.finish(interruption.step.status)
        await _conclude(leg, verb, url, (*_queue(name, leg.talked() - waited_from), ("QueueResult", result)))
        raise
    finally:
        leg.once = None
    fields = (*_queue(name, leg.talked() - waited_from), ("QueueResult", result))
    if result == "hangup":
        leg.finish("completed")
        await _conclude(leg, verb, url, fields)
        return End()
    leg.did("left-queue", f"leaves the queue {name}")
    return action(url, verb, fields) if verb.get("action") else None


async def _hold(leg: Leg, verb: Verb, url: str, name: str) -> str:
    """Twilio's word for the end of the wait: `leave` or `hangup`."""
    started, leg.once = leg.talked(), set()
    while True:
        step = await _wait_document(leg, verb, url, (*_queue(name, leg.talked() - started), *_POSITION))
        if isinstance(step, LeaveQueue):
            return "leave"
        if isinstance(step, End):
            return "hangup"
        await leg.until(at_most=HOLD_PAUSE)


async def _wait_document(leg: Leg, verb: Verb, url: str, fields: Fields) -> Step | None:
    if not verb.get("waitUrl"):
        await leg.until(at_most=_WITHOUT_MUSIC)
        return None
    address, method = urljoin(url, verb.get("waitUrl")), verb.get("waitUrlMethod", "POST")
    return await follow(leg, Goto(url=address, method=method, fields=fields), _WAITING)


async def _conclude(leg: Leg, verb: Verb, url: str, fields: Fields) -> None:
    """Report the end of a wait whose call is gone."""
    if verb.get("action"):
        await tell(leg, action(url, verb, fields))


async def leave(_leg: Leg, _verb: Verb, _url: str) -> Step:
    return LeaveQueue()


def _queue(name: str, seconds: int) -> Fields:
    return (("QueueSid", "QU" + sha256(name.encode()).hexdigest()[:32]), ("QueueTime", str(seconds)))


_POSITION: Final[Fields] = (("QueuePosition", "1"), ("AvgQueueTime", "0"), ("CurrentQueueSize", "1"))
"""Every caller is told to be the first: the order of waiting is the application's own affair."""

_WAITING: Final[Repertoire] = {**SPOKEN, "Leave": leave}
