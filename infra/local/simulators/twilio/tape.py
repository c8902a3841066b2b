"""How long a recording is and what is on it, with its pauses; pure.

Source: https://www.twilio.com/docs/voice/api/recording#pause-a-recording (PauseBehavior: skip or silence)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from infra.local.simulators.sound import A_WORD

FIRST_WORDS: Final = 0.3
"""Seconds from the beginning until somebody speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What one speaker wants to say, between two moments of the recording, in seconds from its beginning."""

    speaker: str
    sentences: Sequence[str]
    since: float
    until: float


@dataclass(slots=True, kw_only=True)
class Tape:
    """Its state (on, skip, silence or off) since each moment, in seconds from its beginning, oldest first."""

    marks: list[tuple[float, str]] = field(default_factory=lambda: [(0.0, "on")])

    @property
    def state(self) -> str:
        return self.marks[-1][1]

    def mark(self, at: float, state: str) -> None:
        if self.state not in (state, "off"):
            self.marks.append((at, state))

    def length(self) -> float:
        """Of a tape that is off: a skipped pause is not on it, a silent one is."""
        return sum(end - start for (start, state), (end, _) in pairwise(self.marks) if state != "skip")

    def place(self, at: float) -> float | None:
        """Where on the tape a sound of the moment `at` is; None if it was not recorded."""
        played = 0.0
        for (start, state), (end, _) in pairwise(self.marks):
            if start <= at < end:
                return played + at - start if state == "on" else None
            played += end - start if state != "skip" else 0
        return None


def conversation(speakers: Iterable[Spoken]) -> list[tuple[float, str, str]]:
    """Who says what when, as far as there is time: each in turn a sentence, while all who will speak are there."""
    waiting = [(speaker, list(speaker.sentences)) for speaker in speakers]
    at, said = max((speaker.since for speaker, _ in waiting), default=0.0) + FIRST_WORDS, []
    while any(sentences for _, sentences in waiting):
        for speaker, sentences in waiting:
            if not sentences:
                continue
            words = sentences.pop(0)
            if speaker.since <= at < speaker.until:
                said.append((at, speaker.speaker, words))
                at = round(at + A_WORD * (1 + len(words.split())), 2)
    return said


def recorded(tape: Tape, said: Iterable[tuple[float, str, str]]) -> tuple[tuple[float, str, str], ...]:
    """What of it is on the tape, and where."""
    places = ((tape.place(at), speaker, words) for at, speaker, words in said)
    return tuple((round(at, 2), speaker, words) for at, speaker, words in places if at is not None)
