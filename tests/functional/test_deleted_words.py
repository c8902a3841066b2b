"""Of a recording that was deleted no word stays, whatever was being done about its transcript meanwhile."""

from collections.abc import Callable

import pytest

from heartline.domain.errors import Contended
from heartline.domain.recordings import Transcribed
from tests.fakes import MemoryBlobs
from tests.functional.test_recordings import recording, rules, talk, voicemail
from tests.office import Office
from tests.taperoom import TapeRoom, room_of


@pytest.fixture
def room(office: Office) -> TapeRoom:
    room = room_of(office)
    rules(room, transcribe=Transcribed.ALL)
    return room


def test_what_ends_after_the_recording_was_deleted_is_deleted_too(room: TapeRoom) -> None:
    rules(room, transcribe=Transcribed.ALL, keep_days=1)
    voicemail(room)
    name = room.listener.hears("Secret")
    room.office.clock.advance(days=1)
    room.work(room.reference())
    output = room.listener.jobs[name].output
    room.office.blobs.put(output, b"{}", "application/json")
    room.transcribe.reported(name)
    assert output not in room.office.blobs.objects
    assert name in room.listener.forgotten


def test_a_transcript_that_was_being_written_when_its_recording_was_deleted_does_not_stay(room: TapeRoom) -> None:
    """The clock looks for it, a lead deletes the recording meanwhile, and all of that is gone before the words come."""
    talk(room)
    room.work(room.reference())
    room.listener.hears(*["A sentence of some length about a parcel."] * 400)
    room.vault = Interrupted(room.office.blobs, meanwhile=lambda: deleted_and_purged(room))
    room.office.clock.advance(minutes=31)
    with pytest.raises(Contended):
        room.work(room.reference())
    assert recording(room).purged
    assert room.office.blobs.objects == {}


class Interrupted(MemoryBlobs):
    """The same objects; just before the words of a transcript are put among them, something happens."""

    def __init__(self, blobs: MemoryBlobs, *, meanwhile: Callable[[], None]) -> None:
        self.objects, self._meanwhile = blobs.objects, meanwhile

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self._meanwhile()
        super().put(key, content, content_type)


def deleted_and_purged(room: TapeRoom) -> None:
    message = room.message()
    room.desk.delete(message.conversation, message.id, by=room.office.agent("lea"))
    room.work(room.reference())


def test_a_job_that_still_runs_is_waited_for_because_it_will_write_words_yet(room: TapeRoom) -> None:
    """Transcribe deletes no job that runs, and the event of its end may be lost: each hour it is looked after."""
    voicemail(room)
    name = list(room.listener.jobs)[-1]
    room.desk.delete(room.message().conversation, room.message().id, by=room.office.agent("lea"))
    room.work(room.reference())
    assert (room.office.blobs.objects, recording(room).purged) == ({}, False)

    room.listener.hears("Secret")
    room.office.blobs.put(room.listener.jobs[name].output, b"Secret", "application/json")
    room.office.clock.advance(hours=1)
    assert room.due() == 1
    room.work(room.reference())

    assert (room.office.blobs.objects, recording(room).purged) == ({}, True)
    assert name in room.listener.forgotten
    assert room.due() == 0


def test_a_job_that_never_ends_is_not_waited_for_longer_than_a_day(room: TapeRoom) -> None:
    voicemail(room)
    room.desk.delete(room.message().conversation, room.message().id, by=room.office.agent("lea"))
    room.office.clock.advance(hours=24)
    room.work(room.reference())
    assert recording(room).purged
