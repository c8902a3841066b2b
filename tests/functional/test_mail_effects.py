"""What each kind of mail does to its conversation, and what it leaves alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from heartline.domain.intake import Pointer, Standing
from tests.invariants import violations
from tests.mailroom import SUPPORT, MailRoom, details, letter, report
from tests.office import NOON, TOM
from tests.unit.email.mails import raw

AWAY: Final = {"Auto_Submitted": "auto-replied", "subject": "Automatic reply: My order"}
MACHINES: Final[dict[str, Callable[[str], bytes]]] = {
    "an absence": lambda answers: letter("x1", answers=answers, **AWAY),
    "an automatic answer": lambda answers: letter("x1", answers=answers, Auto_Submitted="auto-generated"),
    "a post of a list": lambda answers: letter("x1", answers=answers, List_Id="<news.example.org>"),
    "a failure report": report,
}
VIRUS: Final = raw("virus_by_ses")


@pytest.mark.parametrize("mail", MACHINES.values(), ids=MACHINES.keys())
def test_a_machines_mail_in_a_thread_is_kept_there_and_moves_nothing(
    room: MailRoom, mail: Callable[[str], bytes]
) -> None:
    conversation = room.take(letter("m1"))
    room.close(conversation)
    before = room.head(conversation)

    room.pass_by(minutes=1)

    assert room.take(mail("m1@example.org")) == conversation
    assert room.head(conversation) == before
    assert len(room.office.timeline(conversation)) == 2
    assert violations(room.table.everything()) == []


@pytest.mark.parametrize("mail", MACHINES.values(), ids=MACHINES.keys())
def test_a_machines_mail_that_belongs_nowhere_is_filtered(room: MailRoom, mail: Callable[[str], bytes]) -> None:
    conversation = room.take(mail("unknown@example.org"))

    assert (room.view("filtered"), room.view("closed"), room.view("unassigned")) == ([conversation], [], [])
    assert room.head(conversation).waiting_since is None
    assert not [item for item in room.table.everything() if item["PK"].startswith("WQ#")]
    assert violations(room.table.everything()) == []


def test_a_persons_answer_makes_of_what_was_filtered_an_ordinary_conversation(room: MailRoom) -> None:
    conversation = room.take(letter("m1", Auto_Submitted="auto-replied"))

    room.pass_by(minutes=1)

    assert room.take(letter("m2", answers="m1@example.org")) == conversation
    assert (room.view("filtered"), room.view("unassigned")) == ([], [conversation])
    assert violations(room.table.everything()) == []


def test_what_an_agent_takes_out_of_the_filter_is_an_ordinary_conversation(room: MailRoom) -> None:
    conversation = room.take(letter("m1", Auto_Submitted="auto-replied"))

    room.pass_by(hours=1)
    room.reopen(conversation)

    assert (room.view("filtered"), room.view("unassigned")) == ([], [conversation])
    assert room.head(conversation).waiting_since == NOON
    assert violations(room.table.everything()) == []


def test_an_agent_may_take_what_was_filtered_for_themselves(room: MailRoom) -> None:
    conversation = room.take(letter("m1", Auto_Submitted="auto-replied"))

    room.handover.assign(conversation, room.office.agent("ana"))

    assert (room.view("filtered"), room.view("assigned")) == ([], [conversation])
    assert violations(room.table.everything()) == []


def test_a_virus_brings_no_files_and_no_alarm(room: MailRoom) -> None:
    conversation = room.take(VIRUS.replace(b"support@shop.example", b"support@acme.example"))

    (message,) = room.office.timeline(conversation)
    assert message.attachments == ()
    assert room.view("filtered") == [conversation]


def test_spam_that_names_a_known_message_stands_alone_and_what_we_signed_is_added(
    room: MailRoom, answered: str
) -> None:
    """Anybody may have seen a Message-ID; only who has our mail has our signature."""
    signed = next(line for line in room.ses.raw[0].decode().split("\r\n") if line.startswith("Message-ID"))
    guessed = room.take(_spam("x1", answers="m1@example.org"))
    proven = room.take(_spam("x2", answers=signed.partition("<")[2].rstrip(">")))

    assert guessed != answered
    assert proven == answered
    assert room.view("filtered") == [guessed]


def _spam(name: str, *, answers: str) -> bytes:
    """A mail that SES calls spam: what it found stands on top."""
    top = (
        f"Return-Path: <{TOM}>\r\nReceived: from mx.example.org by inbound-smtp.eu-west-1.amazonaws.com with SMTP id 1"
        " for support@acme.example; Mon, 2 Mar 2026 12:00:00 +0000 (UTC)\r\nX-SES-Spam-Verdict: FAIL\r\n"
        "X-SES-Virus-Verdict: PASS\r\n"
    )
    return top.encode() + letter(name, answers=answers)


def test_a_colleague_in_copy_speaks_for_themselves(room: MailRoom, answered: str) -> None:
    """cw 15092: whoever answered was shown as the customer."""
    room.take(letter("m2", answers="m1@example.org", Cc="Kay <kay@example.org>"))
    room.pass_by(minutes=1)

    assert room.take(letter("m3", sender="Kay <kay@example.org>", answers="m2@example.org")) == answered

    message = room.last(answered)
    assert (message.author.name, message.author.address) == ("Kay", "kay@example.org")
    assert message.author.id != room.head(answered).contact
    assert not details(message).unverified
    assert (room.head(answered).contact_name, room.head(answered).preview) == ("Tom", "Where is it?")
    assert violations(room.table.everything()) == []


def test_somebody_unknown_in_a_thread_is_shown_as_unverified_and_vouches_for_nobody(
    room: MailRoom, answered: str
) -> None:
    for name in ("m2", "m3"):
        room.pass_by(minutes=1)
        room.take(letter(name, sender="Eve <eve@example.net>", answers="m1@example.org", subject="Pay here instead"))

    assert [details(message).unverified for message in room.office.timeline(answered)[2:]] == [True, True]
    assert room.head(answered).subject == "My order"
    assert violations(room.table.everything()) == []


def test_who_took_part_in_what_was_merged_into_a_conversation_is_no_stranger_there(room: MailRoom) -> None:
    other = room.take(letter("m1", Cc="kay@example.org"))
    head = replace(room.head(room.take(letter("m2"))), absorbed=(other,))

    standing = room.office.intake.beside(head, Standing(contact=None, pointer=Pointer()))

    assert "kay@example.org" in standing.participants


def test_one_of_the_customers_own_addresses_is_no_stranger(room: MailRoom, answered: str) -> None:
    room.take(letter("m2", sender="TOM@EXAMPLE.ORG", answers="m1@example.org"))

    assert not details(room.last(answered)).unverified


def test_a_changed_subject_is_marked_and_the_answer_goes_out_under_it(room: MailRoom, answered: str) -> None:
    """cw 15869: the answer went out under the old subject."""
    room.take(letter("m2", answers="m1@example.org", subject="Re: Invoice 77 is wrong"))

    assert details(room.last(answered)).off_subject
    assert room.head(answered).subject == "Invoice 77 is wrong"
    room.answer(answered, request="r2")
    assert b"Subject: Re: Invoice 77 is wrong\r\n" in room.ses.raw[-1]


def test_a_ticket_number_in_a_subject_leads_nowhere(room: MailRoom, answered: str) -> None:
    """za 5064: whoever guessed a number wrote into a stranger's thread."""
    assert room.take(letter("m2", sender="eve@example.net", subject=f"Re: [#{answered}] My order")) != answered


