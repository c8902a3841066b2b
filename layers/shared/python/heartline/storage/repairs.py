"""What a sweep of routing finds although it should be impossible, and how it is put right under a condition."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from boto3.dynamodb.conditions import Attr, ConditionBase

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended
from heartline.domain.routing.lifecycle import HOLDING
from heartline.domain.routing.states import AgentState, Hold
from heartline.storage import items, keys
from heartline.storage.demand_items import thousandths
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Check, Delete, Item, Put, Update, Write
from heartline.storage.keys import Key
from heartline.storage.routing_items import agent_key, class_to_item, wait_entry_to_item, wait_partition

PAGE: Final = 100
"""How much of each list one look takes in. The next one goes on behind it, and at the end it begins anew."""


class DynamoRepairs:
    """Implements `services.routing_ports.Repairs`. How far each list has been looked at, only this process knows."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._looked: dict[str, Key] = {}

    def drop_orphans(self, routing_class: str) -> int:
        entries = self._next(wait_partition(routing_class))
        heads = self._heads(item["conv"] for item in entries)
        orphans = [item for item in entries if not _stands_for(item, heads.get(item["conv"]))]
        deletes = [
            Delete(key={"PK": item["PK"], "SK": item["SK"]}, condition=Attr("ver").eq(item["ver"])) for item in orphans
        ]
        return sum(self._repair(delete) for delete in deletes)

    def restore_entries(self, inbox: str) -> int:
        page = self._next(keys.view(inbox, "unassigned"), index=keys.VIEW_INDEX, partition_name="view")
        waiting = [
            head
            for head in self._heads(keys.conversation_of(item["PK"]) for item in page).values()
            if head.state is State.WAITING
        ]
        entries = {head.id: wait_entry_to_item(head) for head in waiting}
        found = self._table.get_many([{"PK": entry["PK"], "SK": entry["SK"]} for entry in entries.values()])
        missing = [head for head in waiting if (entries[head.id]["PK"], entries[head.id]["SK"]) not in found]
        restored = sum(self._repair(_still(head), Put(item=entries[head.id])) for head in missing)
        return restored + self._restore_classes(waiting)

    def _restore_classes(self, waiting: Iterable[Conversation]) -> int:
        """The rows of the directory without which no tick reads a class."""
        classes = {head.routing_class: class_to_item(head) for head in waiting}
        found = self._table.get_many([keys.routing_class(name) for name in classes])
        missing = [item for item in classes.values() if (item["PK"], item["SK"]) not in found]
        return sum(self._repair(Put(item=item)) for item in missing)

    def free_ghosts(self, state: AgentState) -> int:
        heads = self._heads(state.open)
        return sum(
            self._repair(
                Update(
                    key=agent_key(state.agent.pool, state.id),
                    assign={"cause": "freed"},
                    remove=(f"open.{conversation}",),
                    add={f"free_{hold.channel}": 1, "free_units": thousandths(hold.weight)},
                    condition=_stands(conversation, hold),
                )
            )
            for conversation, hold in state.open.items()
            if not _holds(heads.get(conversation), state.id, hold.reservation)
        )

    def _next(self, partition: str, *, index: str | None = None, partition_name: str = "PK") -> list[Item]:
        """The items of a list whose turn it is."""
        after = self._looked.pop(partition, None)
        page = self._table.query(partition, index=index, partition_name=partition_name, limit=PAGE, after=after)
        if page.last is not None:
            self._looked[partition] = page.last
        return page.items

    def _heads(self, conversations: Iterable[str]) -> dict[str, Conversation]:
        found = self._table.get_many([keys.conversation(conversation) for conversation in conversations])
        return {keys.conversation_of(item["PK"]): items.conversation_from_item(item) for item in found.values()}

    def _repair(self, *writes: Write) -> int:
        """Put it right if it is still wrong: between two reads everything may have moved on."""
        with suppress(Contended):
            self._table.transact(writes)
            return 1
        return 0


def _stands_for(entry: Item, head: Conversation | None) -> bool:
    """Whether it is the one entry of a conversation that waits."""
    if head is None or head.state is not State.WAITING:
        return False
    own = wait_entry_to_item(head)
    return all(entry[name] == own[name] for name in ("PK", "SK", "ver"))


def _holds(head: Conversation | None, agent: str, reservation: str) -> bool:
    held = head is not None and head.state in HOLDING
    return head is not None and held and (head.agent, head.reservation) == (agent, reservation)


def _stands(conversation: str, hold: Hold) -> ConditionBase:
    """The hold is the one that was seen, on the channel and with the weight that it had."""
    place = f"open.{conversation}"
    return Attr(f"{place}.rsv").eq(hold.reservation) & Attr(f"{place}.ch").eq(hold.channel)


def _still(head: Conversation) -> Check:
    unmoved = Attr("ver").eq(head.version) & Attr("state").eq(State.WAITING.value)
    return Check(key=keys.conversation(head.id), condition=unmoved)
