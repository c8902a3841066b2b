"""The shapes of recordings in the HTTP API."""

from typing import Literal

from pydantic import BaseModel, Field


class SegmentResponse(BaseModel):
    """Words of one speaker; `start` and `end` are seconds from the beginning, `speaker` is empty if not told apart."""

    start: float = Field(examples=[0.4])
    end: float = Field(examples=[3.1])
    speaker: str = Field(examples=["Speaker 1"])
    text: str = Field(examples=["Hello, this is Eva Lind."])


class TranscriptResponse(BaseModel):
    """How far a transcript is; `reason` says why it failed. `segments` is null where it is long: its route has it."""

    state: Literal["off", "pending", "ready", "failed"] = Field(examples=["ready"])
    reason: str = Field(examples=[""])
    language: str = Field(examples=["en-US"])
    segments: list[SegmentResponse] | None = Field(examples=[[]])


class ConsentResponse(BaseModel):
    """What the parties were told before they were recorded."""

    words: str = Field(examples=["This call is recorded for training."])
    language: str = Field(examples=["en-US"])
    at: str = Field(examples=["2026-03-02T12:00:00.000Z"])


class GapResponse(BaseModel):
    """A span that was not recorded; `until` is null if it was never resumed."""

    since: str = Field(examples=["2026-03-02T12:03:00.000Z"])
    until: str | None = Field(examples=["2026-03-02T12:04:10.250Z"])


class RecordingResponse(BaseModel):
    """A recording. The sound is the message's attachment once it is `copied`.

    `peaks` is the loudness from beginning to end, 0 to 100, at most 200 values; empty if it is not known. `problem`
    says why it could not be copied. `removed` says why it is gone, empty while it is there; `keep_until` is when it
    will go.
    """

    kind: Literal["talk", "voicemail"] = Field(examples=["voicemail"])
    seconds: int = Field(examples=[12])
    peaks: list[int] = Field(examples=[[3, 40, 100, 62]])
    copied: bool = Field(examples=[True])
    problem: str = Field(examples=[""])
    removed: str = Field(examples=[""])
    keep_until: str | None = Field(examples=["2026-05-31T12:00:00.000Z"])
    consent: ConsentResponse | None = Field(examples=[None])
    gaps: list[GapResponse]
    transcript: TranscriptResponse


class TranscriptPage(BaseModel):
    """A whole transcript."""

    segments: list[SegmentResponse]
