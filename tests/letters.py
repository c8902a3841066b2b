"""Raw mails made for a test, and an office that takes them in."""

from email.message import EmailMessage
from typing import Any, Final

from heartline.channels.email.receive import ReceiveMail
from heartline.domain.threading import Keys
from heartline.services.aftermath import Aftermath, Blocks
from heartline.services.auto_reply import AutoReply
from heartline.services.ports import Blobs
from heartline.storage.caps import DynamoCaps
from heartline.storage.configuration import StoredConfiguration
from tests.fakes import RecordingBlocks
from tests.office import DOCUMENT, TOM, Office

KEYS: Final = Keys(current="a", secrets={"a": b"a secret of the tests"})


def raw_mail(
    name: str,
    *,
    answers: str = "",
    body: str = "Where is my order 1234? It should be here by now.",
    attachment: bytes = b"",
    to: str = "support@acme.example",
) -> bytes:
    """A mail of Tom's with the Message-ID `<name@example.org>`; `answers` names the one that it replies to."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Tom <{TOM}>", to, "My order"
    mail["Message-ID"] = f"<{name}@example.org>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = f"<{answers}@example.org>"
    mail.set_content(body)
    if attachment:
        mail.add_attachment(attachment, maintype="application", subtype="pdf", filename="receipt.pdf")
        mail.set_boundary("the-same-every-time")
    return mail.as_bytes()


def mail_receiver(
    office: Office,
    *,
    mails: Blobs,
    media: Blobs,
    document: dict[str, Any] = DOCUMENT,
    blocks: Blocks | None = None,
    keys: Keys = KEYS,
) -> ReceiveMail:
    """Mail's way in, over an office whose configuration has been imported."""
    configuration = imported(office, document)
    return ReceiveMail(
        configuration=configuration,
        mails=mails,
        media=media,
        ingest=office.ingest,
        store=office.intake,
        references=office.intake,
        after=Aftermath(blocks=blocks or RecordingBlocks(), auto_reply=auto_reply(office, configuration)),
        keys=keys,
    )


def auto_reply(office: Office, configuration: StoredConfiguration) -> AutoReply:
    """The automatic answers of the office."""
    caps = DynamoCaps(office.table)
    return AutoReply(answer=office.answer, caps=caps, configuration=configuration, clock=office.clock)


def imported(office: Office, document: dict[str, Any] = DOCUMENT) -> StoredConfiguration:
    """The office's configuration in its table, read already, as in a warm function."""
    configuration = StoredConfiguration(office.table, lambda: 0.0)
    configuration.replace(document, [])
    configuration.company()
    return configuration
