"""The transcript of a job as Transcribe writes it to the bucket; pure.

Source: https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html (the example of a batch job's output)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from infra.local.simulators.sound import A_WORD, Said

ACCOUNT: Final = "000000000000"
_PIECES: Final = re.compile(r"([.,?!;:]+$)")
_SURE: Final = "0.98"

Item = dict[str, Any]


def document(job_name: str, said: Sequence[Said], settings: Mapping[str, Any]) -> dict[str, Any]:
    """`results` has the text, each word and mark of it, the stretches of speech and, if asked for, who speaks."""
    labels = _labels(said, settings)
    stretches = [_stretch(number, each, labels) for number, each in enumerate(said)]
    items = [item for _, of_stretch in stretches for item in of_stretch]
    for number, item in enumerate(items):
        item["id"] = number
    results: dict[str, Any] = {
        "transcripts": [{"transcript": " ".join(each.words for each in said)}],
        "items": items,
        "audio_segments": [_segment(stretch, of_stretch) for stretch, of_stretch in stretches],
    }
    if labels:
        results["speaker_labels"] = {
            "segments": [_turn(stretch, of_stretch) for stretch, of_stretch in stretches],
            "channel_label": "ch_0",
            "speakers": len(set(labels.values())),
        }
    return {"jobName": job_name, "accountId": ACCOUNT, "status": "COMPLETED", "results": results}


def _labels(said: Sequence[Said], settings: Mapping[str, Any]) -> dict[str, str]:
    """Speakers by order of appearance: spk_0, spk_1 …; those beyond the most asked for are taken for the last."""
    if not settings.get("ShowSpeakerLabels"):
        return {}
    most = int(settings.get("MaxSpeakerLabels", 2))
    speakers = dict.fromkeys(each.speaker for each in said)
    return {speaker: f"spk_{min(number, most - 1)}" for number, speaker in enumerate(speakers)}


def _stretch(number: int, said: Said, labels: Mapping[str, str]) -> tuple[Item, list[Item]]:
    items = list(_items(said, labels.get(said.speaker)))
    stretch = {"id": number, "transcript": said.words, "start_time": _time(said.at), "end_time": _time(said.until)}
    label = {"speaker_label": labels[said.speaker]} if labels else {}
    return {**stretch, **label}, items


def _items(said: Said, label: str | None) -> Iterator[Item]:
    """A word has times, a mark of punctuation has none."""
    speaker = {"speaker_label": label} if label else {}
    for place, word in enumerate(said.words.split()):
        start = said.at + place * A_WORD
        spoken, *marks = _PIECES.split(word)
        if spoken:
            times = {"start_time": _time(start), "end_time": _time(start + A_WORD)}
            yield {"type": "pronunciation", "alternatives": _reading(_SURE, spoken), **times, **speaker}
        for mark in filter(None, marks):
            yield {"type": "punctuation", "alternatives": _reading("0.0", mark), **speaker}


def _reading(confidence: str, content: str) -> list[dict[str, str]]:
    return [{"confidence": confidence, "content": content}]


def _segment(stretch: Item, items: Sequence[Item]) -> Item:
    return {**stretch, "items": [item["id"] for item in items]}


def _turn(stretch: Item, items: Sequence[Item]) -> Item:
    names = ("speaker_label", "start_time", "end_time")
    words = [{name: item[name] for name in names} for item in items if "start_time" in item]
    return {**{name: stretch[name] for name in names}, "items": words}


def _time(seconds: float) -> str:
    return f"{seconds:.3f}".rstrip("0").rstrip(".") or "0"
