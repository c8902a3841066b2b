"""The signs in a customer's words, with the library's lexicon where there is one."""

import subprocess
import sys

from heartline.domain.heat import is_heated
from heartline.words.tone import heat_of


def test_english_is_read_with_the_librarys_lexicon() -> None:
    signs = heat_of("a horrendous and contemptuous affair")
    assert [str(sign) for sign in signs] == ["strong words: “horrendous”, “contemptuous”"]
    assert is_heated(signs)


def test_the_language_is_asked_of_the_text_where_it_is_not_known() -> None:
    assert is_heated(heat_of("Ich habe die Nase voll von Ihren Ausreden"))


def test_the_known_language_is_believed() -> None:
    assert heat_of("die Nase voll", language="es") == ()


def test_the_lexicon_is_loaded_for_english_alone_and_brings_no_http_client() -> None:
    program = """
import sys
from heartline.words.tone import heat_of
heat_of("Esto es una vergüenza", language="es")
assert "vaderSentiment" not in sys.modules
assert "fasttext" not in sys.modules
heat_of("This is a disgrace", language="en")
assert "vaderSentiment" in sys.modules
assert "requests" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})
