"""Calls in the table: one item a call, changed only from the version that was read; pure mapping beside it."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.calls import Call, CallState, Step
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import Conversation
from heartline.storage import items, keys
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Item, Put, Write, filled
from heartline.storage.heads import read_head

CALL_LIFE: Final = timedelta(days=400)
"""How long the item of a call is kept; what was said and done stands in the conversation."""


class DynamoCalls:
    """Implements `services.call_ports.CallStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def open(self, call: Call) -> None:
        with suppress(ConditionFailed):
            self._table.write(Put(item=call_to_item(call), condition=MISSING))

    def call(self, call_id: str) -> Call | None:
        item = self._table.get(keys.call(call_id))
        return call_from_item(item) if item else None

    def apply(self, step: Step) -> None:
        changed = Put(item=call_to_item(step.after), condition=Attr("ver").eq(step.before.version))
        if step.entry is None:
            self._table.write(changed)
            return
        writes: list[Write] = [changed, Put(item=items.message_to_item(step.entry))]
        self._table.transact(writes)

    def head(self, conversation: str) -> Conversation | None:
        return read_head(self._table, conversation)


def call_to_item(call: Call) -> Item:
    item: Item = {
        **keys.call(call.id),
        "state": call.state.value,
        "inbox": call.inbox,
        "number": call.number,
        "caller": [call.caller.kind.value, call.caller.address],
        "name": call.caller_name,
        "began": keys.instant(call.began),
        "conv": call.conversation,
        "digit": call.digit,
        "choice": call.choice,
        "queued": _instant(call.queued),
        "agent": call.agent,
        "rsv": call.reservation,
        "attempt": call.attempt,
        "answered": _instant(call.answered),
        "ver": call.version,
        "ttl": int((call.began + CALL_LIFE).timestamp()),
    }
    return filled(item)


def call_from_item(item: Item) -> Call:
    kind, address = item["caller"]
    call = Call(
        id=item["PK"].removeprefix("CALL#"),
        state=CallState(item["state"]),
        inbox=item["inbox"],
        number=item["number"],
        caller=Identity(kind=IdentityKind(kind), address=address),
        caller_name=item.get("name", ""),
        began=items.moment(item["began"]),
        conversation=item.get("conv", ""),
        attempt=item["attempt"],
        version=item["ver"],
    )
    return replace(
        call,
        digit=item.get("digit", ""),
        choice=item.get("choice", ""),
        queued=_moment(item.get("queued")),
        agent=item.get("agent", ""),
        reservation=item.get("rsv", ""),
        answered=_moment(item.get("answered")),
    )


def _instant(at: datetime | None) -> str | None:
    return keys.instant(at) if at else None


def _moment(text: str | None) -> datetime | None:
    return items.moment(text) if text else None
