"""What an agent reads of calls, and what a lead does about numbers that call."""

from collections.abc import Collection, Sequence
from typing import Protocol

from heartline.domain.calls import Call
from heartline.domain.conversations import Conversation
from heartline.domain.screening import BlockedCaller
from heartline.services.ports import Page


class CallReading(Protocol):
    """Calls by id, and lists of call-backs."""

    def call(self, call_id: str) -> Call | None: ...

    def calls(self, ids: Collection[str]) -> dict[str, Call]:
        """Read calls in one request; none for no id. What does not exist is absent."""
        ...

    def call_backs(self, inboxes: Sequence[str], *, limit: int, cursor: str | None) -> Page[Call]:
        """Merge the open call-backs of inboxes, the soonest first."""
        ...

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]:
        """Read the heads of conversations in one request."""
        ...


class BlockedCallers(Protocol):
    """Numbers whose calls a lead does not want."""

    def page(self, *, limit: int, cursor: str | None) -> Page[BlockedCaller]:
        """List them, the latest first."""
        ...

    def block(self, entry: BlockedCaller) -> None:
        """Block a number, or treat it otherwise from now on."""
        ...

    def unblock(self, number: str) -> BlockedCaller:
        """Let a number in again, and answer what stood against it; raises `NotFound` if nothing did."""
        ...
