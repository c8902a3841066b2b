"""What is recorded of a call becomes a message once, is copied, deleted at Twilio, and kept as long as configured."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.bootstrap import ledger, recordings
from heartline.domain.calls import Call
from heartline.domain.errors import Contended, Unavailable
from heartline.domain.held import HeldState
from heartline.domain.inboxes import Inbox
from heartline.domain.messages import Direction
from heartline.domain.recordings import Consent, Pause, Recording, RecordingKind, RecordingRules, Transcribed
from heartline.storage.held_items import held_from_item
from tests import handlers
from tests.fakes import MemoryTable
from tests.functional.calling import api_of
from tests.office import NOON, Office
from tests.taperoom import TapeRoom, reference_of, report, room_of, wav

TOLD = Consent(words="This call is recorded.", language="en-US", at=NOON)


@pytest.fixture
def room(office: Office) -> TapeRoom:
    return room_of(office)


def rules(room: TapeRoom, **fields: object) -> None:
    """What the inbox Support records and keeps."""

    def changed(inbox: Inbox) -> Inbox:
        recording = RecordingRules(**fields)  # type: ignore[arg-type]  # a test names the fields
        return replace(inbox, voice_rules=replace(inbox.voice_rules, recording=recording))

    inboxes = tuple(changed(inbox) if inbox.id == "support" else inbox for inbox in room.office.company.inboxes)
    room.office.company = replace(room.office.company, inboxes=inboxes)


def voicemail(room: TapeRoom) -> Recording:
    """A message of twelve seconds that is copied."""
    room.answer()
    room.take(report())
    room.work(room.reference())
    return recording(room)


def talk(room: TapeRoom, **fields: object) -> Call:
    conversation = room.office.ingest(room.office.text("SM1", "Hello"))
    call = room.answer(conversation=conversation, **fields)
    room.take(report(of_talk=True, seconds=182))
    return call


def recording(room: TapeRoom) -> Recording:
    found = room.message().recording
    assert found is not None
    return found


def test_a_voicemail_is_what_the_customer_said_and_its_call_hears_of_it(room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    message = room.message()
    assert (message.direction, message.event, message.text) == (Direction.INBOUND, "", "Voicemail, 12 s.")
    assert [medium.url for medium in message.pending_media] == [report().url + ".mp3"]
    assert room.calls.ended == [("CA1", message.conversation)]
    head = room.office.reading.conversation(message.conversation)
    assert head is not None
    assert (head.last_visible, head.waiting_since) == (message.id, message.at)


def test_a_talk_is_a_line_of_ours_and_nobody_waits_for_an_answer(room: TapeRoom) -> None:
    call = talk(room, consent=TOLD, pauses=(Pause(began=NOON, ended=NOON + timedelta(seconds=9)),))
    message = room.message()
    assert (message.direction, message.event, message.text) == (
        Direction.INTERNAL,
        "call.recording",
        "Recording, 3 min 2 s.",
    )
    assert message.conversation == call.conversation
    assert (recording(room).consent, len(recording(room).pauses)) == (TOLD, 1)
    head = room.office.reading.conversation(call.conversation)
    assert head is not None
    assert head.preview == "Hello"


@pytest.mark.parametrize("of_talk", [True, False])
def test_a_recording_that_is_reported_twice_is_one_message(room: TapeRoom, *, of_talk: bool) -> None:
    conversation = room.office.ingest(room.office.text("SM1", "Hello"))
    room.answer(conversation=conversation)
    for seconds in (0, 1):
        room.office.clock.advance(seconds=seconds)
        room.take(report(of_talk=of_talk))
    assert room.message().provider_id == "RE1"


def test_two_recordings_of_one_talk_are_two_messages(room: TapeRoom) -> None:
    talk(room)
    room.take(report(of_talk=True, recording="RE2"))
    assert {message.provider_id for message in room.messages() if message.recording} == {"RE1", "RE2"}


@pytest.mark.parametrize("silence", [{"url": ""}, {"seconds": 0}])
def test_silence_is_an_abandoned_call_and_no_message(room: TapeRoom, silence: dict[str, object]) -> None:
    room.answer()
    room.take(report(**silence))
    assert room.messages() == []
    assert room.calls.ended == [("CA1", "")]


def test_a_silent_recording_of_a_talk_says_nothing_about_its_call(room: TapeRoom) -> None:
    room.answer()
    room.take(report(of_talk=True, seconds=0))
    assert (room.messages(), room.calls.ended) == ([], [])


def test_a_recording_of_an_unknown_call_is_held_where_a_lead_sees_it(room: TapeRoom) -> None:
    room.take(report())
    room.take(report())
    assert isinstance(room.table, MemoryTable)
    (held,) = [held_from_item(item) for item in room.table.everything()]
    assert (held.key, held.state, held.reason) == (
        "RE1",
        HeldState.HELD,
        "A recording of a call that is not known here.",
    )
    assert held.raw == b"raw"


def test_a_recording_of_an_inbox_that_is_gone_is_held(room: TapeRoom) -> None:
    room.answer(inbox="closed-down")
    room.take(report())
    assert isinstance(room.table, MemoryTable)
    assert [item["reason"] for item in room.table.everything()] == ["A recording of a call to an inbox that is gone."]


def test_the_sound_comes_into_our_bucket_and_is_then_deleted_at_twilio(room: TapeRoom) -> None:
    voicemail(room)
    (sound,) = room.message().attachments
    assert (sound.filename, sound.content_type, sound.size) == ("voicemail.mp3", "audio/mpeg", 5)
    assert sound.key == f"recordings/{room.message().id}/sound"
    assert room.office.blobs.get(sound.key) == b"sound"
    assert (room.message().pending_media, room.studio.deleted) == ((), ["RE1"])
    assert recording(room).peaks == b"\x64" * 100


def test_two_recordings_that_sound_alike_are_two_objects(room: TapeRoom) -> None:
    voicemail(room)
    room.take(report(recording="RE2"))
    other = next(message for message in room.messages() if message.provider_id == "RE2")
    room.work(reference_of(other))
    assert len([key for key in room.office.blobs.objects if key.startswith("recordings/")]) == 2


def test_working_twice_is_working_once(room: TapeRoom) -> None:
    voicemail(room)
    once = room.message()
    room.work(room.reference())
    assert room.message() == once
    assert room.studio.deleted == ["RE1"]


def test_a_recording_without_a_wav_can_be_heard_and_has_no_waveform(room: TapeRoom) -> None:
    del room.studio.files[report().url + ".wav"]
    assert voicemail(room).peaks == b""
    assert len(room.message().attachments) == 1


def test_a_recording_that_is_not_ready_is_asked_for_again(room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    room.studio.failures = [Unavailable("404, not yet")]
    with pytest.raises(Unavailable):
        room.work(room.reference())
    assert len(room.message().pending_media) == 1
    room.work(room.reference())
    assert len(room.message().attachments) == 1


def test_what_cannot_be_copied_in_the_end_says_so_and_stays_at_twilio(room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    room.studio.failures = [Unavailable("404, not yet")]
    room.work(room.reference(), last=True)
    assert [medium.refused for medium in room.message().pending_media] == ["404, not yet"]
    assert room.studio.deleted == []
    room.work(room.reference())
    assert room.message().attachments == ()


@pytest.mark.parametrize("served", ["text/html", "application/json", "", "image/svg+xml; audio/mpeg"])
def test_what_is_no_sound_is_not_kept(room: TapeRoom, served: str) -> None:
    room.studio.files[report().url + ".mp3"] = (served, b"<script>")
    room.answer()
    room.take(report())
    room.work(room.reference())
    (medium,) = room.message().pending_media
    assert medium.refused.startswith("The provider gave something else than sound")
    assert room.office.blobs.objects == {}


@pytest.mark.parametrize(
    "damaged",
    [b"", b"RIFF", b"<html>", wav(1)[:30], wav(1)[:60], b"RIFF" + b"\xff" * 70_000, wav(1).replace(b"fmt ", b"junk")],
)
def test_a_wav_that_cannot_be_read_costs_the_waveform_alone(room: TapeRoom, damaged: bytes) -> None:
    room.studio.files[report().url + ".wav"] = ("audio/x-wav", damaged)
    voicemail(room)
    assert len(room.message().attachments) == 1
    assert len(recording(room).peaks) <= 1


def test_after_its_days_a_recording_and_its_words_are_gone(room: TapeRoom) -> None:
    rules(room, keep_days=30, transcribe=Transcribed.ALL)
    voicemail(room)
    room.transcribe.reported(room.listener.hears("My card number is secret."))
    room.office.clock.advance(days=30)
    assert room.due() == 1
    assert room.queue.messages == [{"conversation": room.message().conversation, "message": room.reference().sort}]
    room.work(room.reference())
    message = room.message()
    assert (message.attachments, message.text) == ((), "Voicemail, 12 s.")
    gone = recording(room).removed
    assert gone is not None
    assert gone.words == "Deleted after 30 days, as configured."
    assert [key for key in room.office.blobs.objects if key.startswith(("recordings/", "transcripts/"))] == []
    assert room.due() == 0


def test_each_hour_the_timers_look_even_if_the_ledger_cannot(room: TapeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(room, keep_days=1)
    voicemail(room)
    room.office.clock.advance(days=1)
    monkeypatch.setattr(recordings, "due", lambda: room.due)
    monkeypatch.setattr(ledger, "ledger", unreachable)
    with pytest.raises(Unavailable):
        handlers.load("timers").handler({"source": "heartline.schedule", "every": "hour"}, None)
    assert len(room.queue.messages) == 1


def unreachable() -> None:
    raise Unavailable("Twilio's list cannot be read")


def test_a_recording_that_is_kept_for_ever_is_never_due(room: TapeRoom) -> None:
    rules(room, keep_days=0)
    voicemail(room)
    room.office.clock.advance(days=4000)
    assert room.due() == 0


def test_before_its_days_are_over_nothing_is_due(room: TapeRoom) -> None:
    rules(room, keep_days=30)
    voicemail(room)
    room.office.clock.advance(days=29)
    assert room.due() == 0


def test_who_was_faster_is_not_overwritten(room: TapeRoom) -> None:
    voicemail(room)
    before = room.message()
    room.store.change(before, before)
    with pytest.raises(Contended):
        room.store.change(before, before)


def test_a_recording_that_was_split_off_is_worked_on_where_it_is(room: TapeRoom) -> None:
    room.office.ingest(room.office.text("SM1", "Hello"))
    room.office.clock.advance(seconds=1)
    room.answer()
    room.take(report())
    old = room.reference()
    api = api_of(room.office)
    split = api("POST", f"/api/conversations/{old.conversation}/split", {"messages": [room.message().id]}, agent="ana")
    assert split.status == 200, split.body
    room.work(old)
    assert room.message().conversation == split.body["id"]
    assert len(room.message().attachments) == 1
    room.office.clock.advance(days=90)
    assert room.due() == 1


def test_a_talk_whose_call_has_no_conversation_yet_is_not_lost(room: TapeRoom) -> None:
    room.answer(conversation="")
    room.take(report(of_talk=True))
    assert room.message().event == "call.recording"
    assert recording(room).kind is RecordingKind.TALK
    assert room.calls.ended == []


def test_a_recording_that_is_deleted_while_it_is_copied_leaves_nothing_behind(room: TapeRoom) -> None:
    room.answer()
    room.take(report())
    message = room.message()

    def deleted_meanwhile(url: str) -> None:
        if url.endswith(".wav"):
            room.desk.delete(message.conversation, message.id, by=room.office.agent("lea"))

    room.studio.during = deleted_meanwhile
    with pytest.raises(Contended):
        room.work(room.reference())
    assert room.office.blobs.objects == {}
    room.work(room.reference())
    assert recording(room).purged


def test_limits_are_asked_of_the_provider(room: TapeRoom) -> None:
    voicemail(room)
    (sound, wave) = room.studio.limits
    assert sound[0] < wave[0]
    assert sound[1] + wave[1] < 120


def test_the_rules_of_the_call_s_inbox_are_taken_when_it_is_reported(room: TapeRoom) -> None:
    rules(room, keep_days=7)
    room.answer()
    room.take(report())
    rules(room, keep_days=900)
    room.take(report())
    assert recording(room).keep_until == room.message().at + timedelta(days=7)
