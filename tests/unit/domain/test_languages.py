"""When a guess of a language is a hint: sure, in both spellings, and of a language that somebody speaks."""

import pytest

from heartline.domain.languages import Guess, settled

SPANISH = Guess("es", 0.9, 0.05)


def told(*guesses: Guess, text: str = "Hola mi bici", among: tuple[str, ...] = ("en", "es")) -> str | None:
    """What is settled when the spellings, as they are asked for, are guessed so."""
    answers = iter(guesses)
    return settled(text, among, lambda _: next(answers))


def test_a_sure_guess_of_a_staffed_language_is_a_hint() -> None:
    assert told(SPANISH, SPANISH) == "es"


def test_a_sure_guess_of_a_language_that_nobody_speaks_is_none() -> None:
    assert told(SPANISH, SPANISH, among=("en", "de")) is None


@pytest.mark.parametrize("lower", [Guess("pt", 0.9, 0.05), Guess("es", 0.5, 0.4)])
def test_both_spellings_have_to_agree_and_to_be_sure(lower: Guess) -> None:
    assert told(SPANISH, lower) is None
    assert told(lower, SPANISH) is None


def test_shouting_is_guessed_in_lower_case_alone() -> None:
    asked = []
    settled("DÓNDE ESTÁ", ("es",), lambda words: asked.append(words) or SPANISH)  # type: ignore[func-returns-value]
    assert asked == ["dónde está"]


def test_a_lower_case_text_is_guessed_once() -> None:
    assert told(SPANISH, text="hola mi bici") == "es"


@pytest.mark.parametrize(
    "text", ["", "ok", "OK 👍", "sí, no", "88213-B", "https://shop.example/es/ayuda", "👍👍👍👍👍👍"]
)
def test_too_few_letters_are_not_asked_about(text: str) -> None:
    assert told(text=text) is None


@pytest.mark.parametrize(
    ("guess", "sure"),
    [
        (Guess("es", 0.7, 0.3), True),
        (Guess("es", 0.69, 0.07), False),
        (Guess("es", 0.69, 0.06), True),
        (Guess("es", 0.49, 0.01), False),
        (Guess("", 0.0, 0.0), False),
    ],
)
def test_a_guess_is_sure_by_its_share_or_by_its_lead(guess: Guess, sure: bool) -> None:
    assert guess.sure is sure
