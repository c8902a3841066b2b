"""Twilio's reports of recordings, of every source: which call, which recording, a talk or a message left."""

from urllib.parse import urlencode

import pytest

from heartline.channels.voice.recording import parse_held_recording, parse_recording
from heartline.domain.errors import Invalid

SOUND = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"
STATUS = "https://acme.example/webhooks/status?call=out-1&about=recording"
BARE = "https://acme.example/webhooks/status"
DONE = {"RecordingSid": "RE1", "RecordingUrl": SOUND, "RecordingStatus": "completed", "RecordingDuration": "12"}


def body(**fields: str) -> str:
    return urlencode({**DONE, **fields})


def test_a_message_left_is_told_by_its_source() -> None:
    report = parse_recording(BARE, body(CallSid="CA1", RecordingSource="RecordVerb"))
    assert report is not None
    assert (report.call, report.recording, report.url, report.seconds) == ("CA1", "RE1", SOUND, 12)
    assert not report.of_talk


@pytest.mark.parametrize("source", ["Conference", "DialVerb", "StartConferenceRecordingAPI", "OutboundAPI"])
def test_every_other_source_is_a_talk(source: str) -> None:
    report = parse_recording(STATUS, body(ConferenceSid="CF1", RecordingSource=source))
    assert report is not None
    assert (report.of_talk, report.call) == (True, "out-1")


def test_without_a_source_a_conference_is_a_talk() -> None:
    report = parse_recording(STATUS, body(ConferenceSid="CF1"))
    assert report is not None
    assert report.of_talk


def test_the_query_names_our_call_where_the_form_names_a_leg() -> None:
    report = parse_recording(STATUS, body(CallSid="CAleg"))
    assert report is not None
    assert report.call == "out-1"


@pytest.mark.parametrize("status", ["absent", "failed", "in-progress", ""])
def test_what_is_not_there_is_silence(status: str) -> None:
    report = parse_recording(STATUS, body(RecordingStatus=status))
    assert report is not None
    assert report.silent


@pytest.mark.parametrize("duration", ["0", "", "-1", "many", "1" * 40, "１２"])  # noqa: RUF001 - digits that int() takes
def test_a_length_that_is_no_number_is_silence(duration: str) -> None:
    report = parse_recording(STATUS, body(RecordingDuration=duration))
    assert report is not None
    assert report.silent


@pytest.mark.parametrize("ending", ["", ".mp3", ".wav"])
def test_the_address_is_the_one_without_a_format(ending: str) -> None:
    report = parse_recording(STATUS, body(RecordingUrl=SOUND + ending))
    assert report is not None
    assert report.url == SOUND


@pytest.mark.parametrize(
    ("url", "form"),
    [(BARE, {"MessageSid": "SM1", "MessageStatus": "sent"}), (BARE, {"CallSid": "CA1", "CallStatus": "completed"})],
)
def test_what_is_about_something_else_is_left_to_others(url: str, form: dict[str, str]) -> None:
    assert parse_recording(url, urlencode(form)) is None


@pytest.mark.parametrize("form", [{"RecordingSid": ""}, {"RecordingSid": "RE" * 40}])
def test_a_recording_without_a_name_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        parse_recording(STATUS, body(**form))


def test_a_recording_of_no_call_is_refused() -> None:
    with pytest.raises(Invalid):
        parse_recording(BARE, body())


def test_a_held_report_is_read_again_as_it_was() -> None:
    report = parse_recording(STATUS, body(RecordingChannels="2"))
    assert report is not None
    assert parse_held_recording(report.raw) == report
    assert report.channels == 2
