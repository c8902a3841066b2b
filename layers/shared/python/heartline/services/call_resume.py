"""What a caller's line is told by the state of the call alone: a repeated request gets the same answer."""

from typing import Final

from heartline.domain.call_legs import customer_gone
from heartline.domain.call_parties import CUSTOMER
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, Step
from heartline.domain.inboxes import Inbox
from heartline.domain.instructions import (
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
from heartline.domain.own_words import language_of, said
from heartline.domain.phrases import Phrase
from heartline.services.call import Switchboard

LAST_WORDS: Final = {
    CallState.CALLBACK_REQUESTED: Phrase.CALL_BACK,
    CallState.ABANDONED: Phrase.CALL_LATER,
}
"""What a caller who still waits in line is told when the wait is over."""


def resumed(board: Switchboard, call: Call) -> Instruction:
    """Where the caller is by now: in line, in the conference, before the tone, or at the end."""
    if call.state is CallState.ABANDONED and call.transfer is not None and call.transfer.number:
        return PutThrough(number=call.transfer.number, caller_id=call.number)
    if call.over:
        return farewell(board, call, LAST_WORDS.get(call.state))
    if call.state is CallState.RECORDING:
        return asked_for_message(board, call)
    if call.state is CallState.IN_PROGRESS:
        return Join(call=call, label=CUSTOMER)
    return Enqueue(call=call, routing_class=call.asked.queue(Channel.VOICE), since=call.lined or board.now())


def asked_for_message(board: Switchboard, call: Call) -> Instruction:
    inbox = board.inbox(call.inbox)
    return First(sayings=before_tone(inbox, call.language), then=message_of(inbox, call))


def message_of(inbox: Inbox, call: Call) -> TakeMessage:
    language = call.language or language_of(inbox)
    return TakeMessage(call=call.id, inbox=inbox.id, language=language, thanks=said(inbox, language, Phrase.THANKS))


def farewell(board: Switchboard, call: Call, phrase: Phrase | None) -> Instruction:
    """The last words to a caller, in their language, and the end."""
    if phrase is None:
        return Goodbye()
    return First(sayings=(said(board.inbox(call.inbox), call.language, phrase),), then=Goodbye())


def hang_up(board: Switchboard, call: Call, *, failed: bool) -> Call:
    """The customer's line is closed: write what that makes of the call."""
    return board.move(call, lambda met: gone(board, met, failed=failed))


def gone(board: Switchboard, call: Call, *, failed: bool) -> Step | None:
    """What the end of the customer's line makes of the call, by the rules of its inbox."""
    wrap = board.inbox(call.inbox).voice_rules.wrap_up
    return customer_gone(call, failed=failed, agent=board.name(call.agent), wrap=wrap, at=board.now())
