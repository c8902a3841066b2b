# ruff: noqa: RUF001  the dashes and stops of other scripts are meant
"""Where below a reply the signature and the disclaimers begin: what nobody typed for this mail."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from heartline.channels.email.reply.closings import DISCLAIMERS, EXCUSES, MOBILE, SIGN_OFFS, one_of
from heartline.channels.email.reply.lines import Line

_DELIMITER: Final = re.compile(r"(?:--|__+)\Z")
_LONG_RULE: Final = re.compile(r"[_=]{5,}\Z|-{3,}\Z|[—–]+\Z")
_LINK: Final = re.compile(r"<?https?://\S+")
_GOES_ON: Final = re.compile(r"[,;!?。，]")
_EXCUSE: Final = re.compile(EXCUSES, re.IGNORECASE)
_CONTACT: Final = re.compile(
    r"https?://|www\.\w|[\w.+-]@[\w-]+\.\w|\+\d[\d ()/.-]{6,}|\(?\d{2,5}\)?[ /-]\d{3,}[ -]?\d{2,}"
    r"|\b(?:tel|phone|mobile|mobil|fax|cell|telefon|tél)\b\.?\s?[:.]?\s?[\d+(]"
    r"|\b(?:mailing list|GmbH|Ltd|Inc|S\.?A\.?S?|S\.?p\.?A|Sp\. z o\.o|B\.?V|AG|AB|Oy|LLC)\b"
    r"|\b(?:CEO|CTO|CFO|COO|Founder|Director|Manager|Head of)\b",
    re.IGNORECASE,
)
_DASHED_NAME: Final = re.compile(r"[-–—/]\s?[^\W\d_a-z]\w+(?:[ -][^\W\d_a-z]\w*){0,2}\Z")
_LOWEST: Final = 200
_LONGEST_SIGNATURE: Final = 20
_LONGEST_DELIMITER: Final = 4
_FEW_LINES: Final = 3
_LONGEST_MOBILE: Final = 90
_BELOW_MOBILE: Final = 4
_LONGEST_CARD: Final = 12
_WIDEST_CARD_LINE: Final = 80


@cache
def _mobile_line() -> re.Pattern[str]:
    """Compiled when the first mail is read, like the two below: they are long, and importing is free."""
    return re.compile(rf"[*_<(]{{0,2}}{one_of(MOBILE)}[.!>)*_]{{0,3}}\Z", re.IGNORECASE)


@cache
def _disclaimer_start() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,4}}{one_of(DISCLAIMERS)}", re.IGNORECASE)


@cache
def _sign_off() -> re.Pattern[str]:
    return re.compile(rf"{one_of(SIGN_OFFS)}[,.!]?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The lines where the signature and the disclaimer begin; both at the end where there is none."""

    signature: int
    disclaimer: int


def ending_of(lines: list[Line], start: int, end: int) -> Ending:
    """Where in `lines[start:end]` what the author says is over."""
    said = [at for at in range(max(start, end - _LOWEST), end) if not lines[at].is_blank]
    disclaimer = _disclaimer(lines, said, start=start, end=end)
    signature = _signature(lines, [at for at in said if at < disclaimer], disclaimer)
    return Ending(signature=signature, disclaimer=disclaimer)


def _disclaimer(lines: list[Line], said: list[int], *, start: int, end: int) -> int:
    """The first paragraph that is a disclaimer, with a rule above it; nobody writes below one, or begins with one."""
    for place, at in enumerate(said):
        if (place or start) and _is_paragraph(lines, at) and _disclaimer_start().match(_paragraph(lines, at, end)):
            above = said[place - 1]
            return above if place > 1 and _is_rule(lines[above]) else at
    return end


def _is_paragraph(lines: list[Line], at: int) -> bool:
    above = lines[at - 1]
    return not lines[at].is_quoted and (above.is_blank or _is_rule(above))


def _paragraph(lines: list[Line], at: int, end: int) -> str:
    """The first lines as one: a wrapped sentence is compared whole."""
    return " ".join(line.words for line in lines[at : min(at + 3, end)])[:400]


def _is_rule(line: Line) -> bool:
    return bool(_LONG_RULE.match(line.words) or _DELIMITER.match(line.words))


def _signature(lines: list[Line], said: list[int], end: int) -> int:
    """Where the marks begin that end the text: above one there may be another, a name above a mailing list's lines."""
    while said and (start := _earliest_mark(lines, said)) is not None:
        end = start
        said = [at for at in said if at < start]
    return end


def _earliest_mark(lines: list[Line], said: list[int]) -> int | None:
    starts = (_delimited(lines, said), _mobile(lines, said), _card(lines, said), _dashed_name(lines, said))
    return min((at for at in starts if at is not None), default=None)


def _delimited(lines: list[Line], said: list[int]) -> int | None:
    """Two dashes or underscores, or a longer rule above somebody's addresses that underlines nothing."""
    for place in range(max(0, len(said) - _LONGEST_SIGNATURE), len(said)):
        at = said[place]
        if _DELIMITER.match(lines[at].words) and len(lines[at].words) <= _LONGEST_DELIMITER:
            return at
        if _is_paragraph(lines, at) and _is_rule(lines[at]) and _is_below_rule(lines, said[place:]):
            return at
    return None


def _is_below_rule(lines: list[Line], said: list[int]) -> bool:
    """A card, or under underscores a line or two; the first of `said` is the rule."""
    is_short = len(said) <= _FEW_LINES and all(len(lines[at].words) <= _WIDEST_CARD_LINE for at in said[1:])
    return _is_card(lines, said[1:]) or (is_short and lines[said[0]].words.startswith("_"))


def _mobile(lines: list[Line], said: list[int]) -> int | None:
    """The first of the lines at the end that a program added, if only a name or such lines follow it."""
    for at in said[-_BELOW_MOBILE:]:
        if is_mobile(lines[at].words):
            return at
    return None


def is_mobile(words: str) -> bool:
    """A telephone's or a program's own line, and no sentence that begins like one."""
    if (len(words) > _LONGEST_MOBILE and "http" not in words) or not _mobile_line().match(words):
        return False
    return not _GOES_ON.search(_LINK.sub("", words)) or bool(_EXCUSE.search(words))


def _card(lines: list[Line], said: list[int]) -> int | None:
    """A sign-off above a name and ways to reach it; a sign-off above a mere name is the author's own word."""
    for place in range(max(0, len(said) - _LONGEST_CARD - 1), len(said)):
        if _sign_off().match(lines[said[place]].words) and len(said) - place > 2 and _is_card(lines, said[place + 1 :]):
            return said[place]
    return None


def _is_card(lines: list[Line], said: list[int]) -> bool:
    """Few short lines, one of which says how to reach somebody."""
    words = [lines[at].words for at in said]
    is_short = 0 < len(words) <= _LONGEST_CARD and all(len(line) <= _WIDEST_CARD_LINE for line in words)
    return is_short and any(_CONTACT.search(line) for line in words) and not any(line.endswith("?") for line in words)


def _dashed_name(lines: list[Line], said: list[int]) -> int | None:
    """`-Ann Archer` on a line of its own at the very end, if it is not the last item of a list."""
    if len(said) < 2 or not _DASHED_NAME.match(lines[said[-1]].words):
        return None
    is_list = lines[said[-2]].words[:1] in "-–—/*" or not lines[said[-1] - 1].is_blank
    return None if is_list else said[-1]
