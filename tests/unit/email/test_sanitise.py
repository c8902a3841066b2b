"""What a stranger wrote as HTML can be shown: nothing in it runs, loads, submits or leaves its place."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email.html_balance import balance, is_cheap
from heartline.channels.email.sanitise import TAGS, sanitise

REL = 'rel="noopener noreferrer nofollow"'
PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<svg/onload=alert(1)>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        '<a href="java\tscript:alert(1)">', "<a href=' javascript:alert(1)'>", "<a href=//evil.example>", "</a>",
        "<img src=x onerror=alert(1)>", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>", "<style>",
        "</style>",
        "<p style='background:url(javascript:alert(1))'>", "<p style='width:expression(alert(1))'>", "<!--", "-->",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<textarea>", "<title>", "<form>",
        "<table><td>",
        "<iframe srcdoc='<script>alert(1)</script>'>", "<base href=//e>", "<meta http-equiv=refresh content=0>",
        "<template>", "<b><i></b></i>", "<p><font color=1><p>", "&lt;script&gt;", "\x00", "<![CDATA[", "]]>",
        "<", '"', "'", "x", " ",
    ]
)  # fmt: skip


class _Inspector(HTMLParser):
    """A second reader, independent of the sanitiser's own parser."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += [] if tag in TAGS else [tag]
        self.faults += [name for name, value in attrs if _is_dangerous(name, value or "")]

    handle_startendtag = handle_starttag


def _is_dangerous(name: str, value: str) -> bool:
    value = value.lower()
    if name in ("href", "src", "background"):
        return not value.startswith(("http://", "https://", "mailto:", "tel:", "cid:"))
    return name.startswith("on") or name in ("id", "class", "name", "srcset", "action") or "url(" in value


def _faults(html: str) -> list[str]:
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
@settings(max_examples=500, deadline=None)
def test_nothing_executable_is_left_and_a_second_run_changes_nothing(html: str, remote: bool) -> None:
    once = sanitise(html, remote=remote).html

    assert _faults(once) == []
    assert sanitise(once, remote=remote).html == once


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_balancing_first_leaves_nothing_executable_either(html: str) -> None:
    balanced, _ = balance(html, tags=TAGS, names=frozenset({"href", "src", "style", "color"}), depth=20)

    assert _faults(sanitise(balanced).html) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="https://a.example/?x=1&y=2">x</a>', f'<a href="https://a.example/?x=1&amp;y=2" {REL}>x</a>'),
        ('<a href="mailto:a@b.example">x</a>', f'<a href="mailto:a@b.example" {REL}>x</a>'),
        ('<a href="/relative">x</a>', f"<a {REL}>x</a>"),
        ('<p style="color:red;position:fixed;background:url(https://e/x)">x</p>', '<p style="color:red">x</p>'),
        ('<p onclick="x()" id="a" class="b">x</p>', "<p>x</p>"),
        ("a<script>b</script>c<style>d</style>", "ac"),
        ("<form action=/x><input name=a>text</form>", "text"),
    ],
)  # fmt: skip
def test_keeps_what_is_said_and_drops_what_acts(source: str, expected: str) -> None:
    assert sanitise(source).html == expected


def test_remote_images_are_listed_and_blocked() -> None:
    html = '<img src="http://t/1.gif"><img src="//t/2.gif" alt="two"><p style="background:url(https://t/3.gif)">x</p>'
    result = sanitise(html)

    assert result.remote_images == ("http://t/1.gif", "https://t/2.gif", "https://t/3.gif")
    assert result.html == '<img><img alt="two"><p>x</p>'


def test_remote_images_over_https_are_kept_on_request() -> None:
    html = '<img src="http://t/1.gif"><img src="https://t/2.gif">'

    assert sanitise(html, remote=True).html == '<img><img src="https://t/2.gif">'


def test_images_of_the_mail_itself_keep_their_content_id() -> None:
    assert sanitise('<img src="CID:part1@x">').html == '<img src="CID:part1@x">'
    assert sanitise('<a href="cid:part1@x">x</a>').html == '<a rel="noopener noreferrer nofollow">x</a>'


def test_html_beyond_the_caps_is_cut_and_named() -> None:
    assert sanitise("<p>" * 60_000).defects == ("HTML beyond the cap was left out",)
    assert len(sanitise("x" * 2_000_000).html) == 1024 * 1024


def test_nesting_beyond_the_cap_is_flattened_and_its_text_kept() -> None:
    result = sanitise("<div>" * 20_000 + "inside")

    assert result.html.count("<div>") == 512
    assert "inside" in result.html
    assert result.defects == ("HTML nested deeper than the cap was flattened",)


def test_unclosed_formatting_cannot_multiply() -> None:
    html = "".join(f"<font color={at}>" for at in range(500)) + "<p>x</p>" * 5000

    assert not is_cheap(html)
    assert len(sanitise(html).html) < 20 * len(html)


def test_a_lone_surrogate_is_replaced() -> None:
    assert sanitise("<b>\ud800</b>").html == "<b>\ufffd</b>"
