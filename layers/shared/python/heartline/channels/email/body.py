"""Which parts of a mail are its text, its HTML and its attachments: the rule of RFC 8621, section 4.1.4."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

from heartline.channels.email import charsets
from heartline.channels.email.enriched import enriched_to_text, richtext_to_text
from heartline.channels.email.flowed import unflow
from heartline.channels.email.html_balance import cut
from heartline.channels.email.html_text import html_to_text
from heartline.channels.email.invitation import invitation_text
from heartline.channels.email.limits import Limits
from heartline.channels.email.structure import Part
from heartline.channels.email.transfer import NotEncoded, decode_transfer

_MEDIA: Final = ("image/", "audio/", "video/")
_BODIES: Final = ("text/plain", "text/html")
_READERS: Final = {
    "text/enriched": enriched_to_text,
    "text/richtext": richtext_to_text,
    "text/calendar": invitation_text,
}
"""Kinds of text that no mail program shows as a body: read where there is no other, and kept as files besides."""

_WIDE: Final = ("utf-16", "utf16", "utf-32", "utf32", "ucs", "iso-10646", '"')
_META_CHARSET: Final = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A leaf decoded: its bytes, whether they are what the transfer encoding promised, and what was repaired."""

    data: bytes = field(repr=False)
    is_whole: bool = True
    defect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """The leaves of a mail by use; `text` and `html` are in reading order, attachments in the mail's order."""

    text: tuple[Part, ...]
    html: tuple[Part, ...]
    attachments: tuple[Part, ...]


def content_of(part: Part) -> Content:
    """Undo the transfer encoding of a leaf; what is not encoded as promised stays as it is."""
    try:
        data, defect = decode_transfer(part.body, part.headers.source("content-transfer-encoding"))
        return Content(data=data, defect=defect)
    except NotEncoded:
        return Content(data=part.body, is_whole=False, defect="a part is not encoded as it says: kept as it is")


def choose(root: Part, contents: Mapping[int, Content]) -> Bodies:
    """Sort the leaves; `contents` are theirs, by `id`.

    Where no leaf that should be shown says anything, one that was not meant for it or is damaged is better than none.
    """
    chooser = _Chooser(contents)
    chooser.take((root,), "mixed", in_alternative=False, text=chooser.text, html=chooser.html)
    if not any(chooser.says_anything(part) for part in (*chooser.text, *chooser.html)):
        chooser.take_late()
    chosen = {id(part) for part in (*chooser.text, *chooser.html) if part.content_type in _BODIES}
    leaves = (part for part in root.walk() if not part.parts)
    return Bodies(
        text=tuple(part for part in chooser.text if not _is_media(part)),
        html=tuple(part for part in chooser.html if not _is_media(part)),
        attachments=tuple(part for part in leaves if id(part) not in chosen),
    )


def text_of(part: Part, content: Content, limits: Limits) -> tuple[str, list[str]]:
    """The plain text of a chosen leaf, with LF line ends, and what was guessed or cut."""
    source, defect = source_of(part, content)
    defects = [defect] if defect else []
    if part.content_type != "text/html":
        return _plain(part, source), defects
    html, is_short = cut(source, size=limits.html_size, tags=limits.html_tags)
    return html_to_text(html), [*defects, "text of HTML beyond the cap was left out"] if is_short else defects


def _plain(part: Part, source: str) -> str:
    """The readable form of a text that is not HTML."""
    if part.content_type in _READERS:
        return _READERS[part.content_type](source)
    if part.parameters.get("format", "").lower() != "flowed":
        return source
    return unflow(source, deletes_space=part.parameters.get("delsp", "").lower() == "yes")


def html_of(part: Part, content: Content) -> str:
    """The HTML of a chosen leaf; plain text between HTML parts becomes HTML that shows the same."""
    source, _ = source_of(part, content)
    return (
        source
        if part.content_type == "text/html"
        else f"<div>{escape(source, quote=False).replace(chr(10), '<br>')}</div>"
    )


