"""Items of routing, both directions side by side: wait entries, classes, agents' states and traces; pure."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Final

from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import AgentProfile
from heartline.domain.routing.heads import milliseconds
from heartline.domain.routing.model import Agent, Decision, Refusal, Why
from heartline.domain.routing.states import AgentState, Hold, PresenceNotes, Trace, skills_of
from heartline.services.routing_ports import RoutingClass
from heartline.storage import keys
from heartline.storage.demand_items import demand_attributes, pools_from_item, steps_from_item, thousandths
from heartline.storage.expressions import Item, filled
from heartline.storage.moments import moment

WAIT_SHARD: Final = 0
"""One shard a class: it carries about 250 conversations a second (routing.md)."""

AGENT_SHARD: Final = 0
"""One shard a pool: it carries 125 to 250 claims a second (routing.md)."""

TRACE_ROOM: Final = 700
"""How many bytes of names a stored trace has: with all else it stays within a kilobyte, which is one write unit."""


def wait_rank(conversation: Conversation) -> int:
    """The order within a band: `enqueued - boost` in milliseconds (R2)."""
    return milliseconds(conversation.enqueued) - conversation.boost * 1000


def wait_partition(routing_class: str) -> str:
    return f"WQ#{routing_class}#{WAIT_SHARD}"


def wait_entry_to_item(conversation: Conversation) -> Item:
    """The entry that exists exactly while the conversation is WAITING."""
    key = keys.wait_entry(
        routing_class=conversation.routing_class,
        shard=WAIT_SHARD,
        band=conversation.band,
        rank=wait_rank(conversation),
        conversation_id=conversation.id,
    )
    return {
        **key,
        "conv": conversation.id,
        "ver": conversation.version,
        "ch": conversation.routing_channel.value,
    }


def class_to_item(conversation: Conversation) -> Item:
    """The directory row of the class that the conversation waits in."""
    return {
        **keys.routing_class(conversation.routing_class),
        "ch": conversation.routing_channel.value,
        "req": conversation.requires,
        "inbox": conversation.inbox,
        **demand_attributes(conversation.steps, conversation.pools),
        **({"personal": True} if _is_personal(conversation) else {}),
    }


def _is_personal(conversation: Conversation) -> bool:
    return conversation.preferred is not None and conversation.preferred.ignore_skills


def class_from_item(item: Item) -> RoutingClass:
    return RoutingClass(
        name=item["SK"],
        channel=item["ch"],
        requires=item.get("req", {}),
        inbox=item.get("inbox", ""),
        steps=steps_from_item(item),
        pools=pools_from_item(item),
        personal=item.get("personal", False),
    )


UNITS: Final = "units"

PRESENCE_NOTES: Final = ("reason", "back", "left", "ramp")
"""What is stored beside a presence, where there is something to say."""


def limits_of(profile: AgentProfile) -> dict[str, int]:
    """How much an agent takes: `cap_<channel>` slots, and `units` in thousandths where their work is weighed."""
    units = {UNITS: thousandths(profile.units)} if profile.units is not None else {}
    return {**{f"cap_{channel.value}": count for channel, count in profile.capacity.items()}, **units}


def limits_stored(agent: Agent) -> dict[str, int]:
    """The same as it stands in the agent's state."""
    units = {UNITS: thousandths(agent.units)} if agent.units is not None else {}
    return {**{f"cap_{channel}": count for channel, count in agent.capacity.items()}, **units}


def counter_of(limit: str) -> str:
    """The name of the counter that says how much of a limit is free."""
    return f"free_{limit.removeprefix('cap_')}"


def agent_to_item(profile: AgentProfile, *, presence: str, epoch: int = 0) -> Item:
    """An agent without open work. What is free is stored, because conditions cannot subtract.

    `free_units` is counted for everybody, from 0 where there are no units: those that come later find it right.
    """
    limits = limits_of(profile)
    return {
        **agent_key(profile.pool, profile.id),
        "skills": skills_of(profile),
        **limits,
        "free_units": 0,
        **{counter_of(limit): count for limit, count in limits.items()},
        "presence": presence,
        "epoch": epoch,
        "open": {},
        "cause": "profile",
    }


