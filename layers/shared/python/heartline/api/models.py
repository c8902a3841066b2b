"""The shapes of the HTTP API, both directions; unknown fields are refused on the way in."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from heartline.api.call_models import CallResponse
from heartline.api.recording_models import RecordingResponse

Identifier = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9@._+:-]+$")]


class Incoming(BaseModel):
    """A request's body."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class NoteRequest(Incoming):
    """A note for colleagues."""

    request_id: Identifier = Field(examples=["3f0c5a52-7a5b-4a05-8a5f-0b2a6f5b1c22"])
    text: str = Field(min_length=1, max_length=50_000, examples=["Promised a call before five."])


class MergeRequest(Incoming):
    """The conversation to merge into."""

    into: Identifier = Field(examples=["1hqz3v7k2c9d4m0x"])


class SplitRequest(Incoming):
    """The messages of the customer, and notes, that begin a conversation of their own."""

    messages: list[Identifier] = Field(min_length=1, max_length=25, examples=[["5f2c9a1b7d3e4f608192"]])


class Named(BaseModel):
    """Something with an id and a name."""

    id: str = Field(examples=["support"])
    name: str = Field(examples=["Support"])


class InboxResponse(Named):
    """An inbox that the agent works in. Its mails end with `signature`, and `quotes` the mail that they answer.

    `channels` are what it can send on; `country` (ISO 3166) is where a number without a country's code is dialled.
    """

    signature: str = Field(examples=["Your Support"])
    quotes: bool = Field(examples=[True])
    channels: list[str] = Field(examples=[["email", "sms"]])
    country: str = Field(examples=["US"])


class MeResponse(BaseModel):
    """The signed-in agent. `presence_reason` and `returns_at` are what they said of their presence.

    `draining`: they get nothing new and finish what is there. Until `ramping_until` their places open bit by bit.
    """

    id: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])
    role: str = Field(examples=["agent"])
    presence: str = Field(examples=["ONLINE"])
    presence_reason: str = Field(examples=[""])
    returns_at: str | None = Field(examples=[None])
    ramping_until: str | None = Field(examples=["2026-03-02T14:05:00.000Z"])
    draining: bool = Field(examples=[False])
    capacity: dict[str, int] = Field(examples=[{"email": 3, "sms": 3, "voice": 1}])
    load: dict[str, int] = Field(examples=[{"sms": 1}])
    inboxes: list[InboxResponse]
    agents: list[Named]


class ContactResponse(BaseModel):
    """The customer of a conversation. A `vip` is somebody who matters more."""

    id: str = Field(examples=["9f86d081884c7d65"])
    name: str = Field(examples=["Eva Lind"])
    address: str = Field(examples=["+14155550123"])
    vip: bool = Field(examples=[False])


