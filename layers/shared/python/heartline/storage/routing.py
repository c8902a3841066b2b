"""Routing's truth: a transition is one conditional transaction over a head, its agents and its wait entry.

What a transition does to agents and entries follows from the head before and after it.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from boto3.dynamodb.conditions import Attr, ConditionBase

from heartline.domain.conversations import Conversation, State
from heartline.domain.inboxes import AgentProfile
from heartline.domain.intake import Pointer
from heartline.domain.routing.heads import milliseconds
from heartline.domain.routing.lifecycle import HOLDING, Gate, Move
from heartline.domain.routing.model import AWAY, ONLINE, Decision
from heartline.domain.routing.states import AgentState, skills_of
from heartline.services.routing_ports import RoutingClass, Waiter
from heartline.storage import items, keys
from heartline.storage.dynamodb import EXISTS, MISSING, ConditionFailed, Table
from heartline.storage.expressions import Default, Delete, Item, Put, Update, Write
from heartline.storage.heads import read_pointer
from heartline.storage.intake import pointer_write
from heartline.storage.routing_items import (
    agent_from_item,
    agent_key,
    agent_to_item,
    class_from_item,
    class_to_item,
    hold_to_item,
    trace_to_item,
    wait_entry_to_item,
    wait_partition,
)

_FENCED: Final = ("ch", "call")
"""What may change of a head while its version, state and hold stay: the same request sent twice is refused by these."""


class DynamoRouting:
    """Implements `services.routing_ports.RoutingStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known_classes: set[str] = set()

    def head(self, conversation: str) -> Conversation | None:
        return self.heads([conversation]).get(conversation)

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]:
        found = self._table.get_many([keys.conversation(conversation) for conversation in conversations])
        heads = [items.conversation_from_item(item) for item in found.values()]
        return {head.id: head for head in heads}

    def agents(self, pools: Collection[str]) -> list[AgentState]:
        partitions = [agent_key(pool, "")["PK"] for pool in pools]
        return [agent_from_item(item) for partition in partitions for item in self._table.query_all(partition)]

    def agent(self, profile: AgentProfile) -> AgentState | None:
        item = self._table.get(agent_key(profile.pool, profile.id))
        return agent_from_item(item) if item else None

    def classes(self) -> list[RoutingClass]:
        return [class_from_item(item) for item in self._table.query_all(keys.routing_class("")["PK"])]

    def waiters(self, routing_class: str, *, limit: int, after: str = "") -> list[Waiter]:
        partition = wait_partition(routing_class)
        begin = {"PK": partition, "SK": after} if after else None
        found = self._table.query(partition, limit=limit, after=begin).items
        return [Waiter(conversation=item["conv"], version=item["ver"], place=item["SK"]) for item in found]

    def pointer(self, contact: str, inbox: str) -> Pointer:
        return read_pointer(self._table, contact, inbox)

    def move(self, move: Move, *, pools: Mapping[str, str], token: str = "") -> None:
        writes = [*move_writes(move, pools), *self._class_write(move.after)]
        if move.pointer is not None:
            writes.append(pointer_write(move.after.contact, move.after.inbox, move.pointer))
        self._table.transact(writes, token=token or None)
        if move.after.state is State.WAITING:
            self._known_classes.add(move.after.routing_class)

    def create_agent(self, profile: AgentProfile, *, presence: str) -> None:
        with suppress(ConditionFailed):
            self._table.write(Put(item=agent_to_item(profile, presence=presence), condition=MISSING))

    def update_profile(self, profile: AgentProfile, state: AgentState) -> None:
        before = state.agent.capacity
        after = {channel.value: count for channel, count in profile.capacity.items()}
        channels = sorted(before.keys() | after.keys())
        unchanged: ConditionBase = EXISTS
        for channel in channels:
            held = Attr(f"cap_{channel}")
            unchanged &= held.eq(before[channel]) if channel in before else held.not_exists()
        self._table.write(
            Update(
                key=agent_key(profile.pool, profile.id),
                assign={
                    "skills": skills_of(profile),
                    **{f"cap_{channel}": after.get(channel, 0) for channel in channels},
                    "cause": "capacity",
                },
                add={f"free_{channel}": after.get(channel, 0) - before.get(channel, 0) for channel in channels},
                condition=unchanged,
            )
        )

    def set_presence(self, profile: AgentProfile, presence: str, *, epoch: int) -> None:
        self._table.write(
            Update(
                key=agent_key(profile.pool, profile.id),
                assign={"presence": presence, "epoch": epoch + 1, "cause": "presence"},
                condition=Attr("epoch").eq(epoch),
            )
        )

    def beat(self, agent: str, at: datetime) -> None:
        self._table.write(Put(item={**keys.heartbeat(agent), "at": milliseconds(at)}))

    def beats(self, agents: Collection[str]) -> dict[str, datetime]:
        found = self._table.get_many([keys.heartbeat(agent) for agent in agents])
        return {
            item["PK"].removeprefix("HB#"): datetime.fromtimestamp(item["at"] / 1000, UTC) for item in found.values()
        }

    def note(self, decision: Decision, at: datetime) -> None:
        self._table.write(Put(item=trace_to_item(decision, at)))

    def _class_write(self, after: Conversation) -> list[Write]:
        if after.state is not State.WAITING or after.routing_class in self._known_classes:
            return []
        return [Put(item=class_to_item(after))]


def move_writes(move: Move, pools: Mapping[str, str]) -> list[Write]:
    """What a transition writes to its head, its agents and its wait entry; the head's comes first."""
    return [_head_write(move), *_agent_writes(move, pools), *_entry_writes(move)]


def _head_write(move: Move) -> Update:
    """Write what differs, if nobody has moved the conversation since it was read."""
    before, after = items.conversation_to_item(move.before), items.conversation_to_item(move.after)
    unmoved = Attr("ver").eq(move.before.version) & Attr("state").eq(move.before.state.value)
    if move.before.reservation is not None:
        unmoved &= Attr("rsv").eq(move.before.reservation)
    for name in _FENCED:
        if before.get(name) != after.get(name):
            unmoved &= Attr(name).eq(before[name]) if name in before else Attr(name).not_exists()
    return Update(
        key=keys.conversation(move.before.id),
        assign={name: value for name, value in after.items() if name not in before or before[name] != value},
        remove=tuple(name for name in before if name not in after),
        condition=unmoved,
    )


def _entry_writes(move: Move) -> list[Write]:
    """The entry exists exactly while the conversation waits; the same key is simply written again."""
    gone = wait_entry_to_item(move.before) if move.before.state is State.WAITING else None
    entry = wait_entry_to_item(move.after) if move.after.state is State.WAITING else None
    writes: list[Write] = [] if entry is None else [Put(item=entry)]
    if gone is not None and (entry is None or gone["SK"] != entry["SK"] or gone["PK"] != entry["PK"]):
        writes.append(Delete(key={"PK": gone["PK"], "SK": gone["SK"]}))
    return writes


def _agent_writes(move: Move, pools: Mapping[str, str]) -> list[Write]:
    """Free the slot held before and take the one held after; the same agent is written once.

    An agent who is not configured any more has no state to keep.
    """
    left, joined = (_state_key(head, pools) for head in (move.before, move.after))
    if left is not None and left == joined:
        return [_regrip(move, left)]
    freed = [_release(move, left)] if left is not None else []
    taken = [_take(move, joined)] if joined is not None else []
    return [*freed, *taken]


def _state_key(head: Conversation, pools: Mapping[str, str]) -> keys.Key | None:
    """The key of the agent whose slot the conversation takes."""
    agent = head.agent if head.state in HOLDING else None
    return agent_key(pools[agent], agent) if agent is not None and agent in pools else None


def _release(move: Move, key: keys.Key) -> Update:
    """Give the slot back, exactly once: the hold must be there (I6)."""
    head = move.before
    away: dict[str, Any] = {"presence": AWAY, "cause": "presence"} if move.sends_away else {"cause": "freed"}
    return Update(
        key=key,
        assign=away,
        remove=(f"open.{head.id}",),
        add={f"free_{head.routing_channel.value}": 1} | ({"epoch": 1} if move.sends_away else {}),
        condition=_held(head),
    )


def _take(move: Move, key: keys.Key) -> Update:
    """Take a slot; work by hand asks only that the agent does not have it already (R14)."""
    head = move.after
    channel = head.routing_channel.value
    free = Attr(f"open.{head.id}").not_exists()
    return Update(
        key=key,
        assign={
            **_began(move),
            f"open.{head.id}": hold_to_item(head),
            f"cap_{channel}": Default(value=0),
            "cause": "claimed",
        },
        add={f"free_{channel}": -1},
        condition=free & (EXISTS if move.gate is None else _open_gate(move.gate, channel)),
    )


def _regrip(move: Move, key: keys.Key) -> Update:
    """The same agent holds it in another way: accepted, wrapped up, or counted on another channel."""
    before, after = move.before.routing_channel.value, move.after.routing_channel.value
    moved = before != after
    condition = _held(move.before)
    return Update(
        key=key,
        assign={
            **_began(move),
            f"open.{move.after.id}": hold_to_item(move.after),
            "cause": "freed" if moved else "claimed",
            **({f"cap_{after}": Default(value=0)} if moved else {}),
        },
        add={f"free_{before}": 1, f"free_{after}": -1} if moved else {},
        condition=condition & Attr("presence").eq(ONLINE) if move.must_be_online else condition,
    )


def _held(head: Conversation) -> ConditionBase:
    return Attr(f"open.{head.id}.rsv").eq(head.reservation)


def _began(move: Move) -> Item:
    """When the latest (heated) offer or assignment began; a reply to a snoozed conversation is none (R3, R17)."""
    if move.begins is None:
        return {}
    at = milliseconds(move.begins)
    return {"last": at} | ({"last_heated": at} if move.after.heated else {})


def _open_gate(gate: Gate, channel: str) -> ConditionBase:
    """What automatic work asks (R1, R10, R14); where all slots of a channel are free, nothing on it is open."""
    condition = Attr("presence").eq(ONLINE) & Attr("epoch").eq(gate.epoch) & Attr(f"free_{channel}").gte(1)
    for blocker in gate.blockers:
        free = Attr(f"free_{blocker}")
        condition &= free.not_exists() | free.eq(Attr(f"cap_{blocker}"))
    return condition
