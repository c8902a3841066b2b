"""Counts how well a customer's language and temper are read, on sentences of our own: the same on every machine.

`tone.tsv` and `languages.tsv` are the sentences that the rules were made with. Those of the `_unseen` files were
written afterwards; nothing is put into a vocabulary or a threshold for their sake, or they tell nothing any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from heartline.domain.heat import is_heated
from heartline.words.detector import language_of
from heartline.words.tone import heat_of
from tests.tables import ROOT

SETS: Final = ("", "_unseen")
STAFFED: Final = (
    {"en", "es"},
    {"en", "de", "fr"},
    {"en", "es", "pt", "it"},
    {"de", "nl"},
    {"en", "es", "de", "fr", "pt", "it", "nl"},
    {"en", "es", "de", "fr", "pt", "it", "nl", "pl", "sv", "da", "tr", "ca", "ro", "ru", "uk", "el", "ja", "zh", "ar"},
)
"""Companies: the languages that somebody there answers in."""
_FOLDER: Final = ROOT / "tests" / "data" / "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """Sentences, each in every company: `right` hints, `wrong` ones, and none where somebody could have answered."""

    name: str
    right: int
    silent: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Sentences: `found` of those that are heated, `missed` of them, and the calm ones that were `marked`."""

    name: str
    found: int
    missed: tuple[str, ...]
    marked: tuple[str, ...]
    calm: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + len(self.marked))

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed))


def languages(name: str) -> Languages:
    """Ask for the language of every sentence of a set, in every company."""
    wanted_and_said = [
        (language if language in company else None, language_of(text, company), text)
        for language, text in rows(f"languages{name}")
        for company in STAFFED
    ]
    return Languages(
        name=f"languages{name}",
        right=sum(said is not None and said == wanted for wanted, said, _ in wanted_and_said),
        silent=sum(said is None and wanted is not None for wanted, said, _ in wanted_and_said),
        wrong=tuple(f"{said}: {text}" for wanted, said, text in wanted_and_said if said not in (None, wanted)),
    )


def tone(name: str) -> Tone:
    """Mark every sentence of a set, in the language that it says it is in."""
    marks = [
        (label == "1", is_heated(heat_of(text, language=language or None)), text)
        for label, language, text in rows(f"tone{name}")
    ]
    return Tone(
        name=f"tone{name}",
        found=sum(heated and marked for heated, marked, _ in marks),
        missed=tuple(text for heated, marked, text in marks if heated and not marked),
        marked=tuple(text for heated, marked, text in marks if marked and not heated),
        calm=sum(not heated for heated, _, _ in marks),
    )


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The lines of a file, in their columns."""
    for line in (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        yield tuple(line.split("\t"))
