"""Turns recordings into the API's shapes."""

from collections.abc import Iterable
from typing import Final

from heartline.api.recording_models import (
    ConsentResponse,
    GapResponse,
    RecordingResponse,
    SegmentResponse,
    TranscriptResponse,
)
from heartline.api.times import timestamp
from heartline.domain.messages import Message
from heartline.domain.recordings import Consent, Pause, Recording, Segment, Transcript, TranscriptState

_STATES: Final = {
    TranscriptState.NONE: "off",
    TranscriptState.WANTED: "pending",
    TranscriptState.RUNNING: "pending",
    TranscriptState.READY: "ready",
    TranscriptState.FAILED: "failed",
}


def recording_response(message: Message, recording: Recording) -> RecordingResponse:
    gone, until = recording.removed, recording.keep_until
    return RecordingResponse.model_validate(
        {
            "kind": recording.kind.value,
            "seconds": recording.seconds,
            "peaks": [] if gone else list(recording.peaks),
            "copied": bool(message.attachments),
            "problem": " ".join(medium.refused for medium in message.pending_media if medium.refused),
            "removed": gone.words if gone else "",
            "keep_until": timestamp(until) if until and gone is None else None,
            "consent": _consent(recording.consent) if recording.consent else None,
            "gaps": [_gap(pause) for pause in recording.pauses],
            "transcript": _transcript(recording.transcript, gone=gone is not None),
        }
    )


def segment_responses(segments: Iterable[Segment]) -> list[SegmentResponse]:
    return [
        SegmentResponse(start=part.start / 1000, end=part.end / 1000, speaker=part.speaker, text=part.text)
        for part in segments
    ]


def _transcript(transcript: Transcript, *, gone: bool) -> TranscriptResponse:
    if gone:
        return TranscriptResponse(state="off", reason="", language="", segments=[])
    return TranscriptResponse.model_validate(
        {
            "state": _STATES[transcript.state],
            "reason": transcript.reason,
            "language": transcript.language,
            "segments": None if transcript.key else segment_responses(transcript.segments),
        }
    )


def _consent(consent: Consent) -> ConsentResponse:
    return ConsentResponse(words=consent.words, language=consent.language, at=timestamp(consent.at))


def _gap(pause: Pause) -> GapResponse:
    return GapResponse(since=timestamp(pause.began), until=timestamp(pause.ended) if pause.ended else None)
