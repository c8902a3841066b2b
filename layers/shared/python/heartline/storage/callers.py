"""What is known of a number that calls: how often it did within the hour, and whether a lead has blocked it."""

from datetime import datetime, timedelta
from typing import Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.call_states import TRANSITIONS, CallState
from heartline.domain.errors import NotFound
from heartline.domain.screening import MOST_LIVE, WINDOW, BlockedCaller, Caller, Ringing, Treatment
from heartline.services.ports import Page
from heartline.storage import keys
from heartline.storage.dynamodb import EXISTS, ConditionFailed, Table
from heartline.storage.expressions import Delete, Item, Put, Update
from heartline.storage.items import moment
from heartline.storage.keys import Key
from heartline.storage.views import read_view

COUNTER_LIFE: Final = timedelta(days=2)

_CALL: Final = "call_"
"""Begins the name of a counter's attribute for one call: how many others of the hour were counted before it."""


class DynamoCallers:
    """Implements `services.screen.Callers` and `services.call_reading.BlockedCallers`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def known(self, ringing: Ringing, at: datetime) -> Caller:
        if ringing.anonymous:
            return Caller(ringing=ringing)
        hour, blocked = _hour(ringing, at), keys.blocked_caller(ringing.identity.address)
        found = self._table.get_many([hour, blocked])
        counter = found.get((hour["PK"], hour["SK"]), {})
        entry = found.get((blocked["PK"], blocked["SK"]))
        mark = _CALL + ringing.call
        others = {name.removeprefix(_CALL) for name in counter if name.startswith(_CALL)} - {ringing.call}
        return Caller(
            ringing=ringing,
            earlier=counter[mark] if mark in counter else counter.get("count", 0),
            counted=mark in counter,
            live=self._live(others) if len(others) >= MOST_LIVE else 0,
            blocked=blocked_from_item(entry) if entry else None,
        )

    def count(self, caller: Caller, at: datetime, *, below: int) -> bool:
        """Each call leaves how many came before it: whoever rings again is answered as the first time."""
        ringing, mark = caller.ringing, _CALL + caller.ringing.call
        room = Attr("count").not_exists() | Attr("count").lt(below)
        uncounted = Attr(mark).not_exists()
        try:
            self._table.write(
                Update(
                    key=_hour(ringing, at),
                    assign={"ttl": int((at + COUNTER_LIFE).timestamp()), mark: caller.earlier},
                    add={"count": 1},
                    condition=uncounted & room if below else uncounted,
                )
            )
        except ConditionFailed as refused:
            return mark in refused.failed[0]
        return True

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

    def _live(self, calls: set[str]) -> int:
        """One more request, for the few who call so often; a call that is still in the menu has no item yet."""
        found = self._table.get_many([keys.call(call) for call in sorted(calls)])
        return sum(bool(TRANSITIONS[CallState(item["state"])]) for item in found.values())


def _hour(ringing: Ringing, at: datetime) -> Key:
    return keys.caller_hour(ringing.identity.address, ringing.inbox, at.strftime(WINDOW))


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