def agent_from_item(item: Item) -> AgentState:
    capacity = {name.removeprefix("cap_"): count for name, count in item.items() if name.startswith("cap_")}
    last_heated = item.get("last_heated")
    agent = Agent(
        id=item["SK"],
        presence=item["presence"],
        epoch=item["epoch"],
        pool=keys.pool_of(item["PK"]),
        skills=item.get("skills", {}),
        capacity=capacity,
        load={channel: count - item[f"free_{channel}"] for channel, count in capacity.items()},
        units=item[UNITS] / 1000 if UNITS in item else None,
        off=frozenset(item.get("off", ())),
        last=item.get("last", 0) / 1000,
        last_heated=last_heated / 1000 if last_heated is not None else None,
    )
    return AgentState(
        agent=agent,
        open={conv: _hold_from_item(hold) for conv, hold in item.get("open", {}).items()},
        free_units=item.get("free_units", 0) / 1000,
        notes=_notes_from_item(item),
    )


def notes_to_item(notes: PresenceNotes) -> Item:
    moments = {"back": notes.returns_at, "left": notes.left, "ramp": notes.ramp}
    return filled({"reason": notes.reason, **{name: milliseconds(at) for name, at in moments.items() if at}})


def _notes_from_item(item: Item) -> PresenceNotes:
    back, left, ramp = (_instant(item.get(name)) for name in ("back", "left", "ramp"))
    return PresenceNotes(reason=item.get("reason", ""), returns_at=back, left=left, ramp=ramp)


def hold_to_item(conversation: Conversation) -> Item:
    """What an agent's `open` map says of a conversation that takes a slot."""
    expires = conversation.offer_expires
    hold: Item = {"rsv": conversation.reservation, "ch": conversation.routing_channel.value}
    hold |= {"exp": milliseconds(expires)} if expires else {}
    return hold | ({"w": thousandths(conversation.weight)} if conversation.weight != 1 else {})


def _hold_from_item(item: Item) -> Hold:
    weight = item["w"] / 1000 if "w" in item else 1
    return Hold(reservation=item["rsv"], channel=item["ch"], expires=_instant(item.get("exp")), weight=weight)


def _instant(stored: int | None) -> datetime | None:
    return datetime.fromtimestamp(stored / 1000, UTC) if stored is not None else None


def trace_to_item(decision: Decision, at: datetime) -> Item:
    """Why a conversation went to this agent, or goes on waiting: the first by rank, then who was refused by what."""
    named = set(_fitting([*decision.order, *decision.refused], TRACE_ROOM))
    refused: dict[str, list[str]] = defaultdict(list)
    for agent, reason in decision.refused.items():
        if agent in named:
            refused[reason.value].append(agent)
    item = {
        **keys.trace(decision.head.id),
        "at": keys.instant(at),
        "agent": decision.agent,
        "order": [agent for agent in decision.order if agent in named],
        "refused": dict(refused),
        "why": decision.why.value if decision.why else None,
    }
    return filled(item)


def _fitting(names: Sequence[str], room: int) -> list[str]:
    """The first names that take no more than `room` bytes in a list."""
    ends = accumulate(len(name.encode()) + 1 for name in names)
    return [name for name, end in zip(names, ends, strict=True) if end <= room]


def trace_from_item(item: Item) -> Trace:
    reasons = {agent: Refusal(reason) for reason, agents in item.get("refused", {}).items() for agent in agents}
    return Trace(
        at=moment(item["at"]),
        agent=item.get("agent"),
        why=Why(item["why"]) if "why" in item else None,
        order=tuple(item.get("order", ())),
        refused=reasons,
    )


def agent_key(pool: str, agent: str) -> keys.Key:
    return keys.agent(pool, AGENT_SHARD, agent)
