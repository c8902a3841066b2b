"""How a stored conversation looks to routing: its head as a waiting one, and the policy it is routed by."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from heartline.domain.conversations import Conversation
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Decline, Demand, Needs, Policy, Pool, Preference, Step, Waiting

REPLY_WINDOW: Final = 60
"""How many seconds a conversation that waits again is kept for the agent who had it last (R16)."""

POLICY: Final = Policy(
    offers={Channel.VOICE.value: 20},
    blocks={Channel.VOICE.value: frozenset({Channel.EMAIL.value, Channel.SMS.value, Channel.WHATSAPP.value})},
)
"""A call is offered, for the agent's telephone must be answered; what is written is assigned directly."""


def demand_of(channel: str, requires: Mapping[str, int], pools: Sequence[str]) -> Demand:
    """What a class asks for; all pools are open from the start, in the order of the configuration."""
    return _demand(channel, tuple(sorted(requires.items())), tuple(pools))


@lru_cache(maxsize=4096)
def _demand(channel: str, needs: Needs, pools: tuple[str, ...]) -> Demand:
    """The same object for the same class, so that what is worked out for it is found again."""
    return Demand(channel=channel, steps=(Step(needs=needs),), pools=tuple(Pool(name=name) for name in pools))


def waiting(head: Conversation, pools: Sequence[str]) -> Waiting:
    """The head of a waiting conversation as the decision takes it."""
    declined = head.declined or {}
    return Waiting(
        id=head.id,
        demand=demand_of(head.routing_channel.value, head.requires, pools),
        enqueued=head.enqueued.timestamp(),
        version=head.version,
        band=head.band,
        boost=head.boost,
        heated=head.heated,
        preference=Preference(agent=head.last_agent, window=REPLY_WINDOW) if head.last_agent else None,
        declines={
            agent: Decline(epoch=epoch, at=declined.get(agent, 0) / 1000)
            for agent, epoch in (head.exclusions or {}).items()
        },
    )


def milliseconds(at: datetime) -> int:
    """`at` as the table counts it: whole milliseconds since the epoch."""
    return round(at.timestamp() * 1000)
