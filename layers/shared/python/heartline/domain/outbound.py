"""What leaves the company: replies as agents submit them, and the intents that the sender carries out."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Pointer, preview_of
from heartline.domain.mail import MailAddress, MailDetails
from heartline.domain.messages import (
    Attachment,
    Author,
    AuthorKind,
    Channel,
    DeliveryStatus,
    Direction,
    Message,
    named,
)
from heartline.domain.texting import TextTerms
from heartline.domain.whatsapp import check_session
from heartline.domain.wording import check_words, words_of


class IntentState(StrEnum):
    """Where an intent is; only `QUEUED` may be claimed, and only a claim that surely sent nothing returns to it.

    `AGAIN` may be claimed once it is due: the provider asked for time, or a text is to be tried a second time.
    """

    QUEUED = "queued"
    AGAIN = "again"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One wish to send one message, carried out at most once.

    `sender` and `recipient` are addresses of the channel, frozen when the reply was submitted; a mail has all of its
    recipients in `mail`, and `recipient` is the first of them. `thread` holds what makes a mail an answer: the
    Message-IDs of the conversation, oldest first, the one that it answers last. `quotes` is the message that is put
    below the text, or passed on where it `forwards`. `digest` tells whether a repeated request asks for the same.
    `template` is Twilio's name of what WhatsApp has approved, `variables` fill its places; `text` is how that reads.
    `service` is the messaging service that sends a text, if one does, and `shorten` whether it shortens links. `tries`
    counts how often the provider has asked for time.
    """

    id: str
    inbox: str
    conversation: str
    message_id: str
    at: datetime
    channel: Channel
    sender: str
    sender_name: str
    recipient: str
    text: str
    subject: str = ""
    thread: tuple[str, ...] = ()
    mail: MailDetails | None = None
    attachments: tuple[Attachment, ...] = ()
    quotes: str = ""
    forwards: bool = False
    signature: str = ""
    digest: str = ""
    attempt: str = ""
    template: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    service: str = ""
    shorten: bool = False
    tries: int = 0


class ClaimResult(StrEnum):
    """What a sender finds when it claims an intent."""

    MINE = "mine"
    DONE = "done"
    BUSY = "busy"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sender's claim on an intent.

    `MINE`: send it now. `DONE`: it has ended. `BUSY`: another sender holds it and its lease runs, or it is not due yet.
    `ABANDONED`: its sender died between the claim and the record; whether the provider has it, nobody here knows.
    """

    result: ClaimResult
    intent: Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is asked to be sent, before anything is looked up. `request_id` is drawn by the client, once per intent.

    `seen` is the last customer-visible message that its author had on the screen; with `force` that is not compared.
    Without `recipient` (a number) or `to` it goes where the customer last wrote from. `answers` is the message that it
    replies to, `forwards` the one that it passes on; both are ids. `uploads` are the ids of its author's uploads.
    `quote`: whether the message answered stands below; None leaves that to the inbox. `override_quiet` sends a text in
    the quiet hours of its country. `template` is sent in the place of a `text`, its places filled with `variables`
    (pairs of a name and a value). A first text with `force` begins a conversation beside the one that is open.
    """

    request_id: str
    channel: Channel
    text: str
    seen: str
    recipient: str = ""
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()
    subject: str = ""
    answers: str = ""
    forwards: str = ""
    uploads: tuple[str, ...] = ()
    quote: bool | None = None
    template: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    force: bool = False
    override_quiet: bool = False

    @property
    def digest(self) -> str:
        """Names what is asked, so that one `request_id` cannot stand for two different messages."""
        asked = replace(self, request_id="", seen="", force=False, override_quiet=False)
        return sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Whom a draft goes to and what it goes with, once the conversation was read. Fields are as in `Intent`.

    `sender` is which of our addresses sends, where it is not the inbox's first. `wrote_to` are our addresses that the
    recipient's own texts came to, the latest first. A text has the `terms` that it is held to.
    """

    recipient: str
    subject: str = ""
    thread: tuple[str, ...] = ()
    mail: MailDetails | None = None
    attachments: tuple[Attachment, ...] = ()
    quotes: str = ""
    sender: str = ""
    wrote_to: tuple[str, ...] = ()
    terms: TextTerms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Everything that one transaction writes for an answer.

    `seen` is the last customer-visible message that its author knew of, or None where nobody asks. An `automatic` one
    leaves the head as it is: nobody has been answered. `spends` are the keys of the uploads that a text uses up.
    """

    intent: Intent
    message: Message
    head: Conversation
    seen: str | None
    pointer: Pointer | None
    preview: str
    at: datetime
    terms: TextTerms | None = None
    spends: tuple[str, ...] = ()

    @property
    def automatic(self) -> bool:
        """Whether a machine of ours wrote it."""
        return self.message.author.kind is AuthorKind.SYSTEM


