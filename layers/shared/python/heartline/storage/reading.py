"""Reading: lists are pages of the view index, a timeline is pages of one partition."""

import base64
import binascii
import heapq
from collections.abc import Sequence
from typing import Final

from boto3.dynamodb.conditions import Key as KeyCondition

from heartline.domain.conversations import Conversation
from heartline.domain.errors import Invalid
from heartline.domain.messages import Message
from heartline.services.ports import Page
from heartline.storage import items, keys
from heartline.storage.bodies import Bodies
from heartline.storage.dynamodb import Table
from heartline.storage.heads import read_head

_NEWER_LIMIT: Final = 50


class DynamoReading:
    """Implements `services.ports.ReadingStore`."""

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
        before = KeyCondition("view_at").lt(_sort_key(cursor, begins="2")) if cursor else None
        pages = [
            self._table.query(
                partition, index=keys.VIEW_INDEX, partition_name="view", sort=before, limit=limit + 1, descending=True
            ).items
            for partition in partitions
        ]
        newest = list(heapq.merge(*pages, key=lambda item: str(item["view_at"]), reverse=True))
        shown = newest[:limit]
        more = _cursor(shown[-1]["view_at"]) if len(newest) > limit else None
        return Page(items=tuple(items.conversation_from_item(item) for item in shown), next=more)

    def messages(self, conversation_id: str, *, limit: int, cursor: str | None, whole: bool = True) -> Page[Message]:
        before = _sort_key(cursor, begins="M#") if cursor else "M$"
        timeline = KeyCondition("SK").between("M#", before)
        newest = self._table.query(f"C#{conversation_id}", sort=timeline, limit=limit + 2, descending=True).items
        page = [item for item in newest if item["SK"] != before]
        shown = page[:limit]
        more = _cursor(shown[-1]["SK"]) if len(page) > limit else None
        read = self._bodies.from_item if whole else items.message_from_item
        return Page(items=tuple(read(item) for item in reversed(shown)), next=more)

    def messages_since(self, conversation_id: str, message_id: str) -> tuple[Message, ...]:
        newest = self.messages(conversation_id, limit=_NEWER_LIMIT, cursor=None).items
        ids = [message.id for message in newest]
        after = newest[ids.index(message_id) + 1 :] if message_id in ids else newest
        return tuple(message for message in after if message.customer_visible)


def _cursor(sort_key: str) -> str:
    return base64.urlsafe_b64encode(sort_key.encode()).decode().rstrip("=")


def _sort_key(cursor: str, *, begins: str) -> str:
    """Read a cursor; a forged one can only name a place in a list that the caller may read anyway."""
    try:
        sort_key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise Invalid("The cursor is not one of ours.") from error
    if not sort_key.startswith(begins) or len(sort_key) > 200:
        raise Invalid("The cursor is not one of ours.")
    return sort_key
