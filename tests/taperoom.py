"""Recordings over an office's table: a provider with sound, a transcriber that hears what it is told, and the work."""

import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import HeartlineError, Refused
from heartline.domain.inboxes import Company
from heartline.domain.messages import Message
from heartline.domain.recordings import Segment
from heartline.services.ports import MessageReference
from heartline.services.recording_desk import DueRecordings, RecordingDesk
from heartline.services.recording_ports import Heard, Job, RecordingReport, Unheard, Vault
from heartline.services.recording_work import WorkOnRecording
from heartline.services.recordings import TakeRecording
from heartline.services.transcribe import Transcribe
from heartline.storage.dynamodb import Table
from heartline.storage.message_items import message_from_item
from heartline.storage.recordings import DynamoRecordings
from tests.fakes import MemoryTable, RecordingQueue
from tests.office import EVA, NOON, Office

URL: Final = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"
STACK: Final = "heartline"


@dataclass(frozen=True, slots=True)
class Configured:
    """Implements `services.ports.Configuration`."""

    read: Company

    def company(self) -> Company:
        return self.read


def wav(seconds: float, *, loudness: int = 8000, rate: int = 8000, channels: int = 1) -> bytes:
    """A square wave of 16 bits."""
    stream = BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", (loudness, -loudness) * int(rate * channels * seconds / 2)).tobytes())
    return stream.getvalue()


@dataclass(slots=True)
class Studio:
    """Implements `services.recording_ports.SoundSource`; raises `failures` in turn, runs `during` at each answer."""

    files: dict[str, tuple[str, bytes]] = field(
        default_factory=lambda: {f"{URL}.mp3": ("audio/mpeg", b"sound"), f"{URL}.wav": ("audio/x-wav", wav(2))}
    )
    failures: list[HeartlineError] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    limits: list[tuple[int, float]] = field(default_factory=list)
    during: Callable[[str], object] = lambda _url: None

    def pour(self, url: str, sink: Callable[[bytes], object], *, largest: int, seconds: float) -> str:
        if self.failures:
            raise self.failures.pop()
        if url not in self.files:
            raise Refused("The file is not at Twilio.")
        content_type, content = self.files[url]
        self.limits.append((largest, seconds))
        self.during(url)
        for at in range(0, len(content), 1000):
            sink(content[at : at + 1000])
        return content_type

    def delete_recording(self, recording: str) -> None:
        self.deleted.append(recording)


@dataclass(slots=True)
class Listener:
    """Implements `services.recording_ports.Transcriber`: keeps the jobs, hears what a test puts into `outcomes`."""

    jobs: dict[str, Job] = field(default_factory=dict)
    outcomes: dict[str, Heard | Unheard] = field(default_factory=dict)
    refusal: HeartlineError | None = None
    forgotten: list[str] = field(default_factory=list)

    def start(self, job: Job) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.jobs.setdefault(job.name, job)

    def outcome(self, name: str) -> Heard | Unheard | None:
        unknown = Unheard(reason="The transcriber does not know the job any more.")
        return self.outcomes.get(name, None if name in self.jobs else unknown)

    def forget(self, name: str) -> None:
        self.forgotten.append(name)

    def hears(self, *said: str, speaker: str = "") -> str:
        """Let the last job be done; answers its name."""
        name = list(self.jobs)[-1]
        segments = tuple(
            Segment(start=n * 2000, end=n * 2000 + 1500, speaker=speaker, text=text) for n, text in enumerate(said)
        )
        self.outcomes[name] = Heard(language="en-US", segments=segments)
        return name


@dataclass(slots=True)
class Calls:
    """Implements `services.recording_ports.KnownCalls` and `CallEnds`."""

    known: dict[str, Call] = field(default_factory=dict)
    ended: list[tuple[str, str]] = field(default_factory=list)

    def call(self, call_id: str) -> Call | None:
        return self.known.get(call_id)

    def voicemail_left(self, call: Call, conversation: str) -> None:
        self.ended.append((call.id, conversation))

    def nothing_recorded(self, call: Call) -> None:
        self.ended.append((call.id, ""))


@dataclass(slots=True)
class TapeRoom:
    """Everything that recordings need, over one table; `vault` is the office's unless there is another."""

    office: Office
    studio: Studio = field(default_factory=Studio)
    listener: Listener = field(default_factory=Listener)
    calls: Calls = field(default_factory=Calls)
    queue: RecordingQueue = field(default_factory=RecordingQueue)
    vault: Vault | None = None

    @property
    def desk(self) -> RecordingDesk:
        reading = self.office.reading
        return RecordingDesk(messages=reading, store=self.store, words=self.transcribe, clock=self.office.clock)

    @property
    def table(self) -> Table:
        return self.office.table

    @property
    def store(self) -> DynamoRecordings:
        return DynamoRecordings(self.table)

    @property
    def transcribe(self) -> Transcribe:
        return Transcribe(
            store=self.store,
            transcriber=self.listener,
            vault=self.vault or self.office.blobs,
            configuration=Configured(self.office.company),
            clock=self.office.clock,
            prefix=STACK,
        )

    @property
    def work(self) -> WorkOnRecording:
        return WorkOnRecording(
            store=self.store,
            source=self.studio,
            vault=self.vault or self.office.blobs,
            transcribe=self.transcribe,
            spool=BytesIO,
            clock=self.office.clock,
        )

    @property
    def take(self) -> TakeRecording:
        return TakeRecording(
            calls=self.calls,
            ends=self.calls,
            store=self.store,
            ingest=self.office.ingest,
            held=self.office.intake,
            configuration=Configured(self.office.company),
            clock=self.office.clock,
        )

    @property
    def due(self) -> DueRecordings:
        return DueRecordings(store=self.store, media=self.queue, clock=self.office.clock)

    def answer(self, **fields: object) -> Call:
        """A call of Eva's to support that is known."""
        call = call_of(**fields)
        self.calls.known[call.id] = call
        return call

    def messages(self) -> list[Message]:
        assert isinstance(self.table, MemoryTable)
        items = [item for item in self.table.everything() if item["SK"].startswith("M#") and "moved" not in item]
        return [message_from_item(item) for item in sorted(items, key=lambda item: str(item["SK"]))]

    def message(self) -> Message:
        """The one message with a recording."""
        (message,) = [message for message in self.messages() if message.recording is not None]
        return message

    def reference(self) -> MessageReference:
        return reference_of(self.message())


def room_of(office: Office) -> TapeRoom:
    return TapeRoom(office)


def reference_of(message: Message) -> MessageReference:
    at = message.at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{message.at.microsecond // 1000:03d}Z"
    return MessageReference(conversation=message.conversation, sort=f"M#{at}#{message.id}")


def call_of(**fields: object) -> Call:
    usual: dict[str, object] = {
        "id": "CA1",
        "state": CallState.RECORDING,
        "inbox": "support",
        "number": "+14155550100",
        "caller": Identity(kind=IdentityKind.PHONE, address=EVA),
        "caller_name": "Eva",
        "began": NOON,
    }
    return Call(**{**usual, **fields})  # type: ignore[arg-type]  # a test names the fields


def report(**fields: object) -> RecordingReport:
    """A voicemail of twelve seconds."""
    usual: dict[str, object] = {
        "call": "CA1",
        "recording": "RE1",
        "url": URL,
        "seconds": 12,
        "channels": 1,
        "of_talk": False,
        "raw": b"raw",
    }
    return RecordingReport(**{**usual, **fields})  # type: ignore[arg-type]  # a test names the fields
