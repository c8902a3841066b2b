"""What a telephone call is and how it moves: a pure state machine over reports that come late, twice, out of order.

It decides nothing about agents: who is offered a call is routing's decision about its conversation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from heartline.domain.contacts import Identity
from heartline.domain.intake import message_id
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message


class CallState(StrEnum):
    """Where a call is."""

    INCOMING = "incoming"
    IVR = "ivr"
    QUEUED = "queued"
    OFFERING = "offering"
    IN_PROGRESS = "in_progress"
    RECORDING = "recording"
    COMPLETED = "completed"
    VOICEMAIL = "voicemail"
    ABANDONED = "abandoned"
    FAILED = "failed"


class CallEvent(StrEnum):
    """What happens to a call; the value is what the entry in the timeline is called."""

    QUEUED = "call.queued"
    OFFERED = "call.offered"
    ANSWERED = "call.answered"
    DECLINED = "call.declined"
    UNREACHED = "call.voicemail"
    RECORDED = "call.recorded"
    MISSED = "call.missed"
    ENDED = "call.ended"
    FAILED = "call.failed"


_BEFORE_THE_QUEUE: Final = {
    CallEvent.QUEUED: CallState.QUEUED,
    CallEvent.MISSED: CallState.ABANDONED,
    CallEvent.FAILED: CallState.FAILED,
}

TRANSITIONS: Final[Mapping[CallState, Mapping[CallEvent, CallState]]] = {
    CallState.INCOMING: _BEFORE_THE_QUEUE,
    CallState.IVR: _BEFORE_THE_QUEUE,
    CallState.QUEUED: {
        CallEvent.OFFERED: CallState.OFFERING,
        CallEvent.UNREACHED: CallState.RECORDING,
        CallEvent.MISSED: CallState.ABANDONED,
        CallEvent.FAILED: CallState.FAILED,
    },
    CallState.OFFERING: {
        CallEvent.ANSWERED: CallState.IN_PROGRESS,
        CallEvent.DECLINED: CallState.QUEUED,
        CallEvent.MISSED: CallState.ABANDONED,
        CallEvent.FAILED: CallState.FAILED,
    },
    CallState.IN_PROGRESS: {CallEvent.ENDED: CallState.COMPLETED, CallEvent.FAILED: CallState.FAILED},
    # Whoever hangs up here may have spoken before: only the report of the recording knows.
    CallState.RECORDING: {CallEvent.RECORDED: CallState.VOICEMAIL, CallEvent.MISSED: CallState.ABANDONED},
    CallState.COMPLETED: {},
    CallState.VOICEMAIL: {},
    CallState.ABANDONED: {},
    CallState.FAILED: {},
}
"""channels.md, "Voice". A state without a way out is terminal; what the table does not name changes nothing."""

LINE_CLOSED: Final = {
    CallState.INCOMING: CallEvent.MISSED,
    CallState.IVR: CallEvent.MISSED,
    CallState.QUEUED: CallEvent.MISSED,
    CallState.OFFERING: CallEvent.MISSED,
    CallState.IN_PROGRESS: CallEvent.ENDED,
}
"""What it means that the caller's line is closed; while a message is recorded it means nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a customer. `id` is the CallSid, `number` the one of ours that was called (E.164).

    `digit` and `choice` are what the caller chose in the menu, or empty. `attempt` counts the offers; `agent` and
    `reservation` are those of the present one. `version` rises with every change.
    """

    id: str
    state: CallState
    inbox: str
    number: str
    caller: Identity
    caller_name: str
    began: datetime
    conversation: str = ""
    digit: str = ""
    choice: str = ""
    queued: datetime | None = None
    agent: str = ""
    reservation: str = ""
    attempt: int = 0
    answered: datetime | None = None
    version: int = 0

    @property
    def in_menu(self) -> bool:
        return self.state in (CallState.INCOMING, CallState.IVR)

    @property
    def over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return not TRANSITIONS[self.state]

    @property
    def queue(self) -> str:
        """The name of Twilio's queue: callers who made the same choice stand in one line."""
        return f"{self.inbox}-{self.digit or 'any'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of a call, written at once with its entry in the timeline."""

    before: Call
    after: Call
    entry: Message | None


def advance(call: Call, event: CallEvent, *, at: datetime, text: str = "", **changes: Any) -> Step | None:
    """What `event` makes of the call, or None if it came too late or twice.

    `text` is the entry for people; without it there is none. `changes` are fields that come with the event.
    """
    state = TRANSITIONS[call.state].get(event)
    if state is None:
        return None
    after = replace(call, **changes, state=state, version=call.version + 1)
    return Step(before=call, after=after, entry=_entry(after, event, text, at) if text else None)


def _entry(call: Call, event: CallEvent, text: str, at: datetime) -> Message:
    return Message(
        id=message_id(Channel.VOICE, f"{call.id}#{event}#{call.attempt}"),
        conversation=call.conversation,
        channel=Channel.VOICE,
        direction=Direction.INTERNAL,
        author=Author(kind=AuthorKind.SYSTEM, id="voice", name="Phone"),
        at=at,
        text=text,
        event=event.value,
    )
