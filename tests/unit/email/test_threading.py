"""A mail joins a conversation on proof or on a Message-ID we know, never on a guess."""

import random
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import Bounce, Kind, MailAddress, ParsedMail, Verdicts
from heartline.domain.threading import (
    Candidate,
    Keys,
    Reason,
    body_marker,
    candidates,
    is_own_loop,
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


OLD: Final = Keys(current="b", secrets=KEYS.secrets)
OLD_TOKEN: Final = sign_token(OLD, CONVERSATION, "sales")
SIGNED: Final = synthetic_message_id(TOKEN, "shop.example", "m1")
ELSEWHERE: Final = sign_token(KEYS, CONVERSATION, "billing")
SIXTY: Final = " ".join(f"<r{number}@customer.example>" for number in range(60))
ANSWERED: Final = (Reason.IN_REPLY_TO, "0102-abc@eu-west-1.amazonses.com")

VECTORS: Final = {
    "no hint at all": ("Subject: Re: [Ticket 42] Order", []),
    "the address, signed": (f"To: support+{TOKEN}@shop.example", [(Reason.PLUS_ADDRESS, CONVERSATION)]),
    "the address in Delivered-To": (
        f"To: team@lists.example\r\nDelivered-To: support+{TOKEN}@shop.example",
        [(Reason.PLUS_ADDRESS, CONVERSATION)],
    ),
    "the address in X-Original-To": (
        f"To: team@lists.example\r\nX-Original-To: SUPPORT+{TOKEN.upper()}@SHOP.EXAMPLE",
        [(Reason.PLUS_ADDRESS, CONVERSATION)],
    ),
    "the address among copies, with names and folding": (
        f'Cc: "Shop, support"\r\n <support+{TOKEN}@shop.example>, bob@customer.example',
        [(Reason.PLUS_ADDRESS, CONVERSATION)],
    ),
    "the address of another inbox's token": (f"To: support+{ELSEWHERE}@shop.example", []),
    "the address, not signed": (f"To: support+c.{CONVERSATION}@shop.example", []),
    "the address, signed with an older key": (
        f"To: support+{OLD_TOKEN}@shop.example",
        [(Reason.PLUS_ADDRESS, CONVERSATION)],
    ),
    "our signed id": (f"In-Reply-To: <{SIGNED}>", [(Reason.SIGNED_ID, CONVERSATION), (Reason.IN_REPLY_TO, SIGNED)]),
    "our signed id, lower-cased and folded": (
        f"References: <first@customer.example>\r\n\t<{SIGNED.lower()}>",
        [
            (Reason.SIGNED_ID, CONVERSATION),
            (Reason.REFERENCES, SIGNED.lower()),
            (Reason.REFERENCES, "first@customer.example"),
        ],
    ),
    "a signed id of another inbox is an id like any other": (
        f"In-Reply-To: <{ELSEWHERE}@shop.example>",
        [(Reason.IN_REPLY_TO, f"{ELSEWHERE}@shop.example")],
    ),
    "the id that SES gave our mail": (f"In-Reply-To: <{ANSWERED[1]}>", [ANSWERED]),
    "an id folded in its middle": ("In-Reply-To: <0102-abc\r\n @eu-west-1.amazonses.com>", [ANSWERED]),
    "an id without brackets": (f"In-Reply-To: {ANSWERED[1]}", [ANSWERED]),
    "several ids in In-Reply-To, and a comment": (
        "In-Reply-To: <One@customer.example> (your mail of Monday) <two@customer.example>",
        [(Reason.IN_REPLY_TO, "One@customer.example"), (Reason.IN_REPLY_TO, "two@customer.example")],
    ),
    "an id whose local part keeps its case": (
        "References: <AbC@Customer.Example>",
        [(Reason.REFERENCES, "AbC@Customer.Example")],
    ),
    "sixty References, newest first": (
        f"References: {SIXTY}",
        [(Reason.REFERENCES, f"r{number}@customer.example") for number in reversed(range(60))],
    ),
}


@pytest.mark.parametrize(("headers", "expected"), VECTORS.values(), ids=VECTORS.keys())
def test_the_hints_of_a_mail_in_the_order_they_are_believed(
    headers: str, expected: list[tuple[Reason, str | None]]
) -> None:
    mail = parse_mail(f"From: ann@customer.example\r\n{headers}\r\n\r\nhello".encode())

    assert _reasons(mail) == expected


def test_a_mail_without_a_message_id_gets_one_that_the_same_bytes_get_again() -> None:
    raw = b"From: ann@customer.example\r\n\r\nhello"

    assert parse_mail(raw).message_id == parse_mail(raw).message_id != parse_mail(raw + b"!").message_id


@pytest.mark.slow
def test_a_million_forgeries_find_nothing() -> None:
    """Seeded: characters changed, moved, dropped, added, and whole signatures drawn."""
    rng = random.Random(4711)
    alphabet = "abcdefghijklmnopqrstuvwxyz234567.019+@-"
    for _ in range(1_000_000):
        forged = list(TOKEN)
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(forged))
            forged[at : at + rng.randint(0, 2)] = rng.choices(alphabet, k=rng.randint(0, 2))
        word = "".join(forged)
        if word != TOKEN:
            assert verify_token(KEYS, word, "sales") is None, word


