# ruff: noqa: RUF001  the dashes and stops of other scripts are meant
"""Whether a line or two introduce a quoted mail: `On Monday, Ann wrote:` in any language.

No pattern of one program decides, but what all of them say: when, who, that it was written, and a colon; and below
it the quote. What a person tells in prose lacks one of these.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from heartline.channels.email.reply.lines import Line, filled
from heartline.channels.email.reply.words import (
    FIRST_PERSON,
    NAME_FOLLOWS,
    OPENERS,
    UNSPACED_VERBS,
    VERBS,
    WEAK_VERBS,
    spaced,
)

_MOST_LINES: Final = 4
_LONGEST: Final = 400
_LONGEST_VERB: Final = 24
_LONGEST_NAME: Final = 80
_HELPING_WORDS: Final = 14
_COLONS: Final = (":", "\uff1a")
_BEHIND_COLON: Final = " *\"'_-"
_RULED_END: Final = re.compile(r"\w[\s.]*-{2,}\Z")
_RULED: Final = re.compile(r"-{2,}.*\w[\s.]*-{2,}\Z")
_WORD: Final = re.compile(r"[^\W\d_]+")
_VERBS: Final = frozenset(" ".join(VERBS.values()).split())
_VERB_FORM: Final = re.compile(r"\(\w{1,2}\)|/-?\w{1,2}\b")
_OPENER: Final = re.compile(rf"[\s*_–—-]*(?:{'|'.join(spaced(OPENERS))})[ -]?\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[^\s<(@]@[^\s<>()\[\]\"',@]{1,100}?\.\w{2}")
_DATE: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}(?!\d)"
    r"|(?<!\d)\d{1,2}[:.]\d\d(?!\d)|\d ?[年月日년월일]"
)
_DATE_FIRST: Final = re.compile(
    r"\W{0,4}(?:(?:\w{1,20}[.,]{0,2} ){0,2}\d{1,4}[-/. ]\W?(?:\d{1,2}|\w{3,12})\b|\d{1,2}:\d\d\b|\d{4} ?[年년])"
)
_WITH_ZONE: Final = re.compile(r"20\d\d-\d\d-\d\d \d?\d:\d\d GMT")
_MID_LINE: Final = re.compile(
    r"(?<=[\s.!?–—-])On (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? |(?=\d)"
    r"|(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d))"
)
_SENTENCE_END: Final = re.compile(r"[.!?。！？]\s+\S|[.!?。！？…]\Z")
_BELONGS_ABOVE: Final = re.compile(r"<|[^\s<>@]+@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The lines from `first` up to `end`; `offset` is where in the first line's words it begins."""

    first: int
    end: int
    offset: int = 0


def attribution_ending(lines: list[Line], at: int) -> Attribution | None:
    """The attribution whose last line is `at`, if there is one.

    Its start is the nearest line from which on it says when and who; programs wrap such a line up to three times.
    """
    if not _may_end(lines[at].words):
        return None
    is_quoted = _is_quote_next(lines, at)
    earliest = _earliest(lines, at)
    if not _may_introduce(_joined(lines, earliest, at), is_quoted):
        return None
    found = [first for first in range(at, earliest - 1, -1) if _introduces(_joined(lines, first, at), is_quoted)]
    if not found:
        return None
    first = max(found, key=lambda first: (_completeness(_joined(lines, first, at)), first))
    first = _with_its_beginning(lines, first, earliest)
    return Attribution(first=first, end=at + 1, offset=_offset(lines, first, at))


def _completeness(said: str) -> int:
    """How much of when and who these words say: a line that says only one has lost the other to the line above."""
    return bool(_DATE.search(said)) * 2 + bool(_ADDRESS.search(said) or _last_verb(said))


def _is_quote_next(lines: list[Line], at: int) -> bool:
    """Whether quotes follow, perhaps below empty lines."""
    below = filled(lines, at + 1, min(at + 6, len(lines)))
    return below < len(lines) and lines[below].is_quoted


def _may_end(words: str) -> bool:
    """Whether an attribution may end so: asked of every line, and therefore cheap."""
    if _has_colon(words) or words.endswith(("--", ">", ")", *UNSPACED_VERBS)) or _WITH_ZONE.match(words):
        return True
    return words.rpartition(" ")[2].lower() in _VERBS


def _may_introduce(said: str, is_quoted: bool) -> bool:
    """What `_introduces` asks at least, of all lines at once: logs and tables need not be read from each on."""
    has_date = bool(_DATE.search(said))
    if is_quoted or _has_colon(said) or said.endswith("--"):
        return has_date or _last_verb(said) is not None
    return has_date and bool(_ADDRESS.search(said)) and _last_verb(said) is not None


def _has_colon(words: str) -> bool:
    return words.rstrip(_BEHIND_COLON).endswith(_COLONS)


