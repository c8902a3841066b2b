"""What was sent: the bytes as recipients get them, beside the envelope that SES was given."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from pathlib import Path
from typing import Any, cast


@dataclass(frozen=True, kw_only=True)
class SentMail:
    """`id` is what SES's API answered; `raw` carries the Message-ID that SES put in place of ours.

    `sender` and `recipients` are the envelope's: bare addresses, blind copies among them.
    """

    id: str
    sender: str
    recipients: tuple[str, ...]
    at: datetime
    raw: bytes

    @cached_property
    def parsed(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)

    def header(self, name: str) -> str:
        return str(self.parsed.get(name, ""))

    def addresses(self, name: str) -> list[str]:
        header = self.parsed.get(name)
        return [address.addr_spec for address in header.addresses] if header else []

    @property
    def bcc(self) -> list[str]:
        """Who got it without being named in it."""
        named = {address.lower() for address in (*self.addresses("To"), *self.addresses("Cc"))}
        return [address for address in self.recipients if address.lower() not in named]

    def body(self, kind: str) -> str:
        """The text of the part of `kind`, plain or html; empty if there is none."""
        part = self.parsed.get_body((kind,))
        return str(part.get_content()) if part else ""

    def files(self) -> Iterator[dict[str, Any]]:
        """Whatever is attached or shown in place, without its content."""
        for part in self.parsed.walk():
            name = part.get_filename()
            if name:
                content = cast("bytes", part.get_payload(decode=True))
                yield {"filename": name, "content_type": part.get_content_type(), "size": len(content)}

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "message_id": self.header("Message-ID"),
            "from": self.header("From"),
            "to": self.addresses("To"),
            "cc": self.addresses("Cc"),
            "bcc": self.bcc,
            "reply_to": self.addresses("Reply-To"),
            "in_reply_to": self.header("In-Reply-To"),
            "references": self.header("References").split(),
            "automatic": self.header("Auto-Submitted"),
            "subject": self.header("Subject"),
            "text": self.body("plain"),
            "html": self.body("html"),
            "attachments": list(self.files()),
            "at": self.at.isoformat(),
        }


class SentMails:
    """A folder of sent mails, so that the mailbox is there again at the next start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, mail: SentMail) -> None:
        envelope = {name: value for name, value in asdict(mail).items() if name != "raw"}
        (self._folder / f"{mail.id}.eml").write_bytes(mail.raw)
        content = json.dumps(envelope | {"at": mail.at.isoformat()})
        (self._folder / f"{mail.id}.json").write_text(content, encoding="utf-8")

    def all(self) -> list[SentMail]:
        """Newest first."""
        mails = [self._read(path) for path in self._folder.glob("*.json")]
        return sorted(mails, key=lambda mail: mail.at, reverse=True)

    def get(self, identifier: str) -> SentMail | None:
        """The mail with SES's id; `identifier` comes from an address, so it must be one of ours letter by letter."""
        return next((mail for mail in self.all() if mail.id == identifier), None)

    def _read(self, path: Path) -> SentMail:
        envelope = json.loads(path.read_text(encoding="utf-8"))
        return SentMail(
            id=envelope["id"],
            sender=envelope["sender"],
            recipients=tuple(envelope["recipients"]),
            at=datetime.fromisoformat(envelope["at"]).astimezone(UTC),
            raw=path.with_suffix(".eml").read_bytes(),
        )