class ConversationResponse(BaseModel):
    """The head of a conversation. Times are RFC 3339 in UTC.

    `kind` is what the mail was that opened it, "human" once a person has taken it up. `problem` is "bounce" while a
    mail of ours in it could not be delivered. `follows` is the conversation that this one follows up, or empty.
    `merged_into` is the one that shows its messages since they were merged, `absorbed` those whose messages it shows.
    `call` is its call while one is planned, waits, is live, or has work after it.
    Until `whatsapp_until` the customer may be answered freely on WhatsApp, then with a template; null: never yet.
    `unanswerable` says why nobody can write to the contact's address, or nothing.
    `boost` are seconds of age on top within its band, `rules` the intake rules that it was routed by, `pool` the one
    pool that alone may serve it. `heat` says why it is `heated`, `heat_by` which agent had the last word on that, and
    `rounds` how often the customer has come with it. It comes back by itself at `snoozed_until`.
    An offer goes on to the next at `offered_until`, unless `offered_to` has accepted or declined it before.
    """

    id: str = Field(examples=["1hqz3v7k2c9d4m0x"])
    inbox: str = Field(examples=["support"])
    subject: str = Field(examples=["Where is my parcel?"])
    status: Literal["open", "snoozed", "closed"] = Field(examples=["open"])
    routing: str = Field(examples=["ASSIGNED"])
    channels: list[str] = Field(examples=[["email", "sms"]])
    contact: ContactResponse
    assignee: str | None = Field(examples=["ana"])
    band: int = Field(examples=[5])
    boost: int = Field(examples=[0])
    rules: list[str] = Field(examples=[["French texts"]])
    pool: str | None = Field(examples=[None])
    heated: bool = Field(examples=[False])
    heat: list[str] = Field(examples=[[]])
    heat_by: str = Field(examples=[""])
    rounds: int = Field(examples=[1])
    snoozed_until: str | None = Field(examples=[None])
    offered_to: str | None = Field(examples=[None])
    offered_until: str | None = Field(examples=[None])
    waiting_since: str | None = Field(examples=["2026-03-02T12:00:00.000Z"])
    preview: str = Field(examples=["It has not arrived yet."])
    last_message_at: str = Field(examples=["2026-03-02T12:04:10.250Z"])
    last_visible: str = Field(examples=["5f2c9a1b7d3e4f608192"])
    kind: str = Field(examples=["human"])
    problem: Literal["", "bounce"] = Field(examples=[""])
    follows: str = Field(examples=[""])
    merged_into: str = Field(examples=[""])
    whatsapp_until: str | None = Field(examples=["2026-03-03T12:04:10.250Z"])
    unanswerable: str = Field(examples=[""])
    absorbed: list[str] = Field(examples=[[]])
    call: CallResponse | None = Field(examples=[None])


class AuthorResponse(BaseModel):
    """Who speaks in a message."""

    kind: str = Field(examples=["contact"])
    id: str = Field(examples=["9f86d081884c7d65"])
    name: str = Field(examples=["Eva Lind"])
    address: str = Field(examples=["+14155550123"])


class AttachmentResponse(BaseModel):
    """A file of a message; `url` works for five minutes."""

    id: str = Field(examples=["2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"])
    filename: str = Field(examples=["receipt.pdf"])
    content_type: str = Field(examples=["application/pdf"])
    size: int = Field(examples=[48213])
    inline: bool = Field(examples=[False])
    content_id: str = Field(examples=[""])
    url: str = Field(examples=["https://media.example/attachments/2c26b46b?X-Amz-Expires=300"])


class MailboxResponse(BaseModel):
    """A name and an address of a mail; either may be empty."""

    name: str = Field(examples=["Eva Lind"])
    address: str = Field(examples=["eva@example.org"])


class BounceResponse(BaseModel):
    """What a delivery report says about one recipient (RFC 3464)."""

    recipient: str = Field(examples=["eva@example.org"])
    action: str = Field(examples=["failed"])
    status: str = Field(examples=["5.1.1"])
    diagnostic: str = Field(examples=["550 5.1.1 User unknown"])


class WarningResponse(BaseModel):
    """What an agent should know before trusting a mail."""

    level: Literal["warning", "danger"] = Field(examples=["danger"])
    text: str = Field(examples=["A virus was found in this mail: its files stay locked."])


class MailResponse(BaseModel):
    """What a message that travelled by mail has besides its words.

    `remote_images` are the addresses that its HTML asked for and that were taken out. `unverified`: its sender had no
    part in the conversation before. `off_subject`: it came under a materially other subject. `source`: its raw form can
    be read.
    """

    kind: str = Field(examples=["human"])
    to: list[MailboxResponse]
    cc: list[MailboxResponse]
    bcc: list[MailboxResponse]
    reply_to: list[MailboxResponse]
    remote_images: list[str] = Field(examples=[["https://images.example/logo.png"]])
    defects: list[str] = Field(examples=[["the date could not be read"]])
    bounces: list[BounceResponse]
    unverified: bool = Field(examples=[False])
    off_subject: bool = Field(examples=[False])
    placeholder: bool = Field(examples=[False])
    automatic: bool = Field(examples=[False])
    warnings: list[WarningResponse]
    source: bool = Field(examples=[True])


