"""A table in memory: the sibling of `storage.dynamodb.Table`, held to the same contract tests.

It evaluates the same condition trees, keeps DynamoDB's limits, and counts requests and units by sizing items itself.
"""

import copy
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from boto3.dynamodb.conditions import ConditionBase
from botocore.exceptions import ClientError

from heartline.storage.dynamodb import ConditionFailed, Page, Table
from heartline.storage.expressions import Check, Delete, Item, Put, Update, Write, marshal, unmarshal
from heartline.storage.keys import VIEW_INDEX, Key
from tests.fakes.conditions import holds
from tests.fakes.sizes import READ_UNIT, index_units, item_size, units, write_units
from tests.fakes.updates import InvalidPath, updated

MOST_ACTIONS: Final = 100
MOST_PUTS: Final = 25
MOST_BYTES: Final = 4 * 1024 * 1024
ITEM_BYTES: Final = 400 * 1024
PAGE_BYTES: Final = 1024 * 1024

_SORT_OF: Final[dict[str | None, str]] = {None: "SK", VIEW_INDEX: "view_at"}
_OPERATION: Final = {Put: "PutItem", Update: "UpdateItem", Delete: "DeleteItem"}

Answer = TypeVar("Answer")

Hook = Callable[[str, str], None]
"""Called with "before" or "after" and the name of the operation; what it raises, the caller of the table sees."""


@dataclass(slots=True)
class Usage:
    """What the table was asked: requests by operation, and units. `index_units` are written besides `write_units`.

    `parts` are the written units by what they were written to: `HEAD` or `M` of a conversation, `AG`, `WQ` and so on.
    """

    requests: Counter[str] = field(default_factory=Counter)
    read_units: int = 0
    write_units: int = 0
    index_units: int = 0
    parts: Counter[str] = field(default_factory=Counter)

    @property
    def total_requests(self) -> int:
        return self.requests.total()

    @property
    def total_write_units(self) -> int:
        """All that is billed for writing: the items and the index."""
        return self.write_units + self.index_units


@dataclass(slots=True)
class Failing:
    """A hook that raises `error` at the `at`-th request (from 1), `moment` it: "before" or "after" it is done."""

    error: BaseException
    at: int
    moment: str
    seen: int = 0

    def __call__(self, moment: str, _operation: str) -> None:
        if moment == "before":
            self.seen += 1
        if moment == self.moment and self.seen == self.at:
            self.seen += 1  # once: what repeats the request meets a healthy table
            raise self.error


def healthy(_moment: str, _operation: str) -> None:
    """The hook that changes nothing."""


