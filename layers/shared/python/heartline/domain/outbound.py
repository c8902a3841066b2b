"""What leaves the company: replies as agents submit them, and the intents that the sender carries out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Invalid
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Pointer, preview_of
from heartline.domain.messages import Author, AuthorKind, Channel, DeliveryStatus, Direction, Message

TEXT_LIMIT = {Channel.SMS: 1600, Channel.EMAIL: 50_000}
"""Characters in one reply: Twilio refuses a longer text (error 21617); an intent must fit an item of 400 KB."""


class IntentState(StrEnum):
    """Where an intent is; only `QUEUED` may be claimed, and only a claim that surely sent nothing returns to it."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One wish to send one message to one customer, carried out at most once.

    `sender` and `recipient` are addresses of the channel, frozen when the reply was submitted. `thread` holds what a
    mail needs to be a reply: the Message-IDs of the conversation, oldest first.
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
    attempt: str = ""


class ClaimResult(StrEnum):
    """What a sender finds when it claims an intent."""

    MINE = "mine"
    DONE = "done"
    BUSY = "busy"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sender's claim on an intent.

    `MINE`: send it now. `DONE`: it has ended. `BUSY`: another sender holds it and its lease runs. `ABANDONED`: its
    sender died between the claim and the record; whether the provider has it, nobody here knows.
    """

    result: ClaimResult
    intent: Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Everything that one transaction writes for an agent's answer.

    `seen` is the last customer-visible message that its author had on the screen.
    """

    intent: Intent
    message: Message
    head: Conversation
    seen: str
    pointer: Pointer | None
    preview: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an agent asks to be sent. `request_id` is drawn by the client, once per intent."""

    request_id: str
    channel: Channel
    text: str
    seen: str
    recipient: str
    thread: tuple[str, ...] = field(default=())


def intent_id(conversation: str, request_id: str) -> str:
    """The intent of a request: a double click or a retry names the same one."""
    return sha256(f"{conversation}#{request_id}".encode()).hexdigest()[:20]


def compose(
    draft: Draft, head: Conversation, *, agent: AgentProfile, inbox: Inbox, pointer: Pointer, at: datetime
) -> Reply:
    """Decide what a reply writes. It stands behind what its author has seen, whatever two machines' clocks say.

    Raises `Conflict` on a closed conversation and `Invalid` on an empty or too long text, or a channel that the inbox
    has no address on.
    """
    if head.state is State.CLOSED:
        raise Conflict("This conversation is closed. Reopen it to answer.")
    at = max(at, head.last_message_at + timedelta(milliseconds=1))
    intent = _intent(draft, head, inbox, at)
    message = Message(
        id=intent.message_id,
        conversation=head.id,
        channel=draft.channel,
        direction=Direction.OUTBOUND,
        author=Author(kind=AuthorKind.AGENT, id=agent.id, name=agent.name, address=intent.sender),
        at=at,
        text=draft.text,
        status=DeliveryStatus.QUEUED,
        subject=intent.subject,
        recipients=(draft.recipient,),
    )
    leads = pointer.conversations[:1] == (head.id,)
    return Reply(
        intent=intent,
        message=message,
        head=head,
        seen=draft.seen,
        pointer=None if leads else pointer.led_by(head.id),
        preview=preview_of(draft.text),
        at=at,
    )


def _intent(draft: Draft, head: Conversation, inbox: Inbox, at: datetime) -> Intent:
    ours = inbox.addresses(draft.channel)
    limit = TEXT_LIMIT.get(draft.channel)
    if limit is None or not ours:
        raise Invalid(f"The inbox {inbox.name} cannot send on the channel “{draft.channel}”.")
    if not draft.text.strip():
        raise Invalid("The reply is empty.")
    if len(draft.text) > limit:
        raise Invalid(f"The reply has {len(draft.text)} characters; {draft.channel} takes {limit} at most.")
    identifier = intent_id(head.id, draft.request_id)
    return Intent(
        id=identifier,
        inbox=head.inbox,
        conversation=head.id,
        message_id=identifier,
        at=at,
        channel=draft.channel,
        sender=ours[0],
        sender_name=inbox.name,
        recipient=draft.recipient,
        text=draft.text,
        subject=head.subject,
        thread=draft.thread,
    )
