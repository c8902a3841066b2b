"""Has recordings turned into words: orders a transcript, takes it in when it is there, says why there is none."""

import re
from dataclasses import dataclass, replace
from typing import Final

from heartline.domain.errors import Contended, Invalid, Refused, Unavailable
from heartline.domain.inboxes import Company
from heartline.domain.messages import Message
from heartline.domain.recordings import (
    GIVEN_UP_AFTER,
    Recording,
    RecordingKind,
    RecordingRules,
    Segment,
    Transcript,
    TranscriptState,
    segments_from_text,
    segments_to_text,
)
from heartline.services.ports import Clock, Configuration, MessageReference
from heartline.services.recording_ports import Heard, Job, RecordingStore, Transcriber, Unheard, Vault

USUAL_LANGUAGE: Final = "en-US"
INLINE_BYTES: Final = 4096
"""A longer transcript has an object of its own, as a long body has."""

_SEARCHABLE: Final = 3000
"""Characters of a transcript that stand in the message's own text, for previews and for whoever searches."""

_TOO_LONG: Final = "The transcriber did not answer within a day."
_JOB: Final = re.compile(
    r"[A-Za-z0-9-]+\.([0-9A-Za-z_-]+)\.M_(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)_([0-9A-Za-z_-]+)\.(\d{1,4})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribe:
    """`prefix` begins the names of all jobs of this deployment."""

    store: RecordingStore
    transcriber: Transcriber
    vault: Vault
    configuration: Configuration
    clock: Clock
    prefix: str

    def order(self, reference: MessageReference, message: Message, recording: Recording) -> Message:
        """Order a transcript and write down that it runs; a repetition orders the same job.

        Raises `Unavailable` while nobody takes the order, and gives up after a day.
        """
        rules = _rules(self.configuration.company(), recording.inbox)
        job = self._job(reference, message, recording, rules)
        try:
            self.transcriber.start(job)
        except Refused as refusal:
            return self._write(message, recording, _failed(recording.transcript, str(refusal)))
        except Unavailable as fault:
            if not self._is_overdue(recording):
                raise
            return self._write(message, recording, _failed(recording.transcript, str(fault)))
        running = replace(
            recording.transcript, state=TranscriptState.RUNNING, since=self.clock(), job=job.name, reason=""
        )
        return self._write(message, recording, running)

    def look(self, reference: MessageReference, message: Message, recording: Recording) -> Message | None:
        """Take in what came of the present job; None while it runs."""
        transcript = recording.transcript
        name = transcript.job or job_name(self.prefix, reference, transcript.attempt)  # a split changes the reference
        outcome = self._outcome(recording, name)
        if outcome is None:
            return None
        if isinstance(outcome, Unheard):
            return self._write(message, recording, _failed(transcript, outcome.reason))
        return self._heard(reference, message, recording, outcome)

    def _outcome(self, recording: Recording, name: str) -> Heard | Unheard | None:
        """What came of a job; one that does not end, or cannot be asked after, for a day has failed."""
        overdue = self._is_overdue(recording)
        try:
            outcome = self.transcriber.outcome(name)
        except Unavailable as fault:
            if not overdue:
                raise
            return Unheard(reason=str(fault))
        return Unheard(reason=_TOO_LONG) if outcome is None and overdue else outcome

    def reported(self, name: str) -> None:
        """A job has ended. What nobody waits for any more is deleted; what is not ours is left alone."""
        reference, attempt = named_by(name)
        message = self.store.message(reference)
        recording = message.recording if message else None
        if message is None or recording is None:
            return
        if recording.removed is not None:
            self.transcriber.forget(name)
            for key in outputs(message, recording):
                self.vault.delete(key)
        elif recording.under_way and recording.transcript.attempt == attempt:
            self.look(reference, message, recording)

    def forget(self, reference: MessageReference, recording: Recording) -> bool:
        """Delete the jobs of a recording that is gone; False while the present one runs, for that cannot be deleted.

        It will write what it hears, and whether anybody hears of that is not certain: it is to be looked after.
        """
        kept = recording.transcript
        present = kept.job or job_name(self.prefix, reference, kept.attempt)
        if recording.under_way and self._outcome(recording, present) is None:
            return False
        names = (job_name(self.prefix, reference, attempt) for attempt in range(1, kept.attempt + 1))
        for name in dict.fromkeys((*names, *([kept.job] if kept.job else []))):
            self.transcriber.forget(name)
        return True

    def segments(self, recording: Recording) -> tuple[Segment, ...]:
        """The whole transcript, wherever it is kept."""
        kept = recording.transcript
        if not kept.key or recording.removed is not None:
            return kept.segments
        return segments_from_text(self.vault.get(kept.key).decode())

    def _job(self, reference: MessageReference, message: Message, recording: Recording, rules: RecordingRules) -> Job:
        attempt = recording.transcript.attempt
        return Job(
            name=job_name(self.prefix, reference, attempt),
            media=message.attachments[0].key,
            output=_output(message, attempt),
            languages=_languages(recording, rules),
            speakers=recording.kind is RecordingKind.TALK,
            channels=recording.channels,
            redact=rules.redact,
        )

    def _heard(self, reference: MessageReference, message: Message, recording: Recording, heard: Heard) -> Message:
        """Long ones are stored before the message says so; the words that are searched stand in the message."""
        rows = segments_to_text(heard.segments).encode()
        key = _kept_at(message, recording.transcript.attempt) if len(rows) > INLINE_BYTES else ""
        if key:
            self.vault.put(key, rows, "application/json")
        transcript = replace(
            recording.transcript,
            state=TranscriptState.READY,
            reason="",
            language=heard.language,
            segments=() if key else heard.segments,
            key=key,
        )
        words = " ".join(segment.text for segment in heard.segments)[:_SEARCHABLE]
        text = f"{recording.label}\n\n{words}" if words else recording.label
        after = replace(message, text=text, recording=replace(recording, transcript=transcript))
        return self._kept(reference, message, after)

    def _is_overdue(self, recording: Recording) -> bool:
        return self.clock() >= (recording.transcript.since or recording.at) + GIVEN_UP_AFTER

    def _kept(self, reference: MessageReference, before: Message, after: Message) -> Message:
        """Write that the words are there; if the recording was deleted meanwhile, they do not stay behind."""
        try:
            return self.store.change(before, after)
        except Contended:
            met = self.store.message(reference)
            gone = met is None or met.recording is None or met.recording.removed is not None
            if gone and after.recording is not None and after.recording.transcript.key:
                self.vault.delete(after.recording.transcript.key)
            raise

    def _write(self, message: Message, recording: Recording, transcript: Transcript) -> Message:
        return self.store.change(message, replace(message, recording=replace(recording, transcript=transcript)))


def job_name(prefix: str, reference: MessageReference, attempt: int) -> str:
    """The name that says which message a job is for: repeated, it is the same job.

    Letters, digits, `.`, `_` and `-`, 200 at most:
    https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
    """
    sort = reference.sort.replace("#", "_").replace(":", "-")
    return f"{prefix}.{reference.conversation}.{sort}.{attempt}"


def named_by(name: str) -> tuple[MessageReference, int]:
    """The message and the attempt in a job's name; raises `Invalid` for a job that is not ours."""
    found = _JOB.fullmatch(name)
    if found is None:
        raise Invalid("The job is none of ours.")
    conversation, day, hour, minute, second, message, attempt = found.groups()
    sort = f"M#{day}{hour}:{minute}:{second}#{message}"
    return MessageReference(conversation=conversation, sort=sort), int(attempt)


def outputs(message: Message, recording: Recording) -> tuple[str, ...]:
    """Every object that the transcripts of a recording may have left."""
    attempts = range(1, recording.transcript.attempt + 1)
    return tuple(key for n in attempts for key in (_output(message, n), _redacted(message, n), _kept_at(message, n)))


def _output(message: Message, attempt: int) -> str:
    return f"transcripts/{message.id}/{attempt}.json"


def _redacted(message: Message, attempt: int) -> str:
    """Where the transcriber puts one that it took personal data out of."""
    return f"transcripts/{message.id}/redacted-{attempt}.json"


def _kept_at(message: Message, attempt: int) -> str:
    return f"transcripts/{message.id}/{attempt}-segments.json"


def _rules(company: Company, name: str) -> RecordingRules:
    inbox = company.inbox(name)
    return inbox.voice_rules.recording if inbox else RecordingRules()


def _languages(recording: Recording, rules: RecordingRules) -> tuple[str, ...]:
    """The call's own language where it is known and allowed; else what has to be told apart."""
    allowed = rules.languages or (recording.language or USUAL_LANGUAGE,)
    return (recording.language,) if recording.language in allowed else allowed


def _failed(transcript: Transcript, reason: str) -> Transcript:
    return replace(transcript, state=TranscriptState.FAILED, reason=reason)
