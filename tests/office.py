"""A small company at work over one table: every use case of the conversation store, with its surroundings in memory."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heartline.channels.sms.render import size_of
from heartline.channels.twilio.lines import line_of
from heartline.channels.twilio.numbers import dialable
from heartline.domain.consent import pairs_of, request_of
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.intake import Arrival
from heartline.domain.mail import MailDetails
from heartline.domain.messages import Channel, Message
from heartline.domain.outbound import Draft, intent_id
from heartline.services.addressing import Addressing
from heartline.services.begin import Begin
from heartline.services.configure import read_company
from heartline.services.consent import KeepConsent
from heartline.services.ingest import Ingest
from heartline.services.reply import Answer
from heartline.services.send import Send
from heartline.services.text_desk import TextDesk
from heartline.services.texting import Texting
from heartline.services.track import Track
from heartline.services.track_mail import TrackMail
from heartline.services.uploads import Uploads
from heartline.storage import items
from heartline.storage.answering import DynamoAnswering
from heartline.storage.bodies import Bodies
from heartline.storage.consent import DynamoConsents
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Delete, Put
from heartline.storage.heads import read_pointer
from heartline.storage.intake import DynamoIntake, pointer_write
from heartline.storage.openings import DynamoOpenings
from heartline.storage.outbox import DynamoOutbox
from heartline.storage.reading import DynamoReading
from heartline.storage.routing import DynamoRouting
from heartline.storage.routing_items import wait_entry_to_item
from heartline.storage.sent_mails import DynamoSentMails
from heartline.storage.suppressions import DynamoSuppressions
from tests.fakes import FixedClock, Ids, MemoryBlobs, MemoryUploads, RecordingSender

NOON: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EVA: Final = "+14155550123"
TOM: Final = "tom@example.org"
PARCEL: Final = "HX" + "1" * 32

DOCUMENT: Final[dict[str, Any]] = {
    "inboxes": [
        {
            "id": "support",
            "name": "Support",
            "mail": ["support@acme.example"],
            "sms": ["+14155550100"],
            "whatsapp": ["+14155550100"],
            "whatsapp_templates": [{"sid": PARCEL, "name": "parcel", "body": "Hello {{1}}, your parcel is here."}],
        },
        {"id": "sales", "name": "Sales", "mail": ["sales@acme.example"], "sms": ["+14155550101"], "band": 3},
        {"id": "legal", "name": "Legal", "mail": ["legal@acme.example"]},
    ],
    "agents": [
        {"id": "ana", "name": "Ana Ruiz", "capacity": {"email": 3, "sms": 3}, "inboxes": ["support"]},
        {"id": "ben", "name": "Ben Okoro", "capacity": {"sms": 1}, "inboxes": ["support", "sales"]},
        {"id": "lea", "name": "Lea Vogt", "role": "lead", "inboxes": ["support"]},
        {"id": "kim", "name": "Kim Berg", "role": "admin", "inboxes": []},
    ],
}


@dataclass(frozen=True, slots=True)
class Configured:
    """Implements `services.ports.Configuration`."""

    read: Company

    def company(self) -> Company:
        return self.read


@dataclass(slots=True)
class Office:
    """Everything stands over `table`; what one process keeps in memory is made anew by `restarted`."""

    table: Table
    company: Company = field(default_factory=lambda: read_company(DOCUMENT))
    blobs: MemoryBlobs = field(default_factory=MemoryBlobs)
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOON))
    conversation_ids: Ids = field(default_factory=Ids)
    attempts: Ids = field(default_factory=lambda: Ids("a"))
    reservations: Ids = field(default_factory=lambda: Ids("rsv"))
    counts: Counter[str] = field(default_factory=Counter)
    upload_ids: Ids = field(default_factory=lambda: Ids("u"))
    uploaded: MemoryUploads = field(default_factory=MemoryUploads)
    sms: RecordingSender = field(default_factory=RecordingSender)
    whatsapp: RecordingSender = field(default_factory=RecordingSender)
    mail: RecordingSender = field(default_factory=RecordingSender)
    intake: DynamoIntake = field(init=False)
    reading: DynamoReading = field(init=False)

    def __post_init__(self) -> None:
        self.intake = DynamoIntake(self.table, Bodies(self.blobs))
        self.reading = DynamoReading(self.table, Bodies(self.blobs))
        self.uploaded.blobs = self.blobs

    @property
    def ingest(self) -> Ingest:
        return Ingest(store=self.intake, configuration=Configured(self.company), new_id=self.conversation_ids)

    @property
    def answer(self) -> Answer:
        store = DynamoAnswering(self.table, Bodies(self.blobs))
        return Answer(store=store, addressing=self.addressing, texting=self.texting, clock=self.clock)

    @property
    def consents(self) -> DynamoConsents:
        return DynamoConsents(self.table, Bodies(self.blobs))

    @property
    def texting(self) -> Texting:
        return Texting(
            consents=self.consents,
            configuration=Configured(self.company),
            look_up=line_of,
            measure=size_of,
            clock=self.clock,
        )

    @property
    def addressing(self) -> Addressing:
        return Addressing(reading=self.reading, originals=self.reading, uploads=self.uploads, dialable=dialable)

    @property
    def uploads(self) -> Uploads:
        return Uploads(store=self.uploaded, secret=self.upload_ids)

    @property
    def begin(self) -> Begin:
        return Begin(
            store=DynamoOpenings(self.table, Bodies(self.blobs)),
            routing=DynamoRouting(self.table),
            addressing=self.addressing,
            texting=self.texting,
            configuration=Configured(self.company),
            clock=self.clock,
            new_id=self.reservations,
        )

    @property
    def journal(self) -> DynamoAnswering:
        return DynamoAnswering(self.table, Bodies(self.blobs))

    @property
    def track_mail(self) -> TrackMail:
        return TrackMail(
            store=DynamoSentMails(self.table), clock=self.clock, count=lambda name, by: self.counts.update({name: by})
        )

    @property
    def suppressions(self) -> DynamoSuppressions:
        return DynamoSuppressions(self.table)

    @property
    def send(self) -> Send:
        senders = {Channel.SMS: self.sms, Channel.WHATSAPP: self.whatsapp, Channel.EMAIL: self.mail}
        return Send(
            store=DynamoOutbox(self.table),
            suppressions=self.suppressions,
            consent=self.keep_consent,
            senders=senders,
            clock=self.clock,
            attempt=self.attempts,
        )

    @property
    def track(self) -> Track:
        return Track(
            store=DynamoOutbox(self.table),
            consent=self.keep_consent,
            configuration=Configured(self.company),
            clock=self.clock,
        )

    @property
    def texts(self) -> TextDesk:
        return TextDesk(reading=self.reading, texting=self.texting, consent=self.keep_consent, dialable=dialable)

    @property
    def keep_consent(self) -> KeepConsent:
        return KeepConsent(store=self.consents, clock=self.clock, new_id=self.conversation_ids)

    def inbox(self, name: str) -> Inbox:
        return next(inbox for inbox in self.company.inboxes if inbox.id == name)

    def agent(self, name: str) -> AgentProfile:
        return next(agent for agent in self.company.agents if agent.id == name)

    def text(
        self,
        sid: str,
        words: str = "Hello",
        *,
        sender: str = EVA,
        inbox: str = "support",
        at: float = 0,
        service: str = "",
        opt_out_type: str = "",
    ) -> Arrival:
        """A text that arrived `at` seconds after noon."""
        return Arrival(
            channel=Channel.SMS,
            event=sid,
            inbox=self.inbox(inbox),
            sender=Identity(kind=IdentityKind.PHONE, address=sender),
            sender_name="",
            at=NOON + timedelta(seconds=at),
            text=words,
            recipients=self.inbox(inbox).sms_numbers,
            provider_id=sid,
            raw=b"raw form",
            consent=request_of(words, opt_out_type, pairs_of(self.inbox(inbox).sms_numbers[0], service, sender)),
        )

    def message(self, sid: str, words: str = "Hello", *, sender: str = EVA, at: float = 0) -> Arrival:
        """A WhatsApp message that arrived `at` seconds after noon."""
        return replace(self.text(sid, words, sender=sender, at=at), channel=Channel.WHATSAPP, sender_name="Eva L.")

    def letter(
        self,
        name: str,
        words: str = "Good day",
        *,
        sender: str = TOM,
        inbox: str = "support",
        at: float = 0,
        thread: Conversation | None = None,
    ) -> Arrival:
        """A mail with the Message-ID `<name>@example.org` that arrived `at` seconds after noon."""
        message_id = f"{name}@example.org"
        return Arrival(
            channel=Channel.EMAIL,
            event=f"{inbox}#{message_id}",
            inbox=self.inbox(inbox),
            sender=Identity(kind=IdentityKind.EMAIL, address=sender),
            sender_name="Tom",
            at=NOON + timedelta(seconds=at),
            text=words,
            subject="My order",
            raw_pointer=f"mail/{name}",
            provider_id=message_id,
            aliases=(f"mail:{inbox}:{message_id}",),
            mail=MailDetails(message_id=message_id),
            thread=thread,
        )

    def head(self, conversation_id: str) -> Conversation:
        head = self.reading.conversation(conversation_id)
        assert head is not None
        return head

    def timeline(self, conversation_id: str) -> tuple[Message, ...]:
        absorbed = self.head(conversation_id).absorbed
        return self.reading.messages(conversation_id, limit=100, cursor=None, absorbed=absorbed).items

    def words(self, conversation_id: str) -> list[str]:
        return [message.text for message in self.timeline(conversation_id)]

    def reply(
        self,
        conversation_id: str,
        words: str = "On its way.",
        *,
        request: str = "r1",
        seen: str | None = None,
        channel: Channel = Channel.SMS,
        agent: str = "ana",
    ) -> Message:
        """Answer as an agent would who has just read everything, unless `seen` says otherwise."""
        seen = self.head(conversation_id).last_visible if seen is None else seen
        draft = Draft(request_id=request, channel=channel, text=words, seen=seen, recipient="")
        return self.answer.reply(conversation_id, draft, agent=self.agent(agent), inboxes=self.company.inboxes)

    def close(self, conversation_id: str) -> None:
        """What a close leaves behind: the closed view, no place in the pointer, no wait entry."""
        head = self.head(conversation_id)
        pointer = read_pointer(self.table, head.contact, head.inbox)
        closed = replace(head, state=State.CLOSED, version=head.version + 1)
        entry = wait_entry_to_item(head)
        self.table.transact(
            [
                Put(item=items.conversation_to_item(closed)),
                pointer_write(head.contact, head.inbox, pointer.without(head.id)),
                Delete(key={"PK": entry["PK"], "SK": entry["SK"]}),
            ]
        )

    def sends(self, conversation_id: str, request: str = "r1") -> str:
        """The intent that a request's reply has."""
        return intent_id(conversation_id, request)


def take_in(office: Office, arrivals: Iterable[Arrival]) -> list[str]:
    """Take arrivals in one after the other; answers their conversations."""
    return [office.ingest(arrival) for arrival in arrivals]
