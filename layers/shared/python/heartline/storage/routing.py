"""Routing's truth: a transition is one conditional transaction over a head, its agents and its wait entry."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeVar

from boto3.dynamodb.conditions import Attr, ConditionBase

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended
from heartline.domain.inboxes import AgentProfile, Staff
from heartline.domain.intake import Pointer
from heartline.domain.routing.heads import milliseconds
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import Decision
from heartline.domain.routing.states import NO_NOTES, AgentState, PresenceNotes, Trace, skills_of
from heartline.services.routing_ports import RoutingClass, Waiter
from heartline.services.sparing import sparing
from heartline.storage import items, keys
from heartline.storage.dynamodb import EXISTS, MISSING, ConditionFailed, Table
from heartline.storage.expressions import Item, Put, Update, Write
from heartline.storage.heads import read_head, read_pointer
from heartline.storage.intake import pointer_write
from heartline.storage.places import carry_out, place_to_item, places_of, relocation, write_at
from heartline.storage.routing_items import (
    PRESENCE_NOTES,
    UNITS,
    agent_from_item,
    agent_key,
    agent_to_item,
    class_from_item,
    class_to_item,
    counter_of,
    limits_of,
    limits_stored,
    notes_to_item,
    trace_from_item,
    trace_to_item,
    wait_partition,
)
from heartline.storage.routing_writes import claim_writes, move_writes

Read = TypeVar("Read")


class DynamoRouting:
    """Implements `services.routing_ports.RoutingStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known_classes: set[str] = set()
        self._known_pools: set[str] = set()

    def head(self, conversation: str) -> Conversation | None:
        return read_head(self._table, conversation)

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]:
        found = self._table.get_many([keys.conversation(conversation) for conversation in conversations])
        return {head.id: head for head in _readable(found.values(), items.conversation_from_item)}

    def agents(self, pools: Collection[str]) -> list[AgentState]:
        partitions = [agent_key(pool, "")["PK"] for pool in pools]
        found = (item for partition in partitions for item in self._table.query_all(partition))
        return list(_readable(found, agent_from_item))

    def pools(self) -> list[str]:
        return [item["SK"] for item in self._table.query_all(keys.pool("")["PK"])]

    def agent(self, profile: AgentProfile) -> AgentState | None:
        item = self._table.get(agent_key(profile.pool, profile.id)) or self._elsewhere(profile)
        return agent_from_item(item) if item else None

    def classes(self) -> list[RoutingClass]:
        return list(_readable(self._table.query_all(keys.routing_class("")["PK"]), class_from_item))

    def waiters(self, routing_class: str, *, limit: int, after: str = "") -> list[Waiter]:
        partition = wait_partition(routing_class)
        begin = {"PK": partition, "SK": after} if after else None
        found = self._table.query(partition, limit=limit, after=begin).items
        return [Waiter(conversation=item["conv"], version=item["ver"], place=item["SK"]) for item in found]

    def pointer(self, contact: str, inbox: str) -> Pointer:
        return read_pointer(self._table, contact, inbox)

    def move(self, move: Move, *, staff: Staff, token: str = "") -> None:
        beside: list[Write] = self._class_write(move.after)
        if move.pointer is not None:
            beside.append(pointer_write(move.after.contact, move.after.inbox, move.pointer))
        carry_out(
            self._table,
            lambda where: [*move_writes(move, where), *beside],
            staff,
            held_by=move.held_by,
            token=token,
        )
        if move.after.state is State.WAITING:
            self._known_classes.add(move.after.routing_class)

    def claim(self, moves: Sequence[Move], *, staff: Staff, token: str) -> Sequence[Move]:
        try:
            carry_out(self._table, lambda where: claim_writes(moves, where), staff, token=token)
        except ConditionFailed as refused:
            left = [move for position, move in enumerate(moves) if position not in refused.failed]  # heads come first
            if len(moves) in refused.failed and left:
                raise
            return self.claim(left, staff=staff, token="") if left else ()
        return moves

    def create_agent(self, profile: AgentProfile, *, presence: str) -> None:
        self._list_pool(profile.pool)
        state = Put(item=agent_to_item(profile, presence=presence), condition=MISSING)
        with suppress(ConditionFailed):
            self._table.transact([state, Put(item=place_to_item(profile), condition=MISSING)])

    def relocate(self, profile: AgentProfile, state: AgentState) -> None:
        item = self._table.get(agent_key(state.agent.pool, profile.id))
        if item is None:
            raise Contended(f"The state of {profile.id} has moved already.")
        self._list_pool(profile.pool)
        self._table.transact(relocation(item, profile))

    def update_profile(self, profile: AgentProfile, state: AgentState) -> None:
        before, after = limits_stored(state.agent), limits_of(profile)
        limits = sorted(before.keys() | after.keys())
        unchanged: ConditionBase = EXISTS
        for limit in limits:
            unchanged &= Attr(limit).eq(before[limit]) if limit in before else Attr(limit).not_exists()
        kept = {limit: after.get(limit, 0) for limit in limits if limit in after or limit != UNITS}
        self._table.write(
            Update(
                key=agent_key(state.agent.pool, profile.id),
                assign={"skills": skills_of(profile), **kept, "cause": "capacity"},
                remove=tuple(limit for limit in limits if limit not in kept),
                add={counter_of(limit): after.get(limit, 0) - before.get(limit, 0) for limit in limits},
                condition=unchanged,
            )
        )

    def set_presence(
        self, profile: AgentProfile, presence: str, *, epoch: int, notes: PresenceNotes = NO_NOTES
    ) -> None:
        said = notes_to_item(notes)
        update = Update(
            key=agent_key(profile.pool, profile.id),
            assign={"presence": presence, "epoch": epoch + 1, "cause": "presence", **said},
            remove=tuple(name for name in PRESENCE_NOTES if name not in said),
            condition=Attr("epoch").eq(epoch),
        )
        write_at(self._table, update, profile)

    def say(self, profile: AgentProfile, notes: PresenceNotes, *, epoch: int) -> None:
        said = notes_to_item(notes)
        update = Update(
            key=agent_key(profile.pool, profile.id),
            assign={"cause": "said", **said},
            remove=tuple(name for name in PRESENCE_NOTES if name not in said),
            condition=Attr("epoch").eq(epoch),
        )
        write_at(self._table, update, profile)

    def beat(self, agent: str, at: datetime) -> None:
        self._table.write(Put(item={**keys.heartbeat(agent), "at": milliseconds(at)}))

    def beats(self, agents: Collection[str]) -> dict[str, datetime]:
        found = self._table.get_many([keys.heartbeat(agent) for agent in agents])
        return {
            item["PK"].removeprefix("HB#"): datetime.fromtimestamp(item["at"] / 1000, UTC) for item in found.values()
        }

    def trace(self, conversation: str) -> Trace | None:
        item = self._table.get(keys.trace(conversation))
        return trace_from_item(item) if item else None

    def note_all(self, decisions: Sequence[Decision], at: datetime) -> None:
        self._table.put_many(trace_to_item(decision, at) for decision in decisions)

    def _elsewhere(self, profile: AgentProfile) -> Item | None:
        """The state of an agent who was in another pool before, as far as it has not followed yet."""
        pool = places_of(self._table, [profile.id]).get(profile.id, profile.pool)
        return self._table.get(agent_key(pool, profile.id)) if pool != profile.pool else None

    def _list_pool(self, pool: str) -> None:
        """Before a state is there, so that none is forgotten; on its own, for many states begin at the same time."""
        if pool not in self._known_pools:
            self._table.write(Put(item=keys.pool(pool)))
            self._known_pools.add(pool)

    def _class_write(self, after: Conversation) -> list[Write]:
        if after.state is not State.WAITING or after.routing_class in self._known_classes:
            return []
        return [Put(item=class_to_item(after))]


def _readable(found: Iterable[Item], read: Callable[[Item], Read]) -> Iterator[Read]:
    """All of `found` that can be read; what cannot keeps nobody else waiting (R4)."""
    for item in found:
        with sparing(f"{item['PK']} {item['SK']}"):
            yield read(item)
