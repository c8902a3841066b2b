"""However a number is written, it is one identity; a number that says nothing is nobody in particular."""

import pytest

from heartline.channels.twilio.numbers import canonical, identity_of
from heartline.domain.contacts import Identity, IdentityKind


@pytest.mark.parametrize(
    ("written", "country", "meant"),
    [
        ("+14155552671", "DE", "+14155552671"),
        (" +14155552671 ", "US", "+14155552671"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("004930123456", "DE", "+4930123456"),
        ("030 123456", "DE", "+4930123456"),
        ("+5215512345678", "MX", "+525512345678"),
        ("+525512345678", "MX", "+525512345678"),
        ("+551187654321", "BR", "+5511987654321"),
        ("+5511987654321", "BR", "+5511987654321"),
        ("+551133334444", "BR", "+551133334444"),
    ],
)
def test_numbers_are_e164(written: str, country: str, meant: str) -> None:
    assert canonical(written, country) == meant


@pytest.mark.parametrize("sender", ["12345", "ACME", "", "</Say><Dial>", "+", "+0"])
def test_what_cannot_be_dialled_stays_as_it_is(sender: str) -> None:
    assert canonical(sender, "US") == sender


@pytest.mark.parametrize(
    "number", ["", "anonymous", "Anonymous", "+266696687", "266696687", "RESTRICTED", "+7378742833", "+86282452253"]
)
def test_a_withheld_number_is_somebody_new_each_time(number: str) -> None:
    assert identity_of(number, "US", event="CA1") == Identity(kind=IdentityKind.ANONYMOUS, address="CA1")


def test_a_number_is_known_by_itself() -> None:
    assert identity_of("+14155552671", "US", event="CA1") == Identity(kind=IdentityKind.PHONE, address="+14155552671")
