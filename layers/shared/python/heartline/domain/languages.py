"""When a guess of a language is good enough to route by: a wrong hint is worse than none. Pure.

It knows nothing of how guesses are made; `words.detector` asks a library for them.
"""

from collections.abc import Callable, Collection
from typing import Final, NamedTuple

from heartline.domain.prose import prose

FEWEST_LETTERS: Final = 6
"""Shorter prose ("ok", "no", "info", "stop") is a word of many languages."""
SURE: Final = 0.7
LIKELY: Final = 0.5
LEAD: Final = 10
"""A guess counts from `SURE` on, or from `LIKELY` on with `LEAD` times the probability of the runner-up. The shares are
over all languages that the library knows, not only over the company's. Decision 53 says on which texts this was set."""


class Guess(NamedTuple):
    """The likeliest language (ISO 639), its probability, 0 to 1, and the probability of the runner-up."""

    language: str
    probability: float
    runner_up: float

    @property
    def sure(self) -> bool:
        return self.probability >= SURE or self.probability >= max(LIKELY, LEAD * self.runner_up)


def settled(text: str, among: Collection[str], guess: Callable[[str], Guess]) -> str | None:
    """The language of what a customer wrote, if it is one of `among` (ISO 639-1) and beyond doubt; else None.

    The prose is guessed as it is written and once more in lower case, and both have to agree: names and brands turn a
    guess in one spelling, and seldom in both. Shouting is guessed in lower case alone. A language outside `among` can
    win and is nobody's, so a text in Polish is not German only because the company has nobody for Polish.
    """
    words = prose(text)
    if sum(map(str.isalpha, words)) < FEWEST_LETTERS:
        return None
    spellings = (words.lower(),) if words.isupper() else (words, words.lower())
    first, *others = (guess(spelling) for spelling in dict.fromkeys(spellings))
    agreed = first.sure and all(other.sure and other.language == first.language for other in others)
    return first.language if agreed and first.language in among else None
