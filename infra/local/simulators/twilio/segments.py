"""Into how many segments a text is cut: GSM-7 or UCS-2, as the carriers count.

Source: GSM 03.38 (3GPP TS 23.038) and https://www.twilio.com/docs/glossary/what-sms-character-limit
"""

from collections.abc import Iterable
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("\f^{}\\[~]|€")


def count(text: str) -> int:
    """The number of segments of `text`; an empty text (an MMS without words) still takes one."""
    if _BASIC.issuperset(character for character in text if character not in _EXTENDED):
        return _pack((1 + (character in _EXTENDED) for character in text), single=160, part=153)
    return _pack((1 + (ord(character) > 0xFFFF) for character in text), single=70, part=67)


def _pack(widths: Iterable[int], *, single: int, part: int) -> int:
    """A character of two units (an escape or a surrogate pair) never straddles two segments."""
    units = list(widths)
    if sum(units) <= single:
        return 1
    segments, free = 1, part
    for width in units:
        if width > free:
            segments, free = segments + 1, part
        free -= width
    return segments
