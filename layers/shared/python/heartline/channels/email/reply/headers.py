# ruff: noqa: RUF001  the dashes and stops of other scripts are meant
"""Headers of the quoted mail copied into the text, and dividers above them: `From: … Sent: …`, `--- Original ---`."""

import re
from functools import lru_cache
from typing import Final

from heartline.channels.email.reply.lines import Line
from heartline.channels.email.reply.words import DIVIDERS, LABELS, REPLY_ABOVE, Label

_HEADER: Final = re.compile(r"[*_]{0,2}([^\W\d_][^:\uff1a*]{0,30}?)[*_]{0,2}[ ]?[:\uff1a][*_]{0,2}[ ]?(.*)\Z")
_DASHES: Final = " -_=*—–‐─~"
_COLONS: Final = (":", "\uff1a")
_DIVIDER_ENDS: Final = (*_DASHES.strip(), *_COLONS)
_PROCESSED: Final = "Original Message processed by "
"""Tobit David's own divider, in every language."""
_SHORTEST_RULE: Final = 4
_LONGEST_DIVIDER: Final = 60
_LONGEST_NOTICE: Final = 160
_LONGEST_LABEL: Final = 36
_ADDRESS: Final = re.compile(r"[^\s@]@[^\s@]+\.\w|mailto:")
_MARKS: Final = tuple("#=*_~<[(|+–—-")
_DIVIDERS: Final = frozenset(DIVIDERS)
_MOST_HEADERS: Final = 14
_WRAPPED: Final = 2


def is_divider(line: Line) -> bool:
    """`-----Original Message-----` and its kin: known words between dashes, or known words and a colon."""
    if line.words.lstrip("[").startswith(_PROCESSED):
        return True
    if not line.words.endswith(_DIVIDER_ENDS):
        return False
    words = line.words.strip(_DASHES + ":\uff1a").lower()
    return words in _DIVIDERS and (_is_dashed(line.words) or line.words.endswith(_COLONS))


def is_reply_above(line: Line) -> bool:
    """The line of a help desk below which everything is its own."""
    if not line.words.startswith(_MARKS) or len(line.words) > _LONGEST_NOTICE:
        return False
    words = line.words.lower()
    return any(phrase in words for phrase in REPLY_ABOVE)


def is_rule(line: Line) -> bool:
    return len(line.words) >= _SHORTEST_RULE and not line.words.strip(_DASHES)


def end_of_headers(lines: list[Line], at: int) -> int:
    """The line after the block of copied headers that begins at `at`; `at` itself if none does."""
    labels: set[Label] = set()
    end, wrapped, has_address = at, 0, False
    for place in range(at, min(at + _MOST_HEADERS, len(lines))):
        line = lines[place]
        header = _header(line)
        if header:
            labels.add(header[0])
            end, wrapped = place + 1, 0
        elif not labels or wrapped == _WRAPPED or line.is_quoted != lines[at].is_quoted:
            break
        has_address = has_address or bool(labels and _ADDRESS.search(line.words))
        wrapped += not header
    return end if _is_of_a_mail(labels, has_address=has_address) or _names_a_sender(lines[at]) else at


def _is_of_a_mail(labels: set[Label], *, has_address: bool) -> bool:
    """Labels that only a mail has together: `From: Lisbon, To: Oslo` is a journey, `Date, Subject` are a form's."""
    if has_address:
        return len(labels) > 1 and bool(labels & {Label.FROM, Label.SENT, Label.DATE})
    is_dated = Label.SENT in labels or {Label.DATE, Label.SUBJECT} <= labels
    return len(labels) > 2 and Label.FROM in labels and is_dated


def above_the_mark(lines: list[Line], at: int) -> int:
    """Where the history really begins: rules and dividers directly above its first line are part of it."""
    first = at
    for place in range(at - 1, max(at - 5, -1), -1):
        if is_rule(lines[place]) or _is_bare_divider(lines[place]):
            first = place
        elif not lines[place].is_blank:
            break
    return first


def _is_bare_divider(line: Line) -> bool:
    """`Original Message` without dashes, as BlackBerry writes it; unknown words between dashes."""
    return _is_dashed(line.words) or line.words.lower() in _DIVIDERS


def _is_dashed(words: str) -> bool:
    """A few words between at least two dashes on either side."""
    core = words.strip(_DASHES)
    before, _, after = words.partition(core) if core else ("", "", "")
    return 0 < len(core) <= _LONGEST_DIVIDER and len(before.strip()) > 1 and len(after.strip()) > 1


def _header(line: Line) -> tuple[Label, str] | None:
    return _label(line.words)


@lru_cache(maxsize=_MOST_HEADERS)
def _label(words: str) -> tuple[Label, str] | None:
    """The label of a header and what follows it; a block is read from each of its lines on, so they are kept."""
    if not any(colon in words[:_LONGEST_LABEL] for colon in _COLONS):
        return None
    match = _HEADER.match(words)
    label = LABELS.get(match[1].strip().lower()) if match else None
    return (label, match[2]) if match and label else None


def _names_a_sender(line: Line) -> bool:
    """One label alone, if it is a mail program's way to write a sender: `From: Ann [mailto:ann@example.org]`."""
    header = _header(line)
    return bool(header) and header is not None and header[0] is Label.FROM and "[mailto:" in header[1]
