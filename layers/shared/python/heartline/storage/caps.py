"""How many automatic mails went out: counters that refuse, each mail counted once in one transaction."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.caps import Cap, Capped
from heartline.domain.conversations import Conversation
from heartline.domain.errors import AlreadyStored
from heartline.domain.held import Held
from heartline.storage import keys
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Check, Put, Update, Write
from heartline.storage.heads import read_head
from heartline.storage.held_items import OUTBOUND_LIFE, held_to_item

COUNTER_LIFE: Final = timedelta(days=2)
"""Longer than the longest window: an hour or a day."""

_COUNTED, _HELD, _FIRST_CAP = 0, 1, 2
"""Positions in the transaction whose refusal has a meaning of its own."""


class DynamoCaps:
    """Implements `services.auto_reply.CapStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def conversation(self, conversation_id: str) -> Conversation | None:
        return read_head(self._table, conversation_id)

    def take(self, request: str, caps: tuple[Cap, ...], *, at: datetime) -> None:
        mark = {**keys.counted(request), "ttl": _expiry(at, OUTBOUND_LIFE)}
        writes: list[Write] = [Put(item=mark, condition=MISSING), Check(key=keys.held(request), condition=MISSING)]
        try:
            self._table.transact([*writes, *(count_write(cap, at) for cap in caps)])
        except ConditionFailed as refused:
            if _HELD in refused.failed:
                raise AlreadyStored("") from refused
            if _COUNTED not in refused.failed:
                raise Capped(caps[min(refused.failed) - _FIRST_CAP].reason) from refused

    def hold(self, held: Held) -> None:
        with suppress(ConditionFailed):
            self._table.write(Put(item=held_to_item(held), condition=MISSING))


def count_write(cap: Cap, at: datetime) -> Update:
    """Count one message against a cap, unless that is reached."""
    return Update(
        key=keys.cap(cap.name),
        assign={"ttl": _expiry(at, COUNTER_LIFE)},
        add={"count": 1},
        condition=Attr("count").not_exists() | Attr("count").lt(cap.limit),
    )


def _expiry(at: datetime, life: timedelta) -> int:
    return int((at + life).timestamp())
