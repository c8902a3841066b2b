"""Writes the mail of a customer who exists only here."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What to write. `in_reply_to` is a Message-ID, with or without angle brackets."""

    sender: str
    recipient: str
    subject: str
    body: str
    in_reply_to: str = ""
    attachments: Sequence[Path] = ()


def compose(letter: Letter) -> EmailMessage:
    """A message as a mail program writes it.

    :raises ValueError: for a line break in an address or the subject, or a sender without a domain.
    :raises OSError: for an attachment that cannot be read.
    """
    _, at_sign, domain = parseaddr(letter.sender)[1].rpartition("@")
    if not at_sign or not domain:
        raise ValueError(f"{letter.sender!r} is not a mail address")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = letter.sender, letter.recipient, letter.subject
    message["Date"], message["Message-ID"] = datetime.now(UTC), make_msgid(domain=domain)
    if letter.in_reply_to:
        reference = f"<{letter.in_reply_to.strip('<> ')}>"
        message["In-Reply-To"], message["References"] = reference, reference
    message.set_content(letter.body + "\n")
    for path in letter.attachments:
        _attach(message, path)
    return message


def _attach(message: EmailMessage, path: Path) -> None:
    content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    kind, _, subtype = content_type.partition("/")
    message.add_attachment(path.read_bytes(), maintype=kind, subtype=subtype, filename=path.name)
