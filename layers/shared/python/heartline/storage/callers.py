"""What is known of a number that calls: how often it did within the hour, and whether a lead has blocked it.

The step that answers the ring reads all of it in the one request it has, and counts in its one transaction.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import NotFound
from heartline.domain.screening import MOST_LIVE, WINDOW, BlockedCaller, Caller, Treatment
from heartline.services.ports import Page
from heartline.storage import keys
from heartline.storage.dynamodb import EXISTS, ConditionFailed, Table
from heartline.storage.expressions import Delete, Item, Put, Update
from heartline.storage.items import moment
from heartline.storage.keys import Key
from heartline.storage.views import read_view

COUNTER_LIFE: Final = timedelta(days=2)

Found = Mapping[tuple[str, str], Item]
"""What a BatchGet has found, by key."""


class DynamoCallers:
    """Implements `services.blocked_callers.BlockedCallers`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def block(self, entry: BlockedCaller) -> None:
        self._table.write(Put(item=blocked_to_item(entry)))

    def unblock(self, number: str) -> BlockedCaller:
        key = keys.blocked_caller(number)
        item = self._table.get(key)
        if item is None:
            raise NotFound(f"{number} is not blocked.")
        try:
            self._table.write(Delete(key=key, condition=EXISTS))
        except ConditionFailed as gone:
            raise NotFound(f"{number} is not blocked any more.") from gone
        return blocked_from_item(item)

    def page(self, *, limit: int, cursor: str | None) -> Page[BlockedCaller]:
        shown, more = read_view(self._table, [keys.BLOCKED_CALLERS_VIEW], limit=limit, cursor=cursor)
        return Page(items=tuple(blocked_from_item(item) for item in shown), next=more)


def caller_keys(caller: Identity, inbox: str, at: datetime) -> tuple[Key, ...]:
    """What the ring's request reads besides the call; of somebody who withholds the number nothing is known."""
    if caller.kind is IdentityKind.ANONYMOUS:
        return ()
    return keys.caller_hour(caller.address, inbox, at.strftime(WINDOW)), keys.blocked_caller(caller.address)


def caller_of(found: Found, caller: Identity, inbox: str, at: datetime, *, forwarded_from: str) -> Caller:
    """Who calls, by what `caller_keys` has found; how many of their calls are live is asked with `recent_calls`."""
    hour = _item(found, keys.caller_hour(caller.address, inbox, at.strftime(WINDOW)))
    blocked = _item(found, keys.blocked_caller(caller.address))
    return Caller(
        identity=caller,
        forwarded_from=forwarded_from,
        earlier=hour.get("count", 0),
        blocked=blocked_from_item(blocked) if blocked else None,
    )


def recent_calls(found: Found, caller: Identity, inbox: str, at: datetime) -> tuple[Key, ...]:
    """The keys of the hour's calls, where they are so many that they may be a loop: one more request for those few."""
    hour = _item(found, keys.caller_hour(caller.address, inbox, at.strftime(WINDOW)))
    calls = sorted(hour.get("calls", ()))
    return tuple(keys.call(call) for call in calls) if len(calls) >= MOST_LIVE else ()


def counted(caller: Caller, call: str, inbox: str, at: datetime, *, below: int) -> tuple[Update, ...]:
    """The write that counts a call that is kept; refused if `below` calls were counted in the meantime (0: never).

    Nobody is counted who withholds the number: they all have the same.
    """
    if caller.anonymous:
        return ()
    key = keys.caller_hour(caller.identity.address, inbox, at.strftime(WINDOW))
    room = Attr("count").not_exists() | Attr("count").lt(below)
    return (
        Update(
            key=key,
            assign={"ttl": int((at + COUNTER_LIFE).timestamp())},
            add={"count": 1},
            insert={"calls": {call}},
            condition=room if below else None,
        ),
    )


def blocked_to_item(entry: BlockedCaller) -> Item:
    at = keys.instant(entry.at)
    return {
        **keys.blocked_caller(entry.number),
        "view": keys.BLOCKED_CALLERS_VIEW,
        "view_at": f"{at}#{entry.number}",
        "number": entry.number,
        "treatment": entry.treatment.value,
        "reason": entry.reason,
        "by": entry.by,
        "at": at,
    }


def blocked_from_item(item: Item) -> BlockedCaller:
    return BlockedCaller(
        number=item["number"],
        treatment=Treatment(item["treatment"]),
        reason=item["reason"],
        by=item["by"],
        at=moment(item["at"]),
    )


def _item(found: Found, key: Key) -> Item:
    return found.get((key["PK"], key["SK"]), {})
