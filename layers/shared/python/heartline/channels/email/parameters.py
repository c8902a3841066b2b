"""Header values of the form `value; name=value` (RFC 2045, RFC 2231), read in one pass."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from heartline.channels.email import charsets
from heartline.channels.email.words import decode_words

_HEAD: Final = re.compile(r"\s*([^\s;(/]*(?:\s*/\s*[^\s;(=]*(?=[\s;(]|\Z)|[^\s;(]*))")
_PARAMETER: Final = re.compile(
    r"""([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|\Z)|([^;]*?)(?=;|\Z|\s[\w*-]{1,40}=))""", re.DOTALL
)
_SEPARATOR: Final = re.compile(r"[\s;]*")
_SECTION: Final = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?\Z", re.DOTALL)
_WINDOWS_PATH: Final = re.compile(r"[A-Za-z]:\\|\\\\[\w.-]+\\")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_JUNK: Final = re.compile(r'"?[^;]*')
_LONGEST_VALUE: Final = 16 * 1024
_PARAMETERS_READ: Final = 500


def parse_parameters(text: str) -> tuple[str, dict[str, str]]:
    """The lower-case value before the first semicolon, and the decoded parameters by lower-case name."""
    if not text:
        return "", {}
    text = text[:_LONGEST_VALUE]
    head = _HEAD.match(text)
    value, rest = (head[1], text[head.end() :]) if head else ("", text)
    return "".join(value.lower().split()), _join(_scan(rest))


def _scan(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(text) and len(found) < _PARAMETERS_READ:
        separator = _SEPARATOR.match(text, position)
        position = separator.end() if separator else position
        match = _PARAMETER.match(text, position)
        if match:
            quoted, plain = match[2], match[3]
            found.append((match[1].lower(), _unquoted(quoted) if plain is None else plain.strip()))
        match = match or _JUNK.match(text, position)
        position = max(match.end() if match else 0, position + 1)
    return found


def _unquoted(text: str) -> str:
    """A quoted value; the backslashes of a Windows path are no escapes, whatever the rule says."""
    return text if _WINDOWS_PATH.match(text) else _ESCAPED.sub(r"\1", text)


def _join(found: list[tuple[str, str]]) -> dict[str, str]:
    """Put RFC 2231 sections together; without sections the first of two equal names counts."""
    simple: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, value in found:
        match = _SECTION.match(name)
        if match is None or not (match[2] or match[3]):
            simple.setdefault(name, decode_words(value))
        else:
            sections.setdefault(match[1], {})[int(match[2] or 0)] = (value, bool(match[3]))
    return simple | {name: _decode_sections(parts) for name, parts in sections.items()}


def _decode_sections(parts: dict[int, tuple[str, bool]]) -> str:
    ordered = [parts[number] for number in sorted(parts)]
    first, is_encoded = ordered[0]
    charset = ""
    if is_encoded and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
        ordered[0] = (first, True)
    repeated = f"{charset}'" if charset else ""
    data = b"".join(
        unquote_to_bytes(value.removeprefix(repeated)) if encoded else value.encode() for value, encoded in ordered
    )
    return decode_words(charsets.decode(data, charset)[0])
