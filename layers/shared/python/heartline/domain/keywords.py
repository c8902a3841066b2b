"""Looks for the keywords of intake rules in what a customer wrote, in whatever spelling and script. Pure."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

READ: Final = 20_000
"""Characters of a text in which keywords are looked for."""

_APOSTROPHES: Final = dict.fromkeys((0x2019, 0x2018, 0x02BC, 0x60, 0xB4), "'")
"""What telephones and keyboards write for one."""
_UNSEEN: Final = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
"""Soft hyphens and spaces without a width, which mail programs put into words."""
_DOTTED: Final = "i\u0307"
"""What case folding makes of the Turkish İ."""

_UNSPACED: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, Han
    "\uac00-\ud7af"  # Hangul: endings are written at the word
)
"""Letters of scripts that put no space between words, or none that tells a word from its ending."""
_LETTER: Final = rf"[^\W{_UNSPACED}]"


def spelled(text: str) -> str:
    """The beginning of a text as keywords are looked for in it: without case, with one form of each letter."""
    plain = unicodedata.normalize("NFKC", text[:READ].translate(_APOSTROPHES | _UNSEEN))
    return unicodedata.normalize("NFC", plain.casefold().replace(_DOTTED, "i"))


def has_any(keywords: tuple[str, ...], text: str) -> bool:
    """Whether any of the keywords stands in `text`, which is `spelled`, as whole words with any space between them.

    In a script without spaces between words it may stand anywhere.
    """
    return _pattern(keywords).search(text) is not None


@lru_cache(maxsize=1024)
def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_expression(spelled(keyword)) for keyword in keywords))


def _expression(keyword: str) -> str:
    words = r"\s+".join(re.escape(word) for word in keyword.split())
    before, after = rf"(?<!{_LETTER})", rf"(?!{_LETTER})"
    return f"{'' if _is_unspaced(keyword[0]) else before}{words}{'' if _is_unspaced(keyword[-1]) else after}"


def _is_unspaced(letter: str) -> bool:
    return re.match(f"[{_UNSPACED}]", letter) is not None
