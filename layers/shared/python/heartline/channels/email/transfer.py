"""Content-Transfer-Encoding undone: base64, quoted-printable, uuencode; what is not what it claims stays as it is."""

import binascii
import re
from typing import Final

_SPACE: Final = b" \t\r\n\x0b\x0c"
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/=]")
_PADDING: Final = re.compile(rb"=+")
_IDENTITY: Final = {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "7", "8", "none", "text"}


class NotEncoded(ValueError):
    """The bytes are not in the encoding that their header names."""


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The bytes behind `encoding`, and a defect where some had to be left out or the encoding is unknown.

    Raises `NotEncoded` if `data` is plainly something else.
    """
    name = encoding.strip().strip("\"';").lower().replace(" ", "")
    if name == "base64":
        return _base64(data)
    if name in ("quoted-printable", "quotedprintable", "quoted/printable", "qp"):
        return binascii.a2b_qp(data), None
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencoded(data), None
    return data, None if name in _IDENTITY else f"unknown transfer encoding {encoding[:40]!r}: read as it is"


def _base64(data: bytes) -> tuple[bytes, str | None]:
    """Base64 in one or several padded runs (some programs encode block by block)."""
    symbols = data.translate(None, _SPACE)
    strays = len(symbols) - len(symbols.translate(None, _ALPHABET))
    foreign = len(symbols) - strays
    if foreign * 50 > len(symbols):
        raise NotEncoded
    if foreign:
        symbols = _NOT_BASE64.sub(b"", symbols)
    runs = [run for run in _PADDING.split(symbols) if run]
    broken = any(len(run) % 4 == 1 for run in runs)
    decoded = b"".join(binascii.a2b_base64(_whole(run)) for run in runs)
    return decoded, "broken base64: some characters were left out" if foreign or broken else None


_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="


def _whole(run: bytes) -> bytes:
    """`run` with its padding; a single left-over symbol holds no byte and goes."""
    run = run[:-1] if len(run) % 4 == 1 else run
    return run + b"=" * (-len(run) % 4)


def _uuencoded(data: bytes) -> bytes:
    start = re.search(rb"(?m)^begin [0-7]{3,4} [^\n]*\n", data)
    if start is None:
        raise NotEncoded
    decoded = []
    for line in data[start.end() :].splitlines():
        if line.strip() == b"end":
            break
        decoded.append(_uu_line(line))
    return b"".join(decoded)


def _uu_line(line: bytes) -> bytes:
    """One line; the length byte counts, so that trailing rubbish of some encoders does not."""
    if not line:
        return b""
    length = (line[0] - 32) & 63
    needed = (length + 2) // 3 * 4
    try:
        return binascii.a2b_uu(line[:1] + line[1 : 1 + needed])
    except binascii.Error as error:
        raise NotEncoded from error
