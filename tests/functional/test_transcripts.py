"""A recording becomes text where its inbox says so: ordered once, taken in when it is there, or failed, with why."""

import json
from types import ModuleType
from typing import Any

import pytest

from heartline.bootstrap import recordings
from heartline.domain.errors import Invalid, Refused, Unavailable
from heartline.domain.recordings import Transcribed, Transcript, TranscriptState
from heartline.services.ports import MessageReference
from heartline.services.recording_ports import Unheard
from heartline.services.transcribe import job_name, named_by
from tests import handlers
from tests.functional.calling import api_of
from tests.functional.test_recordings import recording, rules, talk, voicemail
from tests.office import Office
from tests.taperoom import Listener, TapeRoom, report, room_of


@pytest.fixture
def room(office: Office) -> TapeRoom:
    room = room_of(office)
    rules(room, transcribe=Transcribed.ALL)
    return room


def transcript(room: TapeRoom) -> Transcript:
    return recording(room).transcript


def copied_talk(room: TapeRoom, **fields: object) -> None:
    talk(room, **fields)
    room.work(room.reference())


def test_a_voicemail_becomes_text_in_its_message_and_in_the_list(room: TapeRoom) -> None:
    voicemail(room)
    assert transcript(room).state is TranscriptState.RUNNING
    room.transcribe.reported(room.listener.hears("Hello, this is Eva.", "Please call me."))
    assert transcript(room).state is TranscriptState.READY
    assert [part.text for part in transcript(room).segments] == ["Hello, this is Eva.", "Please call me."]
    assert room.message().text == "Voicemail, 12 s.\n\nHello, this is Eva. Please call me."
    head = room.office.reading.conversation(room.message().conversation)
    assert head is not None
    assert head.preview == "Voicemail, 12 s. Hello, this is Eva. Please call me."


def test_the_list_goes_on_showing_what_came_later(room: TapeRoom) -> None:
    voicemail(room)
    room.office.clock.advance(seconds=5)
    room.office.ingest(room.office.text("SM2", "Never mind", at=5))
    room.transcribe.reported(room.listener.hears("Hello"))
    head = room.office.reading.conversation(room.message().conversation)
    assert head is not None
    assert (head.preview, room.message().text) == ("Never mind", "Voicemail, 12 s.\n\nHello")


@pytest.mark.parametrize(
    ("which", "ordered"), [(Transcribed.NONE, 0), (Transcribed.VOICEMAILS, 0), (Transcribed.ALL, 1)]
)
def test_a_talk_is_transcribed_only_where_all_is(room: TapeRoom, which: Transcribed, ordered: int) -> None:
    rules(room, transcribe=which)
    copied_talk(room)
    assert len(room.listener.jobs) == ordered


def test_a_talk_is_asked_who_speaks(room: TapeRoom) -> None:
    copied_talk(room)
    assert [job.speakers for job in room.listener.jobs.values()] == [True]


def test_a_voicemail_has_one_speaker(room: TapeRoom) -> None:
    voicemail(room)
    assert [job.speakers for job in room.listener.jobs.values()] == [False]


