"""Reading calls: beside their conversations, call-backs in the order in which they are due, what a clock looks at."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from boto3.dynamodb.conditions import Attr
from boto3.dynamodb.conditions import Key as KeyCondition

from heartline.domain.calls import Call
from heartline.domain.contacts import Contact
from heartline.domain.conversations import Conversation
from heartline.services.ports import Page
from heartline.storage import items, keys
from heartline.storage.call_items import call_from_item
from heartline.storage.dynamodb import ConditionFailed, Table
from heartline.storage.expressions import Item, Update
from heartline.storage.views import read_view


class DynamoCallReading:
    """Implements `services.call_reading.CallReading`, `services.due_calls.DueStore` and `services.calling.Contacts`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def call(self, call_id: str) -> Call | None:
        item = self._table.get(keys.call(call_id))
        return call_from_item(item) if item else None

    def calls(self, ids: Collection[str]) -> dict[str, Call]:
        found = self._table.get_many([keys.call(call_id) for call_id in ids]) if ids else {}
        calls = [call_from_item(item) for item in found.values()]
        return {call.id: call for call in calls}

    def call_backs(self, inboxes: Sequence[str], *, limit: int, cursor: str | None) -> Page[Call]:
        partitions = [keys.view(inbox, keys.CALL_BACKS) for inbox in inboxes]
        shown, more = read_view(self._table, partitions, limit=limit, cursor=cursor, descending=False)
        return Page(items=tuple(call_from_item(item) for item in shown), next=more)

    def due(self, inboxes: Sequence[str], now: datetime) -> tuple[Call, ...]:
        partitions = [keys.ALARMS_VIEW, *(keys.view(inbox, keys.CALL_BACKS) for inbox in inboxes)]
        return tuple(call_from_item(item) for partition in partitions for item in self._until(partition, now))

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]:
        wanted = [keys.conversation(name) for name in conversations]
        heads = [items.conversation_from_item(item) for item in self._table.get_many(wanted).values()]
        return {head.id: head for head in heads}

    def quieten(self, call: Call) -> None:
        still = Attr("ver").eq(call.version)
        try:
            self._table.write(Update(key=keys.call(call.id), remove=("view", "view_at"), condition=still))
        except ConditionFailed:
            return

    def contact(self, contact_id: str) -> Contact | None:
        item = self._table.get(keys.contact(contact_id))
        return items.contact_from_item(item) if item else None

    def _until(self, partition: str, now: datetime) -> Iterator[Item]:
        """A partition of the index up to now, page by page."""
        before = KeyCondition("view_at").lt(keys.instant(now) + "$")
        after = None
        while True:
            page = self._table.query(
                partition, index=keys.VIEW_INDEX, partition_name="view", sort=before, limit=100, after=after
            )
            yield from page.items
            if page.last is None:
                return
            after = page.last
