"""The history in HTML is folded away from what its author wrote, whichever program put it there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.channels.email.html_text import html_to_text
from heartline.channels.email.parse import parse_mail
from heartline.channels.email.reply import fold_html
from heartline.channels.email.sanitise import sanitise
from tests.unit.email.test_reply_spans import calls

ATTRIBUTION = (
    "On Mon, Mar 2, 2026 at 10:00 AM Shop &lt;<a href='mailto:shop@shop.example'>shop@shop.example</a>&gt; wrote:"
)

PROGRAMS = {
    "Gmail": f"""<div dir="ltr">Yes, <b>please</b>.</div><br><div class="gmail_quote gmail_quote_container">
        <div dir="ltr" class="gmail_attr">{ATTRIBUTION}<br></div>
        <blockquote class="gmail_quote" style="margin:0 0 0 .8ex">Shall we?</blockquote></div>""",
    "Apple Mail": f"""<html><body>Yes, please.<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite">
        <div>{ATTRIBUTION}</div><br><div>Shall we?</div></blockquote></div></body></html>""",
    "Thunderbird": """<p>Yes, please.</p><div class="moz-cite-prefix">On 02/03/2026 10:00, Shop wrote:<br></div>
        <blockquote type="cite" cite="mid:1@shop.example"><p>Shall we?</p></blockquote>""",
    "Outlook on the web": """<div>Yes, please.</div><div id="appendonsend"></div><hr style="display:inline-block">
        <div id="divRplyFwdMsg"><font><b>From:</b> Shop &lt;shop@shop.example&gt;<br><b>Sent:</b> Monday<br>
        <b>To:</b> Ann<br><b>Subject:</b> Question</font><div>&nbsp;</div></div><div>Shall we?</div>""",
    "Outlook desktop": """<div class="WordSection1"><p class="MsoNormal">Yes, please.<o:p></o:p></p>
        <div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">
        <b>Von:</b> Shop &lt;shop@shop.example&gt;<br><b>Gesendet:</b> Montag<br><b>An:</b> Ann<br>
        <b>Betreff:</b> Frage</p></div><p class="MsoNormal">Shall we?</p></div>""",
    "Yahoo": f"""<div class="ydp1a2b3cyahoo-style-wrap"><div>Yes, please.</div></div>
        <div id="ydp4d5eyahoo_quoted_1" class="ydp4d5eyahoo_quoted"><div>{ATTRIBUTION}</div>
        <div>Shall we?</div></div>""",
    "Proton": f"""<div>Yes, please.</div><div class="protonmail_quote">{ATTRIBUTION}<br>
        <blockquote class="protonmail_quote" type="cite">Shall we?</blockquote></div>""",
    "Zoho": """<div>Yes, please.</div><div class="zmail_extra">
        <div>---- On Mon, 02 Mar 2026 10:00 <b>Shop</b> wrote ---</div>
        <blockquote>Shall we?</blockquote></div>""",
    "Tutanota": f"""<div>Yes, please.</div>{ATTRIBUTION}<br>
        <blockquote class="tutanota_quote">Shall we?</blockquote>""",
    "GMX": """<div>Yes, please.<div name="quote" style="margin:10px"><div><b>Gesendet:</b> Montag<br>
        <b>Von:</b> Shop<br><b>Betreff:</b> Frage</div><div name="quoted-content">Shall we?</div></div></div>""",
    "no program that is known": f"<div>Yes, please.</div><div>{ATTRIBUTION}</div><blockquote>Shall we?</blockquote>",
    "a text in HTML": f"<div>Yes, please.<br><br>{ATTRIBUTION}<br>&gt; Shall we?<br>&gt; Really?</div>",
}


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_the_history_is_folded(html: str) -> None:
    visible, quoted = fold_html(html)

    assert html_to_text(visible).strip() == "Yes, please."
    assert "Shall we?" in html_to_text(quoted)


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_both_parts_are_sanitised_on_their_own(html: str) -> None:
    visible, quoted = (sanitise(part).html for part in fold_html(html))

    assert sanitise(visible).html == visible
    assert "Yes" in visible
    assert "Shall we?" in quoted


def test_answers_between_the_quotes_leave_everything_visible() -> None:
    html = f"""<div class="gmail_quote"><div>{ATTRIBUTION}</div><blockquote>Which size?</blockquote><div>42</div>
        <blockquote>Which colour?</blockquote><div>blue</div></div>"""

    assert fold_html(html) == (html, "")


def test_a_mail_of_nothing_but_history_is_visible() -> None:
    html = f'<div class="gmail_quote">{ATTRIBUTION}<blockquote>Shall we?</blockquote></div>'

    assert fold_html(html) == (html, "")


def test_an_image_alone_is_an_answer() -> None:
    quote = f'<div class="gmail_quote">{ATTRIBUTION}<blockquote>Which one?</blockquote></div>'

    assert fold_html(f'<img src="cid:photo@customer.example">{quote}')[1] == quote


def test_a_class_that_only_sounds_like_a_quote_hides_nothing() -> None:
    html = '<p>Our offer:</p><div class="quote">1 lamp, 20.00</div><p>Ann</p>'

    assert fold_html(html) == (html, "")


def test_the_visible_text_of_a_mail_in_html_alone_ends_where_its_history_begins() -> None:
    raw = f"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{PROGRAMS['Gmail']}".encode()

    assert parse_mail(raw).visible_text == "Yes, please."


def test_answers_between_the_quotes_of_a_mail_in_html_alone_are_in_its_visible_text() -> None:
    html = f"{ATTRIBUTION}<blockquote>Which size?</blockquote>42<blockquote>Which colour?</blockquote>blue"
    raw = f"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{html}".encode()

    assert parse_mail(raw).visible_text.endswith("blue")


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<blockquote type=cite>", "</blockquote>", "a", "<br>", ATTRIBUTION, "<!--"]
        )
    ).map("".join)
)
def test_no_piece_of_html_is_lost(html: str) -> None:
    visible, quoted = fold_html(html)

    assert sorted(visible + quoted) == sorted(html)


@pytest.mark.parametrize(
    "piece",
    [
        "<blockquote>",
        "a<br>",
        f"{ATTRIBUTION}<blockquote>q</blockquote>",
        "</div>",
        "<div class=gmail_quote>",
        "&lt;<br>",
    ],
)
def test_twice_the_html_is_twice_the_work(piece: str) -> None:
    single = calls(lambda: fold_html(piece * 60))
    double = calls(lambda: fold_html(piece * 120))

    assert double <= 2.2 * single
