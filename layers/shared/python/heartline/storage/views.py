"""Pages of the view index: several partitions merged, the most recent (or the soonest) first, behind a cursor."""

import base64
import binascii
import heapq
from collections.abc import Sequence

from boto3.dynamodb.conditions import ConditionBase
from boto3.dynamodb.conditions import Key as KeyCondition

from heartline.domain.errors import Invalid
from heartline.storage import keys
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Item


def read_view(
    table: Table, partitions: Sequence[str], *, limit: int, cursor: str | None, descending: bool = True
) -> tuple[list[Item], str | None]:
    """Read the newest `limit` items before the cursor, and the cursor of the next page (None at the end).

    Ascending, it reads the oldest after the cursor.
    """
    beyond = _beyond(place_in(cursor, begins="2"), descending=descending) if cursor else None
    pages = [
        table.query(
            partition, index=keys.VIEW_INDEX, partition_name="view", sort=beyond, limit=limit + 1, descending=descending
        ).items
        for partition in partitions
    ]
    found = list(heapq.merge(*pages, key=lambda item: str(item["view_at"]), reverse=descending))
    shown = found[:limit]
    return shown, cursor_of(shown[-1]["view_at"]) if len(found) > limit else None


def _beyond(place: str, *, descending: bool) -> ConditionBase:
    sort = KeyCondition("view_at")
    return sort.lt(place) if descending else sort.gt(place)


def cursor_of(sort_key: str) -> str:
    return base64.urlsafe_b64encode(sort_key.encode()).decode().rstrip("=")


def place_in(cursor: str, *, begins: str | tuple[str, ...]) -> str:
    """Read a cursor; a forged one can only name a place in a list that the caller may read anyway."""
    try:
        sort_key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise Invalid("The cursor is not one of ours.") from error
    if not sort_key.startswith(begins) or len(sort_key) > 200:
        raise Invalid("The cursor is not one of ours.")
    return sort_key
