"""What is recorded of a call, how long it is kept, and what has to be done about it next: facts and decisions, pure.

It does not know how sound is stored or who turns it into words.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LOOK_AFTER: Final = timedelta(minutes=30)
"""When a transcript is asked after that nobody reported: EventBridge delivers "on a best effort basis"."""

GIVEN_UP_AFTER: Final = timedelta(days=1)
NO_RECORDING_AFTER: Final = timedelta(minutes=10)
"""How long after the line was closed a voicemail may still be reported; later the caller left none."""

REDACTED_LANGUAGES: Final = frozenset({"en-US", "es-US"})
"""Where personal data can be taken out of a transcript, and only where no language has to be found out.

Source: https://docs.aws.amazon.com/transcribe/latest/dg/pii-redaction-batch.html
"""


class RecordingKind(StrEnum):
    """What was recorded."""

    TALK = "talk"
    VOICEMAIL = "voicemail"


class Transcribed(StrEnum):
    """Which recordings of an inbox become text."""

    NONE = "none"
    VOICEMAILS = "voicemails"
    ALL = "all"

    def covers(self, kind: RecordingKind) -> bool:
        return self is Transcribed.ALL or (self is Transcribed.VOICEMAILS and kind is RecordingKind.VOICEMAIL)


class TranscriptState(StrEnum):
    """How far a transcript is; the empty one was never asked for."""

    NONE = ""
    WANTED = "wanted"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class Task(StrEnum):
    """What is to be done about a recording."""

    COPY = "copy"
    FORGET = "forget"
    EXPIRE = "expire"
    PURGE = "purge"
    TRANSCRIBE = "transcribe"
    LOOK = "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRules:
    """What an inbox records and what becomes of it.

    `mode` is "off" or "on" for talks; `words` announce it, `countries` has other words for callers from there (ISO 3166
    alpha-2), and `spoken` the language of those where it is not the inbox's own. `keep_days` 0 keeps for ever.
    `languages` are those that a transcript may be in (BCP 47); several are told apart by the sound, none means the
    call's own. `redact` takes personal data out of transcripts.
    """

    mode: str = "off"
    words: str = ""
    countries: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    keep_days: int = 90
    transcribe: Transcribed = Transcribed.NONE
    languages: tuple[str, ...] = ()
    redact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What the parties were told before they were recorded, in which language (BCP 47), and when."""

    words: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A span that was not recorded; `ended` is None if it was never resumed."""

    began: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Words of one speaker without a break; `start` and `end` are milliseconds from the beginning."""

    start: int
    end: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The words of a recording.

    `attempt` counts the jobs, `since` is when the present one was asked for, `job` its name once it was ordered.
    `reason` says why it failed. `segments` are empty where they are long: then `key` is the object that has them.
    """

    state: TranscriptState = TranscriptState.NONE
    attempt: int = 0
    since: datetime | None = None
    job: str = ""
    reason: str = ""
    language: str = ""
    segments: tuple[Segment, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """That the sound and its words are gone: why, in a sentence, and since when."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What a message has that is a recording.

    `id` is the provider's. `at_provider` says that the provider still has it. `peaks` is the loudness from beginning to
    end, a byte from 0 to 100 for each of at most 200 stretches; empty where it is not known. `purged` says that our own
    copy is gone as well. `version` rises with every change.
    """

    id: str
    kind: RecordingKind
    call: str
    inbox: str
    seconds: int
    at: datetime
    channels: int = 1
    language: str = ""
    keep_days: int = 0
    consent: Consent | None = None
    pauses: tuple[Pause, ...] = ()
    at_provider: bool = True
    peaks: bytes = b""
    transcript: Transcript = Transcript()
    removed: Removed | None = None
    purged: bool = False
    version: int = 0

    @property
    def keep_until(self) -> datetime | None:
        return self.at + timedelta(days=self.keep_days) if self.keep_days else None

    @property
    def label(self) -> str:
        """What the message says of it."""
        return f"{_NAMES[self.kind]}, {in_words(self.seconds)}."

    @property
    def under_way(self) -> bool:
        """Whether a transcript is being made."""
        return self.transcript.state in (TranscriptState.WANTED, TranscriptState.RUNNING)


_NAMES: Final = {RecordingKind.TALK: "Recording", RecordingKind.VOICEMAIL: "Voicemail"}


def next_task(recording: Recording, *, waiting: bool, copied: bool, now: datetime) -> Task | None:
    """What is to be done now; None if there is nothing.

    `waiting` says that the sound is to be copied, `copied` that it was; neither, that this was given up.
    """
    if recording.removed is not None:
        return None if recording.purged else Task.PURGE
    if recording.keep_until is not None and now >= recording.keep_until:
        return Task.EXPIRE
    if waiting:
        return Task.COPY
    if not copied:
        return None
    if recording.at_provider:
        return Task.FORGET
    return _transcript_task(recording.transcript, now)


def _transcript_task(transcript: Transcript, now: datetime) -> Task | None:
    if transcript.state is TranscriptState.WANTED:
        return Task.TRANSCRIBE
    overdue = transcript.since is not None and now >= transcript.since + LOOK_AFTER
    return Task.LOOK if transcript.state is TranscriptState.RUNNING and overdue else None


def due_at(recording: Recording) -> datetime | None:
    """When somebody must look at it again even if no event says so; None if nothing can come."""
    if recording.removed is not None:
        return None if recording.purged else recording.removed.at + LOOK_AFTER
    looks = [recording.keep_until]
    if recording.under_way and recording.transcript.since is not None:
        looks.append(recording.transcript.since + LOOK_AFTER)
    return min((look for look in looks if look is not None), default=None)


def in_words(seconds: int) -> str:
    """A length of time for people."""
    minutes, rest = divmod(max(seconds, 0), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def segments_to_text(segments: Sequence[Segment]) -> str:
    """A transcript as it is kept, in its message or in an object: compact JSON, [[start, end, speaker, text] …]."""
    rows = [[part.start, part.end, part.speaker, part.text] for part in segments]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def segments_from_text(text: str) -> tuple[Segment, ...]:
    """Read what `segments_to_text` wrote."""
    return tuple(Segment(start=start, end=end, speaker=who, text=said) for start, end, who, said in json.loads(text))
