"""What an inbound event becomes: which conversation it joins, opens or reopens. One decision for every channel."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from heartline.domain.contacts import Contact, Identity, contact_of_first_contact
from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.inboxes import Inbox
from heartline.domain.mail import Kind, MailDetails
from heartline.domain.messages import Attachment, Author, AuthorKind, Channel, Direction, Message, PendingMedia

PREVIEW_LENGTH = 120
SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One inbound event, read from its channel's form and not yet placed.

    `event` is the provider's id, by which the event is taken in exactly once. `thread` is the conversation that the
    channel's own threading found. `raw` is the compressed raw form where it is small (a webhook), `raw_pointer` the key
    of the raw object where it is not (a mail). `aliases` are further ids by which later mail may name this message.
    """

    channel: Channel
    event: str
    inbox: Inbox
    sender: Identity
    sender_name: str
    at: datetime
    text: str
    recipients: tuple[str, ...] = ()
    visible_text: str = ""
    html: str = ""
    quoted_html: str = ""
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    pending_media: tuple[PendingMedia, ...] = ()
    raw: bytes = b""
    raw_pointer: str = ""
    provider_id: str = ""
    aliases: tuple[str, ...] = ()
    mail: MailDetails | None = None
    requires: dict[str, int] = field(default_factory=dict)
    thread: Conversation | None = None
    explanation: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """The contact's open conversations in one inbox, the most recently active first; `version` 0 means none yet."""

    conversations: tuple[str, ...] = ()
    version: int = 0

    def led_by(self, conversation: str) -> "Pointer":
        """The same pointer after `conversation` became the most recently active."""
        others = tuple(other for other in self.conversations if other != conversation)
        return Pointer(conversations=(conversation, *others), version=self.version + 1)

    def without(self, conversation: str) -> "Pointer":
        """The same pointer after `conversation` was closed."""
        others = tuple(other for other in self.conversations if other != conversation)
        return Pointer(conversations=others, version=self.version + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a sender in an inbox: the contact (None before the first contact) and the open pointer."""

    contact: Contact | None
    pointer: Pointer


class Joining(StrEnum):
    """What the event does to its conversation."""

    JOIN = "join"
    OPEN = "open"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that one transaction writes for an arrival.

    `head` is the whole conversation where it is opened or reopened; a join changes only what a message changes.
    `pointer` is the pointer to be written, or None where it already leads to this conversation. `contact` is written
    on first contact only.
    """

    arrival: Arrival
    joining: Joining
    message: Message
    contact_id: str
    head: Conversation | None
    pointer: Pointer | None
    contact: Contact | None


def message_id(channel: str, event: str) -> str:
    """The id of the message that an event becomes: derived, so that a repetition names the same message."""
    return sha256(f"{channel}#{event}".encode()).hexdigest()[:20]


def preview_of(text: str) -> str:
    """The first words of a message on one line."""
    return " ".join(text[: PREVIEW_LENGTH * 4].split())[:PREVIEW_LENGTH]


def place(arrival: Arrival, standing: Standing, *, new_conversation: str) -> Intake:
    """Decide where an arrival goes (channels.md, "Conversation: joining").

    A mail follows its thread, else opens a conversation of its own. A text or a call joins the contact's most recently
    active open conversation in the inbox, else opens one.
    """
    contact = standing.contact or _first_contact(arrival)
    joined = _conversation_to_join(arrival, standing.pointer)
    conversation = joined or new_conversation
    message = _message(arrival, conversation, contact)
    joining, head = _joining(arrival, joined, message, contact)
    leads = standing.pointer.conversations[:1] == (conversation,)
    return Intake(
        arrival=arrival,
        joining=joining,
        message=message,
        contact_id=contact.id,
        head=head,
        pointer=None if leads else standing.pointer.led_by(conversation),
        contact=None if standing.contact else contact,
    )


def _conversation_to_join(arrival: Arrival, pointer: Pointer) -> str | None:
    if arrival.thread is not None:
        return arrival.thread.id
    if arrival.channel is Channel.EMAIL or not pointer.conversations:
        return None
    return pointer.conversations[0]


def _joining(
    arrival: Arrival, joined: str | None, message: Message, contact: Contact
) -> tuple[Joining, Conversation | None]:
    if joined is None:
        return Joining.OPEN, _opened(arrival, message, contact)
    if arrival.thread is not None and arrival.thread.state is State.CLOSED:
        return Joining.REOPEN, reopened(arrival.thread, message, at=arrival.at)
    return Joining.JOIN, None


def _first_contact(arrival: Arrival) -> Contact:
    return Contact(
        id=contact_of_first_contact(arrival.sender),
        name=arrival.sender_name or arrival.sender.address,
        identities=(arrival.sender,),
    )


def _message(arrival: Arrival, conversation: str, contact: Contact) -> Message:
    author = Author(
        kind=AuthorKind.CONTACT,
        id=contact.id,
        name=arrival.sender_name or contact.name,
        address=arrival.sender.address,
    )
    return Message(
        id=message_id(arrival.channel, arrival.event),
        conversation=conversation,
        channel=arrival.channel,
        direction=Direction.INBOUND,
        author=author,
        at=arrival.at,
        text=arrival.text,
        visible_text=arrival.visible_text,
        html=arrival.html,
        quoted_html=arrival.quoted_html,
        provider_id=arrival.provider_id or arrival.event,
        raw=arrival.raw_pointer,
        event=arrival.step,
        subject=arrival.subject,
        recipients=arrival.recipients,
        attachments=arrival.attachments,
        pending_media=arrival.pending_media,
        explanation=arrival.explanation,
        mail=arrival.mail,
    )


def _opened(arrival: Arrival, message: Message, contact: Contact) -> Conversation:
    requires = work_requires(arrival.inbox, arrival.requires)
    return Conversation(
        id=message.conversation,
        inbox=arrival.inbox.id,
        contact=contact.id,
        contact_name=contact.name,
        contact_address=arrival.sender.address,
        subject=arrival.subject[:SUBJECT_LENGTH],
        state=State.WAITING,
        version=0,
        channels=(arrival.channel,),
        routing_channel=arrival.channel,
        routing_class=routing_class(arrival.channel, requires),
        requires=requires,
        band=arrival.inbox.band,
        boost=0,
        enqueued=arrival.at,
        preview=preview_of(message.words),
        last_message_at=arrival.at,
        last_visible=message.id,
        opened_at=arrival.at,
        waiting_since=arrival.at,
    )


def reopened(closed: Conversation, message: Message | None, *, at: datetime) -> Conversation:
    """A closed conversation waits again: a new wait from `at`, with an empty decline memory (R16)."""
    head = replace(
        closed,
        state=State.WAITING,
        version=closed.version + 1,
        agent=None,
        reservation=None,
        offer_expires=None,
        exclusions=None,
        declined=None,
        enqueued=at,
        kind=Kind.HUMAN,
    )
    if message is None:
        return head
    head = replace(head, channels=tuple(sorted({*closed.channels, message.channel})), waiting_since=at)
    if at < closed.last_message_at:  # it was delayed on its way: a younger one stands in the head already
        return head
    return replace(head, preview=preview_of(message.words), last_message_at=at, last_visible=message.id)


def work_requires(inbox: Inbox, asked: dict[str, int]) -> dict[str, int]:
    """The skills that work of an inbox asks for; membership of the inbox is one: routing has a single currency."""
    return {**inbox.requires, **asked, membership(inbox.id): 1}


def membership(inbox: str) -> str:
    """The skill that stands for the right to work in an inbox."""
    return f"inbox:{inbox}"


def matching_inboxes(inboxes: Sequence[Inbox], channel: Channel, addresses: Sequence[str]) -> tuple[Inbox, ...]:
    """The inboxes that own one of `addresses` on `channel`, in the order of the configuration."""
    wanted = set(addresses)
    return tuple(inbox for inbox in inboxes if wanted & set(inbox.addresses(channel)))
