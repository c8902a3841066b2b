"""A mail of ours as raw bytes: text and HTML, the thread's headers, the signed return path; nothing can be injected."""

import re
from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from io import BytesIO
from typing import Final

from heartline.channels.email.names import LOOP_HEADER
from heartline.channels.email.words import one_line
from heartline.domain.addresses import wire_address
from heartline.domain.mail import MailAddress, MailFile

_REFERENCES_KEPT: Final = 20
_MESSAGE_ID: Final = re.compile(r"[^\s<>\x00-\x1f\x7f-\uffff]{1,900}\Z")
_MEDIA_TYPE: Final = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}\Z", re.ASCII)
_TEXT: Final = Charset("utf-8")
_TEXT.body_encoding = QP


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """What a mail of ours is made of. Ids have no angle brackets; `references` is the thread so far, oldest first.

    `signed_id` is the synthetic id that proves the conversation (it ends the References), `reply_to` the address
    with the signed token, `loop` the signed loop value: set, it makes the mail an automatic one. Files that are
    `inline` are shown where the HTML names their Content-ID.
    """

    sender: MailAddress
    to: tuple[MailAddress, ...]
    subject: str
    text: str
    html: str
    message_id: str
    at: datetime
    cc: tuple[MailAddress, ...] = ()
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    signed_id: str = ""
    loop: str = ""
    attachments: tuple[MailFile, ...] = field(default=(), repr=False)


def render_mail(mail: OutgoingMail) -> bytes:
    """The mail as bytes with CRLF line ends, ready for a raw send; equal mails give equal bytes.

    Raises `Invalid` for an address that SES does not send to. Line breaks and control characters in names,
    subjects and file names become spaces; Message-IDs that could break a header are left out.
    """
    message = _with_attachments(_body(mail), [file for file in mail.attachments if not file.inline])
    for name, value in _headers(mail):
        message[name] = value
    _set_boundaries(message, mail.message_id)
    buffer = BytesIO()
    writer = BytesGenerator(buffer, mangle_from_=False, policy=_WIRE)
    writer.flatten(message)  # type: ignore[arg-type]  # typeshed ties this policy to EmailMessage
    return buffer.getvalue()


_WIRE: Final = SMTP.clone(max_line_length=0, refold_source="none")
"""Our headers are folded already; the standard fold would wrap long Message-IDs into encoded words."""


def _headers(mail: OutgoingMail) -> list[tuple[str, str]]:
    """Every header in its order; those without a value are left out."""
    thread = [identifier for identifier in dict.fromkeys(mail.references) if identifier != mail.signed_id]
    references = [*thread[-_REFERENCES_KEPT:], mail.signed_id]
    headers = [
        ("From", _mailboxes((mail.sender,))),
        ("To", _mailboxes(mail.to)),
        ("Cc", _mailboxes(mail.cc)),
        (
            "Reply-To",
            _mailboxes((MailAddress(name=mail.sender.name, address=mail.reply_to),) if mail.reply_to else ()),
        ),
        ("Subject", _encoded(mail.subject, "Subject")),
        ("Date", format_datetime(mail.at.astimezone(UTC))),
        ("Message-ID", _identifiers((mail.message_id,))),
        ("In-Reply-To", _identifiers((mail.in_reply_to,))),
        ("References", _identifiers(references)),
        *(_automatic(mail.loop) if mail.loop else ()),
    ]
    return [(name, value) for name, value in headers if value]


def _automatic(loop: str) -> tuple[tuple[str, str], ...]:
    """What keeps other machines from answering, and tells us our own mail (RFC 3834; Exchange's own header)."""
    return (
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
        (LOOP_HEADER, one_line(loop)),
    )


def _mailboxes(addresses: Sequence[MailAddress]) -> str:
    return ",\r\n ".join(_mailbox(entry) for entry in addresses)


def _mailbox(entry: MailAddress) -> str:
    address, name = wire_address(entry.address), one_line(entry.name)
    if not name:
        return address
    if name.isascii() and len(name) < 60:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_encoded(name, 'To')} <{address}>"


def _identifiers(identifiers: Sequence[str]) -> str:
    return "\r\n ".join(f"<{identifier}>" for identifier in identifiers if _MESSAGE_ID.match(identifier))


def _encoded(text: str, name: str) -> str:
    """`text` on one line, as encoded words where it is not plain ASCII or would be read as one."""
    plain = one_line(text)
    is_plain = plain.isascii() and "=?" not in plain and len(plain) < 900
    return plain if is_plain else Header(plain, "utf-8", header_name=name, maxlinelen=76).encode(linesep="\r\n")


def _body(mail: OutgoingMail) -> Message:
    """The text and the HTML; with the HTML go the images that it shows (RFC 2387)."""
    body = MIMEMultipart("alternative")
    body.attach(_text_part(mail.text, "plain"))
    html: Message = _text_part(mail.html, "html")
    images = [file for file in mail.attachments if file.inline]
    if images:
        related = MIMEMultipart("related", type="text/html")
        for part in (html, *map(_attachment, images)):
            related.attach(part)
        html = related
    body.attach(html)
    return body


def _text_part(text: str, kind: str) -> Message:
    return MIMEText(text, kind, _TEXT)  # type: ignore[arg-type]  # typeshed wants a name, the code takes a Charset


def _with_attachments(body: Message, attachments: Sequence[MailFile]) -> Message:
    if not attachments:
        return body
    mail = MIMEMultipart("mixed")
    for part in (body, *map(_attachment, attachments)):
        mail.attach(part)
    return mail


def _attachment(attachment: MailFile) -> Message:
    """One file in base64; a type that is malformed, or would make programs take it apart, becomes a plain download."""
    kind = attachment.content_type if _MEDIA_TYPE.match(attachment.content_type) else "application/octet-stream"
    main, _, sub = kind.partition("/")
    if main in ("multipart", "message"):
        main, sub = "application", "octet-stream"
    part = MIMEBase(main, sub)
    part.set_payload(encodebytes(attachment.content).decode("ascii"))
    part["Content-Transfer-Encoding"] = "base64"
    name = one_line(attachment.filename) or "attachment"
    disposition = "inline" if attachment.inline and attachment.content_id else "attachment"
    part.add_header("Content-Disposition", disposition, filename=name if name.isascii() else ("utf-8", "", name))
    if _MESSAGE_ID.match(attachment.content_id):
        part["Content-ID"] = f"<{attachment.content_id}>"
    return part


def _set_boundaries(mail: Message, message_id: str) -> None:
    """Boundaries drawn from the mail's id, not at random: the same mail is the same mail."""
    for at, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{sha256(f'{message_id}/{at}'.encode()).hexdigest()[:32]}")
