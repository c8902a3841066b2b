"""A company's mail in both directions over one table: raw mails come in, and what it sends is kept as SES gets it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from heartline.channels.email.answer import MailSender
from heartline.channels.email.send import SesMail
from heartline.domain.conversations import Conversation
from heartline.domain.mail import MailDetails
from heartline.domain.messages import Channel, Message
from heartline.domain.threading import Keys
from heartline.services.configure import read_company
from heartline.services.handover import Handover
from heartline.storage.expressions import Item
from heartline.storage.keys import VIEW_INDEX
from heartline.storage.routing import DynamoRouting
from tests.fakes import MemoryBlobs, MemoryTable, RecordingBlocks
from tests.fakes.table import healthy
from tests.invariants import violations
from tests.letters import KEYS, imported, mail_receiver
from tests.office import DOCUMENT, TOM, Office

SUPPORT: Final = "support@acme.example"
REGION: Final = "eu-west-1"


def document(*, name: str = "acme", **rules: Any) -> dict[str, Any]:
    """The office's configuration with mail rules for its inbox of support; `name` makes it another company's."""
    support = {"id": "support", "name": "Support", "mail": [f"support@{name}.example"], "mail_rules": rules}
    return {**DOCUMENT, "inboxes": [support, *DOCUMENT["inboxes"][1:]]}


def letter(
    name: str,
    *,
    sender: str = f"Tom <{TOM}>",
    to: str = SUPPORT,
    subject: str = "My order",
    body: str = "Where is it?",
    answers: str = "",
    **headers: str,
) -> bytes:
    """A raw mail with the Message-ID `<name@example.org>`; underscores in the names of `headers` are hyphens."""
    lines = {"From": sender, "To": to, "Subject": subject, "Message-ID": f"<{name}@example.org>"}
    lines |= {"In-Reply-To": f"<{answers}>"} if answers else {}
    lines |= {field.replace("_", "-"): value for field, value in headers.items()}
    head = "".join(f"{field}: {value}\r\n" for field, value in lines.items())
    return f"{head}\r\n{body}\r\n".encode()


def report(original: str, *, recipient: str = TOM, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery report (RFC 3464) of the mail with the Message-ID `original`."""
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {SUPPORT}\r\nReturn-Path: <>\r\nSubject: Undelivered Mail\r\n"
        f"Message-ID: <report-{action}-{recipient}>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 {status} no such user\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\n--b--\r\n"
    ).encode()


@dataclass(slots=True)
class SentMails:
    """The little of SES that sending needs."""

    raw: list[bytes] = field(default_factory=list)

    def send_email(self, **request: Any) -> dict[str, str]:
        self.raw.append(request["Content"]["Raw"]["Data"])
        return {"MessageId": f"ses-{len(self.raw)}"}


@dataclass(slots=True)
class MailRoom:
    """One company; `rules` are the mail rules of its inbox of support. It is noon until the clock is moved."""

    rules: dict[str, Any] = field(default_factory=dict)
    name: str = "acme"
    keys: Keys = KEYS
    table: MemoryTable = field(default_factory=MemoryTable)
    ses: SentMails = field(default_factory=SentMails)
    blocks: RecordingBlocks = field(default_factory=RecordingBlocks)
    mails: MemoryBlobs = field(default_factory=MemoryBlobs)
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.table, company=read_company(self.document))
        self.office.mail = MailSender(  # type: ignore[assignment]  # a real way out, up to SES
            ses=SesMail(self.ses),  # type: ignore[arg-type]
            keys=self.keys,
            region=REGION,
            media=self.office.blobs,
            originals=self.office.reading,
        )

    @property
    def document(self) -> dict[str, Any]:
        return document(name=self.name, **self.rules)

    def take(self, raw: bytes, *, at: datetime | None = None) -> str:
        """Take a raw mail in, now or at `at`, and answer the conversation that has it."""
        at = at or self.office.clock.at
        key = f"raw/{len(self.mails.objects)}"
        self.mails.put(key, raw, "message/rfc822")
        receive = mail_receiver(
            self.office,
            mails=self.mails,
            media=self.office.blobs,
            document=self.document,
            blocks=self.blocks,
            keys=self.keys,
        )
        receive(key, at)
        earlier = {name for name, (content, _) in self.mails.objects.items() if content == raw}
        return next(str(item["PK"]).removeprefix("C#") for item in self.messages() if item.get("raw") in earlier)

    def messages(self) -> list[Item]:
        return [item for item in self.table.everything() if item["SK"].startswith("M#")]

    def heads(self) -> list[Item]:
        return [item for item in self.table.everything() if item["SK"] == "HEAD"]

    def head(self, conversation: str) -> Conversation:
        return self.office.head(conversation)

    def last(self, conversation: str) -> Message:
        """The message that came last of all; ids of mails do not sort, times do."""
        return self.office.timeline(conversation)[-1]

    def view(self, name: str) -> list[str]:
        return [head.id for head in self.office.reading.view([f"support#{name}"], limit=50, cursor=None).items]

    def view_of_held(self) -> list[str]:
        """What the held list of support names."""
        page = self.table.query("support#held", index=VIEW_INDEX, partition_name="view")
        return [item["PK"].removeprefix("HELD#") for item in page.items]

    def pass_by(self, **by: float) -> datetime:
        return self.office.clock.advance(**by)

    def answer(self, conversation: str, words: str = "On its way.", *, request: str = "r1") -> Message:
        """Answer by mail as an agent would, a minute later, and send it."""
        self.pass_by(minutes=1)
        message = self.office.reply(conversation, words, request=request, channel=Channel.EMAIL)
        self.send_all()
        return message

    def send_all(self) -> list[bytes]:
        """Send everything that waits; answers the raw mails of it."""
        before = len(self.ses.raw)
        for item in self.table.everything():
            if item["PK"].startswith("OUT#") and item.get("state") == "queued":
                self.office.send(item["PK"].removeprefix("OUT#"))
        return self.ses.raw[before:]

    def name_of(self, number: int = 1) -> str:
        """The Message-ID under which the world knows the mail that was sent as the `number`-th."""
        return f"ses-{number}@{REGION}.amazonses.com"

    def close(self, conversation: str) -> None:
        """Close it now, as routing does."""
        self.handover.close(conversation)

    def reopen(self, conversation: str) -> None:
        self.handover.reopen(conversation)

    @property
    def handover(self) -> Handover:
        office = self.office
        configuration = imported(office, self.document)
        return Handover(
            store=DynamoRouting(self.table), configuration=configuration, clock=office.clock, new_id=office.attempts
        )

    def sound(self) -> bool:
        """Whether no invariant is broken."""
        assert violations(self.table.everything()) == []
        return True


def during_next_write(room: MailRoom, work: Callable[[], object]) -> None:
    """Let something else happen just before the next transaction."""

    def meanwhile(moment: str, operation: str) -> None:
        if (moment, operation) == ("before", "TransactWriteItems"):
            room.table.hook = healthy
            work()

    room.table.hook = meanwhile


def details(message: Message) -> MailDetails:
    """What a message has besides its words, because it is a mail."""
    assert message.mail is not None
    return message.mail
