"""The signs of a heated conversation, one by one, and what they add up to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.heat import (
    HEATED_AT,
    LONGEST_SEEN,
    MOST_SEEN,
    POINTS,
    Sign,
    SignKind,
    is_heated,
    signs_of_history,
    signs_of_words,
)
from heartline.domain.heat_things import OF_THINGS
from heartline.domain.heat_words import VOCABULARIES
from heartline.domain.prose import Folded

LEXICON = {"pathetic": -2.7, "dead": -3.3, "vile": -3.1, "slow": -0.5}


def signs(text: str, language: str | None = "en") -> dict[SignKind, Sign]:
    return {sign.kind: sign for sign in signs_of_words(text, language=language, lexicon=LEXICON)}


def said(text: str, language: str | None = "en") -> list[str]:
    return [str(sign) for sign in signs(text, language).values()]


def heated(text: str, language: str | None = "en") -> bool:
    return is_heated(signs(text, language).values())


def test_a_calm_message_has_no_signs() -> None:
    assert said("Hi, my bike is broken and the battery is dead. Can you help?") == []


def test_one_phrase_of_anger_is_enough_and_is_quoted_as_it_was_written() -> None:
    assert said("I will Never Again order here") == ["angry words: “Never Again”"]
    assert heated("I will never again order here")
    assert said("qué VERGÜENZA", "es") == ["angry words: “qué VERGÜENZA”"]


def test_words_between_may_stand_in_a_phrase_but_no_end_of_a_clause() -> None:
    assert heated("I will never buy anything here again")
    assert not heated("I never buy shoes. Could you measure them again")


def test_one_strong_word_is_not_enough_and_two_are() -> None:
    assert said("what a ridiculous amount of snow") == ["strong words: “ridiculous”"]
    assert not heated("what a ridiculous amount of snow")
    assert heated("this is ridiculous and pathetic")
    assert not heated("ridiculous, just ridiculous")


def test_a_strong_word_is_blame_when_it_is_said_of_the_company() -> None:
    assert said("the smell is vile") == ["strong words: “vile”"]
    assert said("your service is vile") == ["angry words: “vile”"]
    assert not heated("the smell is vile, is your service open today")


def test_the_lexicon_counts_its_strong_words_and_not_those_of_things() -> None:
    assert not said("the battery is dead and the app is slow")
    assert signs("vile and pathetic")[SignKind.STRONG].seen == ("vile", "pathetic")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("it is not ridiculous or pathetic", "en"),
        ("it wasn't a waste of time", "en"),
        ("no es una vergüenza", "es"),
        ("das ist keine Frechheit", "de"),
        ("ce n'est pas inadmissible", "fr"),
        ("não é um absurdo", "pt"),
        ("non è una vergogna", "it"),
        ("het is geen schande", "nl"),
    ],
)
def test_a_negation_just_before_takes_a_word_back(text: str, language: str) -> None:
    assert not heated(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I am not at all angry.", "en"),
        ("I'm not angry.", "en"),
        ("You are not liars.", "en"),
        ("Ich bin überhaupt nicht sauer.", "de"),
        ("I am not angry.", None),
    ],
)
def test_a_negation_among_the_words_takes_them_back(text: str, language: str | None) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize(("text", "language"), [("I am so very angry.", "en"), ("Ich bin richtig sauer.", "de")])
def test_other_words_among_them_do_not(text: str, language: str) -> None:
    assert heated(text, language)


def test_a_negation_of_another_clause_takes_nothing_back() -> None:
    assert heated("no, es una vergüenza", "es")


@pytest.mark.parametrize(
    "text", ["OK", "THANKS!!!", "THANK YOU SO MUCH FOR EVERYTHING!!!", "USB C HDMI VAT", "NASA IBM"]
)
def test_short_capitals_acronyms_and_joy_are_no_shouting(text: str) -> None:
    assert not heated(text)


def test_a_product_in_capitals_is_no_shouting() -> None:
    assert said("The SUPERBIKE PRO MAX that I ordered here last week has a flat tyre") == []


def test_capitals_say_how_many_of_the_letters_they_are() -> None:
    assert said("PLEASE CALL ME BACK") == ["capitals: 100 % of the letters"]
    assert said("PLEASE CALL ME BACK when you can") == ["capitals: 61 % of the letters"]
    assert not heated("PLEASE CALL ME BACK")


@pytest.mark.parametrize(("text", "marks"), [("why?!?!", "?!?!"), ("why ? ? ?", "???"), ("¡¡¡ya!!!", "¡¡¡")])
def test_repeated_marks_are_a_sign(text: str, marks: str) -> None:
    assert said(text) == [f"repeats: “{marks}”"]
    assert not heated(text)


def test_shouting_with_repeated_marks_is_heated_in_every_language() -> None:
    assert heated("WHERE IS MY ORDER???")
    assert heated("GDZIE JEST MOJE ZAMÓWIENIE???", "pl")


def test_an_order_number_and_a_link_are_no_shouting() -> None:
    assert said("BX-4471-PRO SKU_AAA_BBB https://shop.example/ANGRY/FURIOUS?a=!!!") == []


def test_kind_words_do_not_excuse_angry_ones() -> None:
    assert heated("THANKS FOR NOTHING!!!")


def test_an_unknown_language_is_read_with_every_vocabulary_and_a_foreign_one_with_none() -> None:
    assert heated("una vergüenza", None)
    assert not heated("una vergüenza", "pl")


def test_the_third_contact_on_a_matter_is_enough() -> None:
    assert signs_of_history(contacts=2) == ()
    assert [str(sign) for sign in signs_of_history(contacts=3)] == ["contact number 3 on the same matter"]
    assert is_heated(signs_of_history(contacts=3))


def test_an_escalation_is_enough_and_gives_its_reason() -> None:
    assert [str(sign) for sign in signs_of_history(escalation="wants a manager")] == ["escalated: wants a manager"]
    assert is_heated(signs_of_history(escalation="wants a manager"))


def test_every_kind_of_sign_has_its_points_and_its_words() -> None:
    assert POINTS.keys() == set(SignKind)
    assert all(str(Sign(kind=kind, points=points, seen=("x",))) for kind, points in POINTS.items())
    assert not is_heated(())
    assert max(POINTS.values()) <= HEATED_AT


@given(st.lists(st.sampled_from(["wtf", "shit", "fuck" * 40, "rude", "no", "!!!", "HEY", "\n", "'", "service"])))
def test_a_sign_keeps_few_and_short_words(parts: list[str]) -> None:
    for sign in signs(" ".join(parts)).values():
        assert 1 <= len(sign.seen) <= MOST_SEEN
        assert all(0 < len(each) <= LONGEST_SEEN for each in sign.seen)
        assert sign.points > 0


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert isinstance(signs_of_words(text, language=None, lexicon=LEXICON), tuple)


@pytest.mark.parametrize("language", VOCABULARIES)
def test_vocabularies_are_folded_and_no_word_is_in_two_lists(language: str) -> None:
    words = VOCABULARIES[language]
    every = [*words.angry, *words.strong, *words.kind]
    assert len(every) == len(set(every))
    assert [word for word in (*every, *words.company, *words.negations) if Folded(word).text != word] == []


def test_words_of_things_are_of_one_word() -> None:
    assert all(word.isalpha() and word == word.lower() for word in OF_THINGS)
