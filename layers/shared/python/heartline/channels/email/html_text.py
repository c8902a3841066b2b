"""The readable text of an HTML body: blocks become lines, links keep their address, lists their marks."""

import re
from html import unescape
from typing import Final

from heartline.channels.email.html_tokens import Token, attributes, tokens

_BREAKS: Final = {
    "br": 1,
    "div": 1,
    "tr": 1,
    "li": 1,
    "dt": 1,
    "dd": 1,
    "hr": 1,
    "center": 1,
    "section": 1,
    "article": 1,
}
_PARAGRAPHS: Final = {
    "p": 2, "h1": 2, "h2": 2, "h3": 2, "h4": 2, "h5": 2, "h6": 2, "ul": 2, "ol": 2, "table": 2,
    "blockquote": 2, "pre": 2,
}  # fmt: skip
LINES: Final = _BREAKS | _PARAGRAPHS
_SPACES: Final = re.compile(r"[ \t\n\f\r]+")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_SCHEMES: Final = ("http:", "https:", "mailto:", "tel:")


def html_to_text(html: str) -> str:
    """The text of `html` as a person reads it; a link is followed by its address in angle brackets if they differ."""
    writer = _Writer()
    for token in tokens(html):
        writer.write(token)
    return writer.text()


class _Writer:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._in_pre = 0
        self._links: list[tuple[int, str]] = []

    def write(self, token: Token) -> None:
        if token.text:
            self._pieces.append(token.text.replace(" ", "\xa0") if self._in_pre else _SPACES.sub(" ", token.text))
            return
        if token.name in LINES:
            self._pieces.append("\n" * LINES[token.name])
        if token.name == "pre":
            self._in_pre = 0 if token.is_end else 1
        elif token.name == "a":
            self._link(token)
        elif not token.is_end:
            self._mark(token)

    def text(self) -> str:
        """Everything written, with white space as a browser would show it."""
        self._end_link()
        lines = (line.strip(" ") for line in unescape("".join(self._pieces)).split("\n"))
        return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n ").replace("\xa0", " ")

    def _mark(self, token: Token) -> None:
        if token.name == "li":
            self._pieces.append("- ")
        elif token.name in ("td", "th"):
            self._pieces.append(" ")
        elif token.name == "img":
            self._pieces.append(attributes(token.attributes).get("alt", ""))

    def _link(self, token: Token) -> None:
        self._end_link()
        if not token.is_end:
            self._links.append((len(self._pieces), attributes(token.attributes).get("href", "").strip()))

    def _end_link(self) -> None:
        """Write the address of the open link behind its text, unless the text says it already."""
        if not self._links:
            return
        start, address = self._links.pop()
        shown = "".join(self._pieces[start:]).strip()
        bare = address.removeprefix("mailto:").removeprefix("tel:")
        if address.lower().startswith(_SCHEMES) and bare.rstrip("/") not in shown:
            self._pieces.append(f" <{bare}>")
