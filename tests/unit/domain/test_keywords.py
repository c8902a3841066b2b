"""Keywords of intake rules: how people write them on telephones, in mail programs and in other scripts."""

import time

import pytest

from heartline.domain.keywords import READ, has_any, spelled


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("refund", "I want a REFUND!"),
        ("can't", "I can\u2019t log in"),
        ("can\u2019t", "I can't log in"),
        ("caf\u00e9", "the cafe\u0301 is closed"),
        ("cafe\u0301", "the caf\u00e9 is closed"),
        ("stra\u00dfe", "HAUPTSTRASSE? NEIN, STRASSE"),
        ("strasse", "die Stra\u00dfe"),
        ("istanbul", "\u0130stanbul"),
        ("\u03bb\u03cc\u03b3\u03bf\u03c2", "\u039b\u038c\u0393\u039f\u03a3"),
        ("refund", "\uff32\uff25\uff26\uff35\uff2e\uff24"),
        ("refund", "re\u00adfund"),
        ("money back", "money\u00a0\n back"),
        ("c++", "I like C++ a lot"),
    ],
)
def test_a_keyword_is_found_however_it_is_spelled(keyword: str, text: str) -> None:
    assert has_any((keyword,), spelled(text))


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("返金", "返金してください"),
        ("退款", "我要退款,谢谢"),
        ("คืนเงิน", "ขอคืนเงินค่ะ"),
        ("환불", "환불해 주세요"),
        ("ガス", "ｶﾞｽ代"),
        ("paypal", "PayPalで払いました"),
    ],
)
def test_a_script_without_spaces_between_words_has_no_whole_words(keyword: str, text: str) -> None:
    assert has_any((keyword,), spelled(text))


@pytest.mark.parametrize(
    ("keyword", "text"),
    [("fund", "refund"), ("refund", "refunds"), ("money back", "money, back"), ("cafe", "café"), ("a", "à la carte")],
)
def test_a_keyword_is_a_whole_word_with_the_letters_that_it_has(keyword: str, text: str) -> None:
    assert not has_any((keyword,), spelled(text))


def test_only_the_beginning_of_a_long_text_is_read_and_no_text_takes_long() -> None:
    assert not has_any(("refund",), spelled("x " * (READ // 2) + "refund"))
    began = time.process_time()
    for hostile in ("money" + " " * READ, "money " * READ, "\ufdfa" * READ, "i\u0307" * READ, "\u0344" * READ):
        has_any(("money back", "money  again", "'"), spelled(hostile))
    assert time.process_time() - began < 2
