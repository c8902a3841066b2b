"""Copies what a provider still holds of a message, recordings and pictures, into our own store."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Protocol

from heartline.domain.errors import Refused
from heartline.domain.messages import Attachment, Channel, Message, PendingMedia
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

OPAQUE: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as the provider served it."""

    content: bytes
    content_type: str


class MediaSource(Protocol):
    """The provider's files."""

    def fetch(self, url: str) -> File:
        """Raise `Refused` for what is never to be fetched (a foreign host, too large), else `Unavailable`."""
        ...

    def delete_recording(self, recording: str) -> None:
        """Delete a recording at the provider; one that is gone already is no error."""
        ...


class MediaStore(Protocol):
    """Messages whose files are copied."""

    def message(self, reference: MessageReference) -> Message | None: ...

    def complete(self, reference: MessageReference, message: Message) -> None:
        """Write the message's attachments, and that nothing is pending, if it still was."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMedia:
    """Every step may be repeated: files are stored by their content, and a message is completed once."""

    store: MediaStore
    source: MediaSource
    blobs: Blobs

    def __call__(self, reference: MessageReference) -> None:
        """Copy all pending files of a message, then delete a recording at the provider.

        Raises `Unavailable` if a file cannot be had now: the queue asks again, and nothing is shown half.
        """
        message = self.store.message(reference)
        if message is None:
            return
        if message.pending_media:
            self.store.complete(reference, self._copied(message))
        if message.channel is Channel.VOICE and not message.event:
            self.source.delete_recording(message.provider_id)

    def _copied(self, message: Message) -> Message:
        copied: list[Attachment] = []
        refused: list[str] = []
        for position, medium in enumerate(message.pending_media, start=1):
            try:
                copied.append(self._copy(medium, _stem(message, position)))
            except Refused as refusal:
                refused.append(str(refusal))
        return replace(
            message,
            attachments=(*message.attachments, *copied),
            pending_media=(),
            explanation=_explained(message, refused),
        )

    def _copy(self, medium: PendingMedia, stem: str) -> Attachment:
        file = self.source.fetch(medium.url)
        served = file.content_type.partition(";")[0].strip().lower()
        content_type = served if served in EXTENSIONS else OPAQUE
        digest = sha256(file.content).hexdigest()
        key = f"attachments/{digest}"
        self.blobs.put(key, file.content, OPAQUE)
        return Attachment(
            filename=f"{stem}.{EXTENSIONS.get(content_type, 'bin')}",
            content_type=content_type,
            size=len(file.content),
            sha256=digest,
            key=key,
        )


def _stem(message: Message, position: int) -> str:
    if message.channel is Channel.VOICE:
        return "voicemail"
    return f"file-{position}"


def _explained(message: Message, refused: Sequence[str]) -> str:
    """Say what was left out, in the message itself: nothing goes missing in silence."""
    if not refused:
        return message.explanation
    count = f"{len(refused)} of {len(message.pending_media)} files not imported: {' '.join(refused)}"
    return f"{message.explanation} {count}".strip()
