"""What is snoozed: an entry of its owner's for each, exactly while it is, found by when it comes back."""

from collections.abc import Sequence
from datetime import datetime

from boto3.dynamodb.conditions import Key as KeyCondition

from heartline.domain.conversations import Conversation, State
from heartline.domain.routing.lifecycle import Move
from heartline.services.ports import Page
from heartline.storage import keys
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Delete, Item, Put, Write
from heartline.storage.views import cursor_of, place_in


class DynamoSnoozes:
    """Implements `services.snoozes.SnoozeStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, agent: str, *, limit: int, cursor: str | None = None) -> Page[str]:
        partition = keys.snoozed(agent, "", None)["PK"]
        beyond = KeyCondition("SK").gt(place_in(cursor, begins=("2", "9#"))) if cursor else None
        found = self._table.query(partition, sort=beyond, limit=limit + 1).items
        shown = found[:limit]
        return Page(
            items=tuple(item["conv"] for item in shown),
            next=cursor_of(shown[-1]["SK"]) if len(found) > limit else None,
        )

    def due(self, now: datetime, *, limit: int) -> Sequence[str]:
        until = KeyCondition("view_at").lt(keys.instant(now) + "$")
        found = self._table.query(
            keys.SNOOZES_VIEW, index=keys.VIEW_INDEX, partition_name="view", sort=until, limit=limit
        )
        return [item["conv"] for item in found.items]


def snooze_writes(move: Move) -> list[Write]:
    """The entry exists exactly while the conversation is snoozed; it moves with its owner and its time."""
    gone, entry = snooze_to_item(move.before), snooze_to_item(move.after)
    if gone == entry:
        return []
    writes: list[Write] = [Put(item=entry)] if entry else []
    return [*writes, Delete(key={"PK": gone["PK"], "SK": gone["SK"]})] if gone else writes


def snooze_to_item(head: Conversation) -> Item:
    """The entry of a conversation that is snoozed, else nothing; only what has a time stands in the index."""
    if head.state is not State.SNOOZED or head.agent is None:
        return {}
    key = keys.snoozed(head.agent, head.id, head.snoozed_until)
    timed = {"view": keys.SNOOZES_VIEW, "view_at": key["SK"]} if head.snoozed_until else {}
    return {**key, "conv": head.id, **timed}
