"""Which files a text or a WhatsApp message may carry. Tables with their sources, and a sentence for each refusal.

Sources: https://www.twilio.com/docs/messaging/guides/accepted-mime-types and
https://www.twilio.com/docs/messaging/api/message-resource (MediaUrl: five megabytes for pictures that Twilio fits to
the telephone, 500 kilobytes for other types); https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.messages import Attachment, Channel
from heartline.domain.uploads import Upload

_MB: Final = 1024 * 1024
_KB: Final = 1024

_FITTED: Final = ("image/jpeg", "image/png", "image/gif")
"""Twilio fits these to the telephone, and it shows them in the message (United States and Canada)."""

_ACCEPTED: Final = (
    "application/pdf", "application/vcard", "audio/3gpp", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg",
    "audio/vnd.wave", "image/bmp", "image/heic", "image/heif", "image/tiff", "text/calendar", "text/csv", "text/vcard",
    "text/x-vcard", "video/3gpp", "video/mp4", "video/mpeg", "video/quicktime", "video/webm",
)  # fmt: skip
"""Twilio passes these on as they are."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_DOCUMENTS: Final = (
    "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet", f"{_OFFICE}.presentationml.presentation",
    "audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg", "text/vcard", "video/mp4",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`types` maps a content type to the most bytes of one such file; `total` is for all files of a message."""

    name: str
    count: int
    total: int
    types: Mapping[str, int] = field(repr=False)


LIMITS: Final = {
    Channel.SMS: Limits(
        name="A text",
        count=10,
        total=5 * _MB,
        types=dict.fromkeys(_ACCEPTED, 500 * _KB) | dict.fromkeys(_FITTED, 5 * _MB),
    ),
    Channel.WHATSAPP: Limits(
        name="A WhatsApp message",
        count=1,
        total=16 * _MB,
        types=dict.fromkeys(_DOCUMENTS, 16 * _MB) | dict.fromkeys(("image/jpeg", "image/png"), 5 * _MB),
    ),
}


def check_enclosures(channel: Channel, files: Collection[Attachment | Upload]) -> None:
    """Raise `Invalid` with what to do if the provider would refuse a message with these files."""
    limits = LIMITS[channel]
    if len(files) > limits.count:
        raise Invalid(f"{limits.name} takes {limits.count} at most of these {len(files)} files: send them one by one.")
    for file in files:
        _check_file(limits, file)
    total = sum(file.size for file in files)
    if total > limits.total:
        raise Invalid(f"The files have {_size(total)} together; {limits.name.lower()} takes {_size(limits.total)}.")


def _check_file(limits: Limits, file: Attachment | Upload) -> None:
    most = limits.types.get(file.content_type)
    if most is None:
        raise Invalid(
            f"{limits.name} cannot carry “{file.filename}” ({file.content_type}): send it by mail, or as a picture."
        )
    if file.size > most:
        raise Invalid(
            f"“{file.filename}” has {_size(file.size)}; {limits.name.lower()} takes {_size(most)} of this type."
        )


def _size(count: int) -> str:
    return f"{count / _MB:.1f} MB" if count >= _MB else f"{count / _KB:.0f} KB"
