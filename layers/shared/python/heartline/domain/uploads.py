"""Files that an agent sends along: what an upload may be, and what it is called on its way."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.messages import Attachment
from heartline.domain.subjects import plain_name

SIZE_LIMIT: Final = 10 * 1024 * 1024
"""Bytes of all files of one mail. Many servers refuse mail above 25 MB, and base64 adds a third."""

UPLOAD_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of one file that any channel takes (WhatsApp)."""

COUNT_LIMIT: Final = 20
TICKET_SECONDS: Final = 900
"""How long an upload may begin after it was announced."""

_NAME_LENGTH: Final = 150
_CONTENT_HOST: Final = "@upload"
_NOT_IN_NAMES: Final = re.compile(r"[/\\:*?\"<>|]+")
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][\w.+-]{0,60}/[a-z0-9][\w.+-]{0,60}", re.ASCII)
_UPLOAD_IMAGE: Final = re.compile(r"!\[[^\]\n]{0,200}\]\(upload:([\w-]{1,100})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as an agent announced it: `agent` alone may send it. `size` is in bytes, exact."""

    id: str
    agent: str
    filename: str
    content_type: str
    size: int

    @property
    def key(self) -> str:
        """Where it lies in the media bucket until a message takes it; it is deleted after two days."""
        return f"uploads/{self.agent}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A right to upload one file: a request of `method` to `url` with exactly these `headers`."""

    url: str
    method: str
    headers: dict[str, str]


def announced(identifier: str, agent: str, *, filename: str, content_type: str, size: int) -> Upload:
    """An upload with a harmless name and type; raises `Invalid` if it is empty or too large for any message."""
    if not 1 <= size <= UPLOAD_LIMIT:
        raise Invalid(f"A file has 1 to {UPLOAD_LIMIT} bytes; this one has {size}.")
    return Upload(
        id=identifier, agent=agent, filename=safe_name(filename), content_type=safe_type(content_type), size=size
    )


def safe_name(filename: str) -> str:
    """`filename` without folders, control characters, and marks that turn the reading direction (“gpj.exe”)."""
    plain = _NOT_IN_NAMES.sub("_", plain_name(filename)).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= _NAME_LENGTH or not dot or len(ending) > 10:
        return plain[:_NAME_LENGTH] or "file"
    return f"{stem[: _NAME_LENGTH - len(ending) - 1]}.{ending}"


def safe_type(content_type: str) -> str:
    """`content_type` if it is one, without parameters; else what every program takes for a download."""
    plain = content_type.partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.fullmatch(plain) else "application/octet-stream"


def shown_in(text: str) -> frozenset[str]:
    """The uploads that the composer's text shows in place."""
    return frozenset(_UPLOAD_IMAGE.findall(text))


def content_id_of(upload: str) -> str:
    """The Content-ID under which the HTML shows an upload."""
    return f"{upload}{_CONTENT_HOST}"


def upload_of_content_id(content_id: str) -> str:
    return content_id.removesuffix(_CONTENT_HOST)


def check_total(files: Collection[Attachment | Upload]) -> None:
    """Raise `Invalid` if a mail with these files would be refused on its way."""
    total = sum(file.size for file in files)
    if len(files) > COUNT_LIMIT:
        raise Invalid(f"The mail has {len(files)} files; {COUNT_LIMIT} is the most.")
    if total > SIZE_LIMIT:
        megabytes = total / 1024 / 1024
        raise Invalid(f"The files have {megabytes:.1f} MB together; {SIZE_LIMIT // 1024 // 1024} MB is the most.")
