"""Measures the mail parser against the standard library's own parse of the same mails, and its memory against size."""

import statistics
import time
import tracemalloc
from base64 import encodebytes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import Final

from heartline.channels.email.parse import parse_mail
from tests.tables import ROOT

PARSE_RATIO: Final = 2.5
"""The most CPU time that parsing may take, in times of the standard library's."""
MEMORY_RATIO: Final = 6
MEMORY_BASE: Final = 50_000_000
_MEGABYTE: Final = 1_000_000
_ADDRESSES: Final = ("from", "to", "cc", "reply-to", "sender")
_TEXTS: Final = ("subject", "date", "message-id", "in-reply-to", "references")


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """CPU times of one run: `ratio` is ours to theirs, `refused` the mails that the standard library raises on."""

    mails: int
    ratio: float
    refused: int

    @property
    def met(self) -> bool:
        """Whether the target is kept."""
        return self.ratio <= PARSE_RATIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The most bytes that one mail of `size` bytes took while it was parsed, its own included."""

    name: str
    size: int
    peak: int

    @property
    def met(self) -> bool:
        """Whether the target is kept."""
        return self.peak <= MEMORY_RATIO * self.size + MEMORY_BASE


def throughput(runs: int) -> Throughput:
    """Parse every mail of `tests/data/email` with both, turn by turn; the medians of `runs` turns are compared."""
    mails = [path.read_bytes() for path in sorted((ROOT / "tests" / "data" / "email").glob("*.eml"))]
    pairs = [(_seconds(parse_mail, mails), _seconds(_standard_parse, mails)) for _ in range(runs + 1)][1:]
    return Throughput(
        mails=len(mails),
        ratio=statistics.median(ours / theirs for ours, theirs in pairs),
        refused=sum(not _standard_parse(mail) for mail in mails),
    )


def memory() -> list[Memory]:
    """A file, a text and an HTML page in three sizes each."""
    return [
        Memory(name=name, size=len(mail), peak=_peak(mail))
        for megabytes in (1, 5, 25)
        for name, mail in _large_mails(megabytes * _MEGABYTE)
    ]


def _large_mails(size: int) -> Iterator[tuple[str, bytes]]:
    encoded = b"Content-Transfer-Encoding: base64\r\nContent-Type: "
    yield "a file in base64", encoded + b"application/zip; name=a.zip\r\n\r\n" + encodebytes(bytes(size * 3 // 4))
    yield "plain text", b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + b"Some words in a line.\r\n" * (size // 23)
    yield (
        "HTML",
        b"Content-Type: text/html; charset=utf-8\r\n\r\n" + b"<p>Some <b>words</b> in it.</p>\r\n" * (size // 33),
    )


def _seconds(parse: Callable[[bytes], object], mails: list[bytes]) -> float:
    start = time.process_time()
    for mail in mails:
        parse(mail)
    return time.process_time() - start


def _peak(mail: bytes) -> int:
    tracemalloc.start()
    try:
        parse_mail(mail)
        return tracemalloc.get_traced_memory()[1] + len(mail)
    finally:
        tracemalloc.stop()


def _standard_parse(mail: bytes) -> bool:
    """All that the standard library can say about a mail; false if it raises on any of it."""
    message = message_from_bytes(mail, policy=policy.default)
    wanted: list[Callable[[], object]] = [
        *(partial(_addresses, message, name) for name in _ADDRESSES),
        *(partial(_text, message, name) for name in _TEXTS),
        *(partial(_content, part) for part in message.walk() if not part.is_multipart()),
    ]
    return sum(map(_is_given, wanted)) == len(wanted)


def _addresses(message: EmailMessage, name: str) -> list[tuple[str, str]]:
    headers = message.get_all(name) or []
    return [(entry.display_name, entry.addr_spec) for header in headers for entry in header.addresses]


def _text(message: EmailMessage, name: str) -> str:
    return str(message[name])


def _content(part: EmailMessage) -> tuple[str | None, object]:
    return part.get_filename(), part.get_content()


def _is_given(question: Callable[[], object]) -> bool:
    try:
        question()
    except Exception:  # noqa: BLE001  it raises a dozen kinds, none of them promised
        return False
    return True
