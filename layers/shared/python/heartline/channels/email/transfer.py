"""Content-Transfer-Encoding undone: base64, quoted-printable, uuencode; what is not what it claims stays as it is."""

import binascii
import re
from typing import Final

from heartline.channels.email.uuencoded import decode_lines

_SPACE: Final = b" \t\r\n\x0b\x0c"
_PADDED_BREAK: Final = re.compile(rb"=(?:[ \t]+\r?\n|\r(?!\n))")
"""A soft line break that gained blanks on its way (RFC 2045, section 6.7, rule 3), or lost its line feed."""
_ENCODED_LINES: Final = re.compile(rb"\s*(?:[A-Za-z0-9+/]+={0,2}[ \t]*(?:\r?\n|\Z))+\s*")
_BEHIND_END: Final = re.compile(rb"(?<=[A-Za-z0-9+/]=)[ \t]+[^=\s][^=\r\n]*\s*\Z|(?<===)[ \t]+[^=\s][^=\r\n]*\s*\Z")
"""Words on the last line, behind the padding: they are no base64, and every program leaves them out."""
_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/=]")
_LAST_LINE: Final = 1000
_PADDING: Final = re.compile(rb"=+")
_IDENTITY: Final = frozenset(
    {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "7", "8", "none", "text", "plain", "text/plain"}
)


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
        return binascii.a2b_qp(_PADDED_BREAK.sub(b"=\n", data)), None
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencoded(data), None
    return data, None if name in _IDENTITY else f"the encoding {encoding[:40]!r} is unknown: read as it is"


def _base64(data: bytes) -> tuple[bytes, str | None]:
    """Base64, and the plain text that mailing lists and virus scanners put behind it."""
    if not _foreign(data) and b" " not in data:
        return _base64_runs(data)
    end = _BEHIND_END.search(data, max(0, len(data) - _LAST_LINE))
    if end:
        return _base64_runs(data[: end.start()])[0], "words behind the end of an encoded part were left out"
    lines = _ENCODED_LINES.match(data)
    footer = data[lines.end() :] if lines else b""
    if not lines or not _is_prose(footer):
        return _base64_runs(data)
    decoded, defect = _base64_runs(lines[0])
    return decoded + b"\n" + footer, defect or "plain text stood behind the encoded part: it was kept"


def _base64_runs(data: bytes) -> tuple[bytes, str | None]:
    """Base64 in one or several padded runs (some programs encode block by block)."""
    symbols = data.translate(None, _SPACE)
    foreign = _foreign(symbols)
    if foreign * 50 > len(symbols):
        raise NotEncoded
    if foreign:
        symbols = _NOT_BASE64.sub(b"", symbols)
    runs = [run for run in _PADDING.split(symbols) if run]
    broken = any(len(run) % 4 == 1 for run in runs)
    decoded = b"".join(binascii.a2b_base64(_whole(run)) for run in runs)
    return decoded, "some characters of an encoded part were damaged and left out" if foreign or broken else None


def _foreign(data: bytes) -> int:
    """How many bytes are neither base64 nor white space."""
    return len(data.translate(None, _SPACE + _ALPHABET))


def _is_prose(data: bytes) -> bool:
    """Whether every twentieth byte or more is one that base64 never has inside its lines."""
    return 20 * (data.count(b" ") + _foreign(data)) > len(data) > 0


def _whole(run: bytes) -> bytes:
    """`run` with its padding; a single left-over symbol holds no byte and goes."""
    run = run[:-1] if len(run) % 4 == 1 else run
    return run + b"=" * (-len(run) % 4)


def _uuencoded(data: bytes) -> bytes:
    start = re.search(rb"(?m)^begin [0-7]{3,4} [^\n]*\n", data)
    if start is None:
        raise NotEncoded
    lines, _, _ = data[start.end() :].partition(b"\nend")
    decoded = decode_lines(lines)
    if decoded is None:
        raise NotEncoded
    return decoded