BOUNCE: Final = replace(
    PLAIN,
    kind=Kind.BOUNCE,
    bounces=(Bounce(recipient="ann@customer.example", original_message_id="sent-1@eu-west-1.amazonses.com"),),
)


def test_a_report_belongs_to_what_it_is_about_before_anything_else() -> None:
    report = replace(BOUNCE, recipients=(reply_address("support@shop.example", TOKEN),))

    assert _reasons(report)[0] == (Reason.REPORT, "sent-1@eu-west-1.amazonses.com")
    assert _found(report)[0].explanation == "attached because it reports on our message sent-1@eu-west-1.amazonses.com"


def test_what_only_looks_like_a_report_names_no_message() -> None:
    assert _reasons(replace(BOUNCE, kind=Kind.HUMAN)) == []


@pytest.mark.parametrize("kind", [Kind.SPAM, Kind.VIRUS])
def test_spam_and_viruses_join_on_our_signature_alone(kind: Kind) -> None:
    mail = replace(PLAIN, kind=kind, in_reply_to=("known@customer.example",), references=(SIGNED,))

    assert _reasons(mail) == [(Reason.SIGNED_ID, CONVERSATION)]


def _by_subject(mail: ParsedMail) -> list[Candidate]:
    return list(candidates(mail, inbox="sales", own_addresses=OWN, keys=KEYS, subject_rule=True))


def test_the_subject_counts_only_where_the_inbox_asks_for_it_and_last() -> None:
    mail = replace(PLAIN, subject="Re: Order 12", in_reply_to=("x@y",))

    assert [hint.reason for hint in _by_subject(mail)] == [Reason.IN_REPLY_TO, Reason.SUBJECT]
    assert [hint.reason for hint in _found(mail)] == [Reason.IN_REPLY_TO]


@pytest.mark.parametrize(
    "mail",
    [
        replace(PLAIN, subject=""),
        replace(PLAIN, subject="Re:"),
        replace(PLAIN, subject="hello"),
        replace(PLAIN, subject="Order 12", sender=MailAddress(name="Ann")),
        replace(PLAIN, subject="Order 12", kind=Kind.OUT_OF_OFFICE),
        replace(PLAIN, subject="Order 12", verdicts=Verdicts(dmarc="fail")),
    ],
    ids=["empty", "a mark alone", "one word", "no address", "a machine", "a forged sender"],
)
def test_the_subject_rule_does_not_guess(mail: ParsedMail) -> None:
    assert _by_subject(mail) == []
