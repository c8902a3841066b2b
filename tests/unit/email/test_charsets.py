"""Text is read in the character set that it is in, whatever it says; what was guessed is named."""

import pytest

from heartline.channels.email.charsets import decode, guess
from heartline.channels.email.parse import parse_mail
from tests.unit.email.mails import parsed

RUSSIAN = "Здравствуйте! Заказ номер 42 ещё не пришёл. Спасибо, Анна"
SAMPLES = {
    "utf-8": "Grüße, 您好, Здравствуйте",
    "cp1252": "Grüße aus München, schöne Straße für Ärzte. Où est passé l'été ?",
    "koi8-r": RUSSIAN,
    "cp1251": RUSSIAN,
    "gb18030": "您好, 我的订单没有收到, 请帮忙查询一下, 谢谢。",
    "cp949": "안녕하세요, 주문한 상품이 아직 도착하지 않았습니다. 확인 부탁드립니다.",
    "cp932": "こんにちは。注文した商品がまだ届いていません。確認をお願いします。",
    "euc_jp": "こんにちは。注文した商品がまだ届いていません。確認をお願いします。",
    "iso2022_jp": "こんにちは。",
    "utf-16": "Hello wörld, with a mark",
    "utf-16-le": "Hello wörld, without a mark",
    "utf-16-be": "Hello wörld, the other way round",
}


@pytest.mark.parametrize(("charset", "text"), SAMPLES.items(), ids=SAMPLES.keys())
def test_text_without_a_charset_is_recognised(charset: str, text: str) -> None:
    assert guess(text.encode(charset)) == text


@pytest.mark.parametrize(
    ("charset", "data", "expected"),
    [
        ("us-ascii (Plain text)", b"plain", "plain"),
        ("Windows1251", "Иван".encode("cp1251"), "Иван"),
        ("x-windows-1250", "Příliš".encode("cp1250"), "Příliš"),
        ("cp-850", "Grüße".encode("cp850"), "Grüße"),
        ("iso-8859-1", "“quoted” €".encode("cp1252"), "“quoted” €"),
        ("gb2312", "镕".encode("gb18030"), "镕"),
        ("unicode-1-1-utf-7", b"Gr+APwA3w-e", "Grüße"),
        ("utf-16", "no mark".encode("utf-16-le"), "no mark"),
    ],
)
def test_a_charset_is_known_by_the_names_that_programs_give_it(charset: str, data: bytes, expected: str) -> None:
    assert decode(data, charset) == (expected, None)


@pytest.mark.parametrize(
    ("charset", "data", "expected"),
    [
        ("us-ascii", "Grüße".encode(), "Grüße"),
        ("utf-8", "Grüße".encode("cp1252"), "Grüße"),
        ("utf-8", RUSSIAN.encode("koi8-r"), RUSSIAN),
        ("utf-8", "Grüße, alles schön".encode() + b"\xc3", "Grüße, alles schön\ufffd"),
        ("iso-8859-3", "Grüße €".encode(), "Grüße €"),
        ("iso-8859-1", "Grüße".encode(), "Grüße"),
        ("utf-16", b"Hello, all of it ASCII", "Hello, all of it ASCII"),
        ("x-none", "Grüße".encode("cp1252"), "Grüße"),
    ],
)
def test_a_wrong_or_unknown_charset_is_repaired_and_named(charset: str, data: bytes, expected: str) -> None:
    text, defect = decode(data, charset)

    assert text == expected
    assert defect


def test_undeclared_russian_is_read_in_the_subject_and_in_the_text() -> None:
    mail = parsed("koi8_undeclared")

    assert mail.subject == "Мой заказ не пришёл"
    assert mail.text == "Здравствуйте! Заказ номер 42 ещё не пришёл. Спасибо, Анна\n"
    assert "the text does not say in which character set it is: that was guessed" in mail.defects


def test_html_names_its_charset_itself() -> None:
    assert parsed("meta_charset_in_html").text == "Příliš žluťoučký kůň"


def test_utf_7_cannot_smuggle_half_a_sign() -> None:
    mail = parse_mail(b"Subject: =?utf-7?q?+2AA-x?=\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA-y")

    assert (mail.subject, mail.text) == ("\ufffdx", "\ufffdy")
