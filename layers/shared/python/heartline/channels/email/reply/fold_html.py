"""HTML divided into what its author wrote now and the history that his program put around or below it.

Decided at intake on the HTML as it came, since classes and ids, which say most, do not survive sanitising. Neither part
is balanced or safe: both are sanitised afterwards, each on its own.
"""

import re
from dataclasses import replace
from html import unescape
from typing import Final

from heartline.channels.email.html_text import LINES
from heartline.channels.email.html_tokens import Token, attributes, tokens
from heartline.channels.email.reply.history import history
from heartline.channels.email.reply.lines import MOST_LINES, Line, line_of

_QUOTING: Final = """
    appendonsend divrplyfwdmsg front-blockquote gmail_quote gmail_quote_container isforwardcontent isreplycontent
    mail-editor-reference-message-container mailru-blockquote missive_quote moz-cite-prefix
    moz-forward-container ntes_not_fresh_first_quote olk_src_body_section outlookmessageheader protonmail_quote
    reply-intro replyforwardcontainer skype_quote stopspelling tutanota_quote yahoo_quoted zmail_extra zwchr
    """
"""Classes and ids that mail programs give to the element with which the history begins."""

_CLASSES: Final = frozenset(_QUOTING.split())

_NAMES: Final = frozenset({"messagereplysection", "quote"})
"""Names of such elements: Spark's, and GMX's."""

_YAHOO: Final = re.compile(r"ydp\w*yahoo_quoted\Z")
_RULED_ABOVE: Final = re.compile(r"border:\s*none;\s*border-top:\s*solid\s+#?\w+\s+1", re.IGNORECASE)
"""Outlook's block of copied headers: a division with nothing but a line above it."""
_IMAGE: Final = "\ufffc"
_SHOWN: Final = re.compile(r"<img\b", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")


def fold_html(html: str) -> tuple[str, str]:
    """`html` as (visible, quoted): the second is empty if there is no history, or nothing but history.

    Answers between the quotes leave everything visible, as in `fold`.
    """
    lines, marks = _lines(html)
    quotes = history(lines, marks)
    borders = [place for quote in quotes for place in (lines[quote.first].start, lines[quote.end - 1].end)]
    visible = [html[start:end] for start, end in zip([0, *borders[1::2]], [*borders[::2], len(html)], strict=True)]
    if not quotes or not _says_something("".join(visible)):
        return html, ""
    return "".join(visible), "".join(html[start:end] for start, end in zip(borders[::2], borders[1::2], strict=True))


def has_quotes(html: str) -> bool:
    """Whether `html` says anywhere that it quotes; without that, its text alone shows where the history begins."""
    source = html.lower()
    return any(sign in source for sign in ("blockquote", *_NAMES, *_CLASSES))


def _says_something(html: str) -> bool:
    return bool(_SHOWN.search(html)) or any(unescape(token.text).strip() for token in tokens(html))


def _lines(html: str) -> tuple[list[Line], frozenset[int]]:
    """The lines that a reader sees, with their places in `html`, and which of them begin a history."""
    reading = _Reading(len(html))
    for token in tokens(html):
        reading.read(token)
    return reading.result()


class _Reading:
    """Collects the words of a line until a tag ends it; a blockquote is what `>` is in a text."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lines: list[Line] = []
        self._marks: set[int] = set()
        self._words: list[str] = []
        self._start = 0
        self._depth = 0

    def read(self, token: Token) -> None:
        if len(self._lines) >= MOST_LINES:
            return
        if token.text:
            self._words.append(token.text)
            return
        if token.name == "img":
            self._words.append(_IMAGE)
        begins_history = not token.is_end and _begins_history(token)
        if begins_history or token.name in LINES:
            self._end_line(token.start)
        if begins_history:
            self._marks.add(len(self._lines))
        if token.name == "blockquote":
            self._depth = max(0, self._depth + (-1 if token.is_end else 1))

    def result(self) -> tuple[list[Line], frozenset[int]]:
        """Everything read; the last line reaches to the end, whatever tags stand there."""
        self._end_line(self._size)
        last = self._lines.pop() if self._lines else line_of("", 0, self._size)
        return [*self._lines, replace(last, end=self._size)], frozenset(self._marks)

    def _end_line(self, end: int) -> None:
        """Tags one after the other end one line only; what stands between them belongs to the next."""
        words = _SPACE.sub(" ", unescape("".join(self._words)))
        if words.strip():
            self._lines.append(line_of(words, self._start, end, is_quoted=self._depth > 0))
            self._start = end
        self._words.clear()


def _begins_history(token: Token) -> bool:
    if not token.attributes:
        return False
    found = attributes(token.attributes)
    classes = f"{found.get('class', '')} {found.get('id', '')}".lower().split()
    is_cited = token.name == "blockquote" and found.get("type", "").lower() == "cite"
    is_ruled = token.name == "div" and bool(_RULED_ABOVE.search(found.get("style", "")))
    is_named = found.get("name", "").lower() in _NAMES
    return is_cited or is_ruled or is_named or any(name in _CLASSES or _YAHOO.match(name) for name in classes)
