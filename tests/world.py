"""The items of a table sorted by what they are, as the invariants look at them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from heartline.storage.expressions import Item, unmarshal

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_TALKS: Final = {"call.answered", "call.transferred", "call.returned"}


@dataclass(slots=True)
class World:
    """The table's items, sorted by what they are; messages by conversation, in the order of their keys."""

    heads: dict[str, Item] = field(default_factory=dict)
    messages: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    by_kind: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[tuple[str, str], str] = field(default_factory=dict)

    def message(self, conversation: str, sort: str) -> Item | None:
        return next((item for item in self.messages.get(conversation, ()) if item["SK"] == sort), None)

    def spoken(self, conversation: str) -> list[Item]:
        """What the head is the fold of: what people said to each other, the steps of a call, and what opened it.

        Notes stand aside, and what machines wrote, unless it stands alone.
        """
        head = self.heads.get(conversation, {})
        opened = head.get("opened")
        shown = [item for name in (conversation, *head.get("absorbed", ())) for item in self.messages.get(name, ())]
        return [
            message
            for message in sorted(shown, key=lambda item: str(item["SK"]))
            if message["dir"] != "internal" and (not by_machine(message) or time_of(message) == opened)
        ]

    def talks(self, name: str) -> list[Item]:
        """When a customer was answered on the phone, and when a talk went back into the line."""
        names = (name, *self.heads.get(name, {}).get("absorbed", ()))
        return [item for each in names for item in self.messages.get(each, ()) if item.get("event") in _TALKS]


def stored(client: "DynamoDBClient", name: str) -> tuple[Item, ...]:
    """Every item of a table on a real endpoint, in the order of their keys."""
    pages = client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
    items = [unmarshal(item) for page in pages for item in page["Items"]]
    return tuple(sorted(items, key=lambda item: (item["PK"], item["SK"])))


def world_of(items: Iterable[Item]) -> World:
    world = World()
    for item in items:
        kind, _, name = item["PK"].partition("#")
        if kind == "C" and item["SK"] == "HEAD":
            world.heads[name] = item
        elif kind == "C" and item["SK"].startswith("M#") and "moved" in item:
            world.moved[name, item["SK"]] = item["moved"]
        elif kind == "C" and item["SK"].startswith("M#"):
            world.messages[name].append(item)
        else:
            world.by_kind[kind].append(item)
    return world


def by_machine(message: Item) -> bool:
    """Whether a machine wrote it, or only machines read it: a keyword, or a text that no person wrote."""
    if message["ch"] == "sms":
        return str(message.get("event", "")).startswith("consent.") or bool(message["by"]["kind"] == "system")
    mail = message.get("mail", {})
    return "kind" in mail or "automatic" in mail.get("marks", ())


def time_of(message: Mapping[str, str]) -> str:
    return message["SK"].split("#")[1]


def id_of(message: Mapping[str, str]) -> str:
    return message["SK"].split("#", 2)[2]
