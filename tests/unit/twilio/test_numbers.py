"""However a number is written, it is one identity; a number that says nothing is nobody in particular."""

import pytest

from heartline.channels.twilio.numbers import canonical, dialable, identity_of, texter
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import Invalid


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
        ("+22990011234", "BJ", "+2290190011234"),
        ("+2290190011234", "BJ", "+2290190011234"),
        ("011 15-2345-6789", "AR", "+5491123456789"),
        ("+541123456789", "AR", "+541123456789"),
    ],
)
def test_numbers_are_e164(written: str, country: str, meant: str) -> None:
    assert canonical(written, country) == meant


@pytest.mark.parametrize(
    "sender", ["12345", "60777", "ACME", "1800FLOWERS", "GETFLOWERS", "", "</Say><Dial>", "+", "+0"]
)
def test_what_cannot_be_dialled_stays_as_it_is(sender: str) -> None:
    assert canonical(sender, "US") == sender


@pytest.mark.parametrize(
    "number", ["", "anonymous", "Anonymous", "+266696687", "266696687", "RESTRICTED", "+7378742833", "+86282452253"]
)
def test_a_withheld_number_is_somebody_new_each_time(number: str) -> None:
    assert identity_of(number, "US", event="CA1") == Identity(kind=IdentityKind.ANONYMOUS, address="CA1")


def test_a_number_is_known_by_itself() -> None:
    assert identity_of("+14155552671", "US", event="CA1") == Identity(kind=IdentityKind.PHONE, address="+14155552671")


OURS = "+14155550100"


@pytest.mark.parametrize("written", ["+541123456789", "+5491123456789"])
def test_whoever_texts_from_argentina_has_a_mobile(written: str) -> None:
    identity = texter(written, "US", event="SM1", ours=OURS)
    assert identity == Identity(kind=IdentityKind.PHONE, address="+5491123456789")


@pytest.mark.parametrize("written", ["24273", "BANK", "1800FLOWERS", "Ünal GmbH"])
def test_a_short_code_or_a_name_is_a_sender_and_no_line(written: str) -> None:
    assert texter(written, "US", event="SM1", ours=OURS) == Identity(
        kind=IdentityKind.SENDER, address=f"{OURS}/{written}"
    )


def test_the_same_short_code_at_another_number_of_ours_is_somebody_else() -> None:
    assert texter("24273", "US", event="SM1", ours=OURS) != texter("24273", "US", event="SM1", ours="+442071838750")


def test_a_senders_name_is_short_and_holds_no_marks_that_nobody_sees() -> None:
    assert texter("B\u202eANK\0" + "x" * 500, "US", event="SM1", ours=OURS).address == f"{OURS}/BANK{'x' * 60}"


@pytest.mark.parametrize(
    ("written", "country", "meant"),
    [
        ("(415) 555-2671", "US", "+14155552671"),
        ("07911 123456", "GB", "+447911123456"),
        ("+52 1 55 1234 5678", "US", "+525512345678"),
        ("0176 12345678", "DE", "+4917612345678"),
        ("+1\uff14\uff11\uff155552671", "US", "+14155552671"),
        ("+1\u0664\u0661\u06655552671", "US", "+14155552671"),
    ],
)
def test_what_an_agent_writes_is_read_as_it_is_dialled_there(written: str, country: str, meant: str) -> None:
    assert dialable(written, country) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "24273",
        "1-800-FLOWERS",
        "+1 000 000 0000",
        "12",
        "\u202e",
        "+" + "9" * 400,
        "+999999999999999",
        "+2101234567",
    ],
)
def test_what_nobody_could_be_reached_under_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Invalid, match=r"such as \+1 415 555 2671"):
        dialable(written, "US")
