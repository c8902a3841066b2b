"""Both forms of a mail's body say the same: the words, the signature, and the message quoted or passed on."""

from dataclasses import replace
from datetime import UTC, datetime

from heartline.channels.email.letter import QUOTE_LIMIT, Original, letter
from heartline.domain.mail import MailAddress, MailDetails
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message

ASKED = Message(
    id="q1",
    conversation="c1",
    channel=Channel.EMAIL,
    direction=Direction.INBOUND,
    author=Author(kind=AuthorKind.CONTACT, id="ct1", name="Tom", address="tom@example.org"),
    at=datetime(2026, 3, 2, 12, 5, tzinfo=UTC),
    text="Where is it?\n> We will look.",
    subject="My order",
    mail=MailDetails(to=(MailAddress(name="Support", address="support@acme.example"),)),
)
MARKER = "[ref:c.abc.k2]"


def test_the_words_stay_as_written_and_the_signature_stands_below_its_mark() -> None:
    made = letter("**Hello**", signature="Acme\nhttps://acme.example")
    assert made.text == "**Hello**\n\n-- \nAcme\nhttps://acme.example\n"
    assert "<strong>Hello</strong>" in made.html
    assert made.html.index("-- <br>") < made.html.index('<a href="https://acme.example">')


def test_a_quote_says_who_wrote_when_and_carries_our_mark() -> None:
    made = letter("Soon.", original=Original(message=ASKED, marker=MARKER))
    assert made.text == (
        "Soon.\n\nOn 2026-03-02 at 12:05 UTC, Tom <tom@example.org> wrote:\n"
        "> Where is it?\n>> We will look.\n> [ref:c.abc.k2]\n"
    )
    assert '<blockquote type="cite"' in made.html
    assert "Tom &lt;tom@example.org&gt; wrote:" in made.html
    assert made.html.index("Where is it?") < made.html.index(MARKER)


def test_a_quoted_mail_keeps_its_form_and_loses_its_images() -> None:
    html = '<p>Where <b>is</b> it?</p><img data-remote="0" alt="x"><img src="cid:logo@tom">'
    made = letter("Soon.", original=Original(message=replace(ASKED, html=html), marker=MARKER))
    assert "<p>Where <b>is</b> it?</p>" in made.html
    assert "<img" not in made.html


def test_a_text_that_is_quoted_is_not_read_as_marks_or_tags() -> None:
    made = letter("Soon.", original=Original(message=replace(ASKED, text="*a* <script>x</script>"), marker=MARKER))
    assert "*a* &lt;script&gt;x&lt;/script&gt;" in made.html


def test_a_long_history_is_cut() -> None:
    long = replace(ASKED, text="x" * 200_000, html="<p>" + "y" * 200_000)
    made = letter("Soon.", original=Original(message=long, marker=MARKER))
    assert len(made.text) < QUOTE_LIMIT + 1000
    assert len(made.html) < QUOTE_LIMIT + 1000
    assert "[…]" in made.text
    assert MARKER in made.text


def test_a_forward_repeats_the_headers_and_keeps_the_images_that_travel_along() -> None:
    html = 'See <img src="cid:a@tom"><img src="cid:b@tom"><img data-remote="0">'
    passed_on = Original(message=replace(ASKED, html=html), forwarded=True, images=frozenset({"a@tom"}))
    made = letter("For you.", original=passed_on)
    assert made.text == (
        "For you.\n\n---------- Forwarded message ----------\nFrom: Tom <tom@example.org>\n"
        "Date: 2026-03-02 at 12:05 UTC\nSubject: My order\nTo: Support <support@acme.example>\n\n"
        "Where is it?\n> We will look.\n"
    )
    assert made.html.count("<img") == 1
    assert '<img src="cid:a@tom">' in made.html
