"""The header block of a mail or a part: found, split and unfolded, however broken it is."""

import re
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import Final

from heartline.channels.email import charsets
from heartline.channels.email.limits import Limits
from heartline.channels.email.words import decode_words, one_line

_FIELD: Final = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,200})[ \t]*:")
_FOLD: Final = re.compile(rb"\r?\n(?=[ \t])")


@dataclass(frozen=True, kw_only=True)
class Headers:
    """Header fields in their order: lower-case name, and the raw value, unfolded and still encoded."""

    fields: tuple[tuple[str, bytes], ...]
    defects: tuple[str, ...] = ()

    def raw(self, name: str) -> bytes:
        """The first value of `name`, or nothing."""
        return self._first.get(name, b"")

    def all_raw(self, name: str) -> list[bytes]:
        return [value for field, value in self.fields if field == name]

    def source(self, name: str) -> str:
        """The first value of `name` as text on one line, encoded words left as they are."""
        value = self.raw(name)
        return one_line(charsets.guess(value)) if value else ""

    def sources(self, name: str) -> list[str]:
        return [one_line(charsets.guess(value)) for value in self.all_raw(name)]

    def text(self, name: str) -> str:
        """The first value of `name`, decoded for people."""
        return decode_words(charsets.guess(self.raw(name)))

    def has(self, name: str) -> bool:
        return name in self._first

    @cached_property
    def _first(self) -> dict[str, bytes]:
        return dict(reversed(self.fields))


def read_headers(raw: bytes, start: int, end: int, limits: Limits) -> tuple[Headers, int]:
    """The header fields of `raw[start:end]`, and where its body begins."""
    reader = _Reader(limits)
    position = body = start
    while position < end:
        following = raw.find(b"\n", position, end) + 1 or end
        line = raw[position:following]
        if not line.strip(b"\r\n") or not reader.take(line, raw, following, end):
            body = following if not line.strip() else position
            break
        position = body = following
    return reader.headers(), body


class _Reader:
    """Collects the lines of one header block; refuses the line that begins the body."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._names: list[str] = []
        self._lines: list[list[bytes]] = []
        self._size = 0
        self._defects: dict[str, None] = {}

    def take(self, line: bytes, raw: bytes, following: int, end: int) -> bool:
        """Add a line; false if it cannot belong to a header block."""
        if line[:1] in (b" ", b"\t"):
            return self._continue(line, raw, following, end)
        field = _FIELD.match(line)
        if field:
            self._begin(intern(field[1].decode("ascii").lower()), line[field.end() :])
            return True
        if line.startswith((b"From ", b">From ")) and not self._names:
            return True
        return self._continue_unfolded(line, raw, following, end)

    def headers(self) -> Headers:
        values = (
            lines[0].strip() if len(lines) == 1 else _FOLD.sub(b"", b"".join(lines)).strip() for lines in self._lines
        )
        return Headers(fields=tuple(zip(self._names, values, strict=True)), defects=tuple(self._defects))

    def _begin(self, name: str, value: bytes) -> None:
        if len(self._names) >= self._limits.header_count or not self._fits(value):
            self._defects["headers beyond the cap were left out"] = None
            return
        self._names.append(name)
        self._lines.append([value])

    def _continue(self, line: bytes, raw: bytes, following: int, end: int) -> bool:
        """A folded line; one of white space alone ends the block unless header lines follow."""
        if not line.strip() and not begins_with_header(raw, following, end):
            self._defects["a line of white space stood for the end of the headers"] = None
            return False
        if not self._names:
            self._defects["the first header line was a continuation"] = None
            return begins_with_header(raw, following, end)
        self._append(line)
        return True

    def _continue_unfolded(self, line: bytes, raw: bytes, following: int, end: int) -> bool:
        """A line without a name: folded without its white space if a header follows, else the body's first line."""
        if not self._names or not begins_with_header(raw, following, end):
            self._defects["no empty line between headers and body" if self._names else "no headers"] = None
            return False
        self._defects["a header line without a name was joined to the one before"] = None
        self._append(b" " + line)
        return True

    def _append(self, line: bytes) -> None:
        if self._fits(line):
            self._lines[-1].append(line)
        else:
            self._defects["headers beyond the cap were left out"] = None

    def _fits(self, value: bytes) -> bool:
        """Whether there is room; one that is left out takes none from those behind it."""
        fits = self._size + len(value) <= self._limits.header_size
        self._size += len(value) if fits else 0
        return fits


def begins_with_header(raw: bytes, position: int, end: int) -> bool:
    """Whether a line that can only be a header's stands there: a common name, or one with a hyphen."""
    field = _FIELD.match(raw, position, end)
    return field is not None and (b"-" in field[1] or field[1].lower() in _COMMON)


_COMMON: Final = {
    b"from",
    b"to",
    b"cc",
    b"bcc",
    b"subject",
    b"date",
    b"sender",
    b"received",
    b"references",
    b"comments",
}
