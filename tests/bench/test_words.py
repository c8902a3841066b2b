"""Floors under how well a customer's language and temper are read. Never time."""

import pytest

from tests.bench.words import languages, rows, tone

UNDERSTOOD = {"": 480, "_unseen": 125}
"""Hints that are right, over all sentences and companies."""
RECALL = {"": 0.95, "_unseen": 0.45}


@pytest.mark.parametrize(("name", "right"), UNDERSTOOD.items())
def test_most_customers_languages_are_known(name: str, right: int) -> None:
    assert languages(name).right >= right


def test_only_a_close_relative_is_taken_for_a_language_that_somebody_speaks() -> None:
    assert set(languages("").wrong) == {"nl: Goeie môre, my fiets werk nie"}


def test_of_sentences_not_seen_before_only_names_are_mistaken() -> None:
    assert set(languages("_unseen").wrong) <= {"pl: Katarzyna Nowak, Warszawa", "en: Amazon Prime Video"}


@pytest.mark.parametrize(("name", "recall"), RECALL.items())
def test_upset_customers_are_noticed(name: str, recall: float) -> None:
    assert tone(name).recall >= recall


@pytest.mark.parametrize("name", RECALL)
def test_a_calm_customer_is_not_called_heated(name: str) -> None:
    assert tone(name).marked == ()


def test_every_language_with_a_vocabulary_has_sentences_of_both_kinds() -> None:
    labelled = {(language, label) for label, language, _ in rows("tone")}
    assert labelled >= {(language, label) for language in ("en", "es", "de", "fr", "pt", "it", "nl") for label in "01"}
