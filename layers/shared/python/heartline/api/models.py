"""The shapes of the HTTP API, both directions; unknown fields are refused on the way in."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9@._+:-]+$")]


class Incoming(BaseModel):
    """A request's body."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class PresenceRequest(Incoming):
    """What an agent chooses to be."""

    presence: Literal["ONLINE", "AWAY", "OFFLINE"] = Field(examples=["ONLINE"])


class ReplyRequest(Incoming):
    """An answer to the customer. `seen` is the `last_visible` that the author had on the screen."""

    request_id: Identifier = Field(examples=["0b6f3a0e-4e0b-4a3c-9d39-2f1f6f0f5a11"])
    channel: Literal["email", "sms"] = Field(examples=["sms"])
    text: str = Field(min_length=1, max_length=200_000, examples=["Your parcel leaves today."])
    seen: str = Field(max_length=64, examples=["5f2c9a1b7d3e4f608192"])


class NoteRequest(Incoming):
    """A note for colleagues."""

    request_id: Identifier = Field(examples=["3f0c5a52-7a5b-4a05-8a5f-0b2a6f5b1c22"])
    text: str = Field(min_length=1, max_length=50_000, examples=["Promised a call before five."])


class AssignRequest(Incoming):
    """Who gets the conversation; null gives it back to the queue."""

    agent: Identifier | None = Field(examples=["ana"])


class Named(BaseModel):
    """Something with an id and a name."""

    id: str
    name: str


class MeResponse(BaseModel):
    """The signed-in agent."""

    id: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])
    role: str = Field(examples=["agent"])
    presence: str = Field(examples=["ONLINE"])
    capacity: dict[str, int] = Field(examples=[{"email": 3, "sms": 3, "voice": 1}])
    load: dict[str, int] = Field(examples=[{"sms": 1}])
    inboxes: list[Named]
    agents: list[Named]


class ContactResponse(BaseModel):
    """The customer of a conversation."""

    id: str
    name: str
    address: str


class ConversationResponse(BaseModel):
    """The head of a conversation. Times are RFC 3339 in UTC."""

    id: str
    inbox: str
    subject: str
    status: Literal["open", "snoozed", "closed"]
    routing: str = Field(examples=["ASSIGNED"])
    channels: list[str]
    contact: ContactResponse
    assignee: str | None
    band: int
    waiting_since: str | None
    preview: str
    last_message_at: str
    last_visible: str


class AuthorResponse(BaseModel):
    """Who speaks in a message."""

    kind: str
    id: str
    name: str
    address: str


class AttachmentResponse(BaseModel):
    """A file of a message; `url` works for five minutes."""

    id: str
    filename: str
    content_type: str
    size: int
    inline: bool
    content_id: str
    url: str


class MessageResponse(BaseModel):
    """One entry of a timeline. `html` is sanitised; `event` names a step that is not words."""

    id: str
    conversation: str
    direction: str
    channel: str
    event: str
    author: AuthorResponse
    at: str
    text: str
    html: str | None
    subject: str
    attachments: list[AttachmentResponse]
    status: str
    status_reason: str
    provider_id: str
    explanation: str


class ConversationPage(BaseModel):
    """A page of conversations; `next` is the cursor of the following page."""

    items: list[ConversationResponse]
    next: str | None


class MessagePage(BaseModel):
    """A page of messages, oldest first; `next` is the cursor of older ones."""

    items: list[MessageResponse]
    next: str | None


class Change(BaseModel):
    """Something that changed since the cursor."""

    kind: Literal["conversation", "agent"]
    conversation: str | None = None
    agent: str | None = None


class ChangePage(BaseModel):
    """What changed; `reset` asks the reader to load its lists anew."""

    items: list[Change]
    next: str
    reset: bool


class TicketResponse(BaseModel):
    """A right to open one WebSocket within half a minute."""

    ticket: str


class Problem(BaseModel):
    """What went wrong, for a program and for a person."""

    code: str = Field(examples=["not_found"])
    message: str
    request_id: str


class ErrorResponse(BaseModel):
    """The form of every error."""

    error: Problem


class ConflictResponse(ErrorResponse):
    """Somebody was faster: the messages that the author of a reply has not seen."""

    newer: list[MessageResponse] = []
