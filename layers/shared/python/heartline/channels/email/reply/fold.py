"""A plain-text mail as spans of reply, quote, signature and disclaimer, which together are the whole text.

First the history is found, then what stands below each piece of reply. Where the author answers between the quotes,
the quotes are part of what he says.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from heartline.channels.email.reply.attribution import attribution_ending
from heartline.channels.email.reply.headers import above_the_mark, end_of_headers, is_divider, is_reply_above
from heartline.channels.email.reply.lines import Line, filled, lines_of
from heartline.channels.email.reply.signature import ending_of

_SHORT_QUOTE: Final = 3
_WRAPPED: Final = 55


class Kind(StrEnum):
    """What a span is."""

    REPLY = "reply"
    QUOTE = "quote"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`text[start:end]` is of this kind; spans follow each other without a gap."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """Where a history begins, and the first line of what is quoted."""

    first: int
    body: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quote:
    """Lines of history; `offset` characters of the first belong to the reply."""

    first: int
    end: int
    offset: int = 0


def fold(text: str) -> tuple[Span, ...]:
    """The spans of `text` in order; one reply if nothing in it is history."""
    lines = lines_of(text)
    spans: list[Span] = []
    said = 0
    for quote in _quotes(lines):
        start = _place(text, lines[quote.first], quote.offset)
        spans += _reply(lines, said, quote.first, start)
        spans.append(Span(kind=Kind.QUOTE, start=start, end=lines[quote.end - 1].end))
        said = quote.end
    spans += _reply(lines, said, len(lines), len(text))
    return tuple(span for span in spans if span.end > span.start)


def visible_reply(text: str, *, keep_signature: bool = False) -> str:
    """What the author of `text` wrote now, without quoted history and disclaimers and, unless kept, signature.

    Answers between the quotes are shown with them; a mail in which nothing else is left is shown whole.
    """
    kinds = (Kind.REPLY, Kind.SIGNATURE) if keep_signature else (Kind.REPLY,)
    visible = "".join(text[span.start : span.end] for span in fold(text) if span.kind in kinds)
    return visible.strip() or text.strip()


def _reply(lines: list[Line], first: int, end: int, place: int) -> list[Span]:
    """The lines of a piece of reply, which goes on up to the character `place`, with what stands below it."""
    if first == end:
        return [Span(kind=Kind.REPLY, start=lines[first].start, end=place)] if first < len(lines) else []
    ending = ending_of(lines, first, end)
    borders = (
        lines[first].start,
        *(lines[at].start if at < end else place for at in (ending.signature, ending.disclaimer)),
    )
    kinds = (Kind.REPLY, Kind.SIGNATURE, Kind.DISCLAIMER)
    return [
        Span(kind=kind, start=start, end=stop)
        for kind, start, stop in zip(kinds, borders, (*borders[1:], place), strict=True)
    ]


def _place(text: str, line: Line, offset: int) -> int:
    """The character in `text` that is the one at `offset` of the line's words."""
    if not offset:
        return line.start
    source = text[line.start : line.end]
    return min(line.start + len(source) - len(source.lstrip()) + offset, line.end)


def _quotes(lines: list[Line]) -> list[_Quote]:
    """The pieces of history; none where the author answers between the quotes, but for those below the last answer."""
    found: list[_Quote] = []
    said = 0
    while mark := _next_mark(lines, said):
        body = filled(lines, mark.body, len(lines))
        if body == len(lines) or not lines[body].is_quoted:
            return [*found, _Quote(first=mark.first, end=len(lines), offset=mark.offset)]
        end = _end_of_quotes(lines, body)
        if _is_answered_inside(lines, end):
            break
        found.append(_Quote(first=mark.first, end=end, offset=mark.offset))
        said = end
    return found + _trailing_quotes(lines, said)


def _next_mark(lines: list[Line], said: int) -> _Mark | None:
    """The first place from `said` on where history begins."""
    for at in range(said, len(lines)):
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


def _mark_in_quotes(lines: list[Line], at: int) -> _Mark | None:
    """Apple Mail and others quote the attribution too: it is the first thing in the quotes."""
    is_mark = is_divider(lines[at]) or end_of_headers(lines, at) > at or _is_attributed(lines, at)
    return _Mark(first=at, body=at) if is_mark else None


def _is_attributed(lines: list[Line], at: int) -> bool:
    ends = (attribution_ending(lines, end) for end in range(at, min(at + 4, len(lines))))
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


def _trailing_quotes(lines: list[Line], said: int) -> list[_Quote]:
    """Quotes below all that is said, if only a signature follows; a line or two that the author introduces stay."""
    end = ending_of(lines, said, len(lines)).signature
    first = end
    while first > said and not (lines[first - 1].is_said and not _is_piece_of_quote(lines[:end], first - 1)):
        first -= 1
    quoted = [at for at in range(first, end) if lines[at].is_quoted]
    if not quoted or first == said:
        return []
    is_introduced = lines[first - 1].words.endswith((":", "\uff1a")) and len(quoted) <= _SHORT_QUOTE
    return [] if is_introduced else [_Quote(first=quoted[0], end=quoted[-1] + 1)]
