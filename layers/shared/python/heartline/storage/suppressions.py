"""Blocked addresses: one item each, found by address, checked by every submit, listed by the view index."""

from collections.abc import Collection, Iterable

from heartline.domain.errors import NotFound
from heartline.domain.suppressions import Cause, Suppression
from heartline.services.ports import Page
from heartline.storage import keys
from heartline.storage.dynamodb import EXISTS, MISSING, ConditionFailed, Table
from heartline.storage.expressions import Check, Default, Delete, Item, Update
from heartline.storage.items import moment
from heartline.storage.views import read_view


class DynamoSuppressions:
    """Implements `services.outbound_ports.Suppressions`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def blocked(self, addresses: Collection[str]) -> tuple[Suppression, ...]:
        wanted = [keys.suppression(address) for address in dict.fromkeys(addresses)]
        found = self._table.get_many(wanted)
        met = (found.get((key["PK"], key["SK"])) for key in wanted)
        return tuple(suppression_from_item(item) for item in met if item is not None)

    def page(self, *, limit: int, cursor: str | None) -> Page[Suppression]:
        shown, more = read_view(self._table, [keys.SUPPRESSED_VIEW], limit=limit, cursor=cursor)
        return Page(items=tuple(suppression_from_item(item) for item in shown), next=more)

    def block(self, suppression: Suppression) -> None:
        self._table.write(block_write(suppression))

    def lift(self, address: str) -> Suppression:
        key = keys.suppression(address)
        item = self._table.get(key)
        if item is None:
            raise NotFound(f"{address} is not blocked.")
        try:
            self._table.write(Delete(key=key, condition=EXISTS))
        except ConditionFailed as gone:
            raise NotFound(f"{address} is not blocked any more.") from gone
        return suppression_from_item(item)


def block_write(suppression: Suppression) -> Update:
    """Block an address; what is blocked already keeps its first reason, and is no failure."""
    item = suppression_to_item(suppression)
    key = {"PK": item.pop("PK"), "SK": item.pop("SK")}
    return Update(key=key, assign={name: Default(value=value) for name, value in item.items()})


def not_blocked(addresses: Iterable[str]) -> list[Check]:
    """Hold a transaction to it that nobody is blocked; what a check meets is the item of the one who is."""
    return [Check(key=keys.suppression(address), condition=MISSING) for address in addresses]


def is_suppression(item: Item) -> bool:
    """Whether an item that a refused transaction met is a blocked address."""
    return str(item.get("PK", "")).startswith(keys.suppression("")["PK"])


def suppression_to_item(suppression: Suppression) -> Item:
    at = keys.instant(suppression.at)
    return {
        **keys.suppression(suppression.address),
        "view": keys.SUPPRESSED_VIEW,
        "view_at": f"{at}#{suppression.address}",
        "address": suppression.address,
        "cause": suppression.cause.value,
        "at": at,
        "diagnostic": suppression.diagnostic,
        "conv": suppression.conversation,
        "msg": suppression.message,
    }


def suppression_from_item(item: Item) -> Suppression:
    return Suppression(
        address=item["address"],
        cause=Cause(item["cause"]),
        at=moment(item["at"]),
        diagnostic=item["diagnostic"],
        conversation=item["conv"],
        message=item["msg"],
    )