def source_of(part: Part, content: Content) -> tuple[str, str | None]:
    """A text leaf as text, line ends as LF: replaced as bytes where that is safe, which take a quarter of the room."""
    charset = part.parameters.get("charset", "")
    if not charset and part.content_type == "text/html" and (meta := _META_CHARSET.search(content.data[:4096])):
        charset = meta[1].decode("ascii")
    is_wide = charset.lower().lstrip().startswith(_WIDE)
    text, defect = charsets.decode(content.data if is_wide else content.data.replace(b"\r\n", b"\n"), charset)
    text = text.removeprefix("\ufeff")
    text = text.replace("\r\n", "\n") if is_wide else text
    return (text if "\n" in text else text.replace("\r", "\n")), defect


class _Chooser:
    """Walks the tree once; a list that is None collects nothing, as in the RFC's own description."""

    def __init__(self, contents: Mapping[int, Content]) -> None:
        self._contents = contents
        self._late: list[Part] = []
        self.text: list[Part] = []
        self.html: list[Part] = []

    def take(
        self,
        parts: tuple[Part, ...],
        kind: str,
        *,
        in_alternative: bool,
        text: list[Part] | None,
        html: list[Part] | None,
    ) -> None:
        texts, htmls = len(text or ()), len(html or ())
        for at, part in enumerate(parts):
            if part.parts:
                inner = part.content_type.partition("/")[2]
                in_inner = in_alternative or inner == "alternative"
                self.take(_root_first(part), inner, in_alternative=in_inner, text=text, html=html)
            elif not self._is_inline(part, at, kind):
                continue
            elif kind == "alternative":
                _append({"text/plain": text, "text/html": html}.get(part.content_type), part)
            else:
                if in_alternative:
                    html = None if part.content_type == "text/plain" else html
                    text = None if part.content_type == "text/html" else text
                _append(text, part)
                _append(html, part)
        if kind == "alternative" and text is not None and html is not None:
            _fill(text, html, texts, htmls)

    def take_late(self) -> None:
        """Parts of the least unfit kind."""
        best = min(map(_unfitness, self._late), default=0)
        late = [part for part in self._late if _unfitness(part) == best]
        self.text += late
        self.html += [part for part in late if part.content_type == "text/html"]

    def says_anything(self, part: Part) -> bool:
        data = self._contents[id(part)].data
        return not _is_media(part) and bool(data) and not data.isspace()

    def _is_inline(self, part: Part, at: int, kind: str) -> bool:
        is_media = _is_media(part)
        if part.disposition == "attachment":
            return False
        if part.content_type not in _BODIES and not is_media:
            self._late += [part] if part.content_type in _READERS else []
            return False
        if not self._contents[id(part)].is_whole:
            self._late += [] if is_media else [part]
            return False
        return at == 0 or (kind != "related" and (is_media or not part.filename))


def _root_first(part: Part) -> tuple[Part, ...]:
    """The parts of a multipart; that of a related one which `start` names comes first (RFC 2387, section 3.2)."""
    start = part.parameters.get("start", "") if part.content_type == "multipart/related" else ""
    if not start:
        return part.parts
    return tuple(sorted(part.parts, key=lambda each: each.headers.source("content-id").strip() != start.strip()))


def _unfitness(part: Part) -> int:
    """Damaged text comes before the kinds that have to be read out, in their order."""
    return list(_READERS).index(part.content_type) + 1 if part.content_type in _READERS else 0


def _is_media(part: Part) -> bool:
    return part.content_type.startswith(_MEDIA)


def _append(parts: list[Part] | None, part: Part) -> None:
    if parts is not None:
        parts.append(part)


def _fill(text: list[Part], html: list[Part], texts: int, htmls: int) -> None:
    """An alternative with one form only: it serves as the other as well."""
    if len(text) == texts:
        text += html[htmls:]
    elif len(html) == htmls:
        html += text[texts:]
