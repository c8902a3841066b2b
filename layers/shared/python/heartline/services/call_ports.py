"""What a call needs from the outside, and what a request about a call says once its channel has read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from heartline.domain.call_parties import PartyState
from heartline.domain.calls import Call, Step
from heartline.domain.contacts import Identity
from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import Inbox
from heartline.domain.ivr.walking import Place
from heartline.domain.lines import Line as Queue
from heartline.domain.messages import Message
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.lifecycle import Move
from heartline.domain.screening import Ringing


class Line(StrEnum):
    """How the caller's own line is."""

    OPEN = "open"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRequest:
    """One request about a call. Fields that its step does not have are empty.

    `call` is our call, which the query names where it is not the leg that asks; `sid` is that leg. `caller` is who
    calls and `number` which of ours (E.164). `attempt` is the asking of the menu, or the offer, that the request is
    about. `conversation`, `routing_class`, `since` (when the caller began to wait here) and `told` (seconds in line at
    the last announcement) come from the query, `result` (why the line was left) from the form.
    `place` is where in the menu the caller is, `country` (ISO 3166) where the provider takes their number to be from.
    `verified` is what the caller's network vouches for (`domain.screening.unverified`), `forwarded_from` the number
    that forwarded the call. `raw` is the compressed form.
    """

    call: str
    caller: Identity
    caller_name: str
    number: str
    line: Line
    raw: bytes
    sid: str = ""
    leg: str = ""
    digits: str = ""
    speech: str = ""
    place: Place = field(default_factory=Place)
    country: str = ""
    verified: str = ""
    forwarded_from: str = ""
    attempt: int = 0
    conversation: str = ""
    routing_class: str = ""
    since: datetime | None = None
    told: int = 0
    inbox: str = ""
    result: str = ""


def ringing_of(request: CallRequest, inbox: Inbox) -> Ringing:
    """The call as it rings at an inbox."""
    return Ringing(call=request.call, inbox=inbox.id, identity=request.caller, forwarded_from=request.forwarded_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegReport:
    """What became of one leg: `state` is None where it says nothing new, `why` how an unconnected leg ended.

    The legs of a number of ours report without a label. `request` is what the form says of who called whom.
    """

    call: str
    label: str
    sid: str
    state: PartyState | None
    why: str
    request: CallRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomReport:
    """Somebody joined the conference of a call; nothing else that it reports is needed."""

    call: str
    conference: str
    label: str
    sid: str


class CallStore(Protocol):
    """The calls, and the heads of their conversations. Reads are strongly consistent and one request each."""

    def open(self, call: Call) -> Call:
        """Write a new call and answer it; one that is known stays as it is, and is answered. One request."""
        ...

    def call(self, call_id: str) -> Call | None: ...

    def scene(self, call_id: str, conversation: str) -> tuple[Call | None, Conversation | None]:
        """Read a call and the head of a conversation (may be empty) in one request."""
        ...

    def in_line(self, call_id: str, routing_class: str) -> tuple[Call | None, Queue | None]:
        """Read a call and what is known of the line that it waits in, in one request."""
        ...

    def apply(self, step: Step) -> None:
        """Write the call and what belongs to the step in one transaction; raises `Contended` if anything has moved."""
        ...

    def begin(self, call: Call, *, entries: Sequence[Message] = (), move: Move | None = None) -> None:
        """Write a call of ours with its conversation's transition; raises `Contended` if that moved or it is there."""
        ...

    def head(self, conversation: str) -> Conversation | None: ...

    def is_vip(self, caller: Identity) -> bool:
        """Whether the caller is known as somebody who matters more. One request."""
        ...


class CallRouting(Protocol):
    """What a call asks of routing. Each may be repeated, and what no longer fits changes nothing."""

    def staffed(self, asked: Asked) -> bool:
        """Whether anybody is online who could take a call that asks for this now or later on, busy or not."""
        ...

    def to_voice(self, call: Call) -> None:
        """Let the call's conversation wait on the phone, at the place that the call has."""
        ...

    def decline(self, head: Conversation, *, timed_out: bool) -> None:
        """The agent who has been chosen does not take the call; what was given by hand goes back to the queue."""
        ...

    def hand_back(self, call: Call) -> None:
        """The call is over: its conversation counts as written work again; a waiting one waits, an owner stays."""
        ...


class Telephony(Protocol):
    """Legs at the provider. All but `ring` and `invite` may be repeated; what is gone already is no error.

    They raise `Refused` (never repeat; a sentence), `Unavailable` (nothing was done) or `Uncertain`.
    """

    def ring(self, call: Call, *, to: str, seconds: int) -> str:
        """Ring the agent of an offer at an address (E.164 or `client:…`); answers the leg's id."""
        ...

    def invite(self, call: Call, *, label: str, to: str, seconds: int) -> str:
        """Ring somebody straight into the call's conference; answers the leg's id."""
        ...

    def call_up(self, call: Call, *, to: str, seconds: int) -> str:
        """Ring the customer of a call of ours, who hears that it is recorded before they are in its conference."""
        ...

    def connect(self, call: Call, sid: str) -> None:
        """Take the customer's leg out of the line and into the conference."""
        ...

    def line_up(self, call: Call, sid: str) -> None:
        """Take the customer's leg to the line, or to what comes instead of it now."""
        ...

    def hold(self, call: Call, sid: str, *, on: bool) -> None: ...

    def mute(self, call: Call, sid: str, *, on: bool) -> None: ...

    def record(self, call: Call, *, on: bool) -> None: ...

    def end(self, sid: str) -> None: ...


class Diallable(Protocol):
    """The rules of whom we call."""

    def __call__(self, number: str) -> str:
        """One sentence on why the number may not be called, empty where it may."""
        ...
