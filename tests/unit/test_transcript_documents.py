"""Amazon Transcribe's documents become segments of one speaker each; whatever else an object holds is no transcript."""

import json
from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.storage.transcript_documents import LONGEST_WORD, MOST_WORDS, read_transcript


def word(text: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {
        "type": "pronunciation",
        "start_time": f"{start}",
        "end_time": f"{end}",
        "alternatives": [{"confidence": "0.99", "content": text}],
        **more,
    }


def mark(text: str) -> dict[str, Any]:
    return {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": text}]}


def document(items: list[dict[str, Any]], **more: Any) -> bytes:
    results = {"transcripts": [{"transcript": "not read"}], "items": items, **more}
    return json.dumps({"jobName": "j", "status": "COMPLETED", "results": results}).encode()


def said(content: bytes) -> list[tuple[int, int, str, str]]:
    return [(part.start, part.end, part.speaker, part.text) for part in read_transcript(content).segments]


def test_words_and_their_marks_are_one_segment() -> None:
    items = [word("Hello", 0.04, 0.5), mark(","), word("it's", 0.5, 0.7), word("Eva", 0.7, 1.1), mark(".")]
    assert said(document(items)) == [(40, 1100, "", "Hello, it's Eva.")]


def test_a_pause_begins_a_new_segment() -> None:
    assert [part[3] for part in said(document([word("Hello", 0, 0.5), word("Anybody", 3, 3.5)]))] == [
        "Hello",
        "Anybody",
    ]


def test_a_long_speech_is_parted_where_a_sentence_ends() -> None:
    items = [each for n in range(60) for each in (word("word", n, n + 0.9), *([mark(".")] if n % 10 == 9 else []))]
    assert len(said(document(items))) == 2


def test_who_speaks_is_told_by_the_words_or_by_the_labels() -> None:
    items = [word("Hello", 0, 0.5), word("Hi", 0.6, 0.9)]
    labels = {
        "speakers": 2,
        "segments": [
            {"items": [{"start_time": "0", "speaker_label": "spk_0"}]},
            {"items": [{"start_time": "0.6", "speaker_label": "spk_1"}]},
        ],
    }
    by_labels = said(document(items, speaker_labels=labels))
    by_words = said(
        document([word("Hello", 0, 0.5, speaker_label="spk_0"), word("Hi", 0.6, 0.9, speaker_label="spk_1")])
    )
    assert by_labels == by_words == [(0, 500, "Speaker 1", "Hello"), (600, 900, "Speaker 2", "Hi")]


def test_two_channels_are_one_talk_in_the_order_of_time() -> None:
    channels = [
        {"channel_label": "ch_0", "items": [word("Hello", 0, 0.5), word("Bye", 5, 5.5)]},
        {"channel_label": "ch_1", "items": [word("Hi", 1, 1.5)]},
    ]
    content = document([], channel_labels={"channels": channels})
    assert [(who, text) for _, _, who, text in said(content)] == [
        ("Customer", "Hello"),
        ("Agent", "Hi"),
        ("Customer", "Bye"),
    ]


def test_silence_is_a_transcript_without_words() -> None:
    assert read_transcript(document([])).segments == ()


def test_the_language_is_the_one_that_was_found() -> None:
    assert read_transcript(document([], language_code="es-US"), language="en-US").language == "es-US"
    assert read_transcript(document([]), language="en-US").language == "en-US"


def test_markup_is_text_and_controls_are_gone() -> None:
    content = document([word("<img src=x onerror=alert(1)>\u2028\x00", 0, 1)])
    assert [part[3] for part in said(content)] == ["<img src=x onerror=alert(1)>"]


def test_a_word_has_an_end() -> None:
    assert len(said(document([word("a" * 10_000, 0, 1)]))[0][3]) == LONGEST_WORD


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"results": null}',
        b'{"results": {"items": 5}}',
        b'{"results": {"items": [null]}}',
        b'{"results": {"items": [{"type": "pronunciation", "alternatives": []}]}}',
        b'{"results":' * 20_000,
        b"[" * 100_000,
        document([word("x", 0, 1) | {"start_time": "NaN"}]),
        document([word("x", 0, 1) | {"end_time": "inf"}]),
        document([word("x", -4, 1)]),
        document([word("x", 0, 1) | {"start_time": "1e300"}]),
        document([], speaker_labels={"segments": [{"items": ["x"]}]}),
        document([], channel_labels={"channels": "x"}),
    ],
    ids=range(17),
)
def test_what_has_another_form_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_transcript(content)


def test_too_many_words_are_refused() -> None:
    content = b'{"results": {"items": [' + b",".join([b"0"] * (MOST_WORDS + 1)) + b"]}}"
    with pytest.raises(Invalid, match="too many"):
        read_transcript(content)
