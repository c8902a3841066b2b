"""Enqueue and Leave: a caller waits, hearing the wait document over and over, until something ends that.

Source: https://www.twilio.com/docs/voice/twiml/enqueue
"""

from typing import Final
from urllib.parse import urljoin

from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.speaking import SPOKEN
from infra.local.simulators.twilio.steps import End, Goto, Interrupted, LeaveQueue, Step
from infra.local.simulators.twilio.twiml import Malformed, Verb
from infra.local.simulators.twilio.walk import TOO_MANY_DOCUMENTS, Repertoire, action, follow, tell

HOLD_PAUSE: Final = 1.0
"""Seconds of the call between two readings of a wait document, at least `_SHORTEST` real ones: it must not spin."""

_SHORTEST: Final = 0.05

_WITHOUT_MUSIC: Final = 3600.0
"""How long a queue without a `waitUrl` sleeps at a time; somebody breaks in, or it sleeps again."""


async def enqueue(leg: Leg, verb: Verb, url: str) -> Step | None:
    """Hold the caller; the `action` hears how the wait ended, and its answer counts only while the call is here.

    A call that the API moves is dequeued too: the `action` is asked right away, and the new document followed.
    """
    name, lines = verb.words or "default", leg.board.lines
    if not lines.join(name, leg):
        return action(url, verb, (("QueueResult", "queue-full"),)) if verb.get("action") else None
    place = dict(lines.place(name, leg))["QueuePosition"]
    leg.did("queued", f"waits in the queue {name}, as number {place}", queue=name, position=int(place))
    try:
        result = await _hold(leg, verb, url, name)
    except Interrupted as interruption:
        result = "redirected"
        if isinstance(interruption.step, End):
            result = "hangup"
            leg.finish(interruption.step.status)
        await _conclude(leg, verb, url, (*lines.time(name, leg), ("QueueResult", result)))
        raise
    finally:
        leg.once = None
        fields = lines.time(name, leg)
        lines.leave(name, leg)
    return await _left(leg, verb, url, (*fields, ("QueueResult", result)))


async def _left(leg: Leg, verb: Verb, url: str, fields: Fields) -> Step | None:
    result = dict(fields)["QueueResult"]
    if result == "hangup":
        leg.finish("completed")
        await _conclude(leg, verb, url, fields)
        return End()
    leg.did("left-queue", f"leaves the queue {verb.words or 'default'}")
    return action(url, verb, fields) if verb.get("action") else None


async def _hold(leg: Leg, verb: Verb, url: str, name: str) -> str:
    """Twilio's word for the end of the wait: `leave`, `hangup`, or `error` for a wait document that cannot be had."""
    leg.once = set()
    pause = max(HOLD_PAUSE * leg.board.config.time_scale, _SHORTEST)
    while True:
        try:
            step = await _wait_document(leg, verb, url, leg.board.lines.place(name, leg))
        except Malformed as fault:
            if fault.code == TOO_MANY_DOCUMENTS:
                continue
            leg.note("error", f"error {fault.code}: {fault}", code=fault.code)
            return "error"
        if isinstance(step, LeaveQueue):
            return "leave"
        if isinstance(step, End):
            return "hangup"
        await leg.until(at_most=pause)


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


_WAITING: Final[Repertoire] = {**SPOKEN, "Leave": leave}
