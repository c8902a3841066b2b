"""The content of a mail that is signed in one piece, an S/MIME `.p7m` (RFC 5652); its signature is not judged."""

from typing import Final

_SEQUENCE, _OBJECT, _INTEGER, _SET, _EXPLICIT = 0x30, 0x06, 0x02, 0x31, 0xA0
_OCTETS, _PIECES = 0x04, 0x24
_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_LONGEST_LENGTH: Final = 4


class NotSigned(ValueError):
    """The bytes are no signed content: encrypted, without content, or damaged."""


def signed_content(data: bytes) -> bytes:
    """The bytes that were signed, usually a part of a mail with its headers. Raises `NotSigned`."""
    position = _enter(data, 0, _SEQUENCE)
    start, end = _span(data, position, _OBJECT)
    if data[start:end] != _SIGNED_DATA:
        raise NotSigned
    position = _enter(data, _enter(data, end, _EXPLICIT), _SEQUENCE)
    for skipped in (_INTEGER, _SET):
        _, position = _span(data, position, skipped)
    _, position = _span(data, _enter(data, position, _SEQUENCE), _OBJECT)
    return _octets(data, _enter(data, position, _EXPLICIT))


def _enter(data: bytes, position: int, tag: int) -> int:
    """Where the content of the element at `position` begins, whether its length is told or not."""
    start, _ = _head(data, position, tag)
    return start


def _span(data: bytes, position: int, tag: int) -> tuple[int, int]:
    """Where the content of an element begins and ends; its length must be told."""
    start, length = _head(data, position, tag)
    if length is None or start + length > len(data):
        raise NotSigned
    return start, start + length


def _octets(data: bytes, position: int) -> bytes:
    """An octet string, whole or in pieces."""
    if data[position : position + 1] == bytes([_OCTETS]):
        start, end = _span(data, position, _OCTETS)
        return data[start:end]
    position, length = _head(data, position, _PIECES)
    limit = len(data) if length is None else min(position + length, len(data))
    pieces = []
    while position < limit and data[position] == _OCTETS:
        start, position = _span(data, position, _OCTETS)
        pieces.append(data[start:position])
    return b"".join(pieces)


def _head(data: bytes, position: int, tag: int) -> tuple[int, int | None]:
    """Where the content of the element at `position` begins, and its length if that is told (X.690, section 8.1)."""
    if position + 2 > len(data) or data[position] != tag:
        raise NotSigned
    first = data[position + 1]
    if first < 0x80:
        return position + 2, first
    count = first & 0x7F
    if count == 0:
        return position + 2, None
    if count > _LONGEST_LENGTH:
        raise NotSigned
    return position + 2 + count, int.from_bytes(data[position + 2 : position + 2 + count], "big")
