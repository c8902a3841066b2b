"""Recordings over the HTTP API: what a message says of its recording, deleting it, and trying again."""

from collections.abc import Sequence

import pytest

from heartline.domain.recordings import Transcribed
from heartline.services.recording_ports import Unheard
from heartline.storage.expressions import Write, marshal
from heartline.storage.stream import causes_of
from tests.functional.calling import Api, api_of
from tests.functional.test_recordings import TOLD, recording, rules, talk, voicemail
from tests.office import Office
from tests.taperoom import TapeRoom, report, room_of


@pytest.fixture
def room(office: Office) -> TapeRoom:
    room = room_of(office)
    rules(room, transcribe=Transcribed.ALL)
    return room


@pytest.fixture
def api(room: TapeRoom) -> Api:
    return api_of(room.office)


def shown(api: Api, room: TapeRoom) -> dict[str, object]:
    """The message with the recording, as an agent reads it."""
    answered = api("GET", f"/api/conversations/{room.message().conversation}/messages")
    assert answered.status == 200
    message: dict[str, object] = next(each for each in answered.body["items"] if each["recording"])
    return message


def path(room: TapeRoom, rest: str) -> str:
    message = room.message()
    return f"/api/conversations/{message.conversation}/messages/{message.id}/{rest}"


def test_a_message_without_one_says_so(api: Api, room: TapeRoom) -> None:
    conversation = room.office.ingest(room.office.text("SM1", "Hello"))
    (message,) = api("GET", f"/api/conversations/{conversation}/messages").body["items"]
    assert message["recording"] is None


