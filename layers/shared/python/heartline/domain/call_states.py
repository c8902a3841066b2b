"""Where a call can be, what can happen to it, and what each event makes of each state: tables. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class CallState(StrEnum):
    """Where a call is."""

    INCOMING = "incoming"
    IVR = "ivr"
    PLANNED = "planned"
    QUEUED = "queued"
    OFFERING = "offering"
    DIALLING = "dialling"
    IN_PROGRESS = "in_progress"
    RECORDING = "recording"
    COMPLETED = "completed"
    VOICEMAIL = "voicemail"
    CALLBACK_REQUESTED = "callback_requested"
    ABANDONED = "abandoned"
    UNANSWERED = "unanswered"
    CANCELLED = "cancelled"
    FAILED = "failed"


class CallEvent(StrEnum):
    """What happens to a call; the value is what the entry in the timeline is called."""

    QUEUED = "call.queued"
    OFFERED = "call.offered"
    ANSWERED = "call.answered"
    DIALLED = "call.dialled"
    DECLINED = "call.declined"
    TRANSFERRED = "call.transferred"
    RETURNED = "call.returned"
    UNREACHED = "call.voicemail"
    RECORDED = "call.recorded"
    CALL_BACK = "call.callback"
    MISSED = "call.missed"
    ENDED = "call.ended"
    UNANSWERED = "call.unanswered"
    RETRIED = "call.retried"
    PLANNED = "call.planned"
    CANCELLED = "call.cancelled"
    FAILED = "call.failed"
    NOTED = "call.noted"


_IN_MENU: Final = {
    CallEvent.QUEUED: CallState.QUEUED,
    CallEvent.UNREACHED: CallState.RECORDING,
    CallEvent.CALL_BACK: CallState.CALLBACK_REQUESTED,
    CallEvent.MISSED: CallState.ABANDONED,
    CallEvent.FAILED: CallState.FAILED,
}

TRANSITIONS: Final[Mapping[CallState, Mapping[CallEvent, CallState]]] = {
    CallState.INCOMING: _IN_MENU,
    CallState.IVR: _IN_MENU,
    CallState.PLANNED: {
        CallEvent.QUEUED: CallState.QUEUED,
        CallEvent.CANCELLED: CallState.CANCELLED,
        CallEvent.FAILED: CallState.FAILED,
    },
    CallState.QUEUED: {
        CallEvent.OFFERED: CallState.OFFERING,
        CallEvent.UNREACHED: CallState.RECORDING,
        CallEvent.CALL_BACK: CallState.CALLBACK_REQUESTED,
        CallEvent.MISSED: CallState.ABANDONED,
        CallEvent.UNANSWERED: CallState.UNANSWERED,
        CallEvent.CANCELLED: CallState.CANCELLED,
        CallEvent.FAILED: CallState.FAILED,
    },
    CallState.OFFERING: {
        CallEvent.ANSWERED: CallState.IN_PROGRESS,
        CallEvent.DIALLED: CallState.DIALLING,
        CallEvent.DECLINED: CallState.QUEUED,
        CallEvent.MISSED: CallState.ABANDONED,
        CallEvent.UNANSWERED: CallState.UNANSWERED,
        CallEvent.CANCELLED: CallState.CANCELLED,
        CallEvent.FAILED: CallState.FAILED,
    },
    CallState.DIALLING: {
        CallEvent.ANSWERED: CallState.IN_PROGRESS,
        CallEvent.UNANSWERED: CallState.UNANSWERED,
        CallEvent.RETRIED: CallState.PLANNED,
        CallEvent.FAILED: CallState.FAILED,
    },
    CallState.IN_PROGRESS: {
        CallEvent.ENDED: CallState.COMPLETED,
        CallEvent.TRANSFERRED: CallState.QUEUED,
        CallEvent.RETURNED: CallState.QUEUED,
        CallEvent.FAILED: CallState.FAILED,
    },
    # Whoever hangs up here may have spoken before: only the report of the recording knows.
    CallState.RECORDING: {CallEvent.RECORDED: CallState.VOICEMAIL, CallEvent.MISSED: CallState.ABANDONED},
    CallState.COMPLETED: {},
    CallState.VOICEMAIL: {},
    CallState.CALLBACK_REQUESTED: {},
    CallState.ABANDONED: {},
    CallState.UNANSWERED: {},
    CallState.CANCELLED: {},
    CallState.FAILED: {},
}
"""channels.md, "Voice". A state without a way out is terminal; what the table does not name changes nothing."""

CUSTOMER_GONE: Final = {
    CallState.INCOMING: CallEvent.MISSED,
    CallState.IVR: CallEvent.MISSED,
    CallState.QUEUED: CallEvent.MISSED,
    CallState.OFFERING: CallEvent.MISSED,
    CallState.IN_PROGRESS: CallEvent.ENDED,
}
"""What it means that the customer's line is closed; while a message is recorded it means nothing yet.

One of ours whose customer does not answer may be tried again: that is `domain.calling`'s to decide.
"""

IN_MENU: Final = (CallState.INCOMING, CallState.IVR)
"""Before it belongs to a conversation."""
