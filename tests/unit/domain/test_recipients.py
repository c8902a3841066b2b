"""Whom an answer goes to: where the message asks, everybody else on request, and never ourselves."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.addresses import OwnAddresses
from heartline.domain.errors import Invalid
from heartline.domain.mail import MailAddress, MailDetails
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message
from heartline.domain.recipients import (
    Mode,
    Recipients,
    checked,
    new_domains,
    recipients_of,
)

OWN = OwnAddresses(frozenset({"support@acme.example", "sales@acme.example"}))


def mailbox(address: str, name: str = "") -> MailAddress:
    return MailAddress(name=name, address=address)


def addresses(entries: tuple[MailAddress, ...]) -> list[str]:
    return [entry.address for entry in entries]


ASKED = Message(
    id="q1",
    conversation="c1",
    channel=Channel.EMAIL,
    direction=Direction.INBOUND,
    author=Author(kind=AuthorKind.CONTACT, id="ct1", name="Tom", address="tom@example.org"),
    at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    text="Where is it?",
    mail=MailDetails(
        to=(mailbox("Support@acme.example"), mailbox("ann@example.net", "Ann")),
        cc=(mailbox("TOM@example.org"), mailbox("sales+c.abc.k2@acme.example"), mailbox("bob@example.com")),
    ),
)
OURS = replace(
    ASKED,
    direction=Direction.OUTBOUND,
    author=Author(kind=AuthorKind.AGENT, id="ana", address="support@acme.example"),
    mail=MailDetails(to=(mailbox("tom@example.org"),), cc=(mailbox("ann@example.net"),), bcc=(mailbox("b@x.example"),)),
)


def test_a_reply_goes_to_the_author() -> None:
    answered = recipients_of(ASKED, Mode.REPLY, OWN)
    assert answered == Recipients(to=(mailbox("tom@example.org", "Tom"),))


def test_a_reply_goes_where_the_message_asks_answers_to_go() -> None:
    asks = replace(ASKED, mail=MailDetails(reply_to=(mailbox("desk@example.org"), mailbox("boss@example.org"))))
    assert addresses(recipients_of(asks, Mode.REPLY, OWN).to) == ["desk@example.org", "boss@example.org"]


@pytest.mark.parametrize("reply_to", ["support@acme.example", "", "undisclosed-recipients:;"])
def test_a_place_to_answer_to_that_is_ours_or_none_is_passed_over(reply_to: str) -> None:
    asks = replace(ASKED, mail=MailDetails(reply_to=(mailbox(reply_to),)))
    expected = [] if ":" in reply_to else ["tom@example.org"]
    assert addresses(recipients_of(asks, Mode.REPLY, OWN).to) == expected


def test_a_reply_to_all_leaves_out_ourselves_and_whoever_stands_in_it_twice() -> None:
    answered = recipients_of(ASKED, Mode.REPLY_ALL, OWN)
    assert addresses(answered.to) == ["tom@example.org"]
    assert addresses(answered.cc) == ["ann@example.net", "bob@example.com"]


@pytest.mark.parametrize(("mode", "cc"), [(Mode.REPLY, []), (Mode.REPLY_ALL, ["ann@example.net"])])
def test_our_own_message_is_answered_to_those_who_got_it_but_not_to_blind_copies(mode: Mode, cc: list[str]) -> None:
    answered = recipients_of(OURS, mode, OWN)
    assert (addresses(answered.to), addresses(answered.cc)) == (["tom@example.org"], cc)


def test_a_forward_goes_to_nobody_yet() -> None:
    assert recipients_of(ASKED, Mode.FORWARD, OWN) == Recipients()


@given(
    st.lists(st.sampled_from(["a@x.example", "A@X.example", "support@acme.example", "SALES+x@ACME.example", "b@y.z"]))
)
def test_nobody_is_written_to_twice_and_we_never_are(given_addresses: list[str]) -> None:
    asked = Recipients(to=(mailbox("first@x.example"),), cc=tuple(map(mailbox, given_addresses)))
    kept = [entry.address.lower() for entry in checked(asked, OWN).everyone]
    assert len(kept) == len(set(kept))
    assert not [address for address in kept if address in OWN]


def test_names_lose_their_line_breaks() -> None:
    asked = Recipients(to=(mailbox(" tom@example.org ", "Tom\r\nBcc: x@y.example"),))
    assert checked(asked, OWN).to == (mailbox("tom@example.org", "Tom Bcc: x@y.example"),)


def test_more_than_fifty_recipients_are_refused() -> None:
    asked = Recipients(to=tuple(mailbox(f"a{n}@x.example") for n in range(51)))
    with pytest.raises(Invalid, match="51 recipients; 50 is the most"):
        checked(asked, OWN)


def test_a_mail_only_to_ourselves_goes_to_nobody() -> None:
    with pytest.raises(Invalid, match="goes to nobody"):
        checked(Recipients(to=(mailbox("support@acme.example"),)), OWN)


def test_domains_that_no_earlier_mail_had_are_pointed_out() -> None:
    going_to = [
        mailbox("ann@EXAMPLE.net"),
        mailbox("x@stranger.example"),
        mailbox("y@stranger.example"),
        mailbox("a@acme.example"),
    ]
    assert new_domains(going_to, [ASKED], OWN) == ("stranger.example",)
