"""A mail's tree of parts, as slices of its bytes: found by boundary, capped in count and depth, in linear time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from heartline.channels.email.headers import Headers, read_headers
from heartline.channels.email.limits import Limits
from heartline.channels.email.parameters import parse_parameters

_BOILERPLATE: Final = re.compile(
    rb"[\s.]*(?:this (?:is a|message is in)[^\n]{0,20} (?:multi-?part|mime)[^\n]{0,400}\s*)?\Z", re.IGNORECASE
)
_MEDIA_TYPE: Final = re.compile(r"[^\s/;]+/[^\s/;]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A node of the tree. `body` is its undecoded content; `parts` are the children of a multipart."""

    headers: Headers
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    body: bytes = field(repr=False)
    parts: tuple["Part", ...] = ()

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    def walk(self) -> Iterator["Part"]:
        """The part itself and every one below it, in the order of the mail."""
        yield self
        for part in self.parts:
            yield from part.walk()


def read_structure(raw: bytes, limits: Limits) -> tuple[Part, list[str]]:
    """The tree of `raw`, and what had to be repaired or cut to see it."""
    reader = _TreeReader(raw, limits)
    root = reader.read(0, len(raw), default="text/plain", depth=0)
    return root, list(dict.fromkeys(reader.defects))


class _TreeReader:
    """Reads parts out of one buffer and counts them."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._raw = raw
        self._limits = limits
        self._count = 0
        self.defects: list[str] = []

    def read(self, start: int, end: int, *, default: str, depth: int) -> Part:
        self._count += 1
        headers, body = read_headers(self._raw, start, end, self._limits)
        self.defects += headers.defects
        content_type, parameters = self._content_type(headers, default)
        disposition, options = parse_parameters(headers.source("content-disposition"))
        children: tuple[Part, ...] = ()
        if content_type.startswith("multipart/"):
            children = self._children(body, end, content_type, parameters, depth)
            content_type = content_type if children else "text/plain"
        return Part(
            headers=headers,
            content_type=content_type,
            parameters=parameters,
            disposition=disposition,
            filename=options.get("filename") or parameters.get("name") or options.get("name", ""),
            body=b"" if children else self._raw[body:end],
            parts=children,
        )

    def _content_type(self, headers: Headers, default: str) -> tuple[str, dict[str, str]]:
        content_type, parameters = parse_parameters(headers.source("content-type"))
        if not content_type:
            return default, parameters
        if content_type in ("text", "html", "plain"):
            content_type = "text/html" if content_type == "html" else "text/plain"
        if not _MEDIA_TYPE.match(content_type):
            self.defects.append(f"broken content type {content_type[:40]!r}")
            return ("application/octet-stream" if headers.has("content-disposition") else default), parameters
        return content_type, parameters

    def _children(
        self, start: int, end: int, content_type: str, parameters: dict[str, str], depth: int
    ) -> tuple[Part, ...]:
        """The parts of a multipart; none where it cannot be taken apart, and then it is read as text."""
        boundary = parameters.get("boundary", "").rstrip()
        if depth >= self._limits.depth:
            self.defects.append("parts nested deeper than the cap are shown as text")
            return ()
        slices = self._slices(start, end, boundary)
        if not slices:
            self.defects.append("a multipart without its boundary is shown as text")
            return ()
        default = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
        children = []
        for first, last in slices:
            if self._count >= self._limits.parts:
                self.defects.append("parts beyond the cap were left out")
                break
            children.append(self.read(first, last, default=default, depth=depth + 1))
        return tuple(children)

    def _slices(self, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
        """Where each part between the delimiter lines begins and ends."""
        delimiters = self._delimiters(start, end, boundary) if boundary else self._guessed(start, end)
        slices: list[tuple[int, int]] = []
        opened = -1
        for first, last, is_closing in delimiters:
            if opened >= 0:
                slices.append((opened, _before_line_end(self._raw, first, opened)))
            elif slices and not is_closing:
                self.defects.append("parts after the closing boundary were taken in")
            elif not slices:
                self._note_rest(start, first, "text before the first part was left out")
            opened = -1 if is_closing else last
        if opened >= 0:
            self.defects.append("the closing boundary is missing")
            slices.append((opened, end))
        elif delimiters:
            self._note_rest(delimiters[-1][1], end, "text after the last part was left out")
        return slices

    def _delimiters(self, start: int, end: int, boundary: str) -> list[tuple[int, int, bool]]:
        """Every delimiter line: its begin, the begin of the next line, and whether it closes."""
        marker = re.escape(b"--" + boundary.encode("utf-8", "replace"))
        pattern = re.compile(marker + rb"(--)?[ \t]*(?:\r?\n|\r?\Z)")
        found: list[tuple[int, int, bool]] = []
        for match in pattern.finditer(self._raw, start, end):
            if match.start() == start or self._raw[match.start() - 1] == 0x0A:
                found.append((match.start(), match.end(), bool(match[1])))
            if len(found) > self._limits.parts + 1:
                break
        return found if not found or found[-1][2] else self._with_glued_close(found, end, marker)

    def _with_glued_close(
        self, found: list[tuple[int, int, bool]], end: int, marker: bytes
    ) -> list[tuple[int, int, bool]]:
        """A closing delimiter that hangs on the last line of text, as some programs leave it."""
        glued = re.compile(marker + rb"--\s*\Z").search(self._raw, found[-1][1], end)
        return [*found, (glued.start(), glued.end(), True)] if glued else found

    def _guessed(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """The delimiters of a multipart that names no boundary: the first line that looks like one, above a header."""
        match = re.compile(rb"(?m)^--([^\s-][^\r\n]{0,69}|-[^\r\n]{1,70})\r?\nContent-", re.IGNORECASE).search(
            self._raw, start, end
        )
        if match is None:
            return []
        self.defects.append("a missing boundary was guessed")
        return self._delimiters(start, end, match[1].decode("latin-1").rstrip())

    def _note_rest(self, start: int, end: int, defect: str) -> None:
        if not _BOILERPLATE.match(self._raw[start:end][:2000]):
            self.defects.append(defect)


def _before_line_end(raw: bytes, position: int, floor: int) -> int:
    """`position` without the line end before it, which belongs to the delimiter (RFC 2046, section 5.1.1)."""
    if position > floor and raw[position - 1] == 0x0A:
        position -= 1
        if position > floor and raw[position - 1] == 0x0D:
            position -= 1
    return position
