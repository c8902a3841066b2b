"""What a text looks like on its way: its encoding, its segments, and the character that makes it dearer. Pure.

Source: 3GPP TS 23.038 (GSM 7-bit alphabet) and https://www.twilio.com/docs/glossary/what-sms-character-limit. It is
Twilio's `NumSegments` of a text that is sent as it is, without smart encoding: a curly quote stays one, and flips it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_ALPHABET: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED: Final = frozenset("\f^{}\\[~]|€")


class Encoding(StrEnum):
    """How a text is coded on the air."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


_SINGLE: Final = {Encoding.GSM7: 160, Encoding.UCS2: 70}
_PART: Final = {Encoding.GSM7: 153, Encoding.UCS2: 67}
"""Units in a text that fits one segment, and in each part of a longer one, whose header takes the rest."""

_TOLL_FREE_HEADER: Final = 1
"""Units fewer in a part of what a toll-free number sends within the United States and Canada: 152 and 66."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`units` are septets or UTF-16 units; `flipped_by` is the first character outside GSM-7, or empty."""

    encoding: Encoding
    units: int
    segments: int
    flipped_by: str = ""


def size_of(text: str, *, toll_free: bool = False) -> Size:
    """Count the segments of a text; none for an empty one. `toll_free`: a toll-free number of ours sends it."""
    flipped_by = next((character for character in text if character not in _ALPHABET | _ESCAPED), "")
    encoding = Encoding.UCS2 if flipped_by else Encoding.GSM7
    widths = [_width(character, encoding) for character in text]
    fits = sum(widths) <= _SINGLE[encoding]
    room = _PART[encoding] - (_TOLL_FREE_HEADER if toll_free else 0)
    segments = min(len(text), 1) if fits else _parts(widths, room)
    return Size(encoding=encoding, units=sum(widths), segments=segments, flipped_by=flipped_by)


def _width(character: str, encoding: Encoding) -> int:
    wide = character in _ESCAPED if encoding is Encoding.GSM7 else ord(character) > 0xFFFF
    return 2 if wide else 1


def _parts(widths: Iterable[int], room: int) -> int:
    """How many parts it takes when no character of two units is cut in half."""
    parts, free = 1, room
    for width in widths:
        if width > free:
            parts, free = parts + 1, room
        free -= width
    return parts
