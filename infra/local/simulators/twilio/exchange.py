"""Starts, steers and ends calls; every call is one task that walks its documents."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from infra.local.simulators.twilio.addresses import address_of, custom_of
from infra.local.simulators.twilio.devices import Devices
from infra.local.simulators.twilio.dialling import dial
from infra.local.simulators.twilio.leg import FINAL, Board, Leg, Progress
from infra.local.simulators.twilio.queueing import enqueue
from infra.local.simulators.twilio.recording import record
from infra.local.simulators.twilio.records import Call, new_sid, now
from infra.local.simulators.twilio.ringing import phone_of, picked_up
from infra.local.simulators.twilio.rooms import Rooms
from infra.local.simulators.twilio.script import Phone, Script
from infra.local.simulators.twilio.speaking import SPOKEN, reject
from infra.local.simulators.twilio.steps import End, Goto, Interrupted, Step
from infra.local.simulators.twilio.twiml import Malformed
from infra.local.simulators.twilio.walk import Repertoire, follow

LOG: Final = logging.getLogger(__name__)

CALLING: Final[Repertoire] = {**SPOKEN, "Reject": reject, "Dial": dial, "Enqueue": enqueue, "Record": record}
"""Everything that may be done with a call."""

_CUT_OFF: Final = "the call was cut off: the simulator stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A call that the application places. `links` are the addresses that it gave: they may name the call it is for."""

    sender: str
    recipient: str
    document: Goto
    progress: Progress
    ring_for: float
    links: Iterable[str] = ()


class Exchange:
    """The live calls of one account."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._calls: set[asyncio.Task[None]] = set()

    @property
    def rooms(self) -> Rooms:
        return self._board.rooms

    @property
    def devices(self) -> Devices:
        return self._board.devices

    @property
    def live(self) -> list[Leg]:
        return list(self._board.live.values())

    def leg(self, sid: str) -> Leg | None:
        """A live leg."""
        return self._board.live.get(sid)

    def recover(self) -> None:
        """End what was live when the simulator last stopped, so that no call is in progress for ever."""
        self.rooms.recover()
        for call in self._board.store.newest_first(Call):
            if call.status not in FINAL:
                progress = Progress(url="" if call.parent else self._board.config.status_webhook)
                leg = Leg(self._board, call, script=Script(), keys=(), progress=progress, parent=None)
                leg.note("error", _CUT_OFF)
                _end(leg, "failed")

    async def stop(self) -> None:
        for task in self._calls:
            task.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    def call_in(self, *, sender: str, recipient: str, script: Script) -> Call:
        """A customer calls one of the account's numbers."""
        config = self._board.config
        call = _new_call(sender=sender, recipient=recipient, direction="inbound", status="ringing", facts=script.facts)
        progress = Progress(url=config.status_webhook)
        leg = Leg(self._board, call, script=script, keys=script.digits, progress=progress, parent=None)
        leg.did("calling", f"calls {recipient}")
        if script.hang_up_after is not None:
            self._hang_up_later(leg, script.hang_up_after)
        self._start(leg, Goto(url=config.voice_webhook))
        return call

    def call_out(self, placement: Placement) -> Leg:
        """The application calls somebody, whose phone behaves as it was set to."""
        address = address_of(placement.recipient)
        call = _new_call(
            sender=placement.sender, recipient=address, direction="outbound-api", status="queued",
            custom=custom_of(placement.recipient),
        )  # fmt: skip
        story = self._story(placement.links)
        phone = phone_of(self._board, address, story)
        leg = Leg(
            self._board, call, script=Script(), keys=phone.digits, progress=placement.progress, parent=None,
            phone=phone, story=story,
        )  # fmt: skip
        self._start(leg, placement.document, phone, placement.ring_for)
        return leg

    def hang_up(self, sid: str) -> bool:
        """The person on this leg hangs up; False if the leg is not live."""
        leg = self._board.live.get(sid)
        if leg:
            leg.did("hung-up", "hangs up")
        return self.interrupt(sid, End())

    def interrupt(self, sid: str, step: Goto | End) -> bool:
        """Break into a live leg; False if there is none."""
        leg = self._board.live.get(sid)
        if leg:
            leg.interrupt(step)
        return leg is not None

    def _story(self, links: Iterable[str]) -> Leg | None:
        """The live call on whose account a call is placed: the one that the application's own addresses name."""
        links = tuple(links)
        return next((leg for leg in self.live if any(leg.record.sid in link for link in links)), None)

    def _hang_up_later(self, leg: Leg, seconds: float) -> None:
        delay = seconds * self._board.config.time_scale
        asyncio.get_running_loop().call_later(delay, self.hang_up, leg.record.sid)

    def _start(self, leg: Leg, step: Goto, phone: Phone | None = None, ring_for: float = 0.0) -> None:
        task = asyncio.create_task(self._conduct(leg, step, phone, ring_for))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _conduct(self, leg: Leg, step: Goto, phone: Phone | None, ring_for: float) -> None:
        """One whole call, from the first ring to its final status."""
        status = "failed"
        try:
            if phone is None or await _answered(leg, phone, ring_for):
                status = (await _walk(leg, step)).status
            else:
                status = leg.record.status
        except Malformed as fault:
            leg.note("error", f"error {fault.code}: {fault}", code=fault.code)
        except asyncio.CancelledError:
            leg.note("error", _CUT_OFF)
            raise
        finally:
            _end(leg, status)
            self._vacate(leg)

    def _vacate(self, leg: Leg) -> None:
        """A seat that was kept for somebody who never came is free again."""
        for room in self.rooms:
            if seat := room.seat(leg.record.sid):
                room.leave(seat, "participant_add_failed")


def _end(leg: Leg, status: str) -> None:
    leg.finish(status)
    who = "the call" if leg.story is None else f"the call of {leg.party}"
    leg.note("ended", f"{who} is over: {leg.record.status}", status=leg.record.status)


async def _walk(leg: Leg, start: Goto) -> End:
    """Follow the documents, and every place that the application moves the call to."""
    step: Step | None = start
    while isinstance(step, Goto):
        try:
            step = await follow(leg, step, CALLING)
        except Interrupted as interruption:
            step = interruption.step
            if isinstance(step, Goto):
                leg.did("redirected", "is moved on by the application")
    return step if isinstance(step, End) else End()


async def _answered(leg: Leg, phone: Phone, ring_for: float) -> bool:
    """Whether somebody picks up a call that the application placed."""
    try:
        return await picked_up(leg, phone, ring_for)
    except Interrupted:
        leg.did("canceled", "is rung no more")
        leg.finish("canceled")
        return False


def _new_call(**fields: Any) -> Call:
    at = now()
    return Call(sid=new_sid("CA"), created=at, updated=at, **fields)
