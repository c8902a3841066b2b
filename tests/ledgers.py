"""A provider's list made for a test, and an office whose mail is recorded in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from heartline.channels.email.receive import ReceiveMail
from heartline.channels.email.sanitise import VERSION
from heartline.domain.ledger import Entry, Received, State
from heartline.domain.messages import Channel
from heartline.services.ledger import Ledger
from heartline.services.ports import Blobs
from heartline.services.record import RecordMail
from heartline.services.rework import Rework
from heartline.storage.bodies import Bodies
from heartline.storage.ledger import DynamoLedger
from heartline.storage.reworking import DynamoReworking
from tests.fakes import MemoryBlobs
from tests.letters import mail_receiver, raw_mail
from tests.office import NOON, Office


@dataclass(slots=True)
class Listed:
    """Implements `services.ledger.ProviderLog` over what a test says came in."""

    events: list[Received] = field(default_factory=list)

    def received(self, start: datetime, end: datetime) -> Iterator[Received]:
        return (event for event in self.events if start <= event.at < end)


@dataclass(slots=True)
class Books:
    """An office, its mail bucket, and what the providers say they gave it; `dead` is the dead-letter queue."""

    office: Office
    mails: MemoryBlobs = field(default_factory=MemoryBlobs)
    listed: dict[Channel, Listed] = field(default_factory=lambda: {channel: Listed() for channel in Channel})
    dead: set[str] = field(default_factory=set)

    @property
    def receiver(self) -> ReceiveMail:
        return mail_receiver(self.office, mails=self.mails, media=self.office.blobs)

    @property
    def store(self) -> DynamoLedger:
        return DynamoLedger(self.office.table)

    def record(self) -> RecordMail:
        return recorder(self.office, mails=self.mails, media=self.office.blobs)

    def arrives(self, key: str, raw: bytes = b"", *, at: datetime = NOON) -> None:
        """SES puts a raw mail into the bucket, and nobody has read it yet."""
        self.mails.put(key, raw or raw_mail(key), "message/rfc822")
        self.listed[Channel.EMAIL].events.append(Received(channel=Channel.EMAIL, id=key, at=at))

    def entries(self) -> tuple[Entry, ...]:
        """The ledger of two days around noon, an hour after it."""
        ledger = Ledger(
            sources=self.listed,
            store=self.store,
            clock=lambda: NOON + timedelta(hours=1),
            dead=lambda: frozenset(self.dead),
        )
        return ledger.entries(NOON - timedelta(days=1), NOON + timedelta(days=1), list(Channel))

    def states(self) -> dict[str, State]:
        return {entry.received.id: entry.state for entry in self.entries()}


def recorder(office: Office, *, mails: Blobs, media: Blobs) -> RecordMail:
    """Mail's way in as the ingest function has it, with the ledger behind it."""
    receiver = mail_receiver(office, mails=mails, media=media)
    rework = Rework(
        read=receiver.read,
        version=VERSION,
        store=DynamoReworking(office.table, Bodies(media)),
        configuration=receiver.configuration,
    )
    return RecordMail(receive=receiver, rework=rework, ledger=DynamoLedger(office.table))
