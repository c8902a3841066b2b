"""HTML made harmless in cost: allowed tags only, closed in order, nested no deeper than a cap, in linear time.

The sanitiser's parser follows the standard, and the standard is quadratic in unclosed formatting, in nesting, in
attributes of one tag and in entities of one text. This stands before it where a document could be such a one.
"""

import re
from itertools import islice
from typing import Final

from heartline.channels.email.html_tokens import Token, attributes, tokens

VOID: Final = frozenset({"br", "hr", "img", "wbr", "col"})
_IMPLIED: Final = frozenset({"colgroup", "tbody", "tr"})
"""What a parser puts in by itself: not counted as depth, so that what it wrote is not cut when it is read again."""

_FORMATTING: Final = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_FORMATTING_TAG: Final = re.compile(rf"<(?:{'|'.join(sorted(_FORMATTING, key=len, reverse=True))})[\s/]", re.IGNORECASE)
_DOCUMENT_TAG: Final = re.compile(r"<(?:html|body)", re.IGNORECASE)
_FORMATTING_WORK: Final = 200_000
_ENTITIES_PER_TEXT: Final = 1000
_START: Final = re.compile(r"<(?!/)")
_TAG: Final = re.compile("<")
_UNFINISHED: Final = re.compile(r"(?:<[^<>]*|&#?\w{0,40})?\Z")
_IMPLIED_ENDS: Final = {
    "p": ("p",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "td": ("td", "th"), "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
}  # fmt: skip
"""A start tag that ends what stands before it (https://html.spec.whatwg.org/#optional-tags)."""


def cut(html: str, *, size: int, tags: int) -> tuple[str, bool]:
    """`html` up to `size` characters, `tags` start tags and as many others; and whether it was cut.

    It is never cut inside a tag or an entity.
    """
    end = min(_start_of(_START, tags, html), _start_of(_TAG, 2 * tags, html))
    if end > size:
        unfinished = _UNFINISHED.search(html[max(0, size - 5000) : size])
        end = size - len(unfinished[0] if unfinished else "")
    return html[:end], end < len(html)


def _start_of(tag: re.Pattern[str], number: int, html: str) -> int:
    """Where the tag begins that has `number` before it; the end of `html` if there is none."""
    if html.count("<") <= number:
        return len(html)
    found = next(islice(tag.finditer(html), number, None), None)
    return found.start() if found else len(html)


def is_cheap(html: str) -> bool:
    """Whether no way of reading `html` takes the sanitiser long; counts only, so that no trick of markup fools it."""
    if len(html) > 100_000 or html.count("&") > 20_000:
        return False
    tags = html.count("<")
    formatting = len(_FORMATTING_TAG.findall(html))
    return tags <= 4000 and formatting * tags <= 100_000 and len(_DOCUMENT_TAG.findall(html)) <= 20


def balance(html: str, *, tags: frozenset[str], names: frozenset[str], depth: int) -> tuple[str, bool]:
    """`html` with only `tags` and the attributes `names`, balanced; and whether something was nested too deeply."""
    writer = _Writer(tags, names, depth)
    for token in tokens(html):
        writer.write(token)
    return writer.close(), writer.is_cut


class _Writer:
    def __init__(self, tags: frozenset[str], names: frozenset[str], depth: int) -> None:
        self._tags, self._names, self._depth = tags, names, depth
        self._open: list[str] = []
        self._counts: dict[str, int] = {}
        self._formatting = self._implied = 0
        self._work = 0
        self._pieces: list[str] = []
        self.is_cut = False

    def write(self, token: Token) -> None:
        if token.text:
            self._pieces.append(_text(token.text))
        elif token.name in self._tags:
            self._spend()
            if token.is_end:
                self._end(token.name)
            else:
                self._start(token)

    def close(self) -> str:
        self._close_down_to(0)
        return "".join(self._pieces)

    def _spend(self) -> None:
        """A parser repeats every open formatting tag in every block: beyond the budget none stays open."""
        self._work += self._formatting
        if self._formatting and self._work > _FORMATTING_WORK:
            self.is_cut = True
            self._close_down_to(next(at for at, name in enumerate(self._open) if name in _FORMATTING))

    def _start(self, token: Token) -> None:
        while self._open and self._open[-1] in _IMPLIED_ENDS.get(token.name, ()):
            self._close_down_to(len(self._open) - 1)
        is_formatting = token.name in _FORMATTING
        if len(self._open) - self._implied >= self._depth or (is_formatting and self._work > _FORMATTING_WORK):
            self.is_cut = True
            return
        self._pieces.append(f"<{token.name}{self._attributes(token.attributes)}>")
        if token.name not in VOID:
            self._open.append(token.name)
            self._counts[token.name] = self._counts.get(token.name, 0) + 1
            self._formatting += is_formatting
            self._implied += token.name in _IMPLIED

    def _attributes(self, source: str) -> str:
        """The known attributes as they are written in a tag, each with a blank before it."""
        if not source or source.isspace():
            return ""
        kept = [(name, value) for name, value in attributes(source).items() if name in self._names]
        return "".join(f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in kept)

    def _end(self, name: str) -> None:
        """Close `name` and what is open inside it; an end tag of nothing open is dropped."""
        if self._counts.get(name):
            at = len(self._open) - 1 - self._open[::-1].index(name)
            self._close_down_to(at)

    def _close_down_to(self, height: int) -> None:
        while len(self._open) > height:
            name = self._open.pop()
            self._counts[name] -= 1
            self._formatting -= name in _FORMATTING
            self._implied -= name in _IMPLIED
            self._pieces.append(f"</{name}>")


def _text(text: str) -> str:
    """Text with its stray `<` escaped; a run of very many entities is divided by invisible break points."""
    plain = text.replace("\x00", "").replace("<", "&lt;")
    if plain.count("&") <= _ENTITIES_PER_TEXT:
        return plain
    first, *entities = plain.split("&")
    runs = range(0, len(entities), _ENTITIES_PER_TEXT)
    return first + "<wbr>".join("&" + "&".join(entities[at : at + _ENTITIES_PER_TEXT]) for at in runs)
