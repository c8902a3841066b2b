"""A mail's tree of parts, as slices of its bytes: found by boundary, capped in count and depth, in linear time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from heartline.channels.email.boundaries import cut_parts
from heartline.channels.email.headers import Headers, read_headers
from heartline.channels.email.limits import Limits
from heartline.channels.email.parameters import parse_parameters
from heartline.channels.email.transfer import NotEncoded, decode_transfer

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Multipart:
    """Where a multipart's body is, and what its header says about it; `default` is the type of parts without one."""

    start: int
    end: int
    boundary: str
    encoding: str
    default: str
    depth: int


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
            multipart = _Multipart(
                start=body,
                end=end,
                boundary=parameters.get("boundary", "").rstrip(),
                encoding=headers.source("content-transfer-encoding"),
                default="message/rfc822" if content_type == "multipart/digest" else "text/plain",
                depth=depth,
            )
            children = self._parts(multipart)
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
            self.defects.append(f"the type {content_type[:40]!r} of a part is no type: it was guessed")
            return ("application/octet-stream" if headers.has("content-disposition") else default), parameters
        return content_type, parameters

    def _parts(self, multipart: _Multipart) -> tuple[Part, ...]:
        """The parts of a multipart; none where it cannot be taken apart, and then it is read as text."""
        if multipart.depth >= self._limits.depth:
            self.defects.append("parts nested deeper than the cap are shown as text")
            return ()
        slices, defects = cut_parts(
            self._raw, multipart.start, multipart.end, boundary=multipart.boundary, cap=self._limits.parts
        )
        self.defects += defects
        return self._children(multipart, slices) if slices else self._encoded_parts(multipart)

    def _children(self, multipart: _Multipart, slices: list[tuple[int, int]]) -> tuple[Part, ...]:
        children = []
        for first, last in slices:
            if self._count >= self._limits.parts:
                self.defects.append(f"the mail has more than {self._limits.parts} parts: the rest was not imported")
                break
            children.append(self.read(first, last, default=multipart.default, depth=multipart.depth + 1))
        return tuple(children)

    def _encoded_parts(self, multipart: _Multipart) -> tuple[Part, ...]:
        """The parts of a multipart that is encoded as a whole, which RFC 2045, section 6.4, forbids."""
        body = self._raw[multipart.start : multipart.end]
        try:
            data, _ = decode_transfer(body, multipart.encoding)
        except NotEncoded:
            data = body
        if data == body:
            self.defects.append("the mail cannot be taken apart into its parts: it is shown as text")
            return ()
        self.defects.append("a group of parts was encoded as a whole")
        return self._within(data, multipart)

    def _within(self, data: bytes, multipart: _Multipart) -> tuple[Part, ...]:
        inner = _TreeReader(data, self._limits)
        inner._count = self._count
        parts = inner._parts(replace(multipart, start=0, end=len(data), depth=multipart.depth + 1, encoding=""))
        self._count = inner._count
        self.defects += inner.defects
        return parts
