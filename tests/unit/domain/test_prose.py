"""What of a message is prose: words stay, and what machines read does not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.prose import LONGEST, Folded, own_text, prose


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hola, ¿dónde está mi pedido 88213-B?", "Hola dónde está mi pedido"),
        ("see https://shop.example/en/track?id=4 and www.shop.example!", "see and"),
        ("write to anna@kunde.example or @anna", "write to or"),
        ("call +34 600 123 456 or IMG_2041.jpg", "call or"),
        ("ok 👍👍 :-) ---", "ok"),
        ("it\u2019s broken, isn`t it", "it's broken isn't it"),
        ("Danke\n-- \nAnna Schmidt\nKunde GmbH", "Danke"),
        ("नमस्ते, मेरी साइकिल", "नमस्ते मेरी साइकिल"),
        ("", ""),
    ],
)
def test_prose_is_words_alone(text: str, words: str) -> None:
    assert prose(text) == words


def test_only_the_beginning_of_a_long_message_is_read() -> None:
    assert len(own_text("word " * LONGEST)) <= LONGEST


def test_the_end_of_a_sentence_behind_an_order_number_stays() -> None:
    assert own_text("WHERE IS 4471-B???") == "WHERE IS  ???"


@given(st.text())
def test_no_text_has_a_sign_or_a_half_surrogate_in_its_prose(text: str) -> None:
    assert {unicodedata.category(letter)[0] for letter in prose(text)} <= {"L", "M", "P", "Z"}
    assert "\n" not in prose(text)


def test_a_folded_word_leads_back_to_the_customers_own_spelling() -> None:
    folded = Folded("Das ist UNVERSCHÄMT, c'est   rendez-moi straße")
    assert folded.text == "das ist unverschamt, c'est   rendez moi strasse"
    assert folded.as_written(8, 19) == "UNVERSCHÄMT"
    assert folded.as_written(21, 39) == "c'est rendez-moi"
    assert folded.as_written(40, 47) == "straße"


@given(st.text(min_size=1))
def test_the_whole_of_a_folded_text_leads_back_to_all_of_it(text: str) -> None:
    folded = Folded(text)
    if folded.text and not any(map(unicodedata.combining, unicodedata.normalize("NFD", text))):
        assert folded.as_written(0, len(folded.text)) == " ".join(text.split())
