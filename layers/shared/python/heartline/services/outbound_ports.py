"""What sending mail needs from the outside, besides `services.ports`: originals, uploads, blocked addresses, events."""

from collections.abc import Collection, Sequence
from typing import Protocol

from heartline.domain.conversations import Conversation
from heartline.domain.messages import Message
from heartline.domain.reports import Reported
from heartline.domain.suppressions import Suppression
from heartline.domain.uploads import Ticket, Upload
from heartline.services.ports import Page


class Originals(Protocol):
    """Finds the message that is answered, quoted or passed on."""

    def message(self, conversation_id: str, message_id: str) -> Message:
        """Read one message whole; raises `NotFound`."""
        ...


class Suppressions(Protocol):
    """The addresses that get no mail any more; every address is in lower case."""

    def blocked(self, addresses: Collection[str]) -> tuple[Suppression, ...]:
        """Those of `addresses` that are blocked, in their order."""
        ...

    def page(self, *, limit: int, cursor: str | None) -> Page[Suppression]:
        """All of them, the latest first."""
        ...

    def lift(self, address: str) -> Suppression:
        """Let mail go there again, and answer what it was blocked for; raises `NotFound`."""
        ...


class UploadStore(Protocol):
    """Where a browser puts a file before a mail takes it."""

    def ticket(self, upload: Upload) -> Ticket: ...

    def find(self, agent: str, upload_id: str) -> Upload | None:
        """What lies there, in the size that it really has; None if nothing was uploaded."""
        ...

    def keep(self, upload: Upload) -> tuple[str, str]:
        """Copy it to where files of messages are; answers its SHA-256 and its key there."""
        ...


class SentMails(Protocol):
    """The mails of ours that events are about."""

    def message_of(self, intent_id: str) -> Message:
        """The message that an intent sends, without a long body; raises `NotFound`."""
        ...

    def head_of(self, message: Message) -> Conversation:
        """The conversation that shows the message: the one that goes on, where it was merged."""
        ...

    def note(self, about: Reported, shown_in: Conversation, blocks: Sequence[Suppression]) -> None:
        """Write what is known of the message now, flag the conversation and block addresses, in one transaction.

        Raises `Contended` if something else was noted since the message was read.
        """
        ...
