"""Reads from a customer's words whether they are upset: the rules are `domain.heat`, the lexicon of English VADER's.

VADER rates 7,500 English words; no other language has a lexicon here, only our own vocabulary. Source: Hutto and
Gilbert, VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text, 2014. The library names
`requests` for a demonstration of its own; importing it does not import that.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from heartline.domain.heat import Sign, signs_of_words
from heartline.domain.heat_words import VOCABULARIES
from heartline.words.detector import language_of

_NOTHING: Mapping[str, float] = MappingProxyType({})


def heat_of(text: str, *, language: str | None = None) -> tuple[Sign, ...]:
    """The signs in a customer's own words that they are upset; empty for a calm message. `domain.heat` has the rules.

    `language` (ISO 639-1) is the one that is known; without it the text is asked, which loads the detector.
    """
    known = language or language_of(text, VOCABULARIES)
    return signs_of_words(text, language=known, lexicon=_english() if known == "en" else _NOTHING)


@cache
def _english() -> Mapping[str, float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon: dict[str, float] = SentimentIntensityAnalyzer().lexicon
    return MappingProxyType(lexicon)
