"""The small surroundings in memory: object store, clock, ids, queues and a channel's way out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from heartline.domain.errors import NotFound
from heartline.domain.outbound import Intent
from heartline.domain.suppressions import Suppression


class MemoryBlobs:
    """Implements `services.ports.Blobs` and `services.recording_ports.Vault`."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, str]] = {}

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.objects[key] = (content, content_type)

    def put_stream(self, key: str, content: BinaryIO, content_type: str) -> None:
        self.put(key, content.read(), content_type)

    def delete(self, key: str) -> None:
        self.objects.pop(key, None)

    def get(self, key: str) -> bytes:
        if key not in self.objects:
            raise NotFound(f"There is no object {key}.")
        return self.objects[key][0]


@dataclass(slots=True)
class FixedClock:
    """Stands still until a test moves it."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> datetime:
        """Move by a `timedelta` given in words: `clock.advance(seconds=1)`."""
        self.at += timedelta(**by)
        return self.at


@dataclass(slots=True)
class Ids:
    """Draws ids that sort in the order of drawing."""

    prefix: str = "c"
    drawn: int = 0

    def __call__(self) -> str:
        self.drawn += 1
        return f"{self.prefix}{self.drawn:015d}"


@dataclass(slots=True)
class RecordingBlocks:
    """Implements `services.aftermath.Blocks`: keeps what was blocked, each address once."""

    suppressions: dict[str, Suppression] = field(default_factory=dict)

    def block(self, suppression: Suppression) -> None:
        self.suppressions.setdefault(suppression.address, suppression)


@dataclass(slots=True)
class RecordingQueue:
    """A queue that keeps what it takes. `deduplications` has the name of the cause of every call with one.

    `back` has the receipts of what is to come back, and in how many seconds.
    """

    messages: list[dict[str, Any]] = field(default_factory=list)
    back: list[tuple[str, int]] = field(default_factory=list)
    deduplications: list[str] = field(default_factory=list)

    def send(self, messages: Sequence[Mapping[str, Any]], *, deduplication: str = "", delay_seconds: int = 0) -> None:
        self.messages += [dict(message) | ({"delay": delay_seconds} if delay_seconds else {}) for message in messages]
        self.deduplications += [deduplication] if deduplication else []

    def sooner(self, receipt: str, *, seconds: int) -> None:
        self.back.append((receipt, seconds))


@dataclass(slots=True)
class RecordingSender:
    """A channel's way out that keeps what it sent; `during` runs after the provider took it, and may raise.

    `refusal` is raised instead of taking anything.
    """

    sent: list[Intent] = field(default_factory=list)
    refusal: BaseException | None = None
    during: Callable[[Intent], object] = lambda _intent: None
    aliases: tuple[str, ...] = ()

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        if self.refusal is not None:
            raise self.refusal
        self.sent.append(intent)
        self.during(intent)
        return f"twilio:SM{len(self.sent):032d}", self.aliases
