"""The composer's text becomes HTML that says the same: no word is lost, and nothing of its author's is markup."""

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email.markup import to_html, to_plain
from heartline.channels.email.sanitise import sanitise

PIECES = st.sampled_from(
    [
        *("**", "*", "_", "`", "```\n", "> ", "- ", "1. ", "\n", "\n\n", " ", "[", "](", ")", "!", "<b>", "&amp;", '"'),
        *("https://x.example/a_b", "javascript:alert(1)", "upload:u1)", "![i](upload:u1)", "<script>", "word", "ä"),
    ]
)
COMPOSED = st.lists(PIECES, max_size=25).map("".join)


class Words(HTMLParser):
    """What a reader sees, without white space, the tags around it, and what stands in their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.seen = ""
        self.hidden = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.hidden += "".join(value or "" for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.seen += "".join(data.split())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** and *italic* and _italic_", "<p><strong>bold</strong> and <em>italic</em> and <em>italic</em></p>"),
        ("**all _of_ it**", "<p><strong>all <em>of</em> it</strong></p>"),
        ("a `<b>` *x", "<p>a <code>&lt;b&gt;</code> *x</p>"),
        ("```\na\n\n<b>\n```", "<pre><code>a\n\n&lt;b&gt;</code></pre>"),
        ("- one\n- two\nend", "<ul><li>one</li><li>two</li></ul>\r\n<p>end</p>"),
        ("3. one\n4. two", '<ol start="3"><li>one</li><li>two</li></ol>'),
        ("[here](https://x.example/?a=1&b=2)", '<p><a href="https://x.example/?a=1&amp;b=2">here</a></p>'),
        ("https://x.example/a_b_c.", '<p><a href="https://x.example/a_b_c">https://x.example/a_b_c</a>.</p>'),
        ("![a plan](upload:u1)", '<p><img src="cid:u1@upload" alt="a plan"></p>'),
        ("one\ntwo\n\nthree", "<p>one<br>\r\ntwo</p>\r\n<p>three</p>"),
    ],
)
def test_marks_are_shown_as_what_they_mean(written: str, shown: str) -> None:
    assert to_html(written, {"u1": "u1@upload"}) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("> asked\nanswer", "<blockquote><p>asked</p></blockquote>\r\n<p>answer</p>"),
        ("Total\n-----\n5 EUR", "<p>Total<br>\r\n-----<br>\r\n5 EUR</p>"),
        ("[1]: see below", "<p>[1]: see below</p>"),
        ("2*3*4 and snake_case_name", "<p>2*3*4 and snake_case_name</p>"),
        ("    indented", "<p>    indented</p>"),
        ("#1234 is your order", "<p>#1234 is your order</p>"),
        ("```\nnever closed", "<p>```</p>\r\n<p>never closed</p>"),
    ],
    ids=["answer-below-a-quote", "line-above-dashes", "footnote", "inside-words", "indented", "number", "open-fence"],
)
def test_what_people_write_in_mails_is_not_taken_for_marks(written: str, shown: str) -> None:
    assert to_html(written, {}) == shown


@pytest.mark.parametrize(
    "written",
    [
        "<script>x</script>",
        "[x](javascript:alert)",
        '[x](https://e.example/"onclick=)',
        "![x](https://e.example/i.png)",
    ],
)
def test_what_could_do_harm_stays_text(written: str) -> None:
    words = Words(to_html(written, {}))
    assert set(words.tags) <= {"p", "a"}
    assert words.seen == "".join(written.split())


@given(COMPOSED)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_and_no_tag_is_foreign(written: str) -> None:
    html = to_html(written, {"u1": "u1@upload"})
    words = Words(html)
    for word in ("word", "ä", "alert", "<script>", "<b>"):
        assert (words.seen + words.hidden).count(word) >= written.count(word)
    assert set(words.tags) <= {*("p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "img")}


@given(COMPOSED)
@settings(max_examples=150, deadline=None)
def test_a_sanitiser_finds_nothing_to_take_out(written: str) -> None:
    html = to_html(written, {"u1": "u1@upload"})
    safe = Words(sanitise(html).html)
    assert (safe.tags, safe.seen) == (Words(html).tags, Words(html).seen)


@pytest.mark.parametrize(
    "piece",
    ["**a", "_a ", "*a ", "[", "[a", "`", "![a](upload:", "> ", "https://", "```\n", "1. a\n- b\n", "*"],
)
def test_marks_that_nobody_closes_cost_no_more_than_words(piece: str) -> None:
    began = time.process_time()
    to_html(piece * (50_000 // len(piece)), {})
    assert time.process_time() - began < 2


def test_the_plain_part_stays_as_it_was_written_but_for_images() -> None:
    assert to_plain("**Look** at ![the plan](upload:u1)\n> old") == "**Look** at [the plan]\n> old"
