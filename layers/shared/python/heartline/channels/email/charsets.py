"""Bytes to text under whatever name a mail gives their encoding; never fails, says what it had to guess."""

import codecs
import re
from functools import lru_cache
from typing import Final

from heartline.channels.email.sniff import sniff

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
    "unicode": "utf-16",
    "cp65001": "utf-8",
    "utf": "utf-8",
    "ansi": "cp1252",
    "koi8": "koi8-r",
}
"""Names that Python does not know, or that mail programs use for a larger set (https://encoding.spec.whatwg.org/#names-and-labels)."""

_NUMBERED: Final = re.compile(r"(?:x-)?(?:windows|win|cp|ibm|ms)[-_ ]?(\d{3,5})\Z")
_WIDE: Final = ("utf-16-le", "utf-16-be")
_DOUBTED: Final = ("cp1252", "utf-16", *_WIDE)
"""Names that programs put on UTF-8 by mistake, and that would make nonsense of it without an error."""
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_UNFIT: Final = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
"""Codecs that are not character sets of mail; two of them take quadratic time."""


def decode(data: bytes, charset: str) -> tuple[str, str | None]:
    """The text of `data`, and a defect where `charset` was unknown or wrong; always valid Unicode."""
    name = _python_name(charset)
    if name is None:
        return guess(data), f"the character set {charset[:40]!r} is unknown: it was guessed"
    if name == "ascii":
        return _decode_undeclared(data)
    if name in _DOUBTED and (text := _is_really_utf8(data, name)):
        return text, f"the text is not in {charset[:40]!r} as it says, but in UTF-8"
    if name == "utf-16" and not data.startswith(_WIDE_MARKS):
        name = found if (found := sniff(data)) in _WIDE else "utf-16-le"
    try:
        return _without_surrogates(data.decode(name), name), None
    except UnicodeError:
        return _decode_wrong(data, name, charset)


def guess(data: bytes) -> str:
    """The text of bytes without a charset: by their marks, UTF-8 where they are that, else the likeliest one."""
    if b"\x1b$" in data:
        return data.decode("iso2022_jp", "replace")
    if data.startswith(_WIDE_MARKS):
        return data.decode("utf-16", "replace")
    if b"\0" in data and (name := sniff(data)) in _WIDE:
        return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _sniffed(data)


def _is_really_utf8(data: bytes, name: str) -> str:
    """The text of bytes that are UTF-8 beyond doubt, though they say something else; else nothing."""
    if data.isascii() and (name == "cp1252" or b"\0" in data):
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _damaged_utf8(data: bytes) -> str:
    """UTF-8 with a few bytes lost or cut, which are marked; nothing if it is not mostly UTF-8."""
    text = data.decode("utf-8", "replace")
    damages = text.count("\ufffd")
    if not damages:
        return ""
    signs = len(data) - len(text)
    return text if signs >= damages else ""


def _sniffed(data: bytes) -> str:
    name = sniff(data)
    return _western(data) if name == "cp1252" else data.decode(name, "replace")


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


@lru_cache(maxsize=64)
def _python_name(charset: str) -> str | None:
    label = charset.partition("(")[0].strip().strip("\"'").lower()
    for name in (_ALIASES.get(label, label), _NUMBERED.sub(r"cp\1", label), label.removeprefix("x-")):
        try:
            codec = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        is_text = getattr(codec, "_is_text_encoding", True)
        return codec.name if is_text and codec.name not in _UNFIT else None
    return None


def _decode_undeclared(data: bytes) -> tuple[str, str | None]:
    text = guess(data)
    is_plain = data.isascii() or text.isascii()
    return text, None if is_plain else "the text does not say in which character set it is: that was guessed"


def _decode_wrong(data: bytes, name: str, charset: str) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), f"the text is not in {charset[:40]!r} as it says, but in UTF-8"
    except UnicodeDecodeError:
        pass
    if name == "cp1252":
        return _western(data), "a few characters of the text were no valid ones: they were guessed"
    if name == "utf-8" and not (text := _damaged_utf8(data)):
        return _sniffed(data), "the text is not in UTF-8 as it says: the character set was guessed"
    text = _without_surrogates(data.decode(name, "replace"), name)
    return text, f"characters that {charset[:40]!r} does not have were replaced"


def _western(data: bytes) -> str:
    """Windows-1252, and Latin-1 for the five bytes that it leaves open."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(map(_WESTERN.__getitem__, data))


_WESTERN: Final = [
    bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in range(256)
]
