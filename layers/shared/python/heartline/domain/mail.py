"""What a mail says once it is parsed: addresses, bodies, attachments, verdicts and delivery reports."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from heartline.domain.delivery_codes import is_bad_address


class Kind(StrEnum):
    """What a message is; only `HUMAN` reopens, starts a clock, triggers an auto-reply or notifies.

    `KEYWORD` is a text of one word that asks for texts, for no texts, or for help; all others are mails.
    """

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    RECEIPT = "receipt"
    LIST = "list"
    OWN_LOOP = "own_loop"
    SPAM = "spam"
    VIRUS = "virus"
    KEYWORD = "keyword"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAddress:
    """One entry of an address header; either part may be empty ("Undisclosed recipients", a bare address)."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class MailFile:
    """A leaf of a mail that is not its text: `content` is decoded, `content_id` has no angle brackets."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""
    inline: bool = False

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        """The content's digest, 64 lower-case hexadecimal digits."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a report says about one recipient (RFC 3464, section 2.3).

    `action` is failed, delayed, delivered, relayed or expanded; `status` is an enhanced code ("5.1.1") or empty.
    """

    recipient: str
    action: str = "failed"
    status: str = ""
    diagnostic: str = ""
    original_message_id: str = ""

    @property
    def address_is_bad(self) -> bool:
        """Whether nothing will ever arrive there, so that the address is worth blocking.

        A full mailbox, a large mail or a spam rule is not the address's fault, and neither is a delay.
        """
        return self.action == "failed" and is_bad_address(self.status, self.diagnostic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What the receiving server found, in lower case ("pass", "fail", "gray" …); empty where it said nothing."""

    spam: str = ""
    virus: str = ""
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""

    @property
    def forged(self) -> bool:
        """Whether the address in From is known not to be its sender's (RFC 7489, section 3.1)."""
        return self.dmarc == "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """A mail as the rest of Heartline sees it; every text is valid Unicode, every list is in the mail's order.

    Message-IDs have neither angle brackets nor folding. `recipients` are the addresses that delivery headers name
    (Delivered-To, X-Original-To …). `date` is aware and in UTC. `text` is the whole readable body, `html` is
    sanitised. `defects` has one plain sentence for each thing that was repaired or cut. `unanswerable`: its headers ask
    machines not to answer, whoever wrote it. `source_html` is the HTML as it came: to be divided, never to be shown.
    """

    message_id: str
    sender: MailAddress
    subject: str
    kind: Kind
    text: str
    visible_text: str
    html: str | None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    reply_to: tuple[MailAddress, ...] = ()
    date: datetime | None = None
    remote_images: tuple[str, ...] = ()
    attachments: tuple[MailFile, ...] = ()
    bounces: tuple[Bounce, ...] = ()
    verdicts: Verdicts = Verdicts()
    defects: tuple[str, ...] = ()
    placeholder: bool = False
    unanswerable: bool = False
    source_html: str = field(default="", repr=False)

    @property
    def addressed(self) -> tuple[str, ...]:
        """Every address that it may have reached us by, each once; those of the delivery come first."""
        return tuple(dict.fromkeys([*self.recipients, *(entry.address for entry in (*self.to, *self.cc))]))

    @property
    def answered(self) -> tuple[str, ...]:
        """The Message-IDs that it refers to, each once, the nearest first."""
        return tuple(dict.fromkeys([*self.in_reply_to, *reversed(self.references)]))

    @property
    def bounce(self) -> Bounce | None:
        """The first recipient that a report names; failures stand before delays and successes."""
        return min(self.bounces, key=lambda bounce: bounce.action != "failed", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDetails:
    """What a message that travelled by mail has besides its words; it is stored with the message.

    `message_id` has no angle brackets. `unverified`: it joined by a header, from an address that had no part in the
    conversation. `off_subject`: it joined, but under a materially other subject. `sanitised` is the version of the
    sanitiser that made the stored HTML, 0 where there is none. `automatic`: a machine of ours wrote it.
    """

    message_id: str = ""
    kind: Kind = Kind.HUMAN
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()
    reply_to: tuple[MailAddress, ...] = ()
    verdicts: Verdicts = Verdicts()
    remote_images: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()
    bounces: tuple[Bounce, ...] = ()
    placeholder: bool = False
    unverified: bool = False
    off_subject: bool = False
    automatic: bool = False
    sanitised: int = 0

    @property
    def everyone(self) -> tuple[MailAddress, ...]:
        """Whom it went to, seen and unseen."""
        return (*self.to, *self.cc, *self.bcc)


def as_json(mail: ParsedMail) -> dict[str, object]:
    """The object that `heartline mail parse` prints; attachments are described, their bytes left out."""
    return {
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "from": _address(mail.sender),
        "to": [_address(entry) for entry in mail.to],
        "cc": [_address(entry) for entry in mail.cc],
        "reply_to": [_address(entry) for entry in mail.reply_to],
        "subject": mail.subject,
        "date": _instant(mail.date),
        "kind": mail.kind.value,
        "text": mail.text,
        "visible_text": mail.visible_text,
        "html": mail.html,
        "remote_images": list(mail.remote_images),
        "attachments": [_file(attachment) for attachment in mail.attachments],
        "bounce": _bounce(mail.bounce) if mail.bounce else None,
        "bounces": [_bounce(bounce) for bounce in mail.bounces],
        "defects": list(mail.defects),
        "placeholder": mail.placeholder,
    }


def _address(entry: MailAddress) -> dict[str, str]:
    return {"name": entry.name, "address": entry.address}


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _file(attachment: MailFile) -> dict[str, object]:
    return {
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "content_id": attachment.content_id,
        "inline": attachment.inline,
    }


def _bounce(bounce: Bounce) -> dict[str, str]:
    return {
        "recipient": bounce.recipient,
        "status": bounce.status,
        "action": bounce.action,
        "diagnostic": bounce.diagnostic,
        "original_message_id": bounce.original_message_id,
    }
