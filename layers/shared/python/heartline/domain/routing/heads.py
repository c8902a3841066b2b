"""How a stored conversation looks to routing: its head as a waiting one, and the policy it is routed by."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from heartline.domain.conversations import Conversation
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Decline, Demand, Needs, Policy, Pool, Preference, Step, Waiting

Intervals = tuple[tuple[float, float], ...]
"""Half-open intervals in seconds since the epoch."""

REPLY_WINDOW: Final = 60
"""How many seconds a conversation that waits again is kept for the agent who had it last (R16)."""

POLICY: Final = Policy(
    offers={Channel.VOICE.value: 20},
    blocks={Channel.VOICE.value: frozenset({Channel.EMAIL.value, Channel.SMS.value, Channel.WHATSAPP.value})},
)
"""A call is offered, for the agent's telephone must be answered; what is written is assigned directly."""


def demand_of(
    channel: str,
    requires: Mapping[str, int],
    everyone: Sequence[str],
    *,
    steps: tuple[Step, ...] = (),
    pools: tuple[Pool, ...] = (),
) -> Demand:
    """What a class asks for. Without `pools`, `everyone`: all of them from the start, in the order of the company."""
    open_to = pools or _from_the_start(tuple(everyone))
    return _demand(channel, steps or (_for_ever(tuple(sorted(requires.items()))),), open_to)


@lru_cache(maxsize=4096)
def _demand(channel: str, steps: tuple[Step, ...], pools: tuple[Pool, ...]) -> Demand:
    """The same object for the same class, so that what is worked out for it is found again."""
    return Demand(channel=channel, steps=steps, pools=pools)


@lru_cache(maxsize=4096)
def _for_ever(needs: Needs) -> Step:
    return Step(needs=needs)


@lru_cache(maxsize=64)
def _from_the_start(pools: tuple[str, ...]) -> tuple[Pool, ...]:
    return tuple(Pool(name=name) for name in pools)


def waiting(
    head: Conversation, everyone: Sequence[str], *, reply_window: float = REPLY_WINDOW, hours: Intervals | None = None
) -> Waiting:
    """The head of a waiting conversation as the decision takes it.

    `everyone` are the pools of the company; `hours` is when it may be offered, None for always (R12).
    """
    declined = head.declined or {}
    return Waiting(
        id=head.id,
        demand=demand_of(head.routing_channel.value, head.requires, everyone, steps=head.steps, pools=head.pools),
        enqueued=head.enqueued.timestamp(),
        version=head.version,
        band=head.band,
        boost=head.boost,
        heated=head.heated,
        preference=Preference(agent=head.last_agent, window=reply_window) if head.last_agent else head.preferred,
        hours=hours,
        declines={
            agent: Decline(epoch=epoch, at=declined.get(agent, 0) / 1000)
            for agent, epoch in (head.exclusions or {}).items()
        },
    )


def milliseconds(at: datetime) -> int:
    """`at` as the table counts it: whole milliseconds since the epoch."""
    return round(at.timestamp() * 1000)
