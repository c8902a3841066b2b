"""Reading: lists are pages of the view index, a timeline is pages of one partition."""

import heapq
from collections.abc import Sequence
from itertools import islice
from typing import Final

from boto3.dynamodb.conditions import Key as KeyCondition

from heartline.domain.conversations import Conversation
from heartline.domain.errors import NotFound
from heartline.domain.messages import Message
from heartline.services.ports import Page
from heartline.storage import items, keys, message_items
from heartline.storage.bodies import Bodies
from heartline.storage.dynamodb import Table
from heartline.storage.heads import read_head
from heartline.storage.views import cursor_of, place_in, read_view

_NEWER_LIMIT: Final = 50


class DynamoReading:
    """Implements `services.ports.ReadingStore` and `services.outbound_ports.Originals`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def conversation(self, conversation_id: str) -> Conversation | None:
        return read_head(self._table, conversation_id)

    def conversations(self, ids: Sequence[str]) -> tuple[Conversation, ...]:
        found = self._table.get_many([keys.conversation(conversation_id) for conversation_id in ids])
        heads = [items.conversation_from_item(item) for item in found.values()]
        return tuple(sorted(heads, key=lambda head: (head.last_message_at, head.id), reverse=True))

    def view(self, partitions: Sequence[str], *, limit: int, cursor: str | None) -> Page[Conversation]:
        shown, more = read_view(self._table, partitions, limit=limit, cursor=cursor)
        return Page(items=tuple(items.conversation_from_item(item) for item in shown), next=more)

    def messages(
        self,
        conversation_id: str,
        *,
        limit: int,
        cursor: str | None,
        whole: bool = True,
        absorbed: Sequence[str] = (),
    ) -> Page[Message]:
        before = place_in(cursor, begins="M#") if cursor else "M$"
        timeline = KeyCondition("SK").between("M#", before)
        pages = [
            self._table.query(keys.timeline(name), sort=timeline, limit=limit + 2, descending=True).items
            for name in (conversation_id, *absorbed)
        ]
        newest = heapq.merge(*pages, key=lambda item: str(item["SK"]), reverse=True)
        page = [item for item in islice(newest, limit + 2) if item["SK"] != before]
        shown = page[:limit]
        more = cursor_of(shown[-1]["SK"]) if len(page) > limit else None
        read = self._bodies.from_item if whole else message_items.message_from_item
        return Page(items=tuple(read(item) for item in reversed(shown) if "moved" not in item), next=more)

    def message(self, conversation_id: str, message_id: str) -> Message:
        found = self._find(conversation_id, message_id)
        if found is None:
            head = self.conversation(conversation_id)
            elsewhere = (self._find(name, message_id) for name in (head.absorbed if head else ()))
            found = next((message for message in elsewhere if message), None)
        if found is None:
            raise NotFound(f"There is no message {message_id} in this conversation.")
        return found

    def messages_since(self, conversation_id: str, message_id: str) -> tuple[Message, ...]:
        newest = self.messages(conversation_id, limit=_NEWER_LIMIT, cursor=None).items
        ids = [message.id for message in newest]
        after = newest[ids.index(message_id) + 1 :] if message_id in ids else newest
        return tuple(message for message in after if message.customer_visible)

    def _find(self, conversation_id: str, message_id: str) -> Message | None:
        for item in self._table.query_all(keys.timeline(conversation_id), sort=KeyCondition("SK").between("M#", "M$")):
            if item["SK"].endswith(f"#{message_id}"):
                return self._bodies.from_item(item)
        return None
