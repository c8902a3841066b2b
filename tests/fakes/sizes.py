"""What DynamoDB counts: the size of an item and the units that a write or a read costs.

Sizes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
Units: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from collections.abc import Mapping
from typing import Any, Final

from heartline.storage.expressions import Item

WRITE_UNIT: Final = 1024
READ_UNIT: Final = 4096
_INDEX_KEY: Final = ("view", "view_at")


def item_size(item: Mapping[str, Any]) -> int:
    """The bytes of an item: names and values in UTF-8, and what containers and numbers take."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Any) -> int:
    match value:
        case None | bool():
            return 1
        case int():
            return (len(str(abs(value))) + 1) // 2 + 1 + (value < 0)
        case str():
            return len(value.encode())
        case bytes():
            return len(value)
        case Mapping():
            return 3 + len(value) + item_size(value)
        case list() | tuple():
            return 3 + len(value) + sum(value_size(member) for member in value)
        case set():
            return sum(value_size(member) for member in value)
    raise TypeError(f"no size is known for {type(value).__name__}")


def units(size: int, unit: int = WRITE_UNIT) -> int:
    """Units begun; even nothing costs one."""
    return max(1, -(-size // unit))


def write_units(before: Item | None, after: Item | None) -> int:
    """What a write costs on its own: by the larger of the two states."""
    return units(max(item_size(before or {}), item_size(after or {})))


def index_units(before: Item | None, after: Item | None) -> int:
    """What a write costs in the view index: nothing, one row, or two where its place changes."""
    old, new = _row(before), _row(after)
    if before == after or not (old or new):
        return 0
    if old and new and [old[name] for name in _INDEX_KEY] == [new[name] for name in _INDEX_KEY]:
        return units(max(item_size(old), item_size(new)))
    return sum(units(item_size(row)) for row in (old, new) if row)


def _row(item: Item | None) -> Item | None:
    return item if item and all(name in item for name in _INDEX_KEY) else None
