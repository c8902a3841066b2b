"""What is due about a recording, and when: one decision over all that can be true of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from heartline.domain.recordings import (
    LOOK_AFTER,
    Recording,
    RecordingKind,
    Removed,
    Task,
    Transcribed,
    Transcript,
    TranscriptState,
    due_at,
    in_words,
    next_task,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NEW = Recording(id="RE1", kind=RecordingKind.VOICEMAIL, call="CA1", inbox="support", seconds=12, at=NOON, keep_days=90)
COPIED = replace(NEW, at_provider=False)
WANTED = replace(COPIED, transcript=Transcript(state=TranscriptState.WANTED, attempt=1, since=NOON))
RUNNING = replace(COPIED, transcript=Transcript(state=TranscriptState.RUNNING, attempt=1, since=NOON))
GONE = replace(COPIED, removed=Removed(words="gone", at=NOON))


@pytest.mark.parametrize(
    ("recording", "waiting", "copied", "after", "task"),
    [
        (NEW, True, False, timedelta(), Task.COPY),
        (NEW, False, True, timedelta(), Task.FORGET),
        (NEW, False, False, timedelta(), None),
        (COPIED, False, True, timedelta(), None),
        (WANTED, True, False, timedelta(), Task.COPY),
        (WANTED, False, True, timedelta(), Task.TRANSCRIBE),
        (RUNNING, False, True, timedelta(minutes=1), None),
        (RUNNING, False, True, LOOK_AFTER, Task.LOOK),
        (COPIED, False, True, timedelta(days=90), Task.EXPIRE),
        (RUNNING, False, True, timedelta(days=90), Task.EXPIRE),
        (NEW, True, False, timedelta(days=90), Task.EXPIRE),
        (GONE, False, True, timedelta(), Task.PURGE),
        (GONE, True, False, timedelta(days=91), Task.PURGE),
        (replace(GONE, purged=True), False, False, timedelta(days=91), None),
    ],
)
def test_one_thing_is_due_at_a_time(
    recording: Recording, *, waiting: bool, copied: bool, after: timedelta, task: Task | None
) -> None:
    assert next_task(recording, waiting=waiting, copied=copied, now=NOON + after) is task


@pytest.mark.parametrize(
    ("recording", "due"),
    [
        (COPIED, NOON + timedelta(days=90)),
        (replace(COPIED, keep_days=0), None),
        (RUNNING, NOON + LOOK_AFTER),
        (replace(RUNNING, keep_days=0), NOON + LOOK_AFTER),
        (GONE, NOON + LOOK_AFTER),
        (replace(GONE, purged=True), None),
    ],
)
def test_the_clock_looks_again_as_long_as_anything_can_come(recording: Recording, due: datetime | None) -> None:
    assert due_at(recording) == due


def test_whatever_is_due_by_itself_has_a_time_at_which_the_clock_looks() -> None:
    for recording in (COPIED, RUNNING, GONE, NEW):
        due = due_at(recording)
        assert due is not None
        assert next_task(recording, waiting=False, copied=True, now=due) is not None


@pytest.mark.parametrize(
    ("which", "talks", "voicemails"),
    [(Transcribed.NONE, False, False), (Transcribed.VOICEMAILS, False, True), (Transcribed.ALL, True, True)],
)
def test_talks_are_transcribed_only_where_all_is(which: Transcribed, *, talks: bool, voicemails: bool) -> None:
    assert which.covers(RecordingKind.TALK) is talks
    assert which.covers(RecordingKind.VOICEMAIL) is voicemails


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 s"), (59, "59 s"), (182, "3 min 2 s"), (-4, "0 s")])
def test_a_length_is_said_as_people_say_it(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
