"""What the use cases need from the outside: one Protocol a need, implemented in storage/ and channels/."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from heartline.domain.consent import Pair
from heartline.domain.contacts import Identity
from heartline.domain.conversations import Conversation
from heartline.domain.held import Held
from heartline.domain.inboxes import Company
from heartline.domain.intake import Pointer, Standing
from heartline.domain.messages import DeliveryStatus, Message
from heartline.domain.outbound import Claim, Intent, Reply
from heartline.domain.placing import Intake
from heartline.domain.progress import Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A page of a list; `next` is an opaque cursor, or None at the end."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReference:
    """Where a message is; `sort` is its sort key in the conversation."""

    conversation: str
    sort: str


class Clock(Protocol):
    """Tells the time: aware, UTC, whole milliseconds."""

    def __call__(self) -> datetime: ...


class NewId(Protocol):
    """Draws an id: 16 lower-case letters and digits, sorted by time."""

    def __call__(self) -> str: ...


class Configuration(Protocol):
    """The company's configuration, at most a minute old."""

    def company(self) -> Company: ...


class Blobs(Protocol):
    """Large content: raw mail, attachments, recordings, long bodies."""

    def put(self, key: str, content: bytes, content_type: str) -> None: ...

    def get(self, key: str) -> bytes:
        """Raise `NotFound` if there is no such object, `Unavailable` if the store does not answer."""
        ...


class IntakeStore(Protocol):
    """What taking in an event reads and writes."""

    def locate(self, sender: Identity, inbox: str, *, pairs: Sequence[Pair] = ()) -> Standing:
        """Answer who the sender is, what is open with them and what holds for `pairs`.

        One request for a contact's first identity, else two.
        """
        ...

    def beside(self, thread: Conversation, standing: Standing) -> Standing:
        """Answer the same standing beside a conversation of another contact: two requests."""
        ...

    def store(self, intake: Intake) -> None:
        """Write guard, message and head (and what a first contact or a new conversation needs) in one transaction.

        Raises `AlreadyStored` if the event was taken in before, `Contended` if the decision's ground has moved.
        """
        ...

    def hold(self, held: Held) -> None:
        """Keep an event that belongs to no inbox, with its reason; raises `AlreadyStored` if it came before."""
        ...


class References(Protocol):
    """Finds messages by the ids that providers and mail headers know them by."""

    def find(self, provider_ids: Sequence[str]) -> dict[str, MessageReference]: ...

    def conversation(self, conversation_id: str) -> Conversation | None: ...

    def message(self, reference: MessageReference) -> Message | None:
        """Read a message without the long parts of its body."""
        ...


class ReadingStore(Protocol):
    """What an agent reads."""

    def conversation(self, conversation_id: str) -> Conversation | None: ...

    def conversations(self, ids: Sequence[str]) -> tuple[Conversation, ...]: ...

    def view(self, partitions: Sequence[str], *, limit: int, cursor: str | None) -> Page[Conversation]:
        """Merge partitions of the view index, the most recent message first."""
        ...

    def messages(
        self,
        conversation_id: str,
        *,
        limit: int,
        cursor: str | None,
        whole: bool = True,
        absorbed: Sequence[str] = (),
    ) -> Page[Message]:
        """Read the newest `limit` messages before the cursor, oldest first; long bodies only if `whole`.

        Those of the conversations that it has `absorbed` stand among them; those that were moved elsewhere do not.
        """
        ...

    def messages_since(self, conversation_id: str, message_id: str) -> tuple[Message, ...]:
        """The customer-visible messages after the one named, oldest first (all of the newest page if unknown)."""
        ...


class ReplyStore(Protocol):
    """What answering reads and writes."""

    def conversation(self, conversation_id: str) -> Conversation | None: ...

    def pointer(self, contact_id: str, inbox: str) -> Pointer: ...

    def submit(self, reply: Reply) -> Message:
        """Write intent, message and head in one transaction; a repetition answers the message already written.

        Raises `Conflict` if a newer customer-visible message exists, `Contended` if the pointer moved, and what refuses
        it: `Blocked`, `OptedOut`, `Capped`.
        """
        ...

    def submitted(self, conversation_id: str, request_id: str) -> Message | None:
        """The message that a request wrote before, or None."""
        ...

    def add_note(self, note: Message) -> Message:
        """Write a note once; a repetition answers the first."""
        ...


class OutboxStore(Protocol):
    """What sending reads and writes."""

    def claim(self, intent_id: str, *, attempt: str, now: datetime, lease_until: datetime) -> Claim:
        """Move the intent from queued to sending for this attempt, or say what it is instead; `NotFound` if unknown."""
        ...

    def sent(self, intent: Intent, *, provider_id: str, aliases: Sequence[str]) -> None:
        """Record the provider's id and join delivery states that came before it."""
        ...

    def settle(self, intent_id: str) -> None:
        """Finish what a sender left that died behind its record: join delivery states that came before it."""
        ...

    def release(self, intent: Intent) -> None:
        """Give the claim back: the provider said that nothing was sent, and another try may succeed."""
        ...

    def postpone(self, intent: Intent, *, until: datetime) -> None:
        """Give the claim back until a time that the provider asked for."""
        ...

    def ended(self, intent: Intent, status: DeliveryStatus, *, reason: str, code: str = "") -> None:
        """Record that the intent failed, or that nobody knows (`UNKNOWN`)."""
        ...


class TrackStore(Protocol):
    """What a delivery report writes."""

    def advance(self, progress: Progress) -> bool:
        """Raise a message's state, never lower it; park the report if the id is not known yet. True if it changed.

        What is said of a try that a later one has replaced changes nothing. A first try with `again_at` is not the end:
        the intent is due again then, and the message keeps its state.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed after a cursor: ids of conversations and agents, each once. `reset` asks to read everything anew."""

    conversations: tuple[str, ...]
    agents: tuple[str, ...]
    cursor: int
    reset: bool = False


class ChangeFeed(Protocol):
    """The truth behind the live view: a gapless log of what changed."""

    def last(self) -> int: ...

    def after(self, cursor: int) -> Changes: ...


class Tickets(Protocol):
    """Rights to open a socket."""

    def issue(self, secret: str, agent: str, *, now: datetime) -> None: ...


class Sender(Protocol):
    """One channel's way out."""

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        """Send once; answer the provider's id and its aliases, each in the form of `storage.keys.alias`.

        Raises `Refused` (never repeat), `Unavailable` (nothing was sent) or `Uncertain` (it may have been).
        """
        ...
