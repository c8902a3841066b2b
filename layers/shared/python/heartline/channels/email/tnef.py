"""Outlook's own container, winmail.dat: its files and its body (TNEF, Microsoft's open specification MS-OXTNEF)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct
from typing import Final

from heartline.channels.email import charsets
from heartline.channels.email.rtf import rtf_to_text, unpack_rtf

_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_HEAD: Final = Struct("<BHHI")
_NUMBER: Final = Struct("<I")
_PAIR: Final = Struct("<HH")

_BODY, _FILE_DATA, _FILE_TITLE, _FILE_BEGINS = 0x800C, 0x800F, 0x8010, 0x9002
_PROPERTIES, _FILE_PROPERTIES, _CODE_PAGE = 0x9003, 0x9005, 0x9007

_FIXED: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_VARIABLE: Final = (0x0D, 0x1E, 0x1F, 0x102)
_UNICODE: Final = 0x1F
_MULTIPLE: Final = 0x1000
_NAMED: Final = 0x8000
_PLAIN, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_LONG_NAME, _TYPE, _CONTENT_ID, _OBJECT = 0x3707, 0x370E, 0x3712, 0x3701


class NotTnef(ValueError):
    """The bytes are no TNEF, or damaged ones."""


@dataclass(slots=True, kw_only=True)
class TnefFile:
    """A file in the container; an attached Outlook message is left as the object that it is."""

    name: str = ""
    content_type: str = ""
    content_id: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(slots=True, kw_only=True)
class Tnef:
    """What a container holds; `text` and `html` are empty where it has none of the kind."""

    files: list[TnefFile] = field(default_factory=list)
    text: str = ""
    html: str = ""


def read_tnef(data: bytes, *, files: int, text_size: int) -> Tnef:
    """The content of a container, at most so many files and characters of text. Raises `NotTnef`."""
    if not data.startswith(_SIGNATURE):
        raise NotTnef
    reader = _Reader(text_size)
    for attribute, value in _attributes(data):
        if attribute == _FILE_BEGINS and len(reader.tnef.files) >= files:
            break
        reader.take(attribute, value)
    return reader.tnef


class _Reader:
    """Collects one attribute after the other; those of a file follow the one that begins it."""

    def __init__(self, text_size: int) -> None:
        self._text_size = text_size
        self._charset = "cp1252"
        self.tnef = Tnef()

    def take(self, attribute: int, value: bytes) -> None:
        if attribute == _FILE_BEGINS:
            self.tnef.files.append(TnefFile())
        elif attribute == _CODE_PAGE and len(value) >= _NUMBER.size:
            self._charset = f"cp{_NUMBER.unpack_from(value)[0]}"
        elif attribute == _BODY:
            self.tnef.text = self._text(value, 0)
        elif attribute == _PROPERTIES:
            self._take_bodies(value)
        elif self.tnef.files:
            self._take_file(self.tnef.files[-1], attribute, value)

    def _take_bodies(self, value: bytes) -> None:
        for identity, kind, content in _properties(value):
            if identity == _PLAIN:
                self.tnef.text = self._text(content, kind)
            elif identity == _HTML:
                self.tnef.html = self._text(content, kind)
            elif identity == _RTF and not self.tnef.text:
                self.tnef.text = rtf_to_text(unpack_rtf(content, self._text_size))

    def _take_file(self, file: TnefFile, attribute: int, value: bytes) -> None:
        if attribute == _FILE_DATA:
            file.content = value
        elif attribute == _FILE_TITLE:
            file.name = file.name or self._text(value, 0)
        elif attribute == _FILE_PROPERTIES:
            for identity, kind, content in _properties(value):
                self._take_property(file, identity, kind, content)

    def _take_property(self, file: TnefFile, identity: int, kind: int, content: bytes) -> None:
        if identity == _OBJECT:
            file.content = file.content or content
        elif identity == _LONG_NAME:
            file.name = self._text(content, kind)
        elif identity == _TYPE:
            file.content_type = self._text(content, kind)
        elif identity == _CONTENT_ID:
            file.content_id = self._text(content, kind)

    def _text(self, value: bytes, kind: int) -> str:
        charset = "utf-16-le" if kind == _UNICODE else self._charset
        return charsets.decode(value[: 4 * self._text_size], charset)[0].rstrip("\0")


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and value of each attribute, up to one that is cut."""
    position = 6
    while position + _HEAD.size <= len(data):
        _, attribute, _, length = _HEAD.unpack_from(data, position)
        position += _HEAD.size
        if position + length > len(data):
            raise NotTnef
        yield attribute, data[position : position + length]
        position += length + 2


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, kind and first value of each MAPI property of variable length; those of fixed length are skipped."""
    position = _NUMBER.size
    while position + _PAIR.size <= len(data):
        kind, identity = _PAIR.unpack_from(data, position)
        position = _after_name(data, position + _PAIR.size) if identity >= _NAMED else position + _PAIR.size
        is_multiple, kind = bool(kind & _MULTIPLE), kind & ~_MULTIPLE
        if kind in _FIXED:
            count = _number(data, position) if is_multiple else 1
            position += count * _FIXED[kind] + (_NUMBER.size if is_multiple else 0)
        elif kind in _VARIABLE:
            first, position = _values(data, position)
            yield identity, kind, first
        else:
            raise NotTnef


def _values(data: bytes, position: int) -> tuple[bytes, int]:
    """The first of several values, and where the last one ends; each is filled up to four bytes."""
    count, position = _number(data, position), position + _NUMBER.size
    first = b""
    for at in range(count):
        length = _number(data, position)
        position += _NUMBER.size
        if at == 0:
            first = data[position : position + length]
        position += length + -length % 4
    return first, position


def _after_name(data: bytes, position: int) -> int:
    """Behind the name of a named property: a GUID, and a number or a text."""
    kind, length = _number(data, position + 16), _number(data, position + 20)
    return position + 24 + (length + -length % 4 if kind else 0)


def _number(data: bytes, position: int) -> int:
    if position + _NUMBER.size > len(data):
        raise NotTnef
    return int(_NUMBER.unpack_from(data, position)[0])
