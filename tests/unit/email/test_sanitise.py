"""What a stranger wrote as HTML can be shown: nothing in it runs, loads, submits or leaves its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email import sanitise as sanitise_module
from heartline.channels.email.html_balance import balance, is_cheap
from heartline.channels.email.html_style import safe_style
from heartline.channels.email.limits import Limits
from heartline.channels.email.sanitise import TAGS, sanitise
from tests.unit.email.html_reader import faults

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


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
@settings(max_examples=500, deadline=None)
def test_nothing_executable_is_left_and_a_second_run_changes_nothing(html: str, remote: bool) -> None:
    once = sanitise(html, remote=remote).html

    assert faults(once) == []
    assert sanitise(once, remote=remote).html == once


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_balancing_first_leaves_nothing_executable_either(html: str) -> None:
    balanced, _ = balance(html, tags=TAGS, names=frozenset({"href", "src", "style", "color"}), depth=20)

    assert faults(sanitise(balanced).html) == []


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


def test_remote_images_are_listed_and_leave_only_their_number() -> None:
    html = '<img src="http://t/1.gif"><img src="//t/2.gif" alt="two"><p style="background:url(https://t/3.gif)">x</p>'
    result = sanitise(html)

    assert result.remote_images == ("http://t/1.gif", "https://t/2.gif", "https://t/3.gif")
    assert result.html == '<img data-remote="0"><img data-remote="1" alt="two"><p>x</p>'


def test_every_place_that_asks_for_an_image_is_listed_once() -> None:
    html = (
        '<img src="https://t/1.gif" srcset="https://t/1.gif 1x, //t/2.gif 2x">'
        '<table background="https://t/3.gif"><tr><td style="background: #fff url(&quot;https://t/4.gif&quot;)">x'
    )

    assert sanitise(html).remote_images == ("https://t/1.gif", "https://t/2.gif", "https://t/3.gif", "https://t/4.gif")


def test_remote_images_over_https_are_kept_on_request() -> None:
    html = '<img src="http://t/1.gif"><img src="https://t/2.gif"><img src="//t/3.gif"><table background="https://t/4">'

    assert sanitise(html, remote=True).html.startswith(
        '<img data-remote="0"><img src="https://t/2.gif"><img src="https://t/3.gif"><table>'
    )


def test_a_number_that_the_sender_wrote_is_replaced_by_the_true_one() -> None:
    assert sanitise('<img data-remote="7" src="https://t/1.gif">').html == '<img data-remote="0">'
    assert sanitise('<img data-remote="x"><p data-remote="1">x</p>').html == "<img><p>x</p>"


def test_the_text_of_a_blocked_image_is_not_mistaken_for_one() -> None:
    html = '<p title=\'<img src="remote:1">\'>src="remote:2"</p>'

    assert "data-remote" not in sanitise(html + '<img src="https://t/1.gif">').html.split("</p>")[0]


def test_remote_images_beyond_the_cap_are_left_out_and_named() -> None:
    result = sanitise("".join(f'<img src="https://t/{at}">' for at in range(4)), limits=Limits(remote_images=2))

    assert result.remote_images == ("https://t/0", "https://t/1")
    assert result.html == '<img data-remote="0"><img data-remote="1"><img><img>'
    assert result.defects == ("remote images beyond the cap were left out",)


def test_images_of_the_mail_itself_keep_their_content_id() -> None:
    assert sanitise('<img src="CID:part1@x">').html == '<img src="CID:part1@x">'
    assert sanitise('<a href="cid:part1@x">x</a>').html == '<a rel="noopener noreferrer nofollow">x</a>'


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color : RED ;font: 14px/1.5 'Segoe UI', Arial", "color:RED;font:14px/1.5 'Segoe UI', Arial"),
        ("background:#eee url(https://t/x.png) no-repeat", "background:#eee   no-repeat"),
        ("background:url(x.png);color:red", "color:red"),
        ("border-left:1px solid rgb(1, 2, 3);width:calc(100% - 2px)", None),
        ("text-decoration:line-through;direction:rtl", None),
        ("width:expression(x);height:ex/**/pression(x)", ""),
        ("background:u\\72l(https://t/x);color:r\\65 d", ""),
        ("color:red;font-family:'a;b';float:left", "color:red;float:left"),
        ("height:100vh;min-height:10.5dvh;width:50vw", "width:50vw"),
        ("position:fixed;z-index:9;transform:none;mso-hide:all;--x:1", ""),
        ("background:URL(  'https://t/x'  ) ;color:#123", "color:#123"),
    ],
)  # fmt: skip
def test_a_style_keeps_what_only_looks(style: str, kept: str | None) -> None:
    expected = style if kept is None else kept

    assert safe_style(style) == expected


@given(st.text(alphabet="aAurl()'\"\\/*;:, #0vh\n\x00é", max_size=60).map("color:".__add__))
def test_a_style_once_safe_is_not_changed_again(style: str) -> None:
    assert safe_style(safe_style(style)) == safe_style(style)


@pytest.mark.parametrize(
    "html",
    [
        "<a href='https://a.example'><marquee><a href='https://b.example'>x</a></marquee></a>",
        "<p><button><p>x", "<h1><marquee><h1>x", "<table><a href='https://a.example'><tr><a>x",
        ">" * 300_000, "&" * 300_000, "&lt;" * 60_000, "<" * 60_000,
        "<table><tr><td>" * 9000, "<a><b><p>" * 9000, "<dd><dt>" * 9000, "<b><p></b>" * 9000,
    ],
    ids=lambda html: html[:24],
)  # fmt: skip
def test_what_a_parser_repairs_anew_each_time_is_settled(html: str) -> None:
    once = sanitise(html).html

    assert sanitise(once).html == once


def test_markup_that_never_settles_is_shown_as_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sanitise_module._Cleaner, "is_settled", lambda *_: False)

    assert sanitise("<b>bold &amp; <i>brave</i></b>").html == "bold &amp; brave"


def test_html_beyond_the_caps_is_cut_and_named() -> None:
    assert sanitise("<p>" * 60_000).defects == ("HTML beyond the cap was left out",)
    assert len(sanitise("x" * 2_000_000).html) == 1024 * 1024


def test_what_is_cut_is_cut_before_a_tag_or_entity_and_not_in_it() -> None:
    assert sanitise("<b>word</b>", limits=Limits(html_size=9)).html == "<b>word</b>"
    assert sanitise("one &amp; two", limits=Limits(html_size=7)).html == "one "
    assert sanitise("</p>" * 5 + "x", limits=Limits(html_tags=2)).html.count("<p>") == 2
    assert sanitise("<b>x</b><b>y</b><b>z</b>", limits=Limits(html_tags=2)).html == "<b>x</b><b>y</b>"


@pytest.mark.parametrize("entity", ["&", "&lt;", ">", "&CounterClockwiseContourIntegral;"])
def test_entities_do_not_multiply(entity: str) -> None:
    assert len(sanitise(entity * (1_000_000 // len(entity))).html) <= 1024 * 1024


def test_nesting_beyond_the_cap_is_flattened_and_its_text_kept() -> None:
    result = sanitise("<div>" * 10_000 + "inside")

    assert result.html.count("<div>") == 512
    assert "inside" in result.html
    assert result.defects == ("HTML nested deeper than the cap was flattened",)


def test_unclosed_formatting_cannot_multiply() -> None:
    html = "".join(f"<font color={at}>" for at in range(500)) + "<p>x</p>" * 5000

    assert not is_cheap(html)
    assert len(sanitise(html).html) < 20 * len(html)


def test_a_lone_surrogate_is_replaced() -> None:
    assert sanitise("<b>\ud800</b>").html == "<b>\ufffd</b>"
