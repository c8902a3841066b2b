"""One mark stands before a subject, in whatever language it came; without its marks it tells what it is about."""

import pytest

from heartline.domain.subjects import answer_subject, forward_subject, is_other_matter, is_telling, normalised_subject


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Order", "Re: Order"),
        ("RE: Order", "RE: Order"),
        ("AW: Order", "AW: Order"),
        ("Re[2]: Order", "Re[2]: Order"),
        ("", "Re:"),
        ("a\r\nb", "Re: a b"),
    ],
)
def test_an_answer_is_marked_once(subject: str, expected: str) -> None:
    assert answer_subject(subject) == expected


@pytest.mark.parametrize(("subject", "expected"), [("Order", "Fwd: Order"), ("WG: Order", "WG: Order")])
def test_a_forward_is_marked_once(subject: str, expected: str) -> None:
    assert forward_subject(subject) == expected


@pytest.mark.parametrize(
    "subject",
    ["Order 12", "RE: Order 12", "Aw: WG: order  12", "Re[2]: Order 12", "Antw: Re: Order 12", "回复\uff1aOrder 12"],
)
def test_marks_of_answers_do_not_change_a_subject(subject: str) -> None:
    assert normalised_subject(subject) == "order 12"


@pytest.mark.parametrize("subject", ["return: order 12", "order: 12", "your order, re: 12"])
def test_a_word_that_only_looks_like_a_mark_stays(subject: str) -> None:
    assert normalised_subject(subject) == subject


@pytest.mark.parametrize("subject", ["Order 12", "my order", "Rechnungskorrektur", "訂單號碼12"])
def test_a_subject_of_several_words_a_number_or_some_length_tells_a_matter(subject: str) -> None:
    assert is_telling(subject)


@pytest.mark.parametrize(
    ("subject", "earlier", "other"),
    [
        ("Re: My order", "My order", False),
        ("My order (two parcels)", "Re: my order", False),
        ("WG: Invoice", "My order", True),
        ("", "My order", False),
        ("My order", "", False),
    ],
)
def test_a_subject_is_another_matter_if_neither_contains_the_other(subject: str, earlier: str, *, other: bool) -> None:
    assert is_other_matter(subject, earlier) is other