class MessageResponse(BaseModel):
    """One entry of a timeline; `event` names a step that is not words.

    `files_pending` are files of the customer's that are still on their way to us.
    `status_code` is the provider's code for why it failed, `status_action` what to do about it: none, call_instead,
    ask_other_number, tell_admin, shorten, opted_out, wait, use_template, change_file, or retried until a second try is
    made, at `again_at`. `segments` and `price_estimate` are what a text of ours is estimated to take; 0 and null for
    all else. `text` is all of it, `visible_text` what its author wrote now. `html` is sanitised, and `quoted_html` the
    history that follows it.
    """

    id: str = Field(examples=["5f2c9a1b7d3e4f608192"])
    conversation: str = Field(examples=["1hqz3v7k2c9d4m0x"])
    direction: str = Field(examples=["inbound"])
    channel: str = Field(examples=["sms"])
    event: str = Field(examples=[""])
    author: AuthorResponse
    at: str = Field(examples=["2026-03-02T12:04:10.250Z"])
    text: str = Field(examples=["It has not arrived yet.\n\n> Has it come?"])
    visible_text: str = Field(examples=["It has not arrived yet."])
    html: str | None = Field(examples=[None])
    quoted_html: str | None = Field(examples=[None])
    mail: MailResponse | None = Field(examples=[None])
    subject: str = Field(examples=[""])
    attachments: list[AttachmentResponse]
    status: str = Field(examples=["received"])
    status_reason: str = Field(examples=[""])
    status_code: str = Field(examples=[""])
    status_action: str = Field(examples=["none"])
    again_at: str | None = Field(examples=[None])
    segments: int = Field(examples=[1])
    price_estimate: str | None = Field(examples=["0.0083 USD"])
    provider_id: str = Field(examples=["SM0123456789abcdef0123456789abcdef"])
    explanation: str = Field(examples=[""])
    files_pending: int = Field(examples=[0])
    recording: RecordingResponse | None = Field(default=None, examples=[None])


class ConversationPage(BaseModel):
    """A page of conversations; `next` is the cursor of the following page."""

    items: list[ConversationResponse]
    next: str | None = Field(examples=["MjAyNi0wMy0wMlQxMjowMDowMC4wMDBaI2Mx"])


class MessagePage(BaseModel):
    """A page of messages, oldest first; `next` is the cursor of older ones."""

    items: list[MessageResponse]
    next: str | None = Field(examples=["MjAyNi0wMy0wMlQxMjowMDowMC4wMDBaI2Mx"])


class Change(BaseModel):
    """Something that changed since the cursor."""

    kind: Literal["conversation", "agent"] = Field(examples=["conversation"])
    conversation: str | None = Field(default=None, examples=["1hqz3v7k2c9d4m0x"])
    agent: str | None = Field(default=None, examples=["ana"])


class ChangePage(BaseModel):
    """What changed; `reset` asks the reader to load its lists anew."""

    items: list[Change]
    next: str = Field(examples=["4711"])
    reset: bool = Field(examples=[False])


class TicketResponse(BaseModel):
    """A right to open one WebSocket within half a minute."""

    ticket: str = Field(examples=["pY3uVnq8r1kX0sGm"])


class Problem(BaseModel):
    """What went wrong, for a program and for a person."""

    code: str = Field(examples=["not_found"])
    message: str = Field(examples=["There is no such conversation."])
    request_id: str = Field(examples=["JKJaXmPLvHcESHA="])


class ErrorResponse(BaseModel):
    """The form of every error."""

    error: Problem


class ConflictResponse(ErrorResponse):
    """Somebody was faster: the messages that the author of a reply has not seen, or the conversation that is open."""

    newer: list[MessageResponse] = []
    conversation: str = Field(default="", examples=["1hqz3v7k2c9d4m0x"])
