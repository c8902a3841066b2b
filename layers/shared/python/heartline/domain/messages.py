"""What is said in a conversation: messages, their authors, attachments and delivery states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from heartline.domain.mail import Kind, MailDetails
from heartline.domain.recordings import Recording


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICE = "voice"
    NOTE = "note"


class Direction(StrEnum):
    """Who a message comes from, seen from the company."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class AuthorKind(StrEnum):
    """What kind of party speaks."""

    CONTACT = "contact"
    AGENT = "agent"
    SYSTEM = "system"


class DeliveryStatus(StrEnum):
    """Where a message is on its way; the order of progress is in `RANK`."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    UNKNOWN = "unknown"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


RANK: Final = {
    DeliveryStatus.QUEUED: 0,
    DeliveryStatus.SENDING: 1,
    DeliveryStatus.UNKNOWN: 2,
    DeliveryStatus.SENT: 3,
    DeliveryStatus.DELIVERED: 4,
    DeliveryStatus.READ: 5,
    DeliveryStatus.UNDELIVERED: 6,
    DeliveryStatus.FAILED: 6,
    DeliveryStatus.RECEIVED: 9,
}
"""A status replaces another only if its rank is higher (Twilio's callbacks arrive late, twice and out of order)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """The party that speaks: the sending identity itself, not the conversation's contact."""

    kind: AuthorKind
    id: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a message, already in our bucket.

    `key` is the object's key in the media bucket; `size` is in bytes; `content_id` is without angle brackets.
    """

    filename: str
    content_type: str
    size: int
    sha256: str
    key: str
    content_id: str = ""
    inline: bool = False


def named(files: Sequence[Attachment]) -> str:
    """What stands for a message that is files alone."""
    return ", ".join(file.filename for file in files)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingMedia:
    """A file that is still at the provider: an MMS medium or a recording. `url` is the provider's https address.

    `position` counts the files of a message from 1. `refused` says why it will never be had, once that is known.
    """

    url: str
    content_type: str
    provider_id: str
    position: int = 1
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One entry of a conversation's timeline.

    `at` is aware and in UTC. `text` is the whole readable text; `visible_text` is the part that its author wrote now,
    empty where that is all of it. `html` is sanitised or empty, `quoted_html` the folded history that follows
    it. `raw` points to the unparsed original (an object key of the mail bucket, or the guard item that holds the
    webhook's form).
    `code` is the provider's word for why it failed, `again` the provider's id of a first try that failed on the way, so
    that a second one was due; `again_at` is when, until that was made. `segments` and `price` (with its currency) are
    what a text was estimated to take.
    `event` names what happened when the entry is a step and not words ("ivr.choice", "call.offered" …).
    """

    id: str
    conversation: str
    channel: Channel
    direction: Direction
    author: Author
    at: datetime
    text: str
    visible_text: str = ""
    html: str = ""
    quoted_html: str = ""
    status: DeliveryStatus = DeliveryStatus.RECEIVED
    status_reason: str = ""
    provider_id: str = ""
    raw: str = ""
    event: str = ""
    subject: str = ""
    code: str = ""
    again: str = ""
    again_at: datetime | None = None
    segments: int = 0
    price: str = ""
    recipients: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    pending_media: tuple[PendingMedia, ...] = ()
    explanation: str = ""
    mail: MailDetails | None = None
    recording: Recording | None = None

    @property
    def words(self) -> str:
        """What its author wrote now, without the quoted history: what a list and a preview show."""
        return self.visible_text or self.text

    @property
    def customer_visible(self) -> bool:
        """Whether the customer wrote it or a colleague answered: what the collision guard of a reply compares.

        What a machine wrote, ours or anybody's, tells nobody anything new.
        """
        by_machine = self.author.kind is AuthorKind.SYSTEM or (
            self.mail is not None and (self.mail.automatic or self.mail.kind is not Kind.HUMAN)
        )
        return self.direction is not Direction.INTERNAL and not self.event and not by_machine
