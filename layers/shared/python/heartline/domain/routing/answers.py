"""An agent's answer to an offer of written work: what it makes of the conversation, or why it counts no more. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict
from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.by_hand import check_open
from heartline.domain.routing.lifecycle import Move

LATE: Final = "This is not offered to you any more. Take it, if you still want it."
"""An accept in the second of the time-out is late (R6); by hand an agent may take it all the same."""

_WHERE: Final[Mapping[State, str]] = {
    State.WAITING: LATE,
    State.OFFERED: "This is offered to somebody else now.",
}

_HAD: Final = frozenset({State.ASSIGNED, State.WRAP, State.SNOOZED})


def accepting(head: Conversation, agent: str, *, seen: datetime | None, at: datetime) -> Move | None:
    """The agent takes the offer that ends when they saw it end; None if they have it already.

    Raises `Conflict` with a sentence where the offer is over, somebody else's, or a call.
    """
    if head.state is State.ASSIGNED and head.agent == agent:
        return None
    check_open(head)
    if not is_offered(head, agent, seen=seen):
        raise Conflict(_WHERE.get(head.state, "Somebody else has this now.") if head.agent != agent else LATE)
    _refuse_call(head)
    move = lifecycle.acceptance(head, at=at)
    if move is None:
        raise Conflict(LATE)
    return move


def check_declinable(head: Conversation, agent: str) -> None:
    """Raises `Conflict` for a call, and for what the agent has taken; an offer that is gone already is no error."""
    if head.agent != agent:
        return
    if head.state in _HAD:
        raise Conflict("You have taken this already. Give it back to the queue, if you do not want it.")
    _refuse_call(head)


def is_offered(head: Conversation, agent: str, *, seen: datetime | None) -> bool:
    """Whether it is offered to the agent; with `seen`, whether by the very offer that ends then."""
    return head.state is State.OFFERED and head.agent == agent and seen in {None, head.offer_expires}


def _refuse_call(head: Conversation) -> None:
    if head.routing_channel is Channel.VOICE:
        raise Conflict("This is a call: answer it, or decline it, where it rings.")
