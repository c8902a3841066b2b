"""A text as lines that know where they stand, whether they are quoted, and what they say without quote marks."""

import re
from dataclasses import dataclass
from typing import Final

_LONGEST_LINE: Final = 1000
MOST_LINES: Final = 5_000
_QUOTE: Final = re.compile(r"[ \t]{0,4}(?:(?:>|&gt;)[ \t]?)+")
_TIDY: Final = str.maketrans({"\xa0": " ", "\u202f": " ", "\u3000": " ", "\r": "", "\t": " "}) | dict.fromkeys(
    (0x200B, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF)
)
"""Spaces of any kind are one; marks of direction, which Gmail sets around Hebrew and Arabic names, are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`start` and `end` are places in the text, the line feed included; `words` is what is compared."""

    start: int
    end: int
    words: str
    is_quoted: bool

    @property
    def is_blank(self) -> bool:
        return not self.words and not self.is_quoted

    @property
    def is_said(self) -> bool:
        """Whether somebody wrote something here that is not quoted."""
        return bool(self.words) and not self.is_quoted


def lines_of(text: str) -> list[Line]:
    """The lines of `text` in order; together they are the whole text.

    Of a very long line only the start is read; the last of very many holds all that follow.
    """
    found: list[Line] = []
    start = 0
    is_open = False
    for source in text.split("\n", MOST_LINES):
        end = min(start + len(source) + 1, len(text))
        line = line_of(source, start, end, is_open=is_open)
        is_open = not line.is_quoted and line.words.rfind("<") > line.words.rfind(">")
        found.append(line)
        start = end
    return found


def filled(lines: list[Line], at: int, end: int) -> int:
    """The next line from `at` on that is not blank, or `end`."""
    return next((place for place in range(at, end) if not lines[place].is_blank), end)


def line_of(source: str, start: int, end: int, *, is_open: bool = False, is_quoted: bool = False) -> Line:
    """After an open `<` a `>` closes the address or link that a program broke in two; else it quotes."""
    shown = source[:_LONGEST_LINE].translate(_TIDY)
    quote = None if is_open else _QUOTE.match(shown)
    words = shown[quote.end() if quote else 0 :].strip()
    return Line(start=start, end=end, words=words, is_quoted=is_quoted or bool(quote))
