"""The composer's marked-up text as HTML. No word is lost: what is not a mark is shown as it was written.

A small dialect of our own, because a mail is not a document: CommonMark pulls the line below a quote into the quote,
makes a heading of a line above dashes, drops `[1]: …` as a definition and joins lines
(docs/decisions/0025-sending-mail.md).

| written | shown |
| --- | --- |
| `**bold**`, `*italic*`, `_italic_`, `` `code` `` | bold, italic, code |
| lines between two lines of three backticks | a block of code |
| `- ` or `* `, and `1. ` at the start of lines | a list |
| `> ` at the start of lines | a quote |
| `[words](https://…)`, `https://…`, mailto: and tel: too | a link |
| `![name](upload:<id>)` | an image that was uploaded |
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

_FENCE: Final = "```"
_BULLET: Final = re.compile(r"[-*] +(?=\S)")
_NUMBER: Final = re.compile(r"(\d{1,9})\. +(?=\S)")
_QUOTE: Final = re.compile(r"> ?")
_QUOTE_DEPTH: Final = 5
_IMAGE: Final = re.compile(r"!\[([^\]\n]{0,200})\]\(upload:([\w-]{1,100})\)")
_SPAN: Final = 1000
"""Characters that one mark may span: a mark that is never closed costs no more than that to look for its end."""

_INLINE: Final = re.compile(
    rf"""
      `(?P<code>[^`\n]{{1,{_SPAN}}})`
    | {_IMAGE.pattern}
    | (?<!!)\[(?P<label>[^\[\]\n]{{1,{_SPAN}}})\]\((?P<target>(?:https?://|mailto:|tel:)[^\s()<>"']{{1,2000}})\)
    | (?P<address>https?://[^\s<>"']{{0,2000}}[^\s<>"'.,;:!?)\]*_`])
    | \*\*(?=\S)(?P<bold>[^\n]{{1,{_SPAN}}}?)(?<=\S)\*\*
    | (?<![\w*])\*(?=[^\s*])(?P<starred>[^\n*]{{1,{_SPAN}}})(?<=\S)\*(?![\w*])
    | (?<!\w)_(?=[^\s_])(?P<underlined>[^\n_]{{1,{_SPAN}}})(?<=\S)_(?!\w)
    """,
    re.VERBOSE,
)
_TAGS: Final = {"bold": "strong", "starred": "em", "underlined": "em"}


def to_html(text: str, images: Mapping[str, str]) -> str:
    """`text` as an HTML fragment that holds nothing but our own tags; `images` has the Content-ID of each upload."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\r\n".join(_blocks(lines, images, depth=0))


def to_plain(text: str) -> str:
    """`text` for the plain part of a mail: as it was written, but for images, whose names stay."""
    return _IMAGE.sub(lambda image: f"[{image[1]}]", text)


def _blocks(lines: list[str], images: Mapping[str, str], *, depth: int) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at]
        end = _end_of_block(lines, at, depth)
        block = lines[at:end]
        if line.strip() == _FENCE and end - at > 1:
            yield f"<pre><code>{escape(chr(10).join(block[1:-1]))}</code></pre>"
        elif _is_quote(line, depth):
            inner = [_QUOTE.sub("", quoted, count=1) for quoted in block]
            yield f"<blockquote>{''.join(_blocks(inner, images, depth=depth + 1))}</blockquote>"
        elif _BULLET.match(line):
            yield f"<ul>{_items(block, _BULLET, images)}</ul>"
        elif first := _NUMBER.match(line):
            yield f'<ol start="{int(first[1])}">{_items(block, _NUMBER, images)}</ol>'
        elif line.strip():
            yield f"<p>{_inline(chr(10).join(block), images)}</p>"
        at = end


def _end_of_block(lines: list[str], begin: int, depth: int) -> int:
    """Where the block ends that begins at `begin`; a fence that nobody closes is an ordinary line."""
    if lines[begin].strip() == _FENCE:
        closing = (at for at in range(begin + 1, len(lines)) if lines[at].strip() == _FENCE)
        return next(closing, begin) + 1
    kind = _kind(lines[begin], depth)
    end = begin + 1
    while end < len(lines) and _kind(lines[end], depth) == kind and lines[end].strip() != _FENCE:
        end += 1
    return end


def _kind(line: str, depth: int) -> str:
    """What kind of block a line belongs to; a blank line belongs to none."""
    if not line.strip():
        return ""
    if _is_quote(line, depth):
        return "quote"
    if _BULLET.match(line):
        return "bullets"
    return "numbers" if _NUMBER.match(line) else "words"


def _is_quote(line: str, depth: int) -> bool:
    return depth < _QUOTE_DEPTH and line.startswith(">")


def _items(block: list[str], mark: re.Pattern[str], images: Mapping[str, str]) -> str:
    return "".join(f"<li>{_inline(mark.sub('', line, count=1), images)}</li>" for line in block)


def _inline(text: str, images: Mapping[str, str]) -> str:
    pieces, position = [], 0
    for match in _INLINE.finditer(text):
        pieces += [_shown(text[position : match.start()]), _marked(match, images)]
        position = match.end()
    return "".join([*pieces, _shown(text[position:])])


def _marked(match: re.Match[str], images: Mapping[str, str]) -> str:
    found = match.lastgroup or ""
    if found in _TAGS:
        tag = _TAGS[found]
        return f"<{tag}>{_inline(match[found], images)}</{tag}>"
    if found == "code":
        return f"<code>{escape(match['code'])}</code>"
    if found == "target":
        return f'<a href="{escape(match["target"])}">{_shown(match["label"])}</a>'
    if found == "address":
        address = escape(match["address"])
        return f'<a href="{address}">{address}</a>'
    return _image(match, images)


def _image(match: re.Match[str], images: Mapping[str, str]) -> str:
    image = _IMAGE.match(match[0])
    if image is None or image[2] not in images:
        return _shown(match[0])
    return f'<img src="cid:{escape(images[image[2]])}" alt="{escape(image[1])}">'


def _shown(text: str) -> str:
    return escape(text).replace("\n", "<br>\r\n")
