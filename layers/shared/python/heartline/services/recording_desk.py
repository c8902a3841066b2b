"""What people do with a recording: delete it, have what failed tried again, read its words; and what the clock asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Protocol

from heartline.domain.errors import Conflict, Contended, NotFound, Unavailable
from heartline.domain.inboxes import AgentProfile
from heartline.domain.journal import line
from heartline.domain.messages import Message
from heartline.domain.recordings import Recording, Segment, Transcript, TranscriptState, in_words
from heartline.services.ports import Clock
from heartline.services.recording_ports import RecordingStore
from heartline.services.recording_work import removed

DELETED_EVENT: Final = "recording.deleted"
_TRIES: Final = 4
_AT_ONCE: Final = 100


class Messages(Protocol):
    """Where an agent's message is found."""

    def message(self, conversation_id: str, message_id: str) -> Message:
        """Raise `NotFound` if there is no such message."""
        ...


class Words(Protocol):
    """Where a transcript is read."""

    def segments(self, recording: Recording) -> tuple[Segment, ...]: ...


class Outlet(Protocol):
    """The media queue."""

    def send(self, messages: Sequence[Mapping[str, Any]]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingDesk:
    """Who may do it is the API's to say. What is asked for is written here and done by the media function."""

    messages: Messages
    store: RecordingStore
    words: Words
    clock: Clock

    def delete(self, conversation: str, message: str, *, by: AgentProfile) -> None:
        """Take the recording and its words away, with a line in the timeline; a repetition changes nothing."""

        def deleted(met: Message, recording: Recording) -> Message:
            return self._deleted(met, recording, by) if recording.removed is None else met

        self._changed(conversation, message, deleted)

    def retry(self, conversation: str, message: str) -> Message:
        """Try again what failed: to copy the sound, or to transcribe it. Raises `Conflict` if nothing has failed."""

        def retried(met: Message, recording: Recording) -> Message:
            return self.store.change(met, self._again(met, recording), wake=True)

        return self._changed(conversation, message, retried)

    def transcript(self, conversation: str, message: str) -> tuple[Segment, ...]:
        """The whole transcript; empty where there is none."""
        _, recording = self._found(conversation, message)
        return self.words.segments(recording)

    def _changed(self, conversation: str, message: str, change: Callable[[Message, Recording], Message]) -> Message:
        """Carry out a change on the message as it is; raises `Unavailable` if it never stands still."""
        for _ in range(_TRIES):
            try:
                return change(*self._found(conversation, message))
            except Contended:
                continue
        raise Unavailable("The recording kept changing; try again.")

    def _found(self, conversation: str, message: str) -> tuple[Message, Recording]:
        found = self.messages.message(conversation, message)
        if found.recording is None:
            raise NotFound("This message has no recording.")
        return found, found.recording

    def _deleted(self, message: Message, recording: Recording, by: AgentProfile) -> Message:
        now = self.clock()
        words = f"{by.name} deleted a recording of {in_words(recording.seconds)}"
        entry = line(message.conversation, DELETED_EVENT, words, by=by, at=now, once=f"{recording.id}#deleted")
        after = removed(message, f"{by.name} deleted this recording.", at=now)
        return self.store.change(message, after, wake=True, line=entry)

    def _again(self, message: Message, recording: Recording) -> Message:
        if recording.removed is None and any(medium.refused for medium in message.pending_media):
            waiting = tuple(replace(medium, refused="") for medium in message.pending_media)
            return replace(message, pending_media=waiting)
        if recording.removed is None and recording.transcript.state is TranscriptState.FAILED:
            attempt = recording.transcript.attempt + 1
            wanted = Transcript(state=TranscriptState.WANTED, attempt=attempt, since=self.clock())
            return replace(message, recording=replace(recording, transcript=wanted))
        raise Conflict("Nothing about this recording has failed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRecordings:
    """Hands to the media function what the clock has made due: ends of retention, and transcripts nobody reported."""

    store: RecordingStore
    media: Outlet
    clock: Clock

    def __call__(self) -> int:
        """Answers how many; one that is not done by the next time is handed over again."""
        due = ({"conversation": each.conversation, "message": each.sort} for each in self.store.due(self.clock()))
        handed = 0
        while batch := list(islice(due, _AT_ONCE)):
            self.media.send(batch)
            handed += len(batch)
        return handed
