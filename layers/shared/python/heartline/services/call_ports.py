"""What a call needs from the outside, and what a request about a call says once its channel has read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from heartline.domain.calls import Call, Step
from heartline.domain.contacts import Identity
from heartline.domain.conversations import Conversation


class Line(StrEnum):
    """How the caller's own line is."""

    OPEN = "open"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording that is ready at the provider; `url` is https, `seconds` is 0 where nothing was said."""

    id: str
    url: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRequest:
    """One request about a call. Fields that its step does not have are empty.

    `caller` is who calls and `number` which of ours (E.164). `attempt` is the asking of the menu, or the offer, that
    the request is about; `since` is when the caller began to wait; `position` is the place in line, 0 if unknown.
    `busy` says that the agent's phone refused instead of ringing out. `raw` is the compressed form.
    """

    call: str
    caller: Identity
    caller_name: str
    number: str
    line: Line
    raw: bytes
    digits: str = ""
    attempt: int = 0
    conversation: str = ""
    since: datetime | None = None
    position: int = 0
    seconds_in_line: int = 0
    busy: bool = False
    recording: Recording | None = None


class CallStore(Protocol):
    """The calls, and the heads of their conversations."""

    def open(self, call: Call) -> None:
        """Write a new call; one that is known stays as it is."""
        ...

    def call(self, call_id: str) -> Call | None: ...

    def apply(self, step: Step) -> None:
        """Write the call and its entry in one transaction; raises `Contended` if the call has moved on."""
        ...

    def head(self, conversation: str) -> Conversation | None: ...


class CallRouting(Protocol):
    """What a call asks of routing. Each may be repeated, and what no longer fits changes nothing."""

    def staffed(self, requires: Mapping[str, int]) -> bool:
        """Whether anybody is online who could take a call that asks for these skills, busy or not."""
        ...

    def to_voice(self, conversation: str, requires: Mapping[str, int]) -> None:
        """Let the conversation wait for an agent on the phone; one that is offered or held on voice already stays."""
        ...

    def accept(self, conversation: str, reservation: str) -> bool:
        """Whether the agent of this reservation now has the conversation: the offer stood, or it is theirs already."""
        ...

    def decline(self, conversation: str, reservation: str, *, timed_out: bool) -> None:
        """The agent did not take the call: rang out, or refused."""
        ...

    def hand_back(self, conversation: str) -> None:
        """The call is over: the conversation counts as written work again; a waiting one waits, an owner stays."""
        ...
