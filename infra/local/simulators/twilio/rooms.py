"""Conferences: who sits in which, when one starts and ends, and whom it tells.

Source: https://www.twilio.com/docs/voice/twiml/conference and https://www.twilio.com/docs/voice/api/conference-resource
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from infra.local.simulators.twilio.callbacks import Callbacks
from infra.local.simulators.twilio.configuration import TwilioSimulatorConfig
from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.records import Conference, new_sid, now
from infra.local.simulators.twilio.room_recording import RoomRecording
from infra.local.simulators.twilio.seat import Seat
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.steps import End
from infra.local.simulators.twilio.store import Store

_SUBSCRIPTION: Final = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
}
"""Which word of `statusCallbackEvent` asks for which event."""


class Room:
    """A conference that is not over. What its first participant says of callbacks and recording counts for all."""

    def __init__(self, rooms: "Rooms", record: Conference) -> None:
        self._rooms = rooms
        self.record = record
        self.seats: list[Seat] = []
        self.first: Seat | None = None
        self.started = asyncio.Event()
        self.recording: RoomRecording | None = None
        self._sequence = 0
        self._ender: Seat | None = None
        self._told = False

    @property
    def inside(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.inside]

    def seat(self, who: str) -> Seat | None:
        """By the call's sid or the participant's label."""
        return next((seat for seat in self.seats if who in (seat.leg.record.sid, seat.label)), None)

    def keep(self, leg: Leg, attributes: Mapping[str, str], base: str) -> Seat | None:
        """The leg's seat, which may have been kept for it since it was dialled; None if its label is taken."""
        kept = self.seat(leg.record.sid)
        if kept is None and not (attributes.get("participantLabel") and self.seat(attributes["participantLabel"])):
            kept = Seat(leg=leg, attributes=attributes, base=base)
            self.seats.append(kept)
        return kept

    def enter(self, seat: Seat) -> None:
        """A participant joins; with the second one the conference may start."""
        seat.joined = now()
        self.first = self.first or seat
        seat.leg.did("joined", f"joins the conference {self.record.name}", conference=self.record.sid)
        self._report("participant-join", seat.fields(), seat)
        if not self.started.is_set() and len(self.inside) > 1 and any(each.starts for each in self.inside):
            self._start()

    def leave(self, seat: Seat, reason: str) -> None:
        """A participant is gone, or never came; once."""
        if seat not in self.seats:
            return
        self.seats.remove(seat)
        seat.left = now()
        if self.recording and seat.joined:
            self.recording.heard(seat)
        why: Fields = (("ParticipantCallStatus", seat.leg.record.status), ("ReasonParticipantLeft", reason))
        self._report("participant-leave", (*seat.fields(), *why), seat)
        kicked = seat.ousted == KICKED
        if seat.joined and seat.ends and not self.over:
            self.end(f"participant-with-end-conference-on-exit-{'kicked' if kicked else 'left'}", seat)
        elif not self.seats and not self.over:
            self.end(f"last-participant-{'kicked' if kicked else 'left'}", seat)
        self._close()

    @property
    def over(self) -> bool:
        return self.record.status == "completed"

    def end(self, reason: str, by: Seat | None) -> None:
        """Everybody drops out; who is still being rung is rung no more."""
        self._ender, ended_by = by, by.leg.record.sid if by else None
        self._save(status="completed", reason=reason, ended_by=ended_by)
        self._rooms.close(self)
        for seat in self.seats:
            seat.ousted = "moderator_ended_conference" if by else "conference_ended_via_api"
            self._oust(seat)
        self._close()

    def kick(self, seat: Seat) -> None:
        seat.ousted = KICKED
        self._oust(seat)

    def change(self, seat: Seat, **changes: Any) -> None:
        """Set `muted`, `hold` or `ends` of a participant, and tell what is different now."""
        before = {name: getattr(seat, name) for name in changes}
        for name, value in changes.items():
            setattr(seat, name, value)
        seat.updated = now()
        for name, (on, off, told) in _CHANGES.items():
            if name in changes and before[name] != changes[name]:
                self._report(on if changes[name] else off, seat.fields(), seat)
                seat.leg.did(name, told[bool(changes[name])])
        seat.leg.board.devices.changed(seat.leg.record.recipient)
        seat.leg.stir()

    def _oust(self, seat: Seat) -> None:
        if seat.joined:
            seat.leg.stir()
        else:
            seat.leg.interrupt(End(by_api=True))

    def _start(self) -> None:
        self._save(status="in-progress")
        self._report("conference-start", (), self.first)
        if self.first and self.first.attributes.get("record") in ("record-from-start", "true"):
            self.recording = RoomRecording(self._rooms.config, self._rooms.store, self._rooms.callbacks, self.record)
            self.recording.start(self.first)
        self.started.set()
        for seat in self.inside:
            seat.leg.stir()

    def _close(self) -> None:
        """Once nobody is left, the end is told and the recording is done."""
        by = self._ender
        if self.seats or not self.over or self._told:
            return
        self._told = True
        self._rooms.forget(self)
        ended_by = (("CallSidEndingConference", by.leg.record.sid),) if by else ()
        label = (("ParticipantLabelEndingConference", by.label),) if by and by.label else ()
        reason = self.record.reason or ""
        why: Fields = (("ReasonConferenceEnded", reason), ("Reason", _said(reason)))
        self._report("conference-end", (*ended_by, *label, *why), by)
        if self.recording:
            self.recording.stop()

    def _save(self, **changes: Any) -> None:
        self.record = replace(self.record, **changes, updated=now())
        self._rooms.store.save(self.record)

    def _report(self, event: str, fields: Fields, about: Seat | None) -> None:
        """To the URL that the first participant brought, if that one wanted to hear of this.

        Where nobody has joined yet, the participant that the event is about counts as the first.
        """
        asked = self.first or about
        if asked is None or _SUBSCRIPTION[event] not in asked.listed("statusCallbackEvent"):
            return
        self._sequence += 1
        head: Fields = (
            ("ConferenceSid", self.record.sid),
            ("FriendlyName", self.record.name),
            ("AccountSid", self._rooms.config.account_sid),
            ("SequenceNumber", str(self._sequence)),
            ("Timestamp", now().strftime("%a, %d %b %Y %H:%M:%S +0000")),
            ("StatusCallbackEvent", event),
        )
        method = asked.attributes.get("statusCallbackMethod", "POST")
        if target := asked.link("statusCallback"):
            self._rooms.callbacks.plan_request(time.time(), target, head + fields, method=method)


