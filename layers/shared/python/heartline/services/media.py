"""Copies what a provider still holds of a message, pictures and other files, into our own store."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Protocol

from heartline.domain.errors import Refused, Unavailable
from heartline.domain.messages import Attachment, Message, PendingMedia
from heartline.services.ports import Blobs, MessageReference

EXTENSIONS: Final = {
    "application/pdf": "pdf",
    "audio/amr": "amr",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "text/calendar": "ics",
    "text/plain": "txt",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "video/3gpp": "3gp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}
"""The types that are shown as what they are; nothing in which a script could hide (HTML, SVG) is among them.

Source: https://www.twilio.com/docs/messaging/guides/accepted-mime-types
"""

_STEM: Final = "file-"

OPAQUE: Final = "application/octet-stream"

TOGETHER_SECONDS: Final = 50.0
"""For all files of a message in one delivery: less than half of what the function may run, so that it can say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as the provider served it."""

    content: bytes
    content_type: str


class MediaSource(Protocol):
    """The provider's files."""

    def fetch(self, url: str, *, seconds: float) -> File:
        """Raise `Refused` for what is never to be fetched (a foreign host, too large), else `Unavailable`.

        It takes no longer than `seconds`, but for what is under way when they end.
        """
        ...


class MediaStore(Protocol):
    """Messages whose files are copied."""

    def message(self, reference: MessageReference) -> Message | None: ...

    def advance(self, reference: MessageReference, message: Message, *, before: Sequence[PendingMedia]) -> None:
        """Write the message's files and what is still pending, unless somebody else got further since it was read.

        `before` is what was pending then.
        """
        ...


class RecordingWork(Protocol):
    """What is due about a message with a recording (`services.recording_work`)."""

    def __call__(self, reference: MessageReference, *, last: bool) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMedia:
    """Every step may be repeated: files are stored by their content, and each is copied or given up once."""

    store: MediaStore
    source: MediaSource
    blobs: Blobs
    recordings: RecordingWork
    monotonic: Callable[[], float]

    def __call__(self, reference: MessageReference, *, last: bool = False) -> None:
        """Copy the pending files of a message; a recording has its own work to be done.

        What could be had is shown at once. Raises `Unavailable` while a file cannot be had now: the queue asks again,
        and on the `last` time the message says which files it has to do without.
        """
        message = self.store.message(reference)
        if message is None:
            return
        if message.recording is not None:
            self.recordings(reference, last=last)
        elif message.pending_media:
            self._advanced(reference, message, last=last)

    def _advanced(self, reference: MessageReference, message: Message, *, last: bool) -> None:
        tried = list(self._each_tried(message.pending_media, last=last))
        copied = tuple(each for each in tried if isinstance(each, Attachment))
        left = tuple(each for each in tried if isinstance(each, PendingMedia))
        files = tuple(sorted((*message.attachments, *copied), key=_position))
        after = _settled(replace(message, attachments=files, pending_media=left))
        self.store.advance(reference, after, before=message.pending_media)
        if after.pending_media:
            waiting = sum(not medium.refused for medium in left)
            raise Unavailable(f"{waiting} of {len(message.pending_media)} files cannot be had now.")

    def _each_tried(self, media: Sequence[PendingMedia], *, last: bool) -> Iterator[Attachment | PendingMedia]:
        """One file after the other; each has its share of the time that is left, so that a slow one takes no more."""
        ends = self.monotonic() + TOGETHER_SECONDS
        for before, medium in enumerate(media):
            share = (ends - self.monotonic()) / (len(media) - before)
            yield self._tried(medium, seconds=share, last=last)

    def _tried(self, medium: PendingMedia, *, seconds: float, last: bool) -> Attachment | PendingMedia:
        """The file in our bucket, or what is left to do about it; one that is broken stops no other."""
        if medium.refused:
            return medium
        try:
            return self._copy(medium, seconds=seconds)
        except Refused as refusal:
            return replace(medium, refused=str(refusal))
        except Unavailable as fault:
            return replace(medium, refused=str(fault)) if last else medium

    def _copy(self, medium: PendingMedia, *, seconds: float) -> Attachment:
        file = self.source.fetch(medium.url, seconds=seconds)
        served = file.content_type.partition(";")[0].strip().lower()
        content_type = served if served in EXTENSIONS else OPAQUE
        digest = sha256(file.content).hexdigest()
        key = f"attachments/{digest}"
        self.blobs.put(key, file.content, OPAQUE)
        return Attachment(
            filename=f"{_STEM}{medium.position}.{EXTENSIONS.get(content_type, 'bin')}",
            content_type=content_type,
            size=len(file.content),
            sha256=digest,
            key=key,
        )


def _position(file: Attachment) -> int:
    """Where a file stood among those that came, whichever was to be had first."""
    return int(file.filename.removeprefix(_STEM).partition(".")[0])


def _settled(message: Message) -> Message:
    """Once no file is waited for, say in the message itself what was left out: nothing goes missing in silence."""
    refused = [medium.refused for medium in message.pending_media if medium.refused]
    if not refused or len(refused) < len(message.pending_media):
        return message
    total = len(message.attachments) + len(refused)
    told = f"{len(refused)} of {total} files not imported: {' '.join(dict.fromkeys(refused))}"
    return replace(message, pending_media=(), explanation=f"{message.explanation} {told}".strip())
