"""Where a call stands in the index: among the call-backs of its inbox, or among those that a clock has to look at."""

from datetime import datetime
from typing import Final

from heartline.domain.call_due import alarm
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, Purpose
from heartline.storage import keys
from heartline.storage.expressions import Item

OPEN_CALL_BACK: Final = (CallState.PLANNED, CallState.QUEUED, CallState.OFFERING)
"""A call-back that has not reached the customer."""


def call_view(call: Call) -> Item:
    """The two attributes that place a call in the index; empty for the many that nobody looks for."""
    if call.purpose is Purpose.CALL_BACK and call.state in OPEN_CALL_BACK:
        return _placed(call, keys.view(call.inbox, keys.CALL_BACKS), call.due or call.queued or call.began)
    at = alarm(call)
    return _placed(call, keys.ALARMS_VIEW, at) if at else {}


def _placed(call: Call, view: str, at: datetime) -> Item:
    return {"view": view, "view_at": f"{keys.instant(at)}#{call.id}"}
