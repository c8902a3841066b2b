"""Mail addresses: what can be written to, and which are ours under whatever spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.addresses import OwnAddresses, domain_of, wire_address
from heartline.domain.errors import Invalid

OWN = OwnAddresses(frozenset({"support@acme.example", "sales+europe@acme.example"}))


@pytest.mark.parametrize(
    "address",
    ["support@acme.example", "Support@ACME.example", "support+c.1.token@acme.example", "Sales+Europe@acme.example"],
)
def test_an_address_of_ours_is_known_in_every_spelling(address: str) -> None:
    assert address in OWN


@pytest.mark.parametrize(
    "address", ["", "support", "support@acme.example.net", "sales@acme.example", "support+@x.example"]
)
def test_what_only_looks_like_ours_is_not_ours(address: str) -> None:
    assert address not in OWN


def test_a_domain_has_one_spelling() -> None:
    assert domain_of(" tom@home@Example.ORG ") == "example.org"


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("tom@example.org", "tom@example.org"),
        ("o'neil+x=1@Example.ORG", "o'neil+x=1@Example.ORG"),
        ("tom@bücher.example", "tom@xn--bcher-kva.example"),
        ("tom@BÜCHER.example", "tom@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_written_as_mail_servers_know_it(address: str, wire: str) -> None:
    assert wire_address(address) == wire


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("björn@example.org", "letters that SES does not send to"),
        ("tom@straße.example", "no domain"),
        ("tom", "not a mail address"),
        ("tom@", "no domain"),
        ("tom@localhost", "no domain"),
        ("tom@-x.example", "no domain"),
        ("tom@example..org", "no domain"),
        ("a b@example.org", "not a mail address"),
        ("tom@example.org\r\nBcc: x@y.example", "not a mail address|no domain"),
        ("a@b@c@example.org", "not a mail address"),
        ("tom@" + "ä" * 70 + ".example", "no domain"),
    ],
)
def test_an_address_that_cannot_be_written_to_is_refused_by_name(address: str, complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        wire_address(address)


@given(st.text(max_size=60))
def test_whatever_is_taken_for_an_address_fits_into_a_header(text: str) -> None:
    try:
        wire = wire_address(text)
    except Invalid:
        return
    assert wire.isascii()
    assert not set(wire) & set('\r\n\0 <>,;:"()[]\\')
