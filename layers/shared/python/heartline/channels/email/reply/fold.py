"""A plain-text mail as spans of reply, quote, signature and disclaimer, which together are the whole text.

First the history is found, then what stands below each piece of reply. Where the author answers between the quotes,
the quotes are part of what he says.
"""

from dataclasses import dataclass
from enum import StrEnum

from heartline.channels.email.reply.history import history
from heartline.channels.email.reply.lines import Line, lines_of
from heartline.channels.email.reply.signature import ending_of


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


def fold(text: str, *, has_history: bool = True) -> tuple[Span, ...]:
    """The spans of `text` in order; one reply if nothing in it is history, or none is looked for."""
    lines = lines_of(text)
    spans: list[Span] = []
    said = 0
    for quote in history(lines) if has_history else ():
        start = _place(text, lines[quote.first], quote.offset)
        spans += _reply(lines, said, quote.first, start)
        spans.append(Span(kind=Kind.QUOTE, start=start, end=lines[quote.end - 1].end))
        said = quote.end
    spans += _reply(lines, said, len(lines), len(text))
    return tuple(span for span in spans if span.end > span.start)


def visible_reply(text: str, *, keep_signature: bool = False, has_history: bool = True) -> str:
    """What the author of `text` wrote now, without quoted history and disclaimers and, unless kept, signature.

    Answers between the quotes are shown with them; a mail in which nothing else is left is shown whole. Without
    `has_history` only signature and disclaimers are looked for: the history was taken out of the HTML.
    """
    kinds = (Kind.REPLY, Kind.SIGNATURE) if keep_signature else (Kind.REPLY,)
    visible = "".join(text[span.start : span.end] for span in fold(text, has_history=has_history) if span.kind in kinds)
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
