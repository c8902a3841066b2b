"""Where an arrival goes, as a pure decision (channels.md, "Conversation: joining")."""

from dataclasses import replace

import pytest

from heartline.domain.contacts import Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import State, routing_class
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import (
    Arrival,
    Pointer,
    Standing,
    matching_inboxes,
    message_id,
    preview_of,
    work_requires,
)
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
    assert intake.pointer == Pointer(conversations=("c1",), version=1)


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
