"""What is packed inside a leaf, laid open as parts: Outlook's winmail.dat, S/MIME's signed mails, files in text."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from heartline.channels.email import charsets
from heartline.channels.email.body import content_of
from heartline.channels.email.headers import Headers
from heartline.channels.email.limits import Limits
from heartline.channels.email.structure import Part, read_structure
from heartline.channels.email.uuencoded import take_out_files

if TYPE_CHECKING:
    from heartline.channels.email.tnef import Tnef, TnefFile

_TNEF_TYPES: Final = ("application/ms-tnef", "application/vnd.ms-tnef")
_SEALED_TYPES: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_BODIES: Final = ("text/plain", "text/html")
_NO_HEADERS: Final = Headers(fields=())
_UNKNOWN: Final = "application/octet-stream"


def unpacked(root: Part, limits: Limits) -> tuple[Part, list[str]]:
    """`root` with every packed leaf replaced by its content; what cannot be unpacked stays, and what was is named."""
    packed = {id(leaf) for leaf in root.walk() if not leaf.parts and _is_packed(leaf)}
    if not packed:
        return root, []
    has_text = any(part.content_type in _BODIES and part.body.strip() for part in root.walk())
    unpacker = _Unpacker(limits, packed, needs_body=not has_text)
    return unpacker.open(root), unpacker.defects


class _Unpacker:
    def __init__(self, limits: Limits, packed: set[int], *, needs_body: bool) -> None:
        self._limits = limits
        self._packed = packed
        self._needs_body = needs_body
        self.defects: list[str] = []

    def open(self, part: Part) -> Part:
        if part.parts:
            return replace(part, parts=tuple(self.open(child) for child in part.parts))
        if id(part) not in self._packed:
            return part
        if part.content_type in _SEALED_TYPES:
            return self._from_seal(part)
        return self._from_tnef(part) if _is_tnef(part) else self._from_text(part)

    def _from_seal(self, part: Part) -> Part:
        from heartline.channels.email.sealed import NotSigned, signed_content

        try:
            content = signed_content(content_of(part).data)
        except NotSigned:
            return part
        inner, defects = read_structure(content, self._limits)
        self.defects += ["the mail was sealed with S/MIME: its signature was not checked", *defects]
        return _opened(part, [inner])

    def _from_tnef(self, part: Part) -> Part:
        from heartline.channels.email.tnef import NotTnef, read_tnef

        try:
            content = content_of(part).data
            tnef = read_tnef(content, files=self._limits.parts, text_size=self._limits.html_size)
        except NotTnef:
            self.defects.append("a file of Outlook's own format could not be unpacked: it was kept as it is")
            return part
        files = [_file(file) for file in tnef.files]
        bodies = _bodies(tnef) if self._needs_body else []
        if not files and not bodies:
            return part
        self.defects.append("the mail came in Outlook's own format: its content was unpacked")
        return _opened(part, [*bodies, *(files or [replace(part, disposition="attachment")])])

    def _from_text(self, part: Part) -> Part:
        text, found = take_out_files(part.body)
        files = [_leaf(content, name=charsets.guess(name)) for name, content in found]
        if not files:
            return part
        self.defects.append("files that stood inside the text were taken out of it")
        return _opened(part, [replace(part, body=text), *files])


def _is_packed(part: Part) -> bool:
    return part.content_type in _SEALED_TYPES or _is_tnef(part) or _is_uuencoded(part)


def _is_tnef(part: Part) -> bool:
    return part.content_type in _TNEF_TYPES or part.filename.lower() == "winmail.dat"


def _is_uuencoded(part: Part) -> bool:
    is_text = part.content_type == "text/plain" and part.disposition != "attachment"
    return is_text and b"\nend" in part.body and (part.body.startswith(b"begin ") or b"\nbegin " in part.body)


def _bodies(tnef: "Tnef") -> list[Part]:
    kind, text = ("text/html", tnef.html) if tnef.html else ("text/plain", tnef.text)
    parameters = {"charset": "utf-8"}
    return [replace(_leaf(text.encode(), kind=kind), parameters=parameters, disposition="")] if text.strip() else []


def _file(file: "TnefFile") -> Part:
    kind = file.content_type.lower()
    leaf = _leaf(file.content, name=file.name, kind=kind if "/" in kind else _UNKNOWN)
    if not file.content_id:
        return leaf
    fields = (("content-id", f"<{file.content_id}>".encode()),)
    return replace(leaf, headers=Headers(fields=fields), disposition="inline")


def _leaf(content: bytes, *, name: str = "", kind: str = _UNKNOWN) -> Part:
    return Part(
        headers=_NO_HEADERS, content_type=kind, parameters={}, disposition="attachment", filename=name, body=content
    )


def _opened(part: Part, parts: list[Part]) -> Part:
    """`part` as a multipart; it keeps its headers, which may be those of the whole mail."""
    return replace(part, content_type="multipart/mixed", parameters={}, filename="", body=b"", parts=tuple(parts))
