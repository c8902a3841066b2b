"""Does what is due about a recording: copies it, deletes it at the provider and in the end here, has it transcribed.

Each step does one thing and writes it down; whatever is repeated after a crash finds done what was done.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, Final

from heartline.domain.errors import Contended, Refused, Unavailable
from heartline.domain.messages import Attachment, Message, PendingMedia
from heartline.domain.peaks import Peaks
from heartline.domain.recordings import Recording, Removed, Task, next_task
from heartline.services.ports import Clock, MessageReference
from heartline.services.recording_ports import RecordingStore, SoundSource, Vault
from heartline.services.transcribe import Transcribe, outputs

SOUND_BYTES: Final = 100 * 1024 * 1024
"""Of an MP3: seven hours of a telephone call."""

SOUND_SECONDS: Final = 50.0
WAVE_BYTES: Final = 240 * 1024 * 1024
"""Of the WAV that the waveform is drawn from: four hours at 8 kHz and 16 bits; what is longer has no waveform."""

WAVE_SECONDS: Final = 30.0
_SOUNDS: Final = {"audio/mpeg": "mp3", "audio/wav": "wav", "audio/x-wav": "wav"}
_STORED_AS: Final = "application/octet-stream"
_MOST_STEPS: Final = 8
EXPIRED: Final = "Deleted after {} days, as configured."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOnRecording:
    """`spool` opens an empty file for sound on its way, which its closing deletes."""

    store: RecordingStore
    source: SoundSource
    vault: Vault
    transcribe: Transcribe
    spool: Callable[[], BinaryIO]
    clock: Clock

    def __call__(self, reference: MessageReference, *, last: bool = False) -> None:
        """Take step after step until nothing is due.

        Raises `Unavailable` while the sound cannot be had: on the `last` time the message says so instead. Raises
        `Contended` if somebody else worked on it meanwhile.
        """
        message = self.store.message(reference)
        for _ in range(_MOST_STEPS):
            if message is None or message.recording is None:
                return
            task = next_task(
                message.recording,
                waiting=any(not medium.refused for medium in message.pending_media),
                copied=bool(message.attachments),
                now=self.clock(),
            )
            if task is None:
                return
            message = self._carry_out(task, reference, message, message.recording, last=last)

    def _carry_out(
        self, task: Task, reference: MessageReference, message: Message, recording: Recording, *, last: bool
    ) -> Message | None:
        """The message after one step; None where the rest is somebody else's to report."""
        match task:
            case Task.COPY:
                return self._kept(reference, message, self._copied(message, recording, last=last))
            case Task.FORGET:
                self.source.delete_recording(recording.id)
                return self._write(message, replace(recording, at_provider=False))
            case Task.EXPIRE:
                words = EXPIRED.format(recording.keep_days)
                return self.store.change(message, removed(message, words, at=self.clock()))
            case Task.PURGE:
                return self._purged(reference, message, recording)
            case Task.TRANSCRIBE:
                return self.transcribe.order(reference, message, recording)
            case Task.LOOK:
                return self.transcribe.look(reference, message, recording)

    def _kept(self, reference: MessageReference, before: Message, after: Message) -> Message:
        """Write that the sound is there; if it was deleted by a person meanwhile, it does not stay behind."""
        try:
            return self.store.change(before, after)
        except Contended:
            met = self.store.message(reference)
            if met is None or met.recording is None or met.recording.removed is not None:
                self.vault.delete(sound_of(before))
            raise

    def _write(self, message: Message, recording: Recording) -> Message:
        return self.store.change(message, replace(message, recording=recording))

    def _copied(self, message: Message, recording: Recording, *, last: bool) -> Message:
        """The message with its sound in our bucket, or with the reason why that is given up."""
        medium = message.pending_media[0]
        try:
            sound = self._stored(medium, message, recording)
        except Refused as refusal:
            return replace(message, pending_media=(replace(medium, refused=str(refusal)),))
        except Unavailable as fault:
            if not last:
                raise
            return replace(message, pending_media=(replace(medium, refused=str(fault)),))
        peaks = self._peaks(medium.url)
        return replace(message, attachments=(sound,), pending_media=(), recording=replace(recording, peaks=peaks))

    def _stored(self, medium: PendingMedia, message: Message, recording: Recording) -> Attachment:
        """Copy by way of a file: an hour of talk is 15 MB, and a file can be sent again where a stream cannot."""
        digest = sha256()
        with self.spool() as spool:

            def take(piece: bytes) -> None:
                digest.update(piece)
                spool.write(piece)

            served = self.source.pour(medium.url, take, largest=SOUND_BYTES, seconds=SOUND_SECONDS)
            content_type = served.partition(";")[0].strip().lower()
            if content_type not in _SOUNDS:
                raise Refused(f"The provider gave something else than sound ({content_type[:60] or 'no type'}).")
            size = spool.tell()
            spool.seek(0)
            self.vault.put_stream(sound_of(message), spool, _STORED_AS)
        return Attachment(
            filename=f"{recording.kind.value}.{_SOUNDS[content_type]}",
            content_type=content_type,
            size=size,
            sha256=digest.hexdigest(),
            key=sound_of(message),
        )

    def _peaks(self, url: str) -> bytes:
        """The waveform, or none: a recording that cannot be drawn can still be heard."""
        peaks = Peaks()
        try:
            self.source.pour(wave_of(url), peaks.feed, largest=WAVE_BYTES, seconds=WAVE_SECONDS)
        except (Refused, Unavailable):
            return b""
        return peaks.bars()

    def _purged(self, reference: MessageReference, message: Message, recording: Recording) -> Message | None:
        """Everything that was ever made of it, at the provider, in our bucket and at the transcriber.

        None while a job may write yet: the clock comes back for that.
        """
        self.source.delete_recording(recording.id)
        ended = self.transcribe.forget(reference, recording)
        for key in (sound_of(message), *outputs(message, recording)):
            self.vault.delete(key)
        if not ended:
            return None
        gone = replace(recording, purged=True, at_provider=False, peaks=b"")
        return self.store.change(message, replace(message, attachments=(), pending_media=(), recording=gone))


def removed(message: Message, words: str, *, at: datetime) -> Message:
    """The message without what was said in it, from now on; the sound itself goes with the next step."""
    if message.recording is None:
        raise Refused("This message has no recording.")
    transcript = replace(message.recording.transcript, segments=(), reason="")
    gone = replace(message.recording, removed=Removed(words=words, at=at), transcript=transcript)
    return replace(message, text=gone.label, attachments=(), recording=gone)


def sound_of(message: Message) -> str:
    """Where its sound is kept, whatever it sounds like: what is deleted must be found without having been read."""
    return f"recordings/{message.id}/sound"


def wave_of(url: str) -> str:
    """The same recording as WAV."""
    return url.removesuffix(".mp3") + ".wav"