KICKED: Final = "participant_updated_via_api"

_CHANGES: Final = {
    "muted": ("participant-mute", "participant-unmute", {True: "is muted", False: "is heard again"}),
    "hold": ("participant-hold", "participant-unhold", {True: "is put on hold", False: "is taken off hold"}),
    "ends": (
        "participant-modify",
        "participant-modify",
        {True: "ends the conference by leaving, from now on", False: "may leave without ending the conference"},
    ),
}


def _said(reason: str) -> str:
    return reason.replace("-", " ").capitalize()


class Rooms:
    """The live conferences of the account. A name that is over makes a new conference."""

    def __init__(self, config: TwilioSimulatorConfig, store: Store, callbacks: Callbacks) -> None:
        self.config, self.store, self.callbacks = config, store, callbacks
        self._live: dict[str, Room] = {}
        self._closing: list[Room] = []

    def named(self, name: str) -> Room:
        """The room of this name, which begins now if there is none."""
        room = self._live.get(name)
        if room is None:
            at = now()
            record = Conference(sid=new_sid("CF"), created=at, updated=at, name=name)
            self.store.save(record)
            room = self._live[name] = Room(self, record)
        return room

    def __iter__(self) -> Iterator[Room]:
        """Those that live, and those that are over but not empty yet."""
        return iter([*self._live.values(), *self._closing])

    def find(self, sid: str) -> Room | None:
        """A room that lives."""
        return next((room for room in self._live.values() if room.record.sid == sid), None)

    def close(self, room: Room) -> None:
        """It is over: its name is free, while the last are on their way out."""
        self._live.pop(room.record.name, None)
        self._closing.append(room)

    def forget(self, room: Room) -> None:
        self._closing.remove(room)

    def recover(self) -> None:
        """End what was live when the simulator last stopped."""
        for record in self.store.newest_first(Conference):
            if record.status != "completed":
                self.store.save(replace(record, status="completed", reason="last-participant-left", updated=now()))
