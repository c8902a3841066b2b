"""Recordings as attributes of their message's item, both directions; pure."""

from collections.abc import Sequence
from typing import Any, Final

from heartline.domain.messages import Message
from heartline.domain.recordings import (
    Consent,
    Pause,
    Recording,
    RecordingKind,
    Removed,
    Transcript,
    TranscriptState,
    due_at,
    segments_from_text,
    segments_to_text,
)
from heartline.storage import keys
from heartline.storage.expressions import Item, filled
from heartline.storage.moments import instant, moment

MOVING: Final = ("rec", "rv", "files", "pending", "text", "why", "view", "view_at")
"""What of a message's item a change of its recording may touch; the rest stays what it is."""


def recording_attributes(message: Message) -> Item:
    """The attributes that a recording adds to its message; `view` lists it while something is to come."""
    recording = message.recording
    if recording is None:
        return {}
    due = due_at(recording)
    listed = {"view": keys.RECORDINGS_VIEW, "view_at": f"{keys.instant(due)}#{message.id}"} if due else {}
    return {"rec": recording_to_item(recording), "rv": recording.version, **listed}


def recording_to_item(recording: Recording) -> Item:
    r = recording
    item: dict[str, Any] = {
        "id": r.id,
        "kind": r.kind.value,
        "call": r.call,
        "inbox": r.inbox,
        "secs": r.seconds,
        "at": keys.instant(r.at),
        "chans": r.channels if r.channels > 1 else None,
        "lang": r.language,
        "keep": r.keep_days or None,
        "said": [r.consent.words, r.consent.language, keys.instant(r.consent.at)] if r.consent else None,
        "gaps": [[keys.instant(gap.began), instant(gap.ended) or ""] for gap in r.pauses],
        "there": r.at_provider or None,
        "peaks": r.peaks,
        "words": _transcript_to_item(r.transcript),
        "gone": [r.removed.words, keys.instant(r.removed.at)] if r.removed else None,
        "purged": r.purged or None,
    }
    return filled(item)


def recording_from_item(item: Item, version: int) -> Recording:
    return Recording(
        id=item["id"],
        kind=RecordingKind(item["kind"]),
        call=item.get("call", ""),
        inbox=item["inbox"],
        seconds=item["secs"],
        at=moment(item["at"]),
        channels=item.get("chans", 1),
        language=item.get("lang", ""),
        keep_days=item.get("keep", 0),
        consent=_consent(item["said"]) if "said" in item else None,
        pauses=tuple(Pause(began=moment(a), ended=moment(b) if b else None) for a, b in item.get("gaps", ())),
        at_provider=item.get("there", False),
        peaks=item.get("peaks", b""),
        transcript=_transcript_from_item(item.get("words", {})),
        removed=Removed(words=item["gone"][0], at=moment(item["gone"][1])) if "gone" in item else None,
        purged=item.get("purged", False),
        version=version,
    )


def _transcript_to_item(transcript: Transcript) -> Item:
    item: dict[str, Any] = {
        "state": transcript.state.value,
        "n": transcript.attempt or None,
        "since": instant(transcript.since),
        "job": transcript.job,
        "why": transcript.reason,
        "lang": transcript.language,
        "parts": segments_to_text(transcript.segments) if transcript.segments else "",
        "key": transcript.key,
    }
    return filled(item)


def _transcript_from_item(item: Item) -> Transcript:
    return Transcript(
        state=TranscriptState(item.get("state", "")),
        attempt=item.get("n", 0),
        since=moment(item["since"]) if "since" in item else None,
        job=item.get("job", ""),
        reason=item.get("why", ""),
        language=item.get("lang", ""),
        segments=segments_from_text(item["parts"]) if "parts" in item else (),
        key=item.get("key", ""),
    )


def _consent(said: Sequence[str]) -> Consent:
    words, language, at = said
    return Consent(words=words, language=language, at=moment(at))
