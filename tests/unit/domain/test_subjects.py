"""One mark of an answer or a forward stands before a subject, in whatever language it came."""

import pytest

from heartline.domain.subjects import answer_subject, forward_subject


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Order", "Re: Order"),
        ("RE: Order", "RE: Order"),
        ("AW: Order", "AW: Order"),
        ("", "Re:"),
        ("a\r\nb", "Re: a b"),
    ],
)
def test_an_answer_is_marked_once(subject: str, expected: str) -> None:
    assert answer_subject(subject) == expected


@pytest.mark.parametrize(("subject", "expected"), [("Order", "Fwd: Order"), ("WG: Order", "WG: Order")])
def test_a_forward_is_marked_once(subject: str, expected: str) -> None:
    assert forward_subject(subject) == expected
