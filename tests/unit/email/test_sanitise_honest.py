"""Honest mail still says and shows what its author meant, each kind as its mail program writes it."""

from pathlib import Path

import pytest

from heartline.channels.email.sanitise import SanitisedHtml, sanitise
from tests.unit.email.html_reader import HtmlReader, faults

DATA = Path(__file__).parents[2] / "data" / "html" / "honest"
NAMES = sorted(path.stem for path in DATA.glob("*.html"))


def safe(name: str) -> SanitisedHtml:
    return sanitise((DATA / f"{name}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_acts_and_nothing_was_cut(name: str) -> None:
    result = safe(name)

    assert faults(result.html) == []
    assert result.defects == ()
    assert sanitise(result.html).html == result.html


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("newsletter", ["two for one", "Lamp", "Price", "Oslo", "89.00", "44.50", "See all lamps", "Unsubscribe"]),
        ("outlook_word", ["Hello,", "4711", "wrong", "two lamps", "three lamps", "Ordered", "Charged", "Your invoice"]),
        ("gmail_reply", ["Hi Ana", "quick", "a new lamp", "the money back", "courier", "Maria Lopez", "wrote:"]),
        ("apple_mail", ["Here is", "shade", "too short", "cut", "Tom", "On 3 Mar 2025", "Could you send"]),
        ("arabic", ["مرحبا", "4711-A", "التحقق", "المنتج", "العدد", "مصباح", "ليلى", "Sent from my phone"]),
        ("dark_mode", ["Your code is", "482 913", "ten minutes", "never ask", "Not you?"]),
        ("plain_words", ["Good morning", "lamp on Friday & it hums —", "OSLO 40\nSerial", "Emma"]),
    ],
)  # fmt: skip
def test_its_words_are_all_there_in_their_order(name: str, words: list[str]) -> None:
    text = HtmlReader(safe(name).html).text

    assert [word for word in words if word in text] == words
    assert sorted(words, key=text.index) == words


def test_the_style_sheet_and_the_title_of_a_newsletter_do_not_become_text() -> None:
    text = HtmlReader(safe("newsletter").html).text

    assert "@media" not in text
    assert "Autumn" not in text


def test_a_newsletter_keeps_its_tables_colours_and_links() -> None:
    reader = HtmlReader(safe("newsletter").html)

    assert [table.get("width") for table in reader.all("table")] == ["100%", "600", "100%"]
    assert reader.all("tr")[3]["bgcolor"] == "#faf7f2"
    assert [link["href"] for link in reader.all("a")] == [
        "https://click.mailer.example/t/8f2a?u=lamps.example",
        "https://lamps.example/unsubscribe?m=17",
    ]
    assert "background:#c8553d" in reader.all("a")[0]["style"]
    assert {"del", "b", "h1", "thead", "th"} <= {tag for tag, _ in reader.tags}


def test_a_newsletters_pictures_wait_in_their_places() -> None:
    result = safe("newsletter")

    assert [image["data-remote"] for image in HtmlReader(result.html).all("img")] == ["0", "2"]
    assert result.remote_images == (
        "https://pictures.lamps.example/logo.png",
        "https://pictures.lamps.example/paper.png",
        "https://click.mailer.example/o/8f2a.gif",
    )


def test_outlooks_paragraphs_fonts_and_pictures_stay_and_its_hidden_markup_goes() -> None:
    reader = HtmlReader(safe("outlook_word").html)

    assert reader.all("p")[0]["class"] == "MsoNormal"
    assert reader.all("span")[0]["style"] == 'font-size:11.0pt;font-family:"Calibri",sans-serif'
    assert [image["src"] for image in reader.all("img")] == ["cid:image001.png@01DB.4F2A"]
    assert "behavior" not in reader.text
    assert "endif" not in reader.text


def test_apple_mails_picture_and_struck_words_stay() -> None:
    reader = HtmlReader(safe("apple_mail").html)

    assert reader.all("img")[0] | {"src": "cid:A1B2C3@lamps.example", "width": "320"} == reader.all("img")[0]
    assert reader.all("blockquote") == [{"type": "cite"}]
    assert len(reader.all("strike")) == 1


def test_writing_from_the_right_stays_so() -> None:
    reader = HtmlReader(safe("arabic").html)

    assert reader.all("div")[0]["dir"] == "rtl"
    assert reader.all("b")[0]["dir"] == "ltr"
    assert reader.all("table")[0]["dir"] == "rtl"
