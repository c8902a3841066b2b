"""Carries out an `Update` of `storage.expressions` on an item in memory; pure."""

import copy
from typing import Any

from heartline.storage.expressions import Default, Item, Update


class InvalidPath(Exception):
    """A path leads through something that is not there or is no map."""


def updated(update: Update, before: Item | None) -> Item:
    """The item after the update; every value is read from `before`, as DynamoDB does. Raises `InvalidPath`."""
    base: Item = before if before is not None else {}
    after: Item = copy.deepcopy(base) or dict(update.key)
    for path, content in update.assign.items():
        _parent(after, path)[_leaf(path)] = _assigned(content, _find(base, path))
    for path in update.remove:
        _parent(after, path).pop(_leaf(path), None)
    for path, amount in update.add.items():
        _parent(after, path)[_leaf(path)] = (_find(base, path) or 0) + amount
    for path, members in update.insert.items():
        _parent(after, path)[_leaf(path)] = (_find(base, path) or set()) | members
    return after


def _assigned(content: Any, present: Any) -> Any:
    if not isinstance(content, Default):
        return content
    return content.value if present is None else present


def _parent(item: Item, path: str) -> Item:
    parent: Any = item
    for part in path.split(".")[:-1]:
        parent = parent.get(part) if isinstance(parent, dict) else None
    if not isinstance(parent, dict):
        raise InvalidPath(path)
    return parent


def _leaf(path: str) -> str:
    return path.rpartition(".")[2]


def _find(item: Item, path: str) -> Any:
    found: Any = item
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found
