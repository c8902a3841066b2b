"""Whether a conversation is heated, as a sum of signs that an agent can read and contradict. Pure.

A sign is something that anybody can see in the message or in its history, never a score of a model. The mark helps to
spread hard conversations (R17); it says nothing about the agent who takes one, and nothing may be counted from it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from heartline.domain.heat_things import OF_THINGS
from heartline.domain.heat_words import VOCABULARIES, Vocabulary
from heartline.domain.prose import Folded, own_text


class SignKind(StrEnum):
    """What made us think so."""

    ANGRY = "angry"
    STRONG = "strong"
    CAPITALS = "capitals"
    REPEATS = "repeats"
    CONTACTS = "contacts"
    ESCALATION = "escalation"


POINTS: Final = {
    SignKind.ANGRY: 2,
    SignKind.STRONG: 1,
    SignKind.CAPITALS: 1,
    SignKind.REPEATS: 1,
    SignKind.CONTACTS: 2,
    SignKind.ESCALATION: 2,
}
"""What each sign is worth; strong words once each, and at most twice. Everything else counts once, however often."""
HEATED_AT: Final = 2
"""Points from which a conversation is heated: one sign that is plain, or two that are not."""

MOST_STRONG: Final = 2
FEWEST_SHOUTED: Final = 3
SHOUTED_SHARE: Final = 50
"""Capitals count from three shouted words on, which are at least so many percent of all letters."""
FEWEST_LETTERS: Final = 10
"""Letters that shouting takes: "OK", "USB C" and "VAT ID" are no shouts."""
LEXICON_STRONG: Final = -2.0
"""The valence, -4 to 4, up to which the lexicon's words are strong."""
MANY_CONTACTS: Final = 3
WINDOW: Final = 3
"""Words before another in which a negation takes it back."""
MOST_SEEN: Final = 5
LONGEST_SEEN: Final = 60
"""What a sign keeps: so many words, and so many characters of each."""

_SHOUTED: Final = re.compile(r"[^\W\d_]{2,}")
_REPEATED: Final = re.compile(r"(?:[!?¡¿]\s?){3,}")
_CLAUSE: Final = re.compile(r"[^.,;:!?¡¿()\n]+")
_WORD: Final = re.compile(r"[\w']+")

_Found = dict[tuple[int, int], str]
"""What was found, as it is written, by its place in the folded text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One reason: what kind it is, what it is worth, and what was seen (words, marks, a share or a count)."""

    kind: SignKind
    points: int
    seen: tuple[str, ...]

    def __str__(self) -> str:
        """The sign in words, for an agent."""
        quoted = ", ".join(f"“{each}”" for each in self.seen)
        return _SAID[self.kind].format(quoted=quoted, first=self.seen[0])


_SAID: Final = {
    SignKind.ANGRY: "angry words: {quoted}",
    SignKind.STRONG: "strong words: {quoted}",
    SignKind.CAPITALS: "capitals: {first} % of the letters",
    SignKind.REPEATS: "repeats: {quoted}",
    SignKind.CONTACTS: "contact number {first} on the same matter",
    SignKind.ESCALATION: "escalated: {first}",
}


def is_heated(signs: Iterable[Sign]) -> bool:
    """Whether the signs of a conversation add up; an agent's own word goes before this."""
    return sum(sign.points for sign in signs) >= HEATED_AT


def signs_of_words(text: str, *, language: str | None, lexicon: Mapping[str, float]) -> tuple[Sign, ...]:
    """What the customer's own words (`visible_text`) show, the plainest first; empty for a calm message.

    `language` (ISO 639-1) chooses the vocabulary; where it is None all of them are read, and where we have none for it,
    none: capitals and repeats speak every language. `lexicon` gives words and their valence, -4 to 4.
    """
    own = own_text(text)
    vocabulary, spelling = _vocabulary(language), Folded(own)
    angry = _found(_pattern(vocabulary.angry, vocabulary.negations), spelling, vocabulary)
    found = _found(_pattern(vocabulary.strong, vocabulary.negations), spelling, vocabulary) | _of_lexicon(
        lexicon, spelling, vocabulary
    )
    strong = {place: word for place, word in sorted(found.items()) if not _within(place, angry)}
    blame = _of_company(strong, spelling, vocabulary)
    calm = [word for place, word in strong.items() if place not in blame]
    joyful = not angry and not strong and _pattern(vocabulary.kind).search(spelling.text)
    signs = (
        _sign(SignKind.ANGRY, (word for _, word in sorted((angry | blame).items()))),
        _sign(SignKind.STRONG, calm, times=MOST_STRONG),
        *(() if joyful else (_capitals(own), _repeats(own))),
    )
    return tuple(sign for sign in signs if sign)


