"""Dial: rings one or more phones at once, whispers to who picks up, connects the first that stays on the line.

Source: https://www.twilio.com/docs/voice/twiml/dial and /number
"""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from infra.local.simulators.twilio import recording
from infra.local.simulators.twilio.addresses import is_client
from infra.local.simulators.twilio.conferencing import confer
from infra.local.simulators.twilio.leg import Leg, Progress
from infra.local.simulators.twilio.records import Call, new_sid, now
from infra.local.simulators.twilio.ringing import phone_of, picked_up
from infra.local.simulators.twilio.script import Phone, Script
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.speaking import SPOKEN
from infra.local.simulators.twilio.steps import End, Goto, Interrupted, Step
from infra.local.simulators.twilio.tape import Spoken
from infra.local.simulators.twilio.twiml import SCHEMA_VIOLATION, Malformed, Verb
from infra.local.simulators.twilio.walk import action, follow, tell

RING_TIMEOUT: Final = 30
"""Seconds, from https://www.twilio.com/docs/voice/twiml/dial#timeout"""

BAD_CALLER_ID: Final = 13214
"""https://www.twilio.com/docs/api/errors/13214"""

_FOR_EVER: Final = 14400.0
"""Twilio's own `timeLimit`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One phone that rings. The task's result is whether it may be connected."""

    leg: Leg
    phone: Phone
    task: "asyncio.Task[bool]"


async def dial(leg: Leg, verb: Verb, url: str) -> Step | None:
    """Ring, connect, and tell the `action` how it went; without one the document goes on."""
    numbers = verb.children or ((verb,) if verb.words else ())
    if not numbers:
        raise Malformed(SCHEMA_VIOLATION, "<Dial> names nobody to call")
    if numbers[0].name == "Conference":
        return await confer(leg, verb, url)
    if not _may_show(leg, verb.get("callerId")):
        leg.note("error", f"error {BAD_CALLER_ID}: callerId {verb.get('callerId')} is not ours", code=BAD_CALLER_ID)
        return action(url, verb, (("DialCallStatus", "failed"),)) if verb.get("action") else None
    attempts = [_ring(leg, verb, url, number) for number in numbers]
    recorded: Fields = ()
    try:
        connected = await _first_ready(leg, attempts)
        if connected:
            recorded = await _talk(leg, verb, url, connected)
    except Interrupted as interruption:
        await _broken_off(leg, verb, url, attempts, interruption)
        raise
    finally:
        await _hang_up(attempts)
    fields = _result(attempts, connected) + recorded
    leg.note("dialled", f"the dialled call ended: {dict(fields)['DialCallStatus']}", **dict(fields))
    return action(url, verb, fields) if verb.get("action") else None


def _ring(leg: Leg, verb: Verb, url: str, number: Verb) -> Attempt:
    recipient, custom = _dialled(number)
    phone = phone_of(leg.board, recipient, leg)
    callback = number.get("statusCallback")
    progress = Progress(
        url=urljoin(url, callback) if callback else "",
        events=frozenset(number.get("statusCallbackEvent", "completed").replace(",", " ").split()),
    )
    at = now()
    record = Call(
        sid=new_sid("CA"), created=at, updated=at, sender=verb.get("callerId") or leg.record.sender,
        recipient=recipient, direction="outbound-dial", status="queued", parent=leg.record.sid, custom=custom,
    )  # fmt: skip
    child = Leg(leg.board, record, script=Script(), keys=phone.digits, progress=progress, parent=leg, phone=phone)
    whisper = number.get("url") if number is not verb else ""
    goto = Goto(url=urljoin(url, whisper), method=number.get("method", "POST")) if whisper else None
    task = asyncio.create_task(_attempt(child, phone, goto, verb.seconds("timeout", RING_TIMEOUT)))
    return Attempt(leg=child, phone=phone, task=task)