@pytest.mark.parametrize(
    ("spoken", "allowed", "asked"),
    [
        ("", (), ("en-US",)),
        ("de-DE", (), ("de-DE",)),
        ("", ("en-US", "de-DE"), ("en-US", "de-DE")),
        ("de-DE", ("en-US", "de-DE"), ("de-DE",)),
        ("fr-FR", ("en-US", "de-DE"), ("en-US", "de-DE")),
        ("", ("es-US",), ("es-US",)),
    ],
)
def test_the_language_is_the_call_s_where_it_is_known_and_allowed(
    room: TapeRoom, spoken: str, allowed: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    rules(room, transcribe=Transcribed.ALL, languages=allowed)
    room.answer(language=spoken)
    room.take(report())
    room.work(room.reference())
    (job,) = room.listener.jobs.values()
    assert job.languages == asked


def test_an_order_that_was_not_written_down_is_the_same_job_again(room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    room.listener.refusal = Unavailable("throttled")
    with pytest.raises(Unavailable):
        room.work(room.reference())
    room.listener.refusal = None
    room.work(room.reference())
    assert list(room.listener.jobs) == [job_name("heartline", room.reference(), 1)]


def test_a_job_that_ends_before_its_order_is_written_down_is_taken_in(room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    room.listener.outcomes[job_name("heartline", room.reference(), 1)] = Unheard(reason="too quiet")
    room.transcribe.reported(job_name("heartline", room.reference(), 1))
    assert transcript(room).state is TranscriptState.FAILED


def test_a_report_that_comes_twice_changes_nothing(room: TapeRoom) -> None:
    voicemail(room)
    name = room.listener.hears("Hello")
    room.transcribe.reported(name)
    once = room.message()
    room.transcribe.reported(name)
    assert room.message() == once


def test_a_transcript_that_nobody_reported_is_looked_for(room: TapeRoom) -> None:
    voicemail(room)
    room.listener.hears("Hello")
    assert room.due() == 0
    room.office.clock.advance(minutes=31)
    assert room.due() == 1
    room.work(room.reference())
    assert transcript(room).state is TranscriptState.READY


def test_a_transcript_of_a_message_that_was_split_off_is_found_all_the_same(room: TapeRoom) -> None:
    room.office.ingest(room.office.text("SM1", "Hello"))
    room.office.clock.advance(seconds=1)
    voicemail(room)
    name = room.listener.hears("Hello")
    here = room.message()
    api_of(room.office)("POST", f"/api/conversations/{here.conversation}/split", {"messages": [here.id]}, agent="ana")
    room.office.clock.advance(minutes=31)
    room.work(room.reference())
    assert room.message().conversation != here.conversation
    assert (transcript(room).state, transcript(room).job) == (TranscriptState.READY, name)


def test_a_transcript_that_never_comes_has_failed_after_a_day(room: TapeRoom) -> None:
    voicemail(room)
    room.office.clock.advance(hours=1)
    room.work(room.reference())
    assert transcript(room).state is TranscriptState.RUNNING
    room.office.clock.advance(hours=24)
    room.work(room.reference())
    assert transcript(room).reason == "The transcriber did not answer within a day."


def test_a_transcript_that_cannot_be_asked_for_has_failed_after_a_day_too(
    room: TapeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_listener: object, _name: str) -> None:
        raise Unavailable("S3 refused: AccessDenied")

    voicemail(room)
    monkeypatch.setattr(Listener, "outcome", refuses)
    room.office.clock.advance(hours=1)
    with pytest.raises(Unavailable):
        room.work(room.reference())
    room.office.clock.advance(hours=24)
    room.work(room.reference())
    assert (transcript(room).state, transcript(room).reason) == (TranscriptState.FAILED, "S3 refused: AccessDenied")


def test_an_order_that_is_never_taken_has_failed_after_a_day(room: TapeRoom) -> None:
    """Transcribe is not there, or we may not use it: each hour it is tried again, and not for ninety days."""
    room.answer()
    room.take(report())
    room.listener.refusal = Unavailable("Transcribe refused for now: AccessDeniedException")
    with pytest.raises(Unavailable):
        room.work(room.reference())
    assert transcript(room).state is TranscriptState.WANTED
    room.office.clock.advance(hours=24)
    room.work(room.reference())
    assert (transcript(room).state, transcript(room).reason) == (
        TranscriptState.FAILED,
        "Transcribe refused for now: AccessDeniedException",
    )


def test_what_the_transcriber_refuses_has_failed_with_its_words(room: TapeRoom) -> None:
    room.listener.refusal = Refused("The transcriber refused: no such language")
    voicemail(room)
    assert (transcript(room).state, transcript(room).reason) == (
        TranscriptState.FAILED,
        "The transcriber refused: no such language",
    )


def test_a_long_transcript_has_an_object_of_its_own(room: TapeRoom) -> None:
    copied_talk(room)
    room.transcribe.reported(room.listener.hears(*["A sentence of some length about a parcel."] * 400))
    kept = transcript(room)
    assert (kept.segments, kept.key.startswith("transcripts/")) == ((), True)
    assert len(room.transcribe.segments(recording(room))) == 400
    assert len(room.message().text) < 3100


def test_silence_is_a_transcript_without_words(room: TapeRoom) -> None:
    voicemail(room)
    room.transcribe.reported(room.listener.hears())
    assert transcript(room).state is TranscriptState.READY
    assert room.message().text == "Voicemail, 12 s."


@pytest.mark.parametrize(
    "name",
    ["", "heartline.c1", "other", "heartline.c1.M_2026_abc.1", "heartline.c1.M_2026-03-02T12-00-00.000Z_a.x"],
)
def test_a_job_that_is_not_ours_is_none_of_our_business(name: str) -> None:
    with pytest.raises(Invalid):
        named_by(name)


def test_a_job_s_name_leads_back_to_its_message(room: TapeRoom) -> None:
    voicemail(room)
    name = job_name("my-stack", room.reference(), 12)
    assert named_by(name) == (room.reference(), 12)
    assert len(name) <= 200


@pytest.fixture
def function(room: TapeRoom, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(recordings, "transcribe", lambda: room.transcribe)
    monkeypatch.setattr(recordings, "media", lambda: lambda reference, *, last: room.work(reference, last=last))
    return handlers.load("media")


def queued(body: dict[str, Any]) -> dict[str, Any]:
    return {"Records": [{"messageId": "1", "body": json.dumps(body), "attributes": {"ApproximateReceiveCount": "1"}}]}


def ended(name: str) -> dict[str, Any]:
    """An event as EventBridge delivers it: https://docs.aws.amazon.com/transcribe/latest/dg/monitoring-events.html."""
    return {
        "version": "0",
        "id": "999cccaa-eaaa-0000-1111-123456789012",
        "detail-type": "Transcribe Job State Change",
        "source": "aws.transcribe",
        "account": "123456789012",
        "time": "2026-03-02T12:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": {"TranscriptionJobName": name, "TranscriptionJobStatus": "COMPLETED"},
    }


def test_the_media_function_takes_in_what_eventbridge_reports(room: TapeRoom, function: ModuleType) -> None:
    room.answer()
    room.take(report())
    here: MessageReference = room.reference()
    assert function.handler(queued({"conversation": here.conversation, "message": here.sort}), None) == {
        "batchItemFailures": []
    }
    assert function.handler(queued(ended(room.listener.hears("Hello"))), None) == {"batchItemFailures": []}
    assert transcript(room).state is TranscriptState.READY
