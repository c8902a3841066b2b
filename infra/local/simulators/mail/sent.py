"""What was sent through the local SES, as far as MiniStack keeps it: addresses, subject, bodies, no other headers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """`id` is the bare id that SES's API returns; `message_id` is the Message-ID that recipients see."""

    id: str
    message_id: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    bcc: tuple[str, ...]
    subject: str
    text: str
    html: str
    at: datetime

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "message_id": self.message_id,
            "from": self.sender,
            "to": list(self.to),
            "cc": list(self.cc),
            "bcc": list(self.bcc),
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "at": self.at.isoformat(),
        }

    def to_eml(self) -> bytes:
        """A message with the same addresses, subject and bodies; its other headers and attachments are not known."""
        message = EmailMessage()
        headers = {
            "From": self.sender,
            "To": ", ".join(self.to),
            "Cc": ", ".join(self.cc),
            "Subject": self.subject,
            "Message-ID": self.message_id,
            "Date": self.at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        }
        for name, value in headers.items():
            if value:
                message[name] = " ".join(value.split())
        message.set_content(self.text)
        if self.html:
            message.add_alternative(self.html, subtype="html")
        return message.as_bytes()


def read_messages(answer: Mapping[str, Any]) -> list[SentMail]:
    """MiniStack's `GET /_ministack/ses/messages`, all accounts together, newest first."""
    return sorted(_each(answer), key=lambda mail: mail.at, reverse=True)


def _each(answer: Mapping[str, Any]) -> Iterator[SentMail]:
    for kept in answer["messages"].values():
        yield from (_mail(record) for record in kept)


def _mail(record: Mapping[str, Any]) -> SentMail:
    return SentMail(
        id=record["MessageId"].partition("@")[0],
        message_id=f"<{record['MessageId']}>",
        sender=record["Source"],
        to=tuple(record["To"]),
        cc=tuple(record["CC"]),
        bcc=tuple(record["BCC"]),
        subject=record["Subject"] or "",
        text=record["BodyText"] or "",
        html=record["BodyHtml"] or "",
        at=datetime.fromtimestamp(record["Timestamp"], UTC),
    )
