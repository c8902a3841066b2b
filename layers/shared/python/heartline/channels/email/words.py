"""Encoded words in headers (RFC 2047), read the way that mail programs write them, which is looser than the rule."""

import binascii
import re
from typing import Final

from heartline.channels.email import charsets

_WORD: Final = re.compile(r"=\?([^?\s]{1,75})\?([BbQq])\?([^?]*)\?=")
_GAP: Final = re.compile(r"\s*\Z")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def decode_words(text: str) -> str:
    """`text` with its encoded words decoded, white space between two of them dropped, and control characters blanked.

    Neighbours of one charset are joined as bytes first: many programs cut inside a character. A decoded line break
    becomes a space, so that no header can be smuggled through a subject or a name.
    """
    if "=?" not in text:
        return one_line(text)
    return one_line("".join(_pieces(text)))


def one_line(text: str) -> str:
    """`text` without control characters and line breaks; runs of them become one space."""
    return (text if text.isprintable() else _CONTROL.sub(" ", text)).strip()


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    pending, charset, position = b"", "", 0
    for match in _WORD.finditer(text):
        gap, position = text[position : match.start()], match.end()
        word_charset, content = _content(match)
        is_neighbour = bool(charset) and _GAP.match(gap)
        if not is_neighbour or word_charset != charset:
            pieces.append(_flush(pending, charset))
            pieces.append("" if is_neighbour else gap)
            pending = b""
        pending, charset = pending + content, word_charset
    return [*pieces, _flush(pending, charset), text[position:]]


def _content(match: re.Match[str]) -> tuple[str, bytes]:
    """The charset (its RFC 2231 language cut off) and the bytes of one encoded word."""
    charset, encoding, payload = match.groups()
    data = payload.encode("utf-8", "replace")
    decoded = _base64(data) if encoding in "Bb" else binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
    return charset.partition("*")[0].lower(), decoded


def _base64(data: bytes) -> bytes:
    """Base64 with whatever padding it has or lacks."""
    symbols = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    whole = symbols[: len(symbols) // 4 * 4] if len(symbols) % 4 == 1 else symbols
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _flush(data: bytes, charset: str) -> str:
    return charsets.decode(data, charset)[0] if data else ""
