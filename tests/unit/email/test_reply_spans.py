"""Folding loses no character of any text, and its work grows as the text does."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.channels.email.reply import Kind, fold, visible_reply
from tests.replies import cases

LINES = [
    "> quoted",
    "> > deeper",
    ">",
    "On 2 March 2026 at 10:00 Ann wrote:",
    "On 2 Mar Ann <",
    "a@b.example> wrote:",
    "yes On Mon, Mar 2 Bob wrote:",
    "said",
    "",
    "-- ",
    "__",
    "Ann",
    "Sent from my iPhone",
    "This message is confidential",
    "From: a@b.example",
    "Sent: Monday",
    "Subject: c",
    "-----Original Message-----",
    "____________",
    "Kind regards",
    "+44 20 7946 0000",
    "\u202b\u05d0\u202c \x0b \r",
    "2026\u5e743\u67082\u65e5 <a@b.example>:",
]
TEXTS = st.lists(st.sampled_from(LINES)).map("\n".join)


@given(TEXTS | st.text())
def test_the_spans_are_the_whole_text(text: str) -> None:
    spans = fold(text)

    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(span.start < span.end for span in spans)


@given(TEXTS | st.text())
def test_something_is_visible_where_something_was_written(text: str) -> None:
    assert bool(visible_reply(text)) == bool(text.strip())


def test_each_kind_has_its_span() -> None:
    text = "Yes.\n\n-- \nAnn\n\nThis message is confidential.\n\nOn 2 Mar 2026, Shop <a@b.example> wrote:\n> ?"

    assert [span.kind for span in fold(text)] == [Kind.REPLY, Kind.SIGNATURE, Kind.DISCLAIMER, Kind.QUOTE]


@pytest.mark.parametrize(
    "piece",
    [
        "On 2 Mar 2026 at 10:00 Ann wrote:\n> x\n",
        "On 2 Mar 2026 <\n",
        "> q\nanswer\n",
        "From: a@b.example\n",
        "Sent from my iPhone\n",
        "This message is\n\n",
        "a@" * 100 + ":\n",
        "wrote " * 60 + ":\n",
        "<a\n",
        "--\n",
    ],
)
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    single = calls(lambda: fold(piece * 60))
    double = calls(lambda: fold(piece * 120))

    assert double <= 2.2 * single


def test_a_mail_of_millions_of_lines_is_read_up_to_a_point() -> None:
    text = "> \n" * 20_000

    assert calls(lambda: fold(text)) <= 2 * calls(lambda: fold(text[: len(text) // 4]))


def test_the_corpus_holds_what_it_promises() -> None:
    assert len(cases()) >= 160


def calls(work: Callable[[], object]) -> int:
    """How many functions of Python and C `work` calls: a measure of its steps that no busy machine changes."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    work()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