async def _attempt(child: Leg, phone: Phone, whisper: Goto | None, ring_for: float) -> bool:
    """Whether this phone was picked up and its owner heard the whisper to the end."""
    try:
        if not await picked_up(child, phone, ring_for):
            return False
        ended = await follow(child, whisper, SPOKEN) if whisper else None
    except Interrupted:
        ended = End()
    except Malformed as fault:
        child.note("error", f"error {fault.code}: {fault}", code=fault.code)
        child.finish("failed")
        return False
    if ended is None:
        return True
    child.finish("completed")
    return False


def _dialled(number: Verb) -> tuple[str, dict[str, str]]:
    """The address that rings, and the parameters that a client is given."""
    if number.name != "Client":
        return number.words, {}
    identity = next((child.words for child in number.children if child.name == "Identity"), number.words)
    given = {child.get("name"): child.get("value") for child in number.children if child.name == "Parameter"}
    return f"client:{identity}", given


def _may_show(leg: Leg, caller_id: str) -> bool:
    """Whether this may be shown as the caller.

    Source: https://www.twilio.com/docs/voice/twiml/dial#callerid
    """
    own = (*leg.board.config.numbers, leg.record.sender, leg.record.recipient)
    return not caller_id or caller_id in own or is_client(caller_id)


async def _first_ready(leg: Leg, attempts: list[Attempt]) -> Attempt | None:
    """The first phone to stay on the line; the others stop ringing then."""
    waiting = list(attempts)
    while waiting:
        await leg.until(*(attempt.task for attempt in waiting))
        for attempt in [attempt for attempt in waiting if attempt.task.done()]:
            waiting.remove(attempt)
            if attempt.task.result():
                await _hang_up(waiting)
                return attempt
    return None


async def _talk(leg: Leg, verb: Verb, url: str, connected: Attempt) -> Fields:
    """The two talk until one hangs up; what the `action` is told of a recording of it."""
    child, number = connected.leg, connected.leg.record.recipient
    leg.did("connected", f"is connected to {number}", number=number)
    talking = asyncio.create_task(_until_child_leaves(child, connected.phone.talk or _FOR_EVER))
    try:
        await leg.until(talking)
    finally:
        talking.cancel()
    leg.note("callee-hung-up", f"{number} hangs up")
    child.finish("completed")
    return _recorded(leg, verb, url, child)


async def _until_child_leaves(child: Leg, seconds: float) -> None:
    try:
        await child.wait(seconds)
    except Interrupted:
        return


def _recorded(leg: Leg, verb: Verb, url: str, child: Leg) -> Fields:
    if not verb.get("record").startswith(("record-from", "true")):
        return ()
    seconds = max(child.record.duration or 0, 1)
    said = [Spoken(speaker=each.party, sentences=each.says, since=0, until=seconds) for each in (child, leg)]
    return recording.keep(leg, verb, url, seconds=seconds, source="DialVerb", said=said)


async def _broken_off(leg: Leg, verb: Verb, url: str, attempts: list[Attempt], interruption: Interrupted) -> None:
    """The caller is gone. After a hang-up the `action` still hears of it; a redirected call has a new document."""
    connected = next((attempt for attempt in attempts if attempt.task.done() and attempt.task.result()), None)
    await _hang_up(attempts)
    if not isinstance(interruption.step, End):
        return
    leg.finish(interruption.step.status)
    recorded = _recorded(leg, verb, url, connected.leg) if connected else ()
    if verb.get("action"):
        await tell(leg, action(url, verb, _result(attempts, connected) + recorded))


async def _hang_up(attempts: list[Attempt]) -> None:
    for attempt in attempts:
        attempt.task.cancel()
        attempt.leg.finish("completed")
    await asyncio.gather(*(attempt.task for attempt in attempts), return_exceptions=True)


def _result(attempts: list[Attempt], connected: Attempt | None) -> Fields:
    """What the `action` is told: of the connected phone, else of the last one tried."""
    child = (connected or attempts[-1]).leg
    seconds = (("DialCallDuration", str(child.record.duration or 0)),) if child.answered else ()
    status = "no-answer" if child.record.status == "canceled" else child.record.status
    return (
        ("DialCallSid", child.record.sid),
        ("DialCallStatus", status),
        ("DialBridged", "true" if connected else "false"),
        *seconds,
    )
