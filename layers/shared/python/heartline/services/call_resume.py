"""What a caller's line is told by the state of the call alone: a repeated request gets the same answer."""

from typing import Final

from heartline.domain.call_legs import customer_gone
from heartline.domain.call_parties import CUSTOMER
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, Step
from heartline.domain.conversations import routing_class
from heartline.domain.instructions import (
    OUR_LANGUAGE,
    Enqueue,
    First,
    Goodbye,
    Instruction,
    Join,
    PutThrough,
    TakeMessage,
)
from heartline.domain.ivr.wish import before_tone
from heartline.domain.messages import Channel
from heartline.services.call import Switchboard

LAST_WORDS: Final = {
    CallState.CALLBACK_REQUESTED: "Nobody is there right now. We will call you back. Goodbye.",
    CallState.ABANDONED: "Nobody is there right now. Please call again later. Goodbye.",
}
"""What a caller who still waits in line is told when the wait is over."""


def resumed(board: Switchboard, call: Call) -> Instruction:
    """Where the caller is by now: in line, in the conference, before the tone, or at the end."""
    if call.state is CallState.ABANDONED and call.transfer is not None and call.transfer.number:
        return PutThrough(number=call.transfer.number, caller_id=call.number)
    if call.over:
        return Goodbye(words=LAST_WORDS.get(call.state, ""))
    if call.state is CallState.RECORDING:
        return asked_for_message(board, call)
    if call.state is CallState.IN_PROGRESS:
        return Join(call=call, label=CUSTOMER)
    asked = routing_class(Channel.VOICE, dict(call.requires))
    return Enqueue(call=call, routing_class=asked, since=call.lined or board.now())


def asked_for_message(board: Switchboard, call: Call) -> Instruction:
    sayings = before_tone(board.inbox(call.inbox).ivr, call.language)
    return First(sayings=sayings, then=TakeMessage(call=call.id, words="", language=OUR_LANGUAGE))


def hang_up(board: Switchboard, call: Call, *, failed: bool) -> Call:
    """The customer's line is closed: write what that makes of the call."""
    return board.move(call, lambda met: gone(board, met, failed=failed))


def gone(board: Switchboard, call: Call, *, failed: bool) -> Step | None:
    """What the end of the customer's line makes of the call, by the rules of its inbox."""
    wrap = board.inbox(call.inbox).voice_rules.wrap_up
    return customer_gone(call, failed=failed, agent=board.name(call.agent), wrap=wrap, at=board.now())
