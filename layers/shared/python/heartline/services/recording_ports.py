"""What recordings need from the outside: their store, the object store, a transcriber, and the call that they end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from heartline.domain.calls import Call
from heartline.domain.messages import Message
from heartline.domain.recordings import Segment
from heartline.services.ports import MessageReference


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingReport:
    """What a provider reports of a recording; fields that it left out are empty.

    `call` is our call, by the query that we gave, else the provider's. `url` leads to the recording, without an
    extension; it is empty, or `seconds` 0, where nothing was said. `of_talk` tells a recorded talk from a message left.
    `raw` is the compressed form.
    """

    call: str
    recording: str
    url: str
    seconds: int
    channels: int
    of_talk: bool
    raw: bytes

    @property
    def silent(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.url or self.seconds == 0


class SoundSource(Protocol):
    """The provider's recordings."""

    def pour(self, url: str, sink: Callable[[bytes], object], *, largest: int, seconds: float) -> str:
        """Give the file's bytes to `sink` as they come, and answer its type.

        Raises `Refused` for what is never to be fetched (a foreign host, more than `largest` bytes), else `Unavailable`
        (also if it takes longer than `seconds`).
        """
        ...

    def delete_recording(self, recording: str) -> None:
        """Delete a recording; one that is gone already is no error."""
        ...


class KnownCalls(Protocol):
    """The calls that recordings are of."""

    def call(self, call_id: str) -> Call | None: ...


class CallEnds(Protocol):
    """What a finished recording means to its call. Both may be repeated, and change nothing of a call that is over."""

    def voicemail_left(self, call: Call, conversation: str) -> None:
        """The caller's message is stored in `conversation`."""
        ...

    def nothing_recorded(self, call: Call) -> None:
        """The caller was asked for a message and left none."""
        ...


class RecordingStore(Protocol):
    """Messages with a recording."""

    def keep(self, message: Message, *, raw: bytes) -> None:
        """Write a message that no customer wrote, once for each recording; a repetition changes nothing."""
        ...

    def message(self, reference: MessageReference) -> Message | None:
        """Read a message, wherever it was moved to meanwhile."""
        ...

    def change(self, before: Message, after: Message, *, wake: bool = False, line: Message | None = None) -> Message:
        """Write what became of a recording, with a line of the timeline; answers the message as it is now.

        `wake` asks for the media function. Raises `Contended` if somebody changed it since `before` was read.
        """
        ...

    def due(self, now: datetime) -> Iterator[MessageReference]:
        """The recordings about which something must be done by now."""
        ...


class Vault(Protocol):
    """The object store for sound and its words. What is not there is deleted without an error."""

    def put_stream(self, key: str, content: BinaryIO, content_type: str) -> None: ...

    def put(self, key: str, content: bytes, content_type: str) -> None: ...

    def get(self, key: str) -> bytes:
        """Raise `NotFound` if there is no such object, `Unavailable` if the store does not answer."""
        ...

    def delete(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One order for a transcript. `media` and `output` are keys of our bucket.

    `languages` are BCP 47: one is taken as it is, several are told apart. `speakers` asks who said what, which
    `channels` 2 answers by itself. `redact` takes personal data out.
    """

    name: str
    media: str
    output: str
    languages: tuple[str, ...]
    speakers: bool
    channels: int = 1
    redact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A finished transcript."""

    language: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A job that failed, and why, in a sentence."""

    reason: str


class Transcriber(Protocol):
    """Turns sound into words, in its own time."""

    def start(self, job: Job) -> None:
        """Order a transcript; a job of this name that is there already is the same order.

        Raises `Refused` (never repeat) or `Unavailable`.
        """
        ...

    def outcome(self, name: str) -> Heard | Unheard | None:
        """What came of a job; None while it runs. Raises `Unavailable`."""
        ...

    def forget(self, name: str) -> None:
        """Delete a job and what it wrote, as far as they are there."""
        ...
