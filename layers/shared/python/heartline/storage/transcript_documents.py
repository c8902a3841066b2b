"""Reads Amazon Transcribe's documents into segments of one speaker each; pure, and trusts no field.

Source: https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html#how-it-works-output
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from heartline.domain.errors import Invalid
from heartline.domain.recordings import Segment
from heartline.services.recording_ports import Heard

LARGEST: Final = 64 * 1024 * 1024
MOST_WORDS: Final = 200_000
"""A day of talk without a pause."""

LONGEST_WORD: Final = 200
_PAUSE: Final = 1500
"""Milliseconds of silence that part two segments of one speaker."""

_LONGEST_SEGMENT: Final = 20_000
"""Milliseconds after which a sentence's end also ends its segment."""

_ENDS: Final = (".", "?", "!", "\u3002", "\uff1f", "\uff01")
"""What ends a sentence, in Chinese and Japanese too."""

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_SPEAKER: Final = re.compile(r"(spk|ch)_(\d{1,2})")
_LATEST: Final = 7 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word with its punctuation, in milliseconds from the beginning."""

    start: int
    end: int
    speaker: str
    text: str


def read_transcript(content: bytes, *, language: str = "") -> Heard:
    """Read a document; raises `Invalid` if it is none, or too large to be one."""
    if len(content) > LARGEST:
        raise Invalid("it is too large")
    try:
        results = json.loads(content)["results"]
        segments = tuple(_segments(_words(results)))
        found = str(results.get("language_code") or language)[:16]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise Invalid(f"it has another form ({type(error).__name__})") from error
    return Heard(language=found, segments=segments)


def _words(results: Mapping[str, Any]) -> list[_Word]:
    """All words in the order of their time; two channels have a list each."""
    if "channel_labels" in results:
        lists = [(channel["items"], str(channel["channel_label"])) for channel in results["channel_labels"]["channels"]]
        words = [word for items, channel in lists for word in _joined(items, {}, channel)]
        return sorted(words, key=lambda word: word.start)
    return list(_joined(results["items"], _speakers(results.get("speaker_labels") or {}), ""))


def _speakers(labels: Mapping[str, Any]) -> dict[str, str]:
    """Who speaks at which start time, where the words themselves do not say it."""
    return {
        str(item["start_time"]): str(item["speaker_label"])
        for segment in labels.get("segments", ())
        for item in segment.get("items", ())
    }


def _joined(items: Any, speakers: Mapping[str, str], channel: str) -> Iterator[_Word]:
    """Words with the punctuation that follows them."""
    if len(items) > MOST_WORDS:
        raise Invalid("it has too many words")
    word: _Word | None = None
    for item in items:
        text = _CONTROLS.sub(" ", str(item["alternatives"][0]["content"]))[:LONGEST_WORD].strip()
        if item.get("type") == "punctuation":
            if word is not None:
                word = _Word(start=word.start, end=word.end, speaker=word.speaker, text=word.text + text)
            continue
        if word is not None:
            yield word
        label = channel or str(item.get("speaker_label") or speakers.get(str(item["start_time"]), ""))
        word = _Word(start=_ms(item["start_time"]), end=_ms(item["end_time"]), speaker=_name(label), text=text)
    if word is not None:
        yield word


def _segments(words: list[_Word]) -> Iterator[Segment]:
    """Words of one speaker without a long pause; a long speech is parted where a sentence ends."""
    run: list[_Word] = []
    for word in words:
        if run and _parts(run, word):
            yield _segment(run)
            run = []
        run.append(word)
    if run:
        yield _segment(run)


def _parts(run: list[_Word], word: _Word) -> bool:
    before = run[-1]
    ended = before.text.endswith(_ENDS)
    return (
        before.speaker != word.speaker
        or word.start - before.end > _PAUSE
        or (ended and before.end - run[0].start > _LONGEST_SEGMENT)
    )


def _segment(run: list[_Word]) -> Segment:
    text = " ".join(word.text for word in run if word.text)
    return Segment(start=run[0].start, end=max(word.end for word in run), speaker=run[0].speaker, text=text)


def _name(label: str) -> str:
    """“Speaker 1” for spk_0; the first channel of two is the customer's, as Twilio records them."""
    found = _SPEAKER.fullmatch(label)
    if found is None:
        return ""
    number = int(found[2])
    return f"Speaker {number + 1}" if found[1] == "spk" else ("Customer", "Agent")[min(number, 1)]


def _ms(text: Any) -> int:
    value = round(float(text) * 1000)
    if not 0 <= value <= _LATEST:
        raise ValueError("a time that cannot be")
    return value
