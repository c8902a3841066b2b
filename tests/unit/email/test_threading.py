"""A mail joins a conversation on proof or on a Message-ID we know, never on a guess."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import MailAddress, ParsedMail
from heartline.domain.threading import (
    Candidate,
    Keys,
    Reason,
    body_marker,
    candidates,
    is_own_loop,
    normalised_subject,
    reply_address,
    ses_aliases,
    sign_loop,
    sign_token,
    synthetic_message_id,
    verify_token,
)

KEYS = Keys(current="a", secrets={"a": b"first secret", "b": b"second secret"})
CONVERSATION = "0123456789abcdef"
TOKEN = sign_token(KEYS, CONVERSATION, "sales")
OWN = ("support@shop.example",)
PLAIN = parse_mail(b"From: ann@customer.example\r\nTo: support@shop.example\r\n\r\nhello")


def _found(mail: ParsedMail, inbox: str = "sales") -> list[Candidate]:
    return list(candidates(mail, inbox=inbox, own_addresses=OWN, keys=KEYS))


def _reasons(mail: ParsedMail) -> list[tuple[Reason, str | None]]:
    return [(hint.reason, hint.conversation or hint.message_id) for hint in _found(mail)]


def test_a_token_survives_lower_casing_and_rotation() -> None:
    rotated = Keys(current="b", secrets=KEYS.secrets)

    assert verify_token(rotated, TOKEN.upper(), "sales") == CONVERSATION
    assert verify_token(Keys(current="b", secrets={"b": b"second secret"}), TOKEN, "sales") is None


def test_a_token_is_worth_nothing_in_another_inbox() -> None:
    assert verify_token(KEYS, TOKEN, "billing") is None


def test_a_loop_signature_is_no_token_and_a_token_no_loop_signature() -> None:
    loop = sign_loop(KEYS, "sales")

    assert is_own_loop(KEYS, loop)
    assert not is_own_loop(KEYS, TOKEN)
    assert not is_own_loop(KEYS, f"other.{loop.rpartition('.')[2]}")
    assert not is_own_loop(KEYS, "sales.ü")


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789."))
@settings(max_examples=1500)
def test_no_change_of_one_character_verifies(at: int, character: str) -> None:
    forged = TOKEN[:at] + character + TOKEN[at + 1 :]

    assert forged == TOKEN or verify_token(KEYS, forged, "sales") is None


@given(st.text(max_size=80))
def test_no_other_text_verifies(text: str) -> None:
    assert verify_token(KEYS, text, "sales") is None


def test_a_reply_address_fits_the_64_octets_of_a_local_part() -> None:
    address = reply_address("support@shop.example", TOKEN)

    assert address == f"support+{TOKEN}@shop.example"
    assert len(reply_address("customer-service@shop.example", TOKEN).partition("@")[0]) <= 64
    assert (
        reply_address("customer-services-of-europe@shop.example", TOKEN) == "customer-services-of-europe@shop.example"
    )


def test_the_signed_address_is_believed_before_everything_else() -> None:
    address = reply_address("support@shop.example", TOKEN).upper()
    mail = replace(PLAIN, recipients=(address,), in_reply_to=("x@y",))

    assert _reasons(mail)[0] == (Reason.PLUS_ADDRESS, CONVERSATION)
    assert _found(mail)[0].explanation == f"joined because it was sent to the signed reply address {address}"


def test_the_signed_address_is_found_in_copies_too() -> None:
    mail = replace(PLAIN, cc=(MailAddress(address=reply_address("support@shop.example", TOKEN)),))

    assert _reasons(mail) == [(Reason.PLUS_ADDRESS, CONVERSATION)]


@pytest.mark.parametrize(
    "address",
    [
        f"support+{TOKEN}@other.example",
        f"support+{TOKEN[:-1]}@shop.example",
        f"support+{sign_token(KEYS, CONVERSATION, 'billing')}@shop.example",
        f"support+c.{CONVERSATION}@shop.example",
    ],
)
def test_an_address_that_proves_nothing_is_no_hint(address: str) -> None:
    assert _reasons(replace(PLAIN, recipients=(address,))) == []


def test_a_signed_id_comes_before_ids_that_need_a_look_up() -> None:
    signed = synthetic_message_id(TOKEN, "shop.example", "m1")
    mail = replace(PLAIN, in_reply_to=("x@y",), references=("old@y", signed))

    assert _reasons(mail)[0] == (Reason.SIGNED_ID, CONVERSATION)


def test_ids_are_looked_up_in_reply_to_first_then_newest_to_oldest() -> None:
    mail = replace(PLAIN, in_reply_to=("1@y", "2@y"), references=("oldest@y", "2@y", "newest@y"))

    assert _reasons(mail) == [
        (Reason.IN_REPLY_TO, "1@y"),
        (Reason.IN_REPLY_TO, "2@y"),
        (Reason.REFERENCES, "newest@y"),
        (Reason.REFERENCES, "oldest@y"),
    ]


def test_the_signed_marker_in_a_quoted_text_comes_last() -> None:
    mail = replace(PLAIN, text=f"thanks\n> {body_marker(TOKEN).upper()}\n> [ref:{TOKEN[:-1]}]", in_reply_to=("x@y",))

    assert _reasons(mail) == [(Reason.IN_REPLY_TO, "x@y"), (Reason.BODY_MARKER, CONVERSATION)]


def test_a_ticket_number_in_a_subject_joins_nothing() -> None:
    assert _reasons(replace(PLAIN, subject=f"Re: [Ticket {CONVERSATION}]")) == []


def test_what_ses_makes_of_an_id_is_known_under_both_names() -> None:
    assert ses_aliases("0102-abc", "eu-west-1") == ("0102-abc", "0102-abc@eu-west-1.amazonses.com")
    assert ses_aliases("<0102-abc@x>", "us-east-1") == ("0102-abc", "0102-abc@email.amazonses.com")


@pytest.mark.parametrize(
    "subject",
    ["Order 12", "RE: Order 12", "Aw: WG: order  12", "Re[2]: Order 12", "Antw: Re: Order 12", "回复\uff1aOrder 12"],
)
def test_marks_of_answers_do_not_change_a_subject(subject: str) -> None:
    assert normalised_subject(subject) == "order 12"


def test_a_word_that_only_begins_like_a_mark_stays() -> None:
    assert normalised_subject("Return: order 12") == "return: order 12"
