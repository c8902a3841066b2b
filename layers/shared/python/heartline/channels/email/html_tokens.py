"""HTML cut into tags and text in linear time, the way a browser's tokenizer cuts it; it judges nothing."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SPACE: Final = r"[ \t\n\f\r/]"
_ATTRIBUTE: Final = (
    rf"{_SPACE}*([^ \t\n\f\r/>][^ \t\n\f\r/>=]*)"
    r"(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:\"([^\"]*)\"|'([^']*)'|([^ \t\n\f\r>]*)))?"
)
_PLAIN_ATTRIBUTE: Final = re.sub(r"(?<!\\)\((?!\?)", "(?:", _ATTRIBUTE)
_TOKEN: Final = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|</([a-zA-Z][^ \t\n\f\r/>]*)[^>]*>?"
    r"|<[!?/][^>]*>?"
    rf"|<([a-zA-Z][^ \t\n\f\r/>]*)((?>{_PLAIN_ATTRIBUTE})*+){_SPACE}*(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTES: Final = re.compile(_ATTRIBUTE, re.DOTALL)

_RAW_TEXT: Final = ("script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "title", "textarea")
_RAW_END: Final = {name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE) for name in _RAW_TEXT}
"""Inside these a browser sees no tags (https://html.spec.whatwg.org/#parsing-html-fragments)."""


class Token(NamedTuple):
    """A run of text, entities left as they are; or a tag: its name in lower case and the source of its attributes."""

    text: str = ""
    name: str = ""
    is_end: bool = False
    attributes: str = ""
    start: int = 0
    """Where in the source it begins."""


def tokens(html: str) -> Iterator[Token]:
    """The text and tags of `html`; comments and what stands in scripts, styles and the like are left out."""
    position = search = 0
    while match := _TOKEN.search(html, search):
        if match.start() > position:
            yield Token(text=html[position : match.start()], start=position)
        end_name, name = match[1], match[2]
        position = search = match.end()
        if end_name:
            yield Token(name=end_name.lower(), is_end=True, start=match.start())
        elif name and name.lower() in _RAW_END:
            position = search = _after_raw_text(html, name.lower(), match.end())
        elif name:
            yield Token(name=name.lower(), attributes=match[3], start=match.start())
    if position < len(html):
        yield Token(text=html[position:], start=position)


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag by lower-case name, the first of equals; values keep their entities."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTES.findall(source):
        found.setdefault(name.lower(), double or single or bare)
    return found


def _after_raw_text(html: str, name: str, position: int) -> int:
    """Where the end tag of a raw-text element begins; without one nothing after it is markup or text."""
    match = _RAW_END[name].search(html, position)
    return match.start() if match else len(html)
