"""Where the history stands among the lines of a mail, quoted or not; and where the author answers inside it.

Knows lines only: whether they come from a text or from HTML is somebody else's business.
"""

from dataclasses import dataclass, replace
from typing import Final

from heartline.channels.email.reply.attribution import attribution_ending
from heartline.channels.email.reply.headers import above_the_mark, end_of_headers, is_divider, is_reply_above
from heartline.channels.email.reply.lines import Line, filled
from heartline.channels.email.reply.signature import ending_of

_SHORT_QUOTE: Final = 3
_WRAPPED: Final = 55
_LONGEST_ATTRIBUTION: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """Where a history begins, and the first line of what is quoted."""

    first: int
    body: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Lines of history; `offset` characters of the first belong to the reply."""

    first: int
    end: int
    offset: int = 0


def history(lines: list[Line], marks: frozenset[int] = frozenset()) -> list[Quote]:
    """The pieces of history; none where the author answers between the quotes, but for those below the last answer.

    `marks` are lines where history is known to begin, whatever they say.
    """
    found: list[Quote] = []
    said = 0
    while mark := _next_mark(lines, said, marks):
        body = filled(lines, mark.body, len(lines))
        if body == len(lines) or not lines[body].is_quoted:
            return [*found, Quote(first=mark.first, end=len(lines), offset=mark.offset)]
        end = _end_of_quotes(lines, body)
        if _is_answered_inside(lines, end):
            break
        found.append(Quote(first=mark.first, end=end, offset=mark.offset))
        said = end
    return found + _trailing_quotes(lines, said)


def _next_mark(lines: list[Line], said: int, marks: frozenset[int]) -> _Mark | None:
    """The first place from `said` on where history begins."""
    for at in range(said, len(lines)):
        if at in marks:
            return _known_mark(lines, at)
        if lines[at].is_quoted:
            mark = None if at > said and lines[at - 1].is_quoted else _mark_in_quotes(lines, at)
        else:
            mark = _mark(lines, at) if lines[at].words else None
        if mark:
            return replace(mark, first=max(said, mark.first))
    return None


def _mark(lines: list[Line], at: int) -> _Mark | None:
    if is_divider(lines[at]) or is_reply_above(lines[at]):
        return _Mark(first=at, body=at + 1)
    if (end := end_of_headers(lines, at)) > at:
        return _Mark(first=above_the_mark(lines, at), body=end)
    if found := attribution_ending(lines, at):
        first = found.first if found.offset else above_the_mark(lines, found.first)
        return _Mark(first=first, body=found.end, offset=found.offset)
    return None


def _known_mark(lines: list[Line], at: int) -> _Mark:
    """The body begins below the attribution or the headers, if the first line is one."""
    ends = (
        _mark(lines, end) for end in range(at, min(at + _LONGEST_ATTRIBUTION, len(lines))) if not lines[end].is_quoted
    )
    body = next((mark.body for mark in ends if mark and mark.first <= at), at)
    return _Mark(first=at, body=body)


def _mark_in_quotes(lines: list[Line], at: int) -> _Mark | None:
    """Apple Mail and others quote the attribution too: it is the first thing in the quotes."""
    is_mark = is_divider(lines[at]) or end_of_headers(lines, at) > at or _is_attributed(lines, at)
    return _Mark(first=at, body=at) if is_mark else None


def _is_attributed(lines: list[Line], at: int) -> bool:
    ends = (attribution_ending(lines, end) for end in range(at, min(at + _LONGEST_ATTRIBUTION, len(lines))))
    return any(found is not None and found.first == at for found in ends)


def _end_of_quotes(lines: list[Line], body: int) -> int:
    end = body
    for at in range(body, len(lines)):
        if lines[at].is_quoted:
            end = at + 1
        elif not lines[at].is_blank and not _is_piece_of_quote(lines, at):
            break
    return end


def _is_piece_of_quote(lines: list[Line], at: int) -> bool:
    """The rest of a long quoted line that a program broke without a quote mark: a link, or a word in small letters."""
    if at + 1 == len(lines) or not (lines[at - 1].is_quoted and lines[at + 1].is_quoted):
        return False
    above, words = lines[at - 1].words, lines[at].words
    is_link = words.startswith(("(http", "<http")) or ("http" in above and words.endswith((")", ">")))
    is_rest = len(above) >= _WRAPPED and above[-1] not in "?!:" and words[0].islower() and len(words) <= _WRAPPED
    return is_link or is_rest


def _is_answered_inside(lines: list[Line], end: int) -> bool:
    """Whether below the quotes that end here the author says something, and quotes again what he answers next."""
    has_said = False
    for at in range(end, len(lines)):
        if lines[at].is_quoted and has_said:
            return True
        if lines[at].is_said and _mark(lines, at):
            return False
        has_said = has_said or lines[at].is_said
    return False


def _trailing_quotes(lines: list[Line], said: int) -> list[Quote]:
    """Quotes below all that is said, if only a signature follows; a line or two that the author introduces stay."""
    end = ending_of(lines, said, len(lines)).signature
    first = end
    while first > said and not (lines[first - 1].is_said and not _is_piece_of_quote(lines[:end], first - 1)):
        first -= 1
    quoted = [at for at in range(first, end) if lines[at].is_quoted]
    if not quoted or first == said:
        return []
    is_introduced = lines[first - 1].words.endswith((":", "\uff1a")) and len(quoted) <= _SHORT_QUOTE
    return [] if is_introduced else [Quote(first=quoted[0], end=quoted[-1] + 1)]
