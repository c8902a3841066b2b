"""Bytes to text under whatever name a mail gives their encoding; never fails, says what it had to guess."""

import codecs
import re
from typing import Final

_ALIASES: Final = {
    "": "ascii",
    "ansi_x3.4-1968": "ascii",
    "us-ascii": "ascii",
    "unknown-8bit": "ascii",
    "x-unknown": "ascii",
    "default": "ascii",
    "utf8": "utf-8",
    "utf-8-mac": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "cp-850": "cp850",
    "iso-10646-ucs-2": "utf-16-be",
    "ucs-2": "utf-16-be",
}
"""Names that Python does not know, or that mail programs use for a larger set (https://encoding.spec.whatwg.org/#names-and-labels)."""

_UTF8_SEQUENCE: Final = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")

_UNFIT: Final = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
"""Codecs that are not character sets of mail; two of them take quadratic time."""


def decode(data: bytes, charset: str) -> tuple[str, str | None]:
    """The text of `data`, and a defect where `charset` was unknown or wrong; always valid Unicode."""
    name = _python_name(charset)
    if name is None:
        return guess(data), f"unknown charset {charset[:40]!r}: guessed"
    if name == "ascii":
        return _decode_undeclared(data)
    try:
        return _without_surrogates(data.decode(name), name), None
    except UnicodeError:
        return _decode_wrong(data, name, charset)


def guess(data: bytes) -> str:
    """The text of bytes without a charset: UTF-8 where they are that, ISO-2022-JP by its escapes, else Windows-1252."""
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii")
    if b"\x1b$" in data:
        return data.decode("iso2022_jp", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data)


def clean(text: str) -> str:
    """`text` without lone surrogates, which some codecs let through and no store accepts."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _without_surrogates(text: str, name: str) -> str:
    """Only UTF-7 can spell them; the check costs a copy of the text."""
    return clean(text) if name == "utf-7" else text


def _python_name(charset: str) -> str | None:
    label = charset.strip().strip("\"'").lower()
    label = _ALIASES.get(label, label)
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    is_text = getattr(codec, "_is_text_encoding", True)
    return codec.name if is_text and codec.name not in _UNFIT else None


def _decode_undeclared(data: bytes) -> tuple[str, str | None]:
    text = guess(data)
    is_plain = data.isascii() or text.isascii()
    return text, None if is_plain else "8-bit text without a charset: guessed"


def _decode_wrong(data: bytes, name: str, charset: str) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), f"text is not {charset[:40]!r} but UTF-8"
    except UnicodeDecodeError:
        pass
    if name == "cp1252":
        return _western(data), "bytes that Windows-1252 leaves open were read as Latin-1"
    if name == "utf-8" and not _UTF8_SEQUENCE.search(data):
        return _western(data), "text is not UTF-8: read as Windows-1252"
    text = _without_surrogates(data.decode(name, "replace"), name)
    return text, f"bytes that are not {charset[:40]!r} were replaced"


def _western(data: bytes) -> str:
    """Windows-1252, and Latin-1 for the five bytes that it leaves open."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(map(_WESTERN.__getitem__, data))


_WESTERN: Final = [
    bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in range(256)
]
