"""Rich text as Outlook sends it: unpacked (MS-OXRTFCP) and read as plain text, in linear time and bounded memory."""

import re
from struct import Struct
from typing import Final

from heartline.channels.email import charsets

_HEAD: Final = Struct("<II4sI")
_PACKED: Final = b"LZFu"
_WINDOW: Final = 4096
_PRESET: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window holds before the first byte, by the specification."""

_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SILENT: Final = frozenset({b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"header", b"footer", b"object"})
_BREAKS: Final = {b"par": b"\n", b"line": b"\n", b"tab": b"\t", b"cell": b"\t", b"row": b"\n"}
_HTML_BREAK: Final = re.compile(rb"\s*</?(?:br|p|div|tr|li|h\d)\b", re.IGNORECASE)
_CODE_PAGE: Final = re.compile(rb"\\ansicpg(\d{1,5})")


def unpack_rtf(data: bytes, cap: int) -> bytes:
    """The rich text behind `PR_RTF_COMPRESSED`, at most `cap` bytes of it; what is cut ends early."""
    if len(data) < _HEAD.size:
        return b""
    _, _, form, _ = _HEAD.unpack_from(data)
    if form != _PACKED:
        return data[_HEAD.size : _HEAD.size + cap]
    unpacked = bytearray(_PRESET)
    position, end = _HEAD.size, len(_PRESET) + cap
    while position < len(data) and len(unpacked) < end:
        position = _unpack_run(data, position, unpacked)
    return bytes(unpacked[len(_PRESET) : end])


def _unpack_run(data: bytes, position: int, unpacked: bytearray) -> int:
    """Eight items under one control byte: a byte each, or a reference of two bytes into the last 4096."""
    control = data[position]
    position += 1
    for bit in range(8):
        if position >= len(data):
            break
        if not control >> bit & 1:
            unpacked.append(data[position])
            position += 1
            continue
        reference = int.from_bytes(data[position : position + 2], "big")
        distance = (len(unpacked) - (reference >> 4)) % _WINDOW
        position += 2
        if distance == 0:
            return len(data)
        _copy(unpacked, min(distance, len(unpacked)), (reference & 15) + 2)
    return position


def _copy(unpacked: bytearray, distance: int, length: int) -> None:
    for _ in range(length):
        unpacked.append(unpacked[-distance])


def rtf_to_text(source: bytes) -> str:
    """The text that a person reads, one paragraph a line."""
    page = _CODE_PAGE.search(source[:1000])
    reader = _Reader(f"cp{page[1].decode()}" if page else "cp1252")
    for token in _TOKEN.finditer(source):
        reader.take(token)
    return reader.text()


class _Reader:
    """Follows the groups of rich text; inside a silent one nothing is text."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._pieces: list[str] = []
        self._bytes: list[bytes] = []
        self._silent: list[bool] = [False]
        self._is_for_rtf = False
        self._to_skip = 0

    def take(self, token: "re.Match[bytes]") -> None:
        word, number, code, symbol, brace, plain = token.groups()
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, number)
        elif symbol:
            self._symbol(symbol)
        elif code:
            self._write(bytes([int(code, 16)]))
        elif plain:
            self._plain(plain)

    def text(self) -> str:
        self._flush()
        return charsets.clean("".join(self._pieces)).strip("\n")

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self._silent.append(self._silent[-1])
        elif len(self._silent) > 1:
            self._silent.pop()

    def _word(self, word: bytes, number: bytes | None) -> None:
        if word in _SILENT:
            self._silent[-1] = True
        elif word == b"htmlrtf":
            self._is_for_rtf = number != b"0"
        elif word == b"u" and number:
            self._flush()
            self._write_sign(int(number) % 65536)
        else:
            self._write(_BREAKS.get(word, b""))

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._silent[-1] = True
        else:
            self._write({b"~": b" ", b"_": b"-"}.get(symbol, symbol if symbol in b"\\{}" else b""))

    def _plain(self, plain: bytes) -> None:
        """Text; of the HTML tags that Outlook hides in silent groups only the line breaks are read."""
        if self._silent[-1]:
            self._bytes.append(b"\n" if _HTML_BREAK.match(plain) else b"")
            return
        self._write(plain)

    def _write(self, data: bytes) -> None:
        if self._silent[-1] or self._is_for_rtf or not data:
            return
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes.append(data[skipped:])

    def _write_sign(self, number: int) -> None:
        """A Unicode sign, after which one byte for old readers follows; halves of a pair meet in `text`."""
        if not (self._silent[-1] or self._is_for_rtf):
            self._pieces.append(chr(number))
            self._to_skip = 1

    def _flush(self) -> None:
        if self._bytes:
            self._pieces.append(charsets.decode(b"".join(self._bytes), self._charset)[0])
            self._bytes = []
