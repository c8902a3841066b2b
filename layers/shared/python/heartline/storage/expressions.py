"""What is written to the table, as values: puts, updates, deletes and checks, and how they become requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from boto3.dynamodb.conditions import ConditionBase, ConditionExpressionBuilder
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from heartline.storage.keys import Key

Item = dict[str, Any]

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize


def filled(item: Item) -> Item:
    """Leave out what is empty: an absent attribute costs nothing. Zero and False are values."""
    return {name: value for name, value in item.items() if value not in (None, "", b"", [], {}, ())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """In `Update.assign`: keep what the attribute holds, or begin with `value`."""

    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Write a whole item."""

    item: Item
    condition: ConditionBase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Change attributes of an item. Names may be paths with dots (`open.<conversation>`).

    `add` is for numbers, `insert` for string sets.
    """

    key: Key
    assign: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    add: Mapping[str, int] = field(default_factory=dict)
    insert: Mapping[str, set[str]] = field(default_factory=dict)
    condition: ConditionBase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Remove an item."""

    key: Key
    condition: ConditionBase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Hold a transaction to a fact about an item that it does not write."""

    key: Key
    condition: ConditionBase


Write = Put | Update | Delete | Check


def marshal(item: Mapping[str, Any]) -> dict[str, Any]:
    """Turn Python values into DynamoDB's typed form."""
    return {name: _serialize(value) for name, value in item.items()}


def unmarshal(item: Mapping[str, Any]) -> Item:
    """Turn DynamoDB's typed form into Python values; numbers are whole in this table, binary is bytes."""
    return {name: _plain(_deserialize(value)) for name, value in item.items()}


def request_of(write: Write) -> dict[str, Any]:
    """Build the parameters that a write has in a transaction and on its own (without the table's name)."""
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    request: dict[str, Any] = {"Item": marshal(write.item)} if isinstance(write, Put) else {"Key": marshal(write.key)}
    if isinstance(write, Update):
        request["UpdateExpression"] = _update_expression(write, names, values)
    if write.condition is not None:
        built = ConditionExpressionBuilder().build_expression(write.condition)
        request["ConditionExpression"] = built.condition_expression
        names |= built.attribute_name_placeholders
        values |= built.attribute_value_placeholders
    if names:
        request["ExpressionAttributeNames"] = names
    if values:
        request["ExpressionAttributeValues"] = marshal(values)
    return request


def _update_expression(update: Update, names: dict[str, str], values: dict[str, Any]) -> str:
    def path(dotted: str) -> str:
        return ".".join(_placeholder(names, "#u", part) for part in dotted.split("."))

    def value(content: Any) -> str:
        placeholder = f":u{len(values)}"
        values[placeholder] = content
        return placeholder

    def assignment(name: str, content: Any) -> str:
        if isinstance(content, Default):
            return f"{path(name)} = if_not_exists({path(name)}, {value(content.value)})"
        return f"{path(name)} = {value(content)}"

    clauses = {
        "SET": [assignment(name, content) for name, content in update.assign.items()],
        "REMOVE": [path(name) for name in update.remove],
        "ADD": [f"{path(name)} {value(content)}" for name, content in [*update.add.items(), *update.insert.items()]],
    }
    return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts)


def _placeholder(names: dict[str, str], prefix: str, name: str) -> str:
    for placeholder, known in names.items():
        if known == name:
            return placeholder
    placeholder = f"{prefix}{len(names)}"
    names[placeholder] = name
    return placeholder


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(content) for name, content in value.items()}
        case list():
            return [_plain(content) for content in value]
        case str() | bool() | None | set():
            return value
        case _ if hasattr(value, "value"):
            return bytes(value.value)
        case _:
            return int(value)