def signs_of_history(*, contacts: int = 0, escalation: str = "") -> tuple[Sign, ...]:
    """What the caller knows: the number of times that the customer has come with this matter, and who escalated it why.

    `contacts` counts this one. `escalation` is the reason in the words of who escalated, empty where nobody did.
    """
    repeated = _sign(SignKind.CONTACTS, (str(contacts),)) if contacts >= MANY_CONTACTS else None
    escalated = _sign(SignKind.ESCALATION, (escalation,)) if escalation else None
    return tuple(sign for sign in (repeated, escalated) if sign)


def _sign(kind: SignKind, seen: Iterable[str], *, times: int = 1) -> Sign | None:
    """A sign of what was seen, if anything was."""
    words = tuple({each.casefold(): each[:LONGEST_SEEN] for each in seen}.values())
    points = POINTS[kind] * min(len(words), times)
    return Sign(kind=kind, points=points, seen=words[:MOST_SEEN]) if words else None


def _capitals(text: str) -> Sign | None:
    words = _SHOUTED.findall(text)
    shouted = [word for word in words if word.isupper()]
    letters, loud = sum(map(len, words)), sum(map(len, shouted))
    if len(shouted) < FEWEST_SHOUTED or loud < FEWEST_LETTERS or loud * 100 < letters * SHOUTED_SHARE:
        return None
    return _sign(SignKind.CAPITALS, (str(loud * 100 // letters),))


def _repeats(text: str) -> Sign | None:
    found = _REPEATED.search(text)
    return _sign(SignKind.REPEATS, ("".join(found[0].split()),)) if found else None


def _of_lexicon(lexicon: Mapping[str, float], spelling: Folded, vocabulary: Vocabulary) -> _Found:
    """The lexicon's strong words, less those that are said of things."""

    def is_strong(word: str) -> bool:
        return lexicon.get(word, 0) <= LEXICON_STRONG and word not in OF_THINGS

    return _found(_WORD, spelling, vocabulary, counts=is_strong) if lexicon else {}


def _found(
    pattern: re.Pattern[str], spelling: Folded, vocabulary: Vocabulary, *, counts: Callable[[str], bool] = bool
) -> _Found:
    """What the pattern finds in each clause and what `counts`, as it is written; not what a negation takes back."""
    return {
        match.span(): spelling.as_written(*match.span())
        for clause in _CLAUSE.finditer(spelling.text)
        for match in pattern.finditer(spelling.text, *clause.span())
        if counts(match[0]) and not _taken_back(spelling.text[clause.start() : match.start()], vocabulary)
    }


def _of_company(strong: _Found, spelling: Folded, vocabulary: Vocabulary) -> _Found:
    """The strong words that stand in one clause with a word for the company."""
    clauses = [clause.span() for clause in _CLAUSE.finditer(spelling.text)]
    company = _pattern(vocabulary.company)
    named = [(start, end) for start, end in clauses if company.search(spelling.text, start, end)]
    return {place: word for place, word in strong.items() if _within(place, named)}


def _within(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in others)


def _taken_back(before: str, vocabulary: Vocabulary) -> bool:
    near = " ".join(_WORD.findall(before)[-WINDOW:])
    return bool(_pattern(vocabulary.negations).search(near))


@cache
def _pattern(words: tuple[str, ...], negations: tuple[str, ...] = ()) -> re.Pattern[str]:
    """One expression for all of `words`, the longest first; one that finds nothing where there are none.

    None of `negations` is among the words for which `…` stands: who is not at all angry is not angry.
    """
    denied = "|".join(map(_expression, negations))
    gap = rf"(?:\s+(?!(?:{denied})(?!\w))[\w']+){{0,4}}\s+" if denied else r"(?:\s+[\w']+){0,4}\s+"
    ways = "|".join(_expression(word, gap) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)" if ways else r"(?!)")


def _expression(word: str, gap: str = "") -> str:
    parts = [re.escape(part).replace(r"\*", r"[\w']*").replace(r"\ ", r"\s+") for part in word.split(" … ")]
    return gap.join(parts)


@cache
def _vocabulary(language: str | None) -> Vocabulary:
    """The words of one language; of all together where it is not known, of none where it is one that we do not have."""
    chosen = VOCABULARIES.values() if language is None else [VOCABULARIES[language]] if language in VOCABULARIES else []
    return Vocabulary(
        angry=tuple(word for each in chosen for word in each.angry),
        strong=tuple(word for each in chosen for word in each.strong),
        company=tuple(word for each in chosen for word in each.company),
        kind=tuple(word for each in chosen for word in each.kind),
        negations=tuple(word for each in chosen for word in each.negations),
    )
