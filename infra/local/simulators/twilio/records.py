"""What the simulated account remembers: messages, media, calls and recordings, and their form on disk."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Self


def new_sid(prefix: str) -> str:
    """A fresh id in Twilio's shape: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something with a sid; times are aware and in UTC."""

    kind: ClassVar[str] = "record"

    sid: str
    created: datetime
    updated: datetime

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=datetime.isoformat)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The inverse of `to_json`; a value that a later version added is ignored."""
        stored = json.loads(text)
        known: dict[str, Any] = {each.name: _revive(each.name, stored) for each in fields(cls) if each.name in stored}
        return cls(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Record):
    """A text, either way. `direction` and `status` are Twilio's words; `media` are sids, `facts` form fields."""

    kind: ClassVar[str] = "message"

    sender: str
    recipient: str
    body: str
    direction: str
    status: str
    sent: datetime | None = None
    error_code: int | None = None
    messaging_service: str | None = None
    media: tuple[str, ...] = ()
    status_callback: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium(Record):
    """A file of a message; its bytes are in the media directory under its sid."""

    kind: ClassVar[str] = "medium"

    message: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Record):
    """One leg of a call. `duration` is in seconds; `steps` is the transcript, oldest first.

    `facts` are further form fields of its webhooks, such as CallerName, ForwardedFrom and StirVerstat; `custom` are
    the parameters that a client is given.
    """

    kind: ClassVar[str] = "call"

    sender: str
    recipient: str
    direction: str
    status: str
    parent: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    duration: int | None = None
    steps: tuple[Mapping[str, Any], ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording(Record):
    """What was said on a call or in a conference; `duration` is in seconds, `source` is Twilio's word for its origin.

    `status` is Twilio's; `spoken` is who said what when: `[seconds from the beginning, speaker, words]`.
    """

    kind: ClassVar[str] = "recording"

    call: str
    duration: int
    source: str
    conference: str | None = None
    status: str = "completed"
    spoken: tuple[Sequence[Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference(Record):
    """A room by its name. `status` is init, in-progress or completed; `reason` and `ended_by` say how it ended."""

    kind: ClassVar[str] = "conference"

    name: str
    status: str = "init"
    reason: str | None = None
    ended_by: str | None = None


_TIMES: Final = frozenset({"created", "updated", "sent", "started", "ended"})
_TUPLES: Final = frozenset({"media", "steps", "spoken"})


def _revive(name: str, stored: Mapping[str, Any]) -> object:
    """JSON has neither times nor tuples."""
    value = stored[name]
    if name in _TIMES and value is not None:
        return datetime.fromisoformat(value)
    return tuple(value) if name in _TUPLES else value