def _earliest(lines: list[Line], at: int) -> int:
    first, length = at, len(lines[at].words)
    while first > max(0, at - _MOST_LINES + 1):
        above = lines[first - 1]
        length += len(above.words)
        if length > _LONGEST or not above.words or above.is_quoted != lines[at].is_quoted or _has_colon(above.words):
            break
        first -= 1
    return first


def _joined(lines: list[Line], first: int, at: int) -> str:
    return " ".join(line.words for line in lines[first : at + 1])


@lru_cache(maxsize=64)
def _introduces(said: str, is_quoted: bool) -> bool:
    """Whether these words introduce a mail: who and when, and the verb or at least the colon.

    The answers are kept, for the lines of a table or a log are often the same.
    """
    if len(said) > _LONGEST:
        return False
    verb = _last_verb(said)
    if verb and _is_said_by_somebody(said, verb, is_quoted=is_quoted):
        return _is_written(said, verb, is_quoted=is_quoted)
    if not _DATE.search(said) or _SENTENCE_END.search(_without_dots(said)):
        return False
    has_colon, has_address = _has_colon(said), bool(_ADDRESS.search(said))
    if not is_quoted:
        return has_address and has_colon and _begins(said)
    return has_address or has_colon or bool(_WITH_ZONE.match(said))


def _is_written(said: str, verb: tuple[int, int], *, is_quoted: bool) -> bool:
    """With the verb a colon is enough, dashes on both sides, or that quotes follow; names alone need two of these."""
    date, address = _DATE.search(said), _ADDRESS.search(said)
    is_last = not said[verb[1] :].strip(" .*:\uff1a-")
    if said[slice(*verb)].lower() in WEAK_VERBS:
        return is_last and bool(date) and (bool(address) or is_quoted)
    if date or address:
        return _has_colon(said) or is_quoted or bool(_RULED_END.search(said)) or (is_last and bool(date and address))
    is_name = _has_colon(said) and (is_quoted or " via " in said)
    return len(said) <= _LONGEST_NAME and (is_name or bool(_RULED.match(said)))


def _last_verb(said: str) -> tuple[int, int] | None:
    """Where the verb stands that decides: the last, since names and earlier words may look like one."""
    words = reversed(list(_WORD.finditer(said)))
    last = next((word.span() for word in words if word[0].lower() in _VERBS), None)
    found = [last] if last else []
    found += [(said.rindex(verb), said.rindex(verb) + len(verb)) for verb in UNSPACED_VERBS if verb in said]
    if not found:
        return None
    start, end = max(found, key=lambda span: span[1])
    form = _VERB_FORM.match(said, end)
    return start, form.end() if form else end


def _is_said_by_somebody(said: str, verb: tuple[int, int], *, is_quoted: bool) -> bool:
    """What stands behind the verb is a name, an address or a date, not the rest of a sentence; nor does `I` write."""
    tail = said[verb[1] :].strip(" :\uff1a-*\"'_.>")
    nearest = {*_WORD.findall(said[: verb[0]])[-2:], *_WORD.findall(tail)[:1]}
    if nearest & FIRST_PERSON and not is_quoted:
        return False
    if not tail or _ADDRESS.search(tail) or _DATE.search(tail):
        return True
    is_name = len(tail) <= _LONGEST_NAME and not re.search(r"[!?,;]", tail)
    return is_name and said[slice(*verb)].lower() in NAME_FOLLOWS


def _without_dots(said: str) -> str:
    """Abbreviated days, months and initials do not end a sentence."""
    return re.sub(r"(?<=\w)\.(?= ?[\w,\"<(])", "", _ADDRESS.sub("@", said))


def _with_its_beginning(lines: list[Line], first: int, earliest: int) -> int:
    """Take in the line above, where what was found is only the second half: an address, a verb, a year."""
    while first > earliest and not _begins(lines[first].words):
        above = lines[first - 1].words
        is_half = _OPENER.match(above) and re.search(r"\d", above) and not _SENTENCE_END.search(_without_dots(above))
        if not is_half and (not _belongs_above(lines[first].words) or _SENTENCE_END.search(above)):
            break
        first -= 1
    return first


def _belongs_above(words: str) -> bool:
    verb = _last_verb(words[:_LONGEST_VERB])
    return bool(_BELONGS_ABOVE.match(words)) or (verb is not None and verb[0] <= _HELPING_WORDS)


def _begins(words: str) -> bool:
    return bool(_OPENER.match(words)) or bool(_DATE_FIRST.match(words))


def _offset(lines: list[Line], first: int, at: int) -> int:
    """Where `On Wed, …` begins, if somebody's words stand before it on the same line."""
    said = _joined(lines, first, at)
    verb = _last_verb(said)
    starts = [match.start() for match in _MID_LINE.finditer(lines[first].words) if verb and match.start() < verb[0]]
    if not starts or not re.search(r"\w", said[: starts[-1]]) or _DATE.search(said[: starts[-1]]):
        return 0
    return len(lines[first].words[: starts[-1]].rstrip(" -–—"))
