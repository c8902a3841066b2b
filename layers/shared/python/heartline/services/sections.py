"""A part of a document that a person wrote: reads its fields, and every error names its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from heartline.domain.errors import Invalid
from heartline.services.forms import NAME, found, known, misfit, shown

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the document that knows where it stands, so that every error names its place."""

    place: str
    content: Mapping[str, Any]

    @classmethod
    def at(cls, place: str, content: object) -> "Section":
        if not isinstance(content, Mapping):
            raise Invalid(f"{place}: expected fields, each as `name: value`, {found(content)}")
        return cls(place=place, content=content)

    def only(self, *names: str) -> None:
        for name in self.content:
            if name not in names:
                raise Invalid(f"{self.place}.{shown(name)}: unknown field; {known(name, names)}")

    def text(self, name: str, default: str | None = None, *, form: re.Pattern[str] | None = None) -> str:
        value = self.content.get(name, default)
        if not isinstance(value, str):
            raise Invalid(f"{self.place}.{name}: expected text")
        if form is not None and value != default and not form.fullmatch(value):
            raise Invalid(f"{self.place}.{name}: {misfit(value, form)}")
        return value

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        return _number(f"{self.place}.{name}", self.content.get(name, default), least=least, most=most)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.content.get(name, default)
        if not isinstance(value, bool):
            raise Invalid(f"{self.place}.{name}: expected true or false")
        return value

    def texts(self, name: str, form: re.Pattern[str], *, change: Callable[[str], str] = str) -> tuple[str, ...]:
        values = self._list(name)
        for value in values:
            if not isinstance(value, str) or not form.fullmatch(value):
                raise Invalid(f"{self.place}.{name}: {misfit(value, form)}")
        return tuple(change(value) for value in values)

    def _list(self, name: str) -> list[Any]:
        values = self.content.get(name, [])
        if not isinstance(values, list):
            raise Invalid(f"{self.place}.{name}: expected a list, such as [one, two], {found(values)}")
        return values

    def levels(self, name: str, *, least: int = 1) -> dict[str, int]:
        section = Section.at(f"{self.place}.{name}", self.content.get(name, {}))
        for key in section.content:
            if not isinstance(key, str) or not NAME.fullmatch(key):
                raise Invalid(f"{section.place}: “{shown(key)}” is not a name")
        return {
            key: _number(f"{section.place}.{key}", value, least=least, most=100)
            for key, value in section.content.items()
        }

    def part(self, name: str) -> "Section":
        """The fields below `name`; none where the document does not have it."""
        return Section.at(f"{self.place}.{name}", self.content.get(name, {}))

    def each(self, name: str, read: Callable[["Section"], T]) -> tuple[T, ...]:
        values = self._list(name)
        return tuple(
            read(Section.at(f"{self.place}.{name}[{position}]", value)) for position, value in enumerate(values)
        )


def _number(place: str, value: object, *, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Invalid(f"{place}: expected a whole number from {least} to {most}, {found(value)}")
    return value
