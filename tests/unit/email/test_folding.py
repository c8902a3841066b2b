"""What is stored of a mail's HTML: the answer and its history apart, safe, with their images counted through."""

from heartline.channels.email.folding import Folded, folded
from heartline.channels.email.parse import parse_mail

ANSWER = '<div>Thank you <img src="https://images.example/me.png"></div>'
HISTORY = (
    '<div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Mar 2026 at 12:00, Support &lt;support@acme.example&gt;'
    ' wrote:<br></div><blockquote class="gmail_quote">On its way. <script>alert(1)</script>'
    '<img src="https://images.example/logo.png"> 1 &lt;img data-remote="0"</blockquote></div>'
)


def fold(html: str) -> Folded:
    return folded(parse_mail(f"From: tom@example.org\r\nContent-Type: text/html\r\n\r\n{html}".encode()))


def test_the_history_stands_apart_and_both_parts_are_safe() -> None:
    parts = fold(ANSWER + HISTORY)

    assert "Thank you" in parts.visible
    assert "On its way." in parts.quoted
    assert "On its way." not in parts.visible
    assert "script" not in parts.visible + parts.quoted


def test_the_images_of_both_parts_are_counted_through() -> None:
    parts = fold(ANSWER + HISTORY)

    assert parts.remote_images == ("https://images.example/me.png", "https://images.example/logo.png")
    assert 'data-remote="0"' in parts.visible
    assert 'data-remote="1"' in parts.quoted


def test_words_that_look_like_an_image_stay_what_they_are() -> None:
    assert '&lt;img data-remote="0"' in fold(ANSWER + HISTORY).quoted


def test_html_without_a_history_is_stored_whole() -> None:
    parts = fold(ANSWER)

    assert parts.quoted == ""
    assert parts.visible == parse_mail(f"Content-Type: text/html\r\n\r\n{ANSWER}".encode()).html


def test_a_mail_of_text_alone_has_no_html() -> None:
    assert folded(parse_mail(b"From: tom@example.org\r\n\r\nHello")) == Folded(visible="", quoted="", remote_images=())