class MemoryTable(Table):
    """Shares only its interface with `Table`, so that the type checker holds the two together."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], Item] = {}
        self._lock = threading.RLock()
        self.usage = Usage()
        self.hook: Hook = healthy

    def get(self, key: Key) -> Item | None:
        return self._asked("GetItem", lambda: self._read(key))

    def get_many(self, keys: Sequence[Key]) -> dict[tuple[str, str], Item]:
        found: dict[tuple[str, str], Item] = {}
        wanted = list(dict.fromkeys((key["PK"], key["SK"]) for key in keys))
        for start in range(0, len(wanted), MOST_ACTIONS):
            batch = partial(self._read_all, wanted[start : start + MOST_ACTIONS])
            found |= self._asked("BatchGetItem", batch)
        return found

    def query(
        self,
        partition: str,
        *,
        sort: ConditionBase | None = None,
        index: str | None = None,
        partition_name: str = "PK",
        limit: int | None = None,
        descending: bool = False,
        after: Key | None = None,
    ) -> Page:
        def read() -> Page:
            order = _Order(sort_name=_SORT_OF[index], descending=descending)
            rows = order.sorted(item for item in self._items.values() if item.get(partition_name) == partition)
            behind = [row for row in rows if holds(sort, row) and (after is None or order.is_behind(row, after))]
            page = self._page(behind, limit, partition_name, order.sort_name)
            size = sum(item_size(item) for item in page.items)
            self.usage.read_units += units(size, READ_UNIT * (2 if index else 1))
            return page

        return self._asked("Query", read)

    def count(self, partition: str, *, most: int) -> tuple[int, bool]:  # noqa: ARG002 - the port's word: one page here
        return len(self.query(partition).items), True

    def write(self, write: Put | Update | Delete) -> Item:
        def apply() -> Item:
            after = self._apply([write], factor=1)
            return copy.deepcopy(after[0] or {}) if isinstance(write, Update) else {}

        return self._asked(_OPERATION[type(write)], apply)

    def put_many(self, items: Iterable[Item]) -> None:
        waiting = iter(items)
        while batch := [Put(item=item) for item in islice(waiting, MOST_PUTS)]:
            _check_limits(batch)
            self._asked("BatchWriteItem", partial(self._apply, batch, factor=1))

    def transact(self, writes: Sequence[Write], *, token: str | None = None) -> None:  # noqa: ARG002 - the port's word
        def apply() -> None:
            _check_limits(writes)
            self._apply(writes, factor=2)

        self._asked("TransactWriteItems", apply)

    def everything(self) -> tuple[Item, ...]:
        """All items, in the order of their keys: what the invariant checker reads."""
        with self._lock:
            return tuple(copy.deepcopy(self._items[key]) for key in sorted(self._items))

    def _asked(self, operation: str, work: Callable[[], Answer]) -> Answer:
        self.hook("before", operation)
        with self._lock:
            self.usage.requests[operation] += 1
            answer = work()
        self.hook("after", operation)
        return answer

    def _read(self, key: Key) -> Item | None:
        item = self._items.get((key["PK"], key["SK"]))
        self.usage.read_units += units(item_size(item or {}), READ_UNIT)
        return copy.deepcopy(item)

    def _read_all(self, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Item]:
        read = {place: self._read({"PK": place[0], "SK": place[1]}) for place in places}
        return {place: item for place, item in read.items() if item is not None}

    def _page(self, rows: list[Item], limit: int | None, partition_name: str, sort_name: str) -> Page:
        shown: list[Item] = []
        size = 0
        for row in rows:
            if len(shown) == limit or size >= PAGE_BYTES:
                break
            shown.append(copy.deepcopy(row))
            size += item_size(row)
        names = dict.fromkeys(("PK", "SK", partition_name, sort_name))
        return Page(items=shown, last={name: shown[-1][name] for name in names} if len(shown) < len(rows) else None)

    def _apply(self, writes: Sequence[Write], *, factor: int) -> list[Item | None]:
        """Check every condition before the first write; a refusal costs units and changes nothing."""
        befores = [self._items.get(_place(write)) for write in writes]
        failed = {
            position: copy.deepcopy(before or {})
            for position, (write, before) in enumerate(zip(writes, befores, strict=True))
            if not holds(write.condition, before)
        }
        afters = befores if failed else [_after(*pair) for pair in zip(writes, befores, strict=True)]
        for write, before, after in zip(writes, befores, afters, strict=True):
            self.usage.write_units += factor * write_units(before, after)
            self.usage.parts[_part(write)] += factor * write_units(before, after)
            self.usage.index_units += index_units(before, after)
        if failed:
            raise ConditionFailed(failed)
        for write, after in zip(writes, afters, strict=True):
            self._keep(_place(write), after)
        return afters

    def _keep(self, place: tuple[str, str], after: Item | None) -> None:
        if after is None:
            self._items.pop(place, None)
        else:
            self._items[place] = after


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """The order of a query: by the sort key's UTF-8 bytes, then by the item's own key."""

    sort_name: str
    descending: bool

    def sorted(self, items: Iterator[Item]) -> list[Item]:
        present = [item for item in items if self.sort_name in item]
        return sorted(present, key=self._position, reverse=self.descending)

    def is_behind(self, row: Item, after: Key) -> bool:
        position, border = self._position(row), self._position(after)
        return position < border if self.descending else position > border

    def _position(self, item: Item | Key) -> tuple[bytes, ...]:
        return tuple(str(item[name]).encode() for name in (self.sort_name, "PK", "SK"))


def _place(write: Write) -> tuple[str, str]:
    key = write.item if isinstance(write, Put) else write.key
    return key["PK"], key["SK"]


def _part(write: Write) -> str:
    partition, sort = _place(write)
    return (sort if partition.startswith("C#") else partition).partition("#")[0]


def _after(write: Write, before: Item | None) -> Item | None:
    """The item as `write` leaves it; passing through DynamoDB's types refuses what it could not hold."""
    match write:
        case Put():
            after = unmarshal(marshal(write.item))
        case Update():
            after = _changed(write, before)
        case Delete():
            return None
        case Check():
            return before
    if item_size(after) > ITEM_BYTES:
        raise _invalid("Item size has exceeded the maximum allowed size")
    return after


def _changed(update: Update, before: Item | None) -> Item:
    try:
        return unmarshal(marshal(updated(update, before)))
    except InvalidPath as error:
        raise _invalid("The document path provided in the update expression is invalid for update") from error


def _check_limits(writes: Sequence[Write]) -> None:
    if len(writes) > MOST_ACTIONS:
        raise _invalid("Member must have length less than or equal to 100")
    if len({_place(write) for write in writes}) < len(writes):
        raise _invalid("Transaction request cannot include multiple operations on one item")
    if sum(item_size(write.item) for write in writes if isinstance(write, Put)) > MOST_BYTES:
        raise _invalid("Transaction request is larger than 4 MB")


def _invalid(message: str) -> ClientError:
    return ClientError({"Error": {"Code": "ValidationException", "Message": message}}, "Write")
