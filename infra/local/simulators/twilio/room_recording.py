"""The recording of one conference: begun, paused, resumed, ended, and whom that is told.

Source: https://www.twilio.com/docs/voice/api/conference-recording-resource
"""

import time
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from infra.local.simulators.twilio.callbacks import Callbacks
from infra.local.simulators.twilio.configuration import TwilioSimulatorConfig
from infra.local.simulators.twilio.presentation import moment
from infra.local.simulators.twilio.records import Conference, Recording, new_sid, now
from infra.local.simulators.twilio.seat import Seat
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.store import Store
from infra.local.simulators.twilio.tape import Spoken, Tape, conversation, recorded

_PROCESSING: Final = 0.2
"""Seconds until a recording is reported as ready."""

STATES: Final = {"in-progress": "on", "paused": "silence", "stopped": "off"}
"""What a status that the API asks for makes of the tape; `PauseBehavior` may make a pause a skip."""


class RoomRecording:
    """From the start of a conference to its end, or until it is stopped."""

    def __init__(
        self, config: TwilioSimulatorConfig, store: Store, callbacks: Callbacks, conference: Conference
    ) -> None:
        self._config, self._store, self._callbacks, self._conference = config, store, callbacks, conference
        self._tape = Tape()
        self._spoken: list[Spoken] = []
        self._asked: Seat | None = None

    def start(self, asked: Seat) -> None:
        """`asked` is whose attributes want the recording, and say who hears of it."""
        self._asked, at = asked, now()
        self.record = Recording(
            sid=new_sid("RE"), created=at, updated=at, call=asked.leg.record.sid, duration=0, source="Conference",
            conference=self._conference.sid, status="in-progress",
        )  # fmt: skip
        self._store.save(self.record)
        asked.leg.note("recording", "the conference is recorded from now on", recording=self.record.sid)
        self._report("in-progress", ())

    def heard(self, seat: Seat) -> None:
        """A participant has left: what that person had to say is known now."""
        since, until = self._seconds(seat.joined or now()), self._seconds(seat.left or now())
        self._spoken.append(Spoken(speaker=seat.leg.party, sentences=seat.leg.says, since=since, until=until))

    def turn(self, status: str, behaviour: str) -> None:
        """Pause, resume or stop."""
        self._tape.mark(self._seconds(now()), behaviour if status == "paused" else STATES[status])
        if self._asked:
            self._asked.leg.note("recording", f"the recording is {_TOLD[status]}", recording=self.record.sid)
        self._save(status=status)

    def stop(self) -> None:
        """The conference is over: the file is made of what was recorded."""
        self._tape.mark(self._seconds(now()), "off")
        spoken = recorded(self._tape, conversation(sorted(self._spoken, key=lambda speaker: speaker.since)))
        self._save(status="completed", duration=max(round(self._tape.length()), 1), spoken=spoken)
        url = f"{self._config.url}{self._config.account_path}/Recordings/{self.record.sid}"
        self._report("completed", (("RecordingUrl", url), ("RecordingDuration", str(self.record.duration))))

    def _seconds(self, at: datetime) -> float:
        """From the beginning of the recording, in time of the call."""
        return max((at - self.record.created).total_seconds() / self._config.time_scale, 0.0)

    def _save(self, **changes: Any) -> None:
        self.record = replace(self.record, **changes, updated=now())
        self._store.save(self.record)

    def _report(self, status: str, fields: Fields) -> None:
        asked = self._asked
        target = asked.link("recordingStatusCallback") if asked else ""
        if asked is None or not target or status not in (asked.listed("recordingStatusCallbackEvent") or ["completed"]):
            return
        about: Fields = (
            ("AccountSid", self._config.account_sid),
            ("ConferenceSid", self._conference.sid),
            ("RecordingSid", self.record.sid),
            ("RecordingStatus", status),
            *fields,
            ("RecordingChannels", "1"),
            ("RecordingStartTime", moment(self.record.created) or ""),
            ("RecordingSource", self.record.source),
        )
        method = asked.attributes.get("recordingStatusCallbackMethod", "POST")
        self._callbacks.plan_request(time.time() + _PROCESSING, target, about, method=method)


_TOLD: Final = {"paused": "paused", "in-progress": "resumed", "stopped": "stopped"}
