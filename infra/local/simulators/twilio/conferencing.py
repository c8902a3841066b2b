"""Dial with a Conference in it: a leg sits in a room, hears music while it has to wait, and goes on when it is out.

Source: https://www.twilio.com/docs/voice/twiml/conference
"""

import asyncio
from contextlib import suppress
from typing import Final

from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.rooms import KICKED, Room
from infra.local.simulators.twilio.seat import Seat
from infra.local.simulators.twilio.speaking import MUSIC
from infra.local.simulators.twilio.steps import End, Goto, Interrupted, Step, Stirred
from infra.local.simulators.twilio.twiml import Malformed, Verb
from infra.local.simulators.twilio.walk import LOOP_PAUSE, TOO_MANY_DOCUMENTS, action, follow, tell

LABEL_TAKEN: Final = 16025
"""https://www.twilio.com/docs/api/errors/16025"""

_RESULT: Final = (("DialCallStatus", "answered"),)
"""Neither DialCallSid nor DialCallDuration: https://www.twilio.com/docs/voice/twiml/dial#action"""


async def confer(leg: Leg, dial: Verb, url: str) -> Step | None:
    """Sit in the room until it is over, or the leg is kicked, moved or hung up; then ask the `action`."""
    noun = dial.children[0]
    room = leg.board.rooms.named(noun.words)
    seat = room.keep(leg, noun.attributes, url)
    if seat is None:
        leg.note("error", f"error {LABEL_TAKEN}: the label {noun.get('participantLabel')} is taken", code=LABEL_TAKEN)
        return None
    room.enter(seat)
    talking = asyncio.create_task(_talk(room, seat))
    try:
        await _stay(room, seat)
    except Interrupted as interruption:
        await _broken_off(room, seat, dial, interruption)
        raise
    finally:
        talking.cancel()
        leg.once = None
        leg.calm()
        room.leave(seat, seat.ousted or "participant_hung_up")
    leg.did("left", f"is out of the conference {noun.words}")
    return action(url, dial, _RESULT) if dial.get("action") else None


async def _stay(room: Room, seat: Seat) -> None:
    """Until the seat is lost; each stir is a reason to listen to something else."""
    while not seat.ousted:
        try:
            await _listen(room, seat)
        except Stirred:
            continue
        except Malformed as fault:
            if fault.code == TOO_MANY_DOCUMENTS:
                await _breathe(seat)
                continue
            seat.leg.note("error", f"error {fault.code}: {fault}", code=fault.code)
            await _silence(room, seat)


async def _breathe(seat: Seat) -> None:
    """Music that leads to itself over and over is what Twilio advises here; it may go on, but not spin."""
    with suppress(Stirred):
        await seat.leg.until(at_most=LOOP_PAUSE)


async def _silence(room: Room, seat: Seat) -> None:
    """Without its wait music a participant does not get in; without hold music one hears nothing.

    Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-waiturl
    """
    if not room.started.is_set():
        seat.ousted = "participant_add_failed"
        return
    with suppress(Stirred):
        await seat.leg.until()


async def _listen(room: Room, seat: Seat) -> None:
    """To hold music over and over, to the wait document once, or to the others until something changes."""
    seat.leg.once = set()
    if _hears_twilios_own(room, seat):
        seat.leg.did("played", "hears Twilio's own hold music", sound="")
    while seat.hold and seat.hold_url:
        await follow(seat.leg, Goto(url=seat.hold_url, method=seat.hold_method), MUSIC)
        await seat.leg.until(at_most=LOOP_PAUSE)
    if not seat.hold and not room.started.is_set() and seat.link("waitUrl"):
        method = seat.attributes.get("waitMethod", "POST")
        await follow(seat.leg, Goto(url=seat.link("waitUrl"), method=method), MUSIC)
    seat.leg.once = None
    await seat.leg.until()


def _hears_twilios_own(room: Room, seat: Seat) -> bool:
    """Where the application names no music; an empty `waitUrl` is silence."""
    if seat.hold:
        return not seat.hold_url
    return not room.started.is_set() and "waitUrl" not in seat.attributes


async def _talk(room: Room, seat: Seat) -> None:
    """A person with a script hangs up when all is said."""
    leg = seat.leg
    await room.started.wait()
    if leg.talk is not None:
        await asyncio.sleep(leg.talk * leg.board.config.time_scale)
        leg.did("hung-up", "hangs up")
        leg.interrupt(End())


async def _broken_off(room: Room, seat: Seat, dial: Verb, interruption: Interrupted) -> None:
    """After a hang-up the `action` still hears of it; a redirected call has a new document."""
    step, leg = interruption.step, seat.leg
    by_api = isinstance(step, Goto) or (isinstance(step, End) and step.by_api)
    if isinstance(step, End):
        leg.finish(step.status)
    room.leave(seat, KICKED if by_api else "participant_hung_up")
    if isinstance(step, End) and dial.get("action"):
        await tell(leg, action(seat.base, dial, _RESULT))
