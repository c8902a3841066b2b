"""Record, and recordings of a Dial: what they leave behind and whom they tell.

Source: https://www.twilio.com/docs/voice/twiml/record
"""

import time
from collections.abc import Sequence
from typing import Final
from urllib.parse import urljoin

from infra.local.simulators.sound import A_WORD
from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.presentation import moment
from infra.local.simulators.twilio.records import Recording, new_sid, now
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.steps import End, Interrupted, Step
from infra.local.simulators.twilio.tape import FIRST_WORDS, Spoken, conversation
from infra.local.simulators.twilio.twiml import Verb
from infra.local.simulators.twilio.walk import action, tell

SILENCE: Final = 5
LONGEST: Final = 3600
"""Defaults of `timeout` and `maxLength`, in seconds."""

_PROCESSING: Final = 0.2
"""Seconds until a recording is reported as ready."""


async def record(leg: Leg, verb: Verb, url: str) -> Step | None:
    """Listen; an empty recording is none: the document goes on and the `action` is not asked."""
    longest = int(verb.seconds("maxLength", LONGEST))
    seconds = min(leg.script.record, longest)
    if seconds == 0:
        await _nothing(leg, verb, url)
        return None
    started = leg.talked()
    try:
        await leg.wait(seconds)
    except Interrupted as interruption:
        if isinstance(interruption.step, End):
            await _hung_up(leg, verb, url, max(leg.talked() - started, 1))
        raise
    if leg.script.record_end == "hangup" and seconds < longest:
        await _hung_up(leg, verb, url, seconds)
        return End()
    return await _ended(leg, verb, url, seconds)


async def _nothing(leg: Leg, verb: Verb, url: str) -> None:
    await leg.wait(verb.seconds("timeout", SILENCE))
    leg.did("recorded-nothing", "says nothing after the tone")
    _report(leg, verb, url, "absent", (("RecordingDuration", "0"),))


def _message(leg: Leg, seconds: int) -> tuple[Spoken, ...]:
    """As much of the voicemail as is said in that time."""
    said = leg.script.message.split()[: int((seconds - FIRST_WORDS) / A_WORD)]
    return (Spoken(speaker=leg.party, sentences=(" ".join(said),) if said else (), since=0, until=seconds),)


async def _ended(leg: Leg, verb: Verb, url: str, seconds: int) -> Step:
    """By a key, by silence, or because the recording is full."""
    key = leg.script.record_end if leg.script.record_end in verb.get("finishOnKey", "1234567890*#") else ""
    if not key and seconds < int(verb.seconds("maxLength", LONGEST)):
        await leg.wait(verb.seconds("timeout", SILENCE))
    fields = keep(leg, verb, url, seconds=seconds, source="RecordVerb", said=_message(leg, seconds))
    return action(url, verb, fields + ((("Digits", key),) if key else ()))


async def _hung_up(leg: Leg, verb: Verb, url: str, seconds: int) -> None:
    """The caller hangs up when all is said, as most do: the `action` hears of it, its answer goes nowhere."""
    fields = keep(leg, verb, url, seconds=seconds, source="RecordVerb", said=_message(leg, seconds))
    leg.did("hung-up", "hangs up")
    leg.finish("completed")
    await tell(leg, action(url, verb, (*fields, ("Digits", "hangup"))))


def keep(leg: Leg, verb: Verb, url: str, *, seconds: int, source: str, said: Sequence[Spoken]) -> Fields:
    """Store a recording, plan its status callback, and return what an `action` is told of it."""
    at, config = now(), leg.board.config
    recording = Recording(
        sid=new_sid("RE"), created=at, updated=at, call=leg.record.sid, duration=seconds, source=source,
        spoken=tuple(conversation(said)),
    )  # fmt: skip
    leg.board.store.save(recording)
    leg.did("recorded", f"is recorded for {seconds} s", recording=recording.sid, seconds=seconds)
    fields = (
        ("RecordingUrl", f"{config.url}{config.account_path}/Recordings/{recording.sid}"),
        ("RecordingSid", recording.sid),
        ("RecordingDuration", str(seconds)),
    )
    started = (("RecordingStartTime", moment(at) or ""), ("RecordingSource", source), ("RecordingChannels", "1"))
    _report(leg, verb, url, "completed", (*fields, *started, ("ErrorCode", "0")))
    return fields


def _report(leg: Leg, verb: Verb, url: str, status: str, fields: Fields) -> None:
    """Plan the `recordingStatusCallback`, if the verb has one that wants to hear of this status."""
    target, wanted = verb.get("recordingStatusCallback"), verb.get("recordingStatusCallbackEvent", "completed")
    if target and status in wanted:
        config, due = leg.board.config, time.time() + _PROCESSING
        identity = (("AccountSid", config.account_sid), ("CallSid", leg.record.sid), ("RecordingStatus", status))
        leg.board.callbacks.plan_request(due, urljoin(url, target), identity + fields)
