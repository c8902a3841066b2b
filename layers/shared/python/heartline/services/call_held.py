"""A call to a number that no inbox has: what is held of it, and the missed call that it becomes once one takes it."""

from datetime import datetime
from typing import Final

from heartline.domain.call_states import CallEvent
from heartline.domain.held import NO_NUMBER, Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel, Direction
from heartline.services.call_ports import CallRequest

TEXT: Final = "Called {}, which no inbox had then, and heard that the number is not in service: call back."


def held_call(request: CallRequest, at: datetime) -> Held:
    """What the held list shows of the call."""
    return Held(
        key=request.call,
        channel=Channel.VOICE,
        direction=Direction.INBOUND,
        at=at,
        reason=NO_NUMBER,
        sender=request.caller.address,
        recipient=request.number,
        preview=request.caller_name,
        raw=request.raw,
    )


def missed_call(held: Held, request: CallRequest, inbox: Inbox) -> Arrival:
    """The entry of a missed call; `request` is the held form, read again."""
    return Arrival(
        channel=Channel.VOICE,
        event=held.key,
        inbox=inbox,
        sender=request.caller,
        sender_name=request.caller_name,
        at=held.at,
        text=TEXT.format(request.number),
        recipients=(request.number,),
        raw=held.raw,
        provider_id=held.key,
        step=CallEvent.MISSED.value,
    )