def intent_id(conversation: str, request_id: str) -> str:
    """The intent of a request: a double click or a retry names the same one."""
    return sha256(f"{conversation}#{request_id}".encode()).hexdigest()[:20]


def compose(
    draft: Draft,
    envelope: Envelope,
    head: Conversation,
    *,
    agent: AgentProfile | None,
    inbox: Inbox,
    pointer: Pointer,
    at: datetime,
) -> Reply:
    """Decide what a reply writes. It stands behind what its author has seen, whatever two machines' clocks say.

    Without an `agent` it is an automatic one. Raises `Conflict` on a closed conversation, `Invalid` on an empty or too
    long text, or a channel that the inbox has no address on, and `Refused` on free words outside of WhatsApp's session.
    """
    if head.state is State.CLOSED:
        raise Conflict("This conversation is closed. Reopen it to answer.")
    at = max(at, head.last_message_at + timedelta(milliseconds=1))
    if draft.channel is Channel.WHATSAPP and not draft.template:
        check_session(head.whatsapp_until, at)
    intent = _intent(draft, envelope, head, inbox=inbox, at=at)
    message = _message(intent, _author(agent, intent), envelope.terms)
    leads = agent is None or pointer.conversations[:1] == (head.id,)
    return Reply(
        intent=intent,
        message=message,
        head=head,
        seen=None if draft.force or agent is None else draft.seen,
        pointer=None if leads else pointer.led_by(head.id),
        preview=preview_of(intent.text or named(intent.attachments)),
        at=at,
        terms=envelope.terms,
        spends=_spent(draft, agent),
    )


def _spent(draft: Draft, agent: AgentProfile | None) -> tuple[str, ...]:
    """The keys of a text's uploads; a mail may pass on what another one has."""
    if agent is None or draft.channel is Channel.EMAIL:
        return ()
    return tuple(f"{agent.id}/{upload}" for upload in dict.fromkeys(draft.uploads))


def _author(agent: AgentProfile | None, intent: Intent) -> Author:
    if agent is None:
        return Author(kind=AuthorKind.SYSTEM, id=intent.inbox, name=intent.sender_name, address=intent.sender)
    return Author(kind=AuthorKind.AGENT, id=agent.id, name=agent.name, address=intent.sender)


def _message(intent: Intent, author: Author, terms: TextTerms | None) -> Message:
    mail = intent.mail
    everyone = [entry.address for entry in mail.everyone] if mail else [intent.recipient]
    return Message(
        id=intent.message_id,
        conversation=intent.conversation,
        channel=intent.channel,
        direction=Direction.OUTBOUND,
        author=author,
        at=intent.at,
        text=intent.text,
        status=DeliveryStatus.QUEUED,
        subject=intent.subject,
        recipients=tuple(everyone),
        attachments=intent.attachments,
        mail=mail,
        segments=terms.segments if terms else 0,
        price=str(terms.price) if terms and terms.price else "",
    )


def _intent(draft: Draft, envelope: Envelope, head: Conversation, *, inbox: Inbox, at: datetime) -> Intent:
    text = envelope.terms.text if envelope.terms else words_of(draft, inbox)
    check_words(draft, inbox, text, files=len(envelope.attachments))
    identifier = intent_id(head.id, draft.request_id)
    return Intent(
        id=identifier,
        inbox=head.inbox,
        conversation=head.id,
        message_id=identifier,
        at=at,
        channel=draft.channel,
        sender=envelope.sender or inbox.addresses(draft.channel)[0],
        sender_name=inbox.name,
        recipient=envelope.recipient,
        text=text,
        subject=envelope.subject,
        thread=envelope.thread,
        mail=envelope.mail,
        attachments=envelope.attachments,
        quotes=envelope.quotes,
        forwards=bool(draft.forwards),
        signature=inbox.mail_rules.signature if draft.channel is Channel.EMAIL else "",
        digest=draft.digest,
        template=draft.template,
        variables=dict(draft.variables),
        service=inbox.sms_rules.service if draft.channel is Channel.SMS else "",
        shorten=inbox.sms_rules.shorten_links and draft.channel is Channel.SMS,
    )
