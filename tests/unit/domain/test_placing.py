"""Where an arrival goes, as a pure decision (channels.md, "Conversation: joining")."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.domain.contacts import Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.inboxes import Inbox, MailRules
from heartline.domain.intake import (
    Arrival,
    Came,
    Pointer,
    Standing,
    matching_inboxes,
    message_id,
    preview_of,
    work_requires,
)
from heartline.domain.mail import Kind, MailDetails
from heartline.domain.messages import RANK, Channel, DeliveryStatus
from heartline.domain.placing import Joining, place
from tests.office import NOON

EVA = Identity(kind=IdentityKind.PHONE, address="+14155550123")
SUPPORT = Inbox(id="support", name="Support", sms_numbers=("+14155550100",), requires={"en": 2}, band=3)
TEXT = Arrival(channel=Channel.SMS, event="SM1", inbox=SUPPORT, sender=EVA, sender_name="", at=NOON, text="Hello")
NOBODY = Standing(contact=None, pointer=Pointer())


def standing(*conversations: str) -> Standing:
    return Standing(contact=None, pointer=Pointer(conversations=conversations, version=4))


def test_a_first_arrival_opens_a_conversation_that_asks_for_what_its_inbox_asks_for() -> None:
    intake = place(TEXT, NOBODY, new_conversation="c1")
    assert intake.joining is Joining.OPEN
    assert intake.head is not None
    assert (intake.head.state, intake.head.band) == (State.WAITING, 3)
    assert intake.head.requires == {"en": 2, "inbox:support": 1}
    assert intake.pointer == Pointer(conversations=("c1",), version=1, came=Came(at=TEXT.at, rounds=1))


def test_a_text_joins_the_first_of_the_pointer_and_leaves_it_as_it_is() -> None:
    intake = place(TEXT, standing("c7", "c8"), new_conversation="c1")
    assert (intake.joining, intake.message.conversation) == (Joining.JOIN, "c7")
    assert intake.head is None
    assert intake.pointer is None


def test_a_mail_without_a_thread_joins_nothing() -> None:
    mail = replace(TEXT, channel=Channel.EMAIL)
    intake = place(mail, standing("c7"), new_conversation="c1")
    assert (intake.joining, intake.message.conversation) == (Joining.OPEN, "c1")
    assert intake.pointer == Pointer(conversations=("c1", "c7"), version=5)


MACHINES = [kind for kind in Kind if kind is not Kind.HUMAN]
TOM = Identity(kind=IdentityKind.EMAIL, address="tom@example.org")
MAIL = replace(
    TEXT, channel=Channel.EMAIL, sender=TOM, subject="My order", mail=MailDetails(message_id="m1@example.org")
)


def opened() -> Conversation:
    head = place(MAIL, NOBODY, new_conversation="c1").head
    assert head is not None
    return head


OPENED = opened()
CLOSED = replace(OPENED, state=State.CLOSED, version=3, closed_at=NOON + timedelta(days=1))
KNOWN = Standing(contact=place(MAIL, NOBODY, new_conversation="c1").contact, pointer=Pointer(version=2))
ANSWER = replace(MAIL, thread=OPENED, subject="Re: My order", at=NOON + timedelta(days=2))


def of_kind(kind: Kind, arrival: Arrival = MAIL) -> Arrival:
    return replace(arrival, mail=MailDetails(message_id="m1@example.org", kind=kind))


@pytest.mark.parametrize("kind", MACHINES)
def test_what_no_person_wrote_opens_a_conversation_that_is_closed_and_stands_apart(kind: Kind) -> None:
    intake = place(of_kind(kind), NOBODY, new_conversation="c1")
    assert intake.head is not None
    assert (intake.head.state, intake.head.filtered, intake.head.kind) == (State.CLOSED, True, kind)
    assert intake.head.waiting_since is None
    assert intake.pointer is None


@pytest.mark.parametrize("kind", MACHINES)
@pytest.mark.parametrize("thread", [OPENED, CLOSED])
def test_what_no_person_wrote_is_added_to_its_thread_and_changes_nothing_else(kind: Kind, thread: Conversation) -> None:
    intake = place(replace(of_kind(kind, ANSWER), thread=thread), NOBODY, new_conversation="c9")
    assert (intake.joining, intake.message.conversation) == (Joining.QUIET, "c1")
    assert (intake.head, intake.pointer, intake.contact, intake.subject) == (None, None, None, "")


def test_a_person_who_answers_what_was_filtered_makes_it_an_ordinary_conversation() -> None:
    filtered = place(of_kind(Kind.SPAM), NOBODY, new_conversation="c1").head
    intake = place(replace(ANSWER, thread=filtered), KNOWN, new_conversation="c9")
    assert intake.head is not None
    assert (intake.joining, intake.head.state, intake.head.kind) == (Joining.REOPEN, State.WAITING, Kind.HUMAN)
    assert intake.head.waiting_since == ANSWER.at


@pytest.mark.parametrize(
    ("days", "joining"),
    [(0, Joining.OPEN), (1, Joining.REOPEN), (30, Joining.REOPEN)],
    ids=["never", "a day", "a month"],
)
def test_an_answer_within_the_days_of_its_inbox_reopens_and_a_later_one_follows_up(days: int, joining: Joining) -> None:
    inbox = replace(SUPPORT, mail_rules=MailRules(reopen_days=days))
    answer = replace(ANSWER, inbox=inbox, thread=CLOSED, at=NOON + timedelta(days=2))
    intake = place(answer, KNOWN, new_conversation="c9")
    assert intake.joining is joining
    assert intake.message.conversation == ("c9" if joining is Joining.OPEN else "c1")


def test_a_follow_up_names_what_it_follows_and_says_why() -> None:
    late = replace(ANSWER, thread=CLOSED, at=NOON + timedelta(days=45, hours=5))
    intake = place(late, KNOWN, new_conversation="c9")
    assert intake.head is not None
    assert (intake.head.follows, intake.head.contact, intake.follows) == ("c1", CLOSED.contact, CLOSED)
    assert intake.message.explanation == (
        "opened a follow-up because the conversation that it answers was closed 44 days ago"
    )


def test_a_stranger_in_a_thread_speaks_as_themselves_and_moves_nothing_of_its_contact() -> None:
    stranger = Identity(kind=IdentityKind.EMAIL, address="colleague@example.net")
    intake = place(replace(ANSWER, sender=stranger), NOBODY, new_conversation="c9")
    assert intake.message.mail is not None
    assert intake.message.mail.unverified
    assert intake.message.author.id == contact_of_first_contact(stranger) != OPENED.contact
    assert (intake.joining, intake.pointer, intake.subject) == (Joining.JOIN, None, "")


def test_a_participant_of_another_contact_is_no_stranger() -> None:
    colleague = Identity(kind=IdentityKind.EMAIL, address="colleague@example.net")
    beside = replace(NOBODY, participants=frozenset({"colleague@example.net"}))
    intake = place(replace(ANSWER, sender=colleague), beside, new_conversation="c9")
    assert intake.message.mail is not None
    assert not intake.message.mail.unverified


def test_somebody_else_who_reopens_a_conversation_leads_none_of_the_contacts_texts_there() -> None:
    colleague = Identity(kind=IdentityKind.EMAIL, address="colleague@example.net")
    beside = Standing(contact=None, pointer=Pointer(conversations=("c5",), version=2))
    intake = place(replace(ANSWER, sender=colleague, thread=CLOSED), beside, new_conversation="c9")
    assert intake.contact_id == OPENED.contact
    assert intake.pointer == Pointer(conversations=("c5", "c1"), version=3)


@pytest.mark.parametrize(
    ("subject", "off_subject", "becomes"),
    [
        ("Re: My order", False, ""),
        ("AW: MY ORDER (urgent)", False, ""),
        ("", False, ""),
        ("Re: Invoice 77 is wrong", True, "Invoice 77 is wrong"),
    ],
)
def test_a_materially_other_subject_is_marked_and_carried_on(subject: str, off_subject: bool, becomes: str) -> None:
    intake = place(replace(ANSWER, subject=subject), KNOWN, new_conversation="c9")
    assert intake.message.mail is not None
    assert (intake.message.mail.off_subject, intake.subject) == (off_subject, becomes)


def test_a_conversation_without_a_subject_takes_the_first_that_comes() -> None:
    intake = place(replace(ANSWER, thread=replace(OPENED, subject="")), KNOWN, new_conversation="c9")
    assert intake.message.mail is not None
    assert (intake.message.mail.off_subject, intake.subject) == (False, "My order")


def test_a_repetition_names_the_same_message_and_another_event_another() -> None:
    assert message_id("sms", "SM1") == place(TEXT, NOBODY, new_conversation="c9").message.id
    assert message_id("sms", "SM2") != message_id("sms", "SM1") != message_id("voice", "SM1")


def test_a_first_contact_is_derived_so_that_two_at_once_name_the_same() -> None:
    intake = place(TEXT, NOBODY, new_conversation="c1")
    assert intake.contact_id == contact_of_first_contact(EVA)
    assert contact_of_first_contact(EVA) != contact_of_first_contact(replace(EVA, kind=IdentityKind.EMAIL))


def test_a_pointer_counts_every_change_of_its_order() -> None:
    pointer = Pointer(conversations=("c1", "c2"), version=2)
    assert pointer.led_by("c2") == Pointer(conversations=("c2", "c1"), version=3)
    assert pointer.without("c1") == Pointer(conversations=("c2",), version=3)


def test_an_inbox_is_found_by_any_of_the_addresses_on_its_channel() -> None:
    assert matching_inboxes([SUPPORT], Channel.SMS, ["+1", "+14155550100"]) == (SUPPORT,)
    assert matching_inboxes([SUPPORT], Channel.VOICE, ["+14155550100"]) == ()


def test_work_of_the_same_kind_is_one_class_in_whatever_order_its_skills_are_named() -> None:
    assert routing_class(Channel.SMS, {"b": 1, "a": 2}) == routing_class(Channel.SMS, {"a": 2, "b": 1}) == "sms|a:2,b:1"
    assert work_requires(SUPPORT, {"en": 3})["en"] == 3


@pytest.mark.parametrize(("text", "shown"), [("a\n\n  b\tc", "a b c"), ("", ""), ("x" * 500, "x" * 120)])
def test_a_preview_is_one_short_line(text: str, shown: str) -> None:
    assert preview_of(text) == shown


def test_every_status_has_a_rank_and_the_final_ones_stand_above_what_is_on_its_way() -> None:
    assert RANK.keys() == set(DeliveryStatus)
    on_its_way = {status for status in DeliveryStatus if RANK[status] < RANK[DeliveryStatus.FAILED]}
    assert on_its_way.isdisjoint({DeliveryStatus.FAILED, DeliveryStatus.UNDELIVERED, DeliveryStatus.RECEIVED})
    assert RANK[DeliveryStatus.UNKNOWN] < RANK[DeliveryStatus.SENT], "a report may still tell what became of it"


def test_what_a_caller_leaves_behind_is_written_work_while_nobody_is_on_the_line() -> None:
    """What showed it: a voicemail of somebody new waited on the telephone, where no call was left to be offered."""
    inbox = Inbox(id="support", name="Support", sms_numbers=("+14155550100",), voice_numbers=("+14155550100",))
    left = Arrival(
        channel=Channel.VOICE, event="RE1", inbox=inbox, sender=EVA, sender_name="Eva", at=NOON, text="Voicemail, 7 s."
    )
    for arrival, counted in ((left, Channel.SMS), (replace(left, call="CA1"), Channel.VOICE)):
        head = place(arrival, Standing(contact=None, pointer=Pointer()), new_conversation="c1").head
        assert head is not None
        assert head.routing_channel is counted
