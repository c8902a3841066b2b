"""Reads JSON strictly; every complaint names the place. It knows nothing of routing."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from heartline.domain.errors import Invalid
from heartline.services.forms import known

Word = TypeVar("Word", bound=StrEnum)

LARGEST: Final = 2**53 - 1
"""The largest number that every reader of JSON takes exactly (RFC 8259, section 6); no number may be further from 0."""


class Doubled(dict[str, Any]):
    """An object in which a name stands twice: which of them counts, JSON leaves open."""

    def __init__(self, pairs: Sequence[tuple[str, Any]], name: str) -> None:
        super().__init__(pairs)
        self.name = name


def read_json(text: str | bytes, place: str) -> "Node":
    """The document in `text`; `Invalid` if it is none. What is doubled is found when its object is read."""
    try:
        return Node(json.loads(text, object_pairs_hook=_object), place)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"{place}: not JSON: {error}") from error


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    name, count = max(Counter(name for name, _ in pairs).items(), key=lambda each: each[1], default=("", 0))
    return Doubled(pairs, name) if count > 1 else dict(pairs)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON document and where it stands, for example `agents[0].caps.email`."""

    value: Any
    place: str

    def wrong(self, complaint: str) -> Invalid:
        return Invalid(f"{self.place}: {complaint}")

    @property
    def absent(self) -> bool:
        return self.value is None

    def fields(self, *, required: Collection[str] = (), optional: Collection[str] = ()) -> "Fields":
        """The fields of an object that may have these and no others."""
        found = self.entries()
        for name in found:
            if name not in required and name not in optional:
                raise found[name].wrong(f"unknown field; {known(name, [*required, *optional])}")
        for name in required:
            if name not in found:
                raise self.wrong(f"the field {name!r} is missing")
        return Fields(found, self.place)

    def entries(self) -> "dict[str, Node]":
        """The members of an object whose keys are free."""
        if not isinstance(self.value, dict):
            raise self.wrong("must be an object")
        if isinstance(self.value, Doubled):
            raise self.wrong(f"the field {self.value.name!r} is there more than once")
        return {name: Node(value, f"{self.place}.{_on_one_line(name)}") for name, value in self.value.items()}

    def items(self, *, length: int | None = None) -> "list[Node]":
        if not isinstance(self.value, list):
            raise self.wrong("must be an array")
        if length is not None and len(self.value) != length:
            raise self.wrong(f"must have {length} elements")
        return [Node(value, f"{self.place}[{index}]") for index, value in enumerate(self.value)]

    def whole(self, *, least: int | None = None) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.wrong("must be a whole number")
        if not -LARGEST <= self.value <= LARGEST:
            raise self.wrong(f"must be between -{LARGEST} and {LARGEST}")
        if least is not None and self.value < least:
            raise self.wrong(f"must be at least {least}")
        return self.value

    def number(self, *, least: int) -> float:
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            raise self.wrong("must be a number")
        if not self.value >= least:
            raise self.wrong(f"must be at least {least}")
        if self.value > LARGEST:
            raise self.wrong(f"must be at most {LARGEST}")
        return self.value

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("must be text")
        if not _is_unicode(self.value):
            raise self.wrong("has half a character in it (a lone surrogate)")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("must be true or false")
        return self.value

    def word(self, words: type[Word]) -> Word:
        """One of an enumeration's values."""
        try:
            return words(self.text())
        except ValueError:
            raise self.wrong(f"must be one of {', '.join(words)}") from None

    def wholes(self, *, least: int = 0) -> dict[str, int]:
        """An object of whole numbers with free keys."""
        return {name: node.whole(least=least) for name, node in self.entries().items()}


class Fields:
    """The members of an object, each with its default."""

    def __init__(self, found: dict[str, Node], place: str) -> None:
        self._found = found
        self._place = place

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def get(self, name: str, default: object = None) -> Node:
        return self._found.get(name) or Node(default, f"{self._place}.{name}")


def _is_unicode(text: str) -> bool:
    """JSON can spell half of a surrogate pair, which is no text."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _on_one_line(name: str) -> str:
    return name if name.isprintable() else ascii(name)
