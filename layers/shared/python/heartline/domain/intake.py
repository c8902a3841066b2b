"""An inbound event as every channel hands it over, and what is known of its sender before it is placed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from heartline.domain.consent import Consent, Request
from heartline.domain.contacts import Contact, Identity
from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import Inbox
from heartline.domain.mail import Kind, MailDetails
from heartline.domain.messages import Attachment, Channel, PendingMedia
from heartline.domain.recordings import Recording
from heartline.domain.reports import Reported
from heartline.domain.routing.asked import Asked

PREVIEW_LENGTH: Final = 120
SUBJECT_LENGTH: Final = 200
"""Characters that a list shows of a message and of a subject; a message keeps both whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One inbound event, read from its channel's form and not yet placed.

    `event` is the provider's id, by which the event is taken in exactly once. `thread` is the conversation that the
    channel's own threading found. `raw` is the compressed raw form where it is small (a webhook), `raw_pointer` the key
    of the raw object where it is not (a mail). `aliases` are further ids by which later mail may name this message;
    `subject_alias` is the one of the subject rule, which always names the latest. `reported` is the message of ours
    that a delivery report is about. `unanswerable`: its sender asks machines not to answer.
    `answer_to` is the sender's address as the channel spells it, where that is not the identity's.
    `consent` is what a text of one keyword asks for. `ends` is the event under which it was held until now; taking it
    in ends that entry. `call` is the live call that it belongs to, and `routed` the channel that routing is to count a
    new conversation on where that is not `channel`: a missed call waits as written work. `asked` is what it asks of
    routing, where that was decided before (in the voice menu).
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
    subject_alias: str = ""
    mail: MailDetails | None = None
    asked: Asked | None = None
    thread: Conversation | None = None
    explanation: str = ""
    step: str = ""
    reported: Reported | None = None
    unanswerable: bool = False
    ends: str = ""
    answer_to: str = ""
    consent: Request | None = None
    recording: Recording | None = None
    call: str = ""
    routed: Channel | None = None

    @property
    def quiet(self) -> bool:
        """Whether a machine wrote it, nobody should have, or it is a keyword for machines: kept, and without effect."""
        return self.kind is not Kind.HUMAN

    @property
    def kind(self) -> Kind:
        """What it is."""
        if self.mail is not None:
            return self.mail.kind
        return Kind.KEYWORD if self.consent else Kind.HUMAN


SAME_MATTER: Final = timedelta(hours=24)
"""What has no thread (a text, a call) and opens a conversation so soon after the last one is about the same matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """When a contact last opened a conversation that no thread is known of, and how often in a row they had by then."""

    at: datetime
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """The contact's open conversations in one inbox, the most recently active first; `version` 0 means none yet."""

    conversations: tuple[str, ...] = ()
    version: int = 0
    came: Came | None = None

    def rounds(self, at: datetime) -> int:
        """How often the contact has come with this matter, if they open another conversation `at` that time."""
        again = self.came is not None and abs(at - self.came.at) <= SAME_MATTER
        return self.came.rounds + 1 if self.came is not None and again else 1

    def led_by(self, conversation: str) -> "Pointer":
        """The same pointer after `conversation` became the most recently active."""
        others = tuple(other for other in self.conversations if other != conversation)
        return replace(self, conversations=(conversation, *others), version=self.version + 1)

    def followed_by(self, conversation: str) -> "Pointer":
        """The same pointer after somebody else wrote to `conversation`: it is open, and leads nobody's texts away."""
        others = tuple(other for other in self.conversations if other != conversation)
        return replace(self, conversations=(*others, conversation), version=self.version + 1)

    def without(self, conversation: str) -> "Pointer":
        """The same pointer after `conversation` was closed."""
        others = tuple(other for other in self.conversations if other != conversation)
        return replace(self, conversations=others, version=self.version + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a sender in an inbox: the contact (None before the first contact) and the open pointer.

    `consents` are those of the pairs that a keyword is about.

    Beside a conversation of another contact, `pointer` is that contact's and `participants` are the addresses
    (lower case) that took part in it lately.
    """

    contact: Contact | None
    pointer: Pointer
    consents: tuple[Consent, ...] = ()
    participants: frozenset[str] = frozenset()


def message_id(channel: str, event: str) -> str:
    """The id of the message that an event becomes: derived, so that a repetition names the same message."""
    return sha256(f"{channel}#{event}".encode()).hexdigest()[:20]


def preview_of(text: str) -> str:
    """The first words of a message on one line."""
    return " ".join(text[: PREVIEW_LENGTH * 4].split())[:PREVIEW_LENGTH]


def work_requires(inbox: Inbox, asked: dict[str, int]) -> dict[str, int]:
    """The skills that work of an inbox asks for; membership of the inbox is one: routing has a single currency."""
    return {**inbox.requires, **asked, membership(inbox.id): 1}


def membership(inbox: str) -> str:
    """The skill that stands for the right to work in an inbox."""
    return f"inbox:{inbox}"


def matching_inboxes(inboxes: Sequence[Inbox], channel: Channel, addresses: Sequence[str]) -> tuple[Inbox, ...]:
    """The inboxes that own one of `addresses` on `channel`, in the order of the configuration.

    A text to a number that nobody has belongs to whom its messaging service sends for.
    """
    wanted = set(addresses)
    owners = tuple(inbox for inbox in inboxes if wanted & set(inbox.addresses(channel)))
    if owners or channel is not Channel.SMS:
        return owners
    return tuple(inbox for inbox in inboxes if inbox.sms_rules.service in wanted)