def test_a_recording_that_is_on_its_way_is_not_copied_yet(api: Api, room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    message = shown(api, room)
    assert message["recording"] == {
        "kind": "voicemail",
        "seconds": 12,
        "peaks": [],
        "copied": False,
        "problem": "",
        "removed": "",
        "keep_until": "2026-05-31T12:00:00.000Z",
        "consent": None,
        "gaps": [],
        "transcript": {"state": "pending", "reason": "", "language": "", "segments": []},
    }
    assert message["attachments"] == []


def test_a_talk_comes_with_its_consent_its_waveform_and_its_words(api: Api, room: TapeRoom) -> None:
    talk(room, consent=TOLD)
    room.work(room.reference())
    room.transcribe.reported(room.listener.hears("Hello", speaker="Speaker 1"))
    seen = shown(api, room)["recording"]
    assert isinstance(seen, dict)
    assert seen["consent"] == {"words": TOLD.words, "language": "en-US", "at": "2026-03-02T12:00:00.000Z"}
    assert (seen["copied"], max(seen["peaks"])) == (True, 100)
    assert seen["transcript"]["segments"] == [{"start": 0.0, "end": 1.5, "speaker": "Speaker 1", "text": "Hello"}]


def test_a_long_transcript_is_read_by_its_own_route(api: Api, room: TapeRoom) -> None:
    voicemail(room)
    room.transcribe.reported(room.listener.hears(*["A sentence of some length."] * 300))
    seen = shown(api, room)["recording"]
    assert isinstance(seen, dict)
    assert seen["transcript"]["segments"] is None
    assert len(api("GET", path(room, "transcript")).body["segments"]) == 300


def test_a_lead_deletes_a_recording_and_the_timeline_says_who(api: Api, room: TapeRoom) -> None:
    voicemail(room)
    room.transcribe.reported(room.listener.hears("Secret"))
    assert api("DELETE", path(room, "recording"), agent="lea").status == 204
    message = shown(api, room)
    seen = message["recording"]
    assert isinstance(seen, dict)
    assert (seen["removed"], seen["copied"]) == ("Lea Vogt deleted this recording.", False)
    assert (message["attachments"], message["text"]) == ([], "Voicemail, 12 s.")
    assert [each.text for each in room.messages() if each.event == "recording.deleted"] == [
        "Lea Vogt deleted a recording of 12 s"
    ]
    room.work(room.reference())
    assert [key for key in room.office.blobs.objects if "/" in key] == []
    assert room.studio.deleted == ["RE1", "RE1"]


def test_what_was_deleted_cannot_be_passed_on_by_mail(api: Api, room: TapeRoom) -> None:
    voicemail(room)
    passed_on = path(room, "reply")
    before = api("GET", passed_on, query={"mode": "forward"})
    assert (before.status, len(before.body["attachments"])) == (200, 1)
    assert api("DELETE", path(room, "recording"), agent="lea").status == 204
    assert api("GET", passed_on, query={"mode": "forward"}).body["attachments"] == []


def test_of_what_was_deleted_no_list_shows_a_word_after_a_merge_either(api: Api, room: TapeRoom) -> None:
    """The head that goes on shows the latest words of both conversations."""
    voicemail(room)
    room.transcribe.reported(room.listener.hears("Secret"))
    heard = room.message()
    other = room.office.ingest(room.office.text("SM9", "Hello", sender="+14155550199", at=-60))
    assert api("POST", f"/api/conversations/{heard.conversation}/merge", {"into": other}).status == 200
    assert room.office.head(other).preview == "Voicemail, 12 s. Secret"

    assert api("DELETE", path(room, "recording"), agent="lea").status == 204

    assert room.office.head(other).preview == room.office.head(heard.conversation).preview == "Voicemail, 12 s."


def test_deleting_twice_is_deleting_once(api: Api, room: TapeRoom) -> None:
    voicemail(room)
    for _ in range(2):
        assert api("DELETE", path(room, "recording"), agent="lea").status == 204
    assert len([each for each in room.messages() if each.event == "recording.deleted"]) == 1


def test_a_recording_that_is_deleted_before_it_was_copied_is_never_copied(api: Api, room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    api("DELETE", path(room, "recording"), agent="lea")
    room.work(room.reference())
    assert (room.office.blobs.objects, room.studio.deleted) == ({}, ["RE1"])


def test_an_agent_deletes_no_recording(api: Api, room: TapeRoom) -> None:
    voicemail(room)
    assert api("DELETE", path(room, "recording"), agent="ana").status == 403
    assert recording(room).removed is None


def test_a_message_without_a_recording_has_none_to_delete(api: Api, room: TapeRoom) -> None:
    conversation = room.office.ingest(room.office.text("SM1", "Hello"))
    (message,) = room.messages()
    gone = f"/api/conversations/{conversation}/messages/{message.id}/recording"
    assert api("DELETE", gone, agent="lea").status == 404


def test_a_transcript_that_failed_is_tried_again_as_another_job(api: Api, room: TapeRoom) -> None:
    voicemail(room)
    (first,) = room.listener.jobs
    room.listener.outcomes[first] = Unheard(reason="too quiet")
    room.transcribe.reported(first)
    assert shown(api, room)["recording"]["transcript"]["reason"] == "too quiet"  # type: ignore[index]
    answered = api("POST", path(room, "recording/retry"))
    assert (answered.status, answered.body["recording"]["transcript"]["state"]) == (202, "pending")
    room.work(room.reference())
    assert len(room.listener.jobs) == 2


def test_a_copy_that_failed_is_tried_again(api: Api, room: TapeRoom) -> None:
    sound = room.studio.files.pop(report().url + ".mp3")
    voicemail(room)
    seen = shown(api, room)["recording"]
    assert isinstance(seen, dict)
    assert seen["problem"] == "The file is not at Twilio."
    room.studio.files[report().url + ".mp3"] = sound
    assert api("POST", path(room, "recording/retry")).status == 202
    room.work(room.reference())
    assert len(room.message().attachments) == 1


def test_what_has_not_failed_is_not_tried_again(api: Api, room: TapeRoom) -> None:
    voicemail(room)
    assert api("POST", path(room, "recording/retry")).status == 409


def test_asking_again_wakes_the_media_function(api: Api, room: TapeRoom) -> None:
    room.studio.files.clear()
    voicemail(room)
    before = the_item(room)
    api("POST", path(room, "recording/retry"))
    change = {"Keys": marshal({"PK": before["PK"], "SK": before["SK"]})}
    change |= {"OldImage": marshal(before), "NewImage": marshal(the_item(room))}
    causes = causes_of([{"eventID": "1", "eventName": "MODIFY", "dynamodb": change}])
    assert causes.media == ((room.message().conversation, room.reference().sort),)


def the_item(room: TapeRoom) -> dict[str, object]:
    return next(dict(item) for item in room.table.everything() if "rec" in item)  # type: ignore[attr-defined]


def test_a_recording_that_is_deleted_while_it_is_split_off_stays_deleted(
    api: Api, room: TapeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.office.ingest(room.office.text("SM1", "Hello"))
    room.office.clock.advance(seconds=1)
    voicemail(room)
    heard, transact = room.message(), room.table.transact

    def deleted_first(writes: Sequence[Write]) -> None:
        monkeypatch.setattr(room.table, "transact", transact)
        room.desk.delete(heard.conversation, heard.id, by=room.office.agent("lea"))
        room.table.transact(writes)

    monkeypatch.setattr(room.table, "transact", deleted_first)
    api("POST", f"/api/conversations/{heard.conversation}/split", {"messages": [heard.id]}, agent="ana")
    kept = room.message()
    assert kept.recording is not None
    assert kept.recording.removed is not None
