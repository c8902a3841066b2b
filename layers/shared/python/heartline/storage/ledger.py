"""The ledger in the table: guards are its rows, and a raw mail's receipt leads to them; pure mapping beside it."""

from collections.abc import Iterable, Mapping, Sequence

from heartline.domain.held import HeldState
from heartline.domain.ledger import State
from heartline.domain.messages import Channel
from heartline.services.ledger import Outcome, Receipt
from heartline.storage import items, keys
from heartline.storage.aliases import reference_from_item
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Item, Put, filled

_STATES = {
    "stored": State.STORED,
    HeldState.RELEASED: State.STORED,
    HeldState.HELD: State.HELD,
    HeldState.RELEASING: State.HELD,
    HeldState.DISCARDED: State.DISCARDED,
}
_WORST_FIRST = (State.HELD, State.DISCARDED, State.STORED)
"""A mail to two inboxes is as far as the one that is behind."""


class DynamoLedger:
    """Implements `services.ledger.LedgerStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def outcomes(self, channel: Channel, ids: Sequence[str]) -> dict[str, Outcome]:
        if channel is Channel.EMAIL:
            events = {key: receipt.events for key, receipt in self.receipts(ids).items()}
            return self._of_guards(channel, events)
        found = self._of_guards(channel, {sid: (sid,) for sid in ids})
        return found if channel is not Channel.VOICE else self._calls(ids) | found

    def write(self, receipt: Receipt) -> None:
        self._table.write(Put(item=receipt_to_item(receipt)))

    def receipts(self, raw_keys: Sequence[str]) -> dict[str, Receipt]:
        found = self._table.get_many([keys.receipt(raw_key) for raw_key in raw_keys])
        receipts = [receipt_from_item(item) for item in found.values()]
        return {receipt.key: receipt for receipt in receipts}

    def _of_guards(self, channel: Channel, events: Mapping[str, Sequence[str]]) -> dict[str, Outcome]:
        """The outcome of each id whose events all have their guard."""
        places = {event: keys.guard(channel, event) for named in events.values() for event in named}
        found = self._table.get_many(list(places.values()))
        guards = {event: found.get((key["PK"], key["SK"])) for event, key in places.items()}
        return {
            name: _outcome({event: guard for event in named if (guard := guards[event])})
            for name, named in events.items()
            if named and all(guards[event] for event in named)
        }

    def _calls(self, ids: Sequence[str]) -> dict[str, Outcome]:
        found = self._table.get_many([keys.call(sid) for sid in ids])
        return {item["PK"].removeprefix("CALL#"): Outcome(state=State.STORED, messages={}) for item in found.values()}


def receipt_to_item(receipt: Receipt) -> Item:
    item: Item = {
        **keys.receipt(receipt.key),
        "at": keys.instant(receipt.at),
        "events": list(receipt.events),
        "run": receipt.run,
        "result": receipt.result,
        "ttl": int((receipt.at + items.GUARD_LIFE).timestamp()),
    }
    return filled(item)


def receipt_from_item(item: Item) -> Receipt:
    return Receipt(
        key=item["PK"].removeprefix("RAW#"),
        at=items.moment(item["at"]),
        events=tuple(item.get("events", ())),
        run=item.get("run", ""),
        result=item.get("result", ""),
    )


def _outcome(guards: Mapping[str, Item]) -> Outcome:
    messages = {event: reference_from_item(guard) for event, guard in guards.items() if "conv" in guard}
    return Outcome(state=_behind(_STATES[guard["state"]] for guard in guards.values()), messages=messages)


def _behind(states: Iterable[State]) -> State:
    return min(states, key=_WORST_FIRST.index)