def test_one_sender_and_subject_join_within_the_hours_of_an_inbox_that_asks_for_it() -> None:
    """cw 14993: programs that drop every reference."""
    room = MailRoom(rules={"subject_hours": 2})
    first = room.take(letter("m1", subject="Order 12"))
    room.pass_by(hours=1)
    again = room.take(letter("m2", subject="RE: order 12"))
    room.pass_by(hours=3)
    late = room.take(letter("m3", subject="Re: Order 12"))
    stranger = room.take(letter("m4", sender="eve@example.net", subject="Re: Order 12"))

    assert again == first
    assert room.last(first).explanation == (
        "joined because the same sender wrote under the subject “order 12” a short while ago"
    )
    assert len({first, late, stranger}) == 3


def test_without_the_rule_a_subject_joins_nothing_and_costs_nothing(room: MailRoom) -> None:
    first, second = room.take(letter("m1", subject="Order 12")), room.take(letter("m2", subject="Re: Order 12"))

    assert first != second
    assert not [item for item in room.table.everything() if item["PK"].startswith("PID#mail-subject")]


def test_a_message_id_used_again_with_other_words_is_another_message(room: MailRoom) -> None:
    """fs 4958: the second was dropped."""
    first = room.take(letter("m1", body="One"))
    second = room.take(letter("m1", body="Two"))

    assert [room.office.words(each) for each in (first, second)] == [["One\n"], ["Two\n"]]


def test_our_own_automatic_mail_that_comes_back_is_kept_and_does_nothing() -> None:
    room = MailRoom(rules={"auto_reply": "We have your mail."})
    conversation = room.take(letter("m1"))
    (automatic,) = room.send_all()
    before = room.head(conversation)

    assert room.take(automatic.replace(b"tom@example.org", b"support@acme.example")) == conversation
    assert room.head(conversation) == before
    assert room.send_all() == []


def test_a_customer_who_writes_through_a_group_of_ours_is_a_person_with_an_address(room: MailRoom) -> None:
    group = {"List_Id": "<support.acme.example>", "Precedence": "list", "Reply_To": f"Tom <{TOM}>"}

    conversation = room.take(letter("m1", sender=f"'Tom' via Support <{SUPPORT}>", **group))

    assert room.view("unassigned") == [conversation]
    assert room.head(conversation).contact_address == TOM


@pytest.mark.parametrize(("written", "shown"), [("'Tom Berg'", "Tom Berg"), ("'", "'"), ("'Tom", "'Tom")])
def test_a_name_that_outlook_put_into_apostrophes_is_shown_without_them(
    room: MailRoom, written: str, shown: str
) -> None:
    conversation = room.take(letter("m1", sender=f'"{written}" <{TOM}>'))

    assert room.head(conversation).contact_name == shown
