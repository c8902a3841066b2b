"""The shapes of what agents send, both directions: answers, first mails, uploads and blocked addresses."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from heartline.api.models import (
    AttachmentResponse,
    ConversationResponse,
    Identifier,
    Incoming,
    MailboxResponse,
    MessageResponse,
)

Text = Annotated[str, Field(max_length=50_000, examples=["Your parcel leaves **today**."])]
UploadId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]


class MailboxRequest(Incoming):
    """Whom a mail goes to; the name may be empty."""

    name: str = Field(default="", max_length=200, examples=["Eva Lind"])
    address: str = Field(min_length=3, max_length=320, examples=["eva@example.org"])


Mailboxes = Annotated[
    list[MailboxRequest], Field(max_length=50, examples=[[{"name": "Eva Lind", "address": "eva@example.org"}]])
]


class TemplateRequest(Incoming):
    """A template of the inbox, in the place of words; `variables` fill its places."""

    sid: str = Field(pattern=r"^HX[0-9a-fA-F]{32}$", examples=["HX0123456789abcdef0123456789abcdef"])
    variables: dict[str, str] = Field(default_factory=dict, max_length=100, examples=[{"1": "Eva"}])


class ReplyRequest(Incoming):
    """An answer to the customer. `seen` is the `last_visible` that the author had on the screen.

    The fields from `to` to `forwards`, and `quote`, are for mail; `template` is for WhatsApp, and `number` for a text:
    one of the customer's numbers, without it the one that they used last. A text or a WhatsApp message may be files
    alone. Without `to` it goes to whom `answers` is answered to: the message named, else
    the customer's latest mail. `attachments` are ids of uploads and, in a forward, of files of the message that it
    passes on. `quote` says whether the message answered stands below; null leaves that to the inbox.
    """

    request_id: Identifier = Field(examples=["0b6f3a0e-4e0b-4a3c-9d39-2f1f6f0f5a11"])
    channel: Literal["email", "sms", "whatsapp"] = Field(examples=["sms"])
    text: Text = ""
    seen: str = Field(max_length=64, examples=["5f2c9a1b7d3e4f608192"])
    force: bool = Field(default=False, examples=[False])
    override_quiet: bool = Field(default=False, examples=[False])
    number: str = Field(default="", max_length=32, examples=["+14155550123"])
    to: Mailboxes = Field(default_factory=list)
    cc: Mailboxes = Field(default_factory=list)
    bcc: Mailboxes = Field(default_factory=list)
    subject: str = Field(default="", max_length=1000, examples=["Re: Where is my parcel?"])
    answers: Identifier | None = Field(default=None, examples=[None])
    forwards: Identifier | None = Field(default=None, examples=[None])
    attachments: list[UploadId] = Field(default_factory=list, max_length=50, examples=[["Xb3kS0qT1mYp4Jz8"]])
    quote: bool | None = Field(default=None, examples=[None])
    template: TemplateRequest | None = Field(default=None, examples=[None])


class BeginRequest(Incoming):
    """A first message to somebody: it opens a conversation that is its author's.

    A mail has `to` and `subject`; a text or a WhatsApp message has a `number`, as it is dialled in the inbox's country
    or with + and the country's code. `anyway` opens it beside a conversation with this customer that is open already.
    """

    request_id: Identifier = Field(examples=["6f0f5a11-4e0b-4a3c-9d39-0b6f3a0e2f1f"])
    inbox: Identifier = Field(examples=["support"])
    channel: Literal["email", "sms", "whatsapp"] = Field(examples=["email"])
    text: Text = ""
    number: str = Field(default="", max_length=64, examples=["(415) 555-2671"])
    to: Mailboxes = Field(default_factory=list)
    cc: Mailboxes = Field(default_factory=list)
    bcc: Mailboxes = Field(default_factory=list)
    subject: str = Field(default="", max_length=1000, examples=["Your parcel"])
    attachments: list[UploadId] = Field(default_factory=list, max_length=50, examples=[["Xb3kS0qT1mYp4Jz8"]])
    template: TemplateRequest | None = Field(default=None, examples=[None])
    override_quiet: bool = Field(default=False, examples=[False])
    anyway: bool = Field(default=False, examples=[False])


class BeginResponse(BaseModel):
    """The conversation that was opened, and the message in it."""

    conversation: ConversationResponse
    message: MessageResponse


class TemplateResponse(BaseModel):
    """Words that WhatsApp has approved; `variables` are the names of the places in `body`, such as `{{1}}`."""

    sid: str = Field(examples=["HX0123456789abcdef0123456789abcdef"])
    name: str = Field(examples=["parcel_arrived"])
    language: str = Field(examples=["en"])
    body: str = Field(examples=["Hello {{1}}, your parcel has arrived."])
    variables: list[str] = Field(examples=[["1"]])


class TemplatePage(BaseModel):
    """All templates of an inbox."""

    items: list[TemplateResponse]


class BlockedResponse(BaseModel):
    """An address that gets no mail from us, with the reason in plain words."""

    address: str = Field(examples=["eva@example.org"])
    reason: str = Field(examples=["a mail to it came back for good on 2026-03-02: 550 5.1.1 User unknown"])
    at: str = Field(examples=["2026-03-02T12:04:10.250Z"])


class PreparationResponse(BaseModel):
    """What a composer begins with. `new_domains` had no part in the conversation; files are those of a forward."""

    to: list[MailboxResponse]
    cc: list[MailboxResponse]
    subject: str = Field(examples=["Re: Where is my parcel?"])
    quoted_text: str = Field(examples=["It has not arrived yet."])
    attachments: list[AttachmentResponse]
    new_domains: list[str] = Field(examples=[["example.net"]])
    blocked: list[BlockedResponse]


class BlockedPage(BaseModel):
    """A page of blocked addresses, the latest first."""

    items: list[BlockedResponse]
    next: str | None = Field(examples=[None])


class UploadRequest(Incoming):
    """A file that is to be uploaded; `size` in bytes is exact."""

    filename: str = Field(max_length=1000, examples=["receipt.pdf"])
    content_type: str = Field(max_length=200, examples=["application/pdf"])
    size: int = Field(ge=1, examples=[48213])


class UploadResponse(BaseModel):
    """How to upload it: the file as the body of a request of `method` to `url` with these `headers`, in time."""

    id: str = Field(examples=["Xb3kS0qT1mYp4Jz8"])
    url: str = Field(examples=["https://media.example/uploads/ana/Xb3kS0qT1mYp4Jz8?X-Amz-Expires=900"])
    method: str = Field(examples=["PUT"])
    headers: dict[str, str] = Field(examples=[{"content-type": "application/pdf"}])
    expires: str = Field(examples=["2026-03-02T12:19:10.250Z"])
