"""Answering: one message a request, never over something unseen, to the address that the customer used last."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.domain.errors import Conflict, Invalid, NotFound, Unavailable
from heartline.domain.intake import Pointer
from heartline.domain.messages import Channel, DeliveryStatus, Direction, Message
from heartline.domain.outbound import Draft, Reply
from heartline.services.reply import Answer
from heartline.storage import keys
from heartline.storage.answering import DynamoAnswering
from heartline.storage.bodies import Bodies
from heartline.storage.expressions import Update
from tests.fakes import Failing, MemoryTable
from tests.office import EVA, NOON, TOM, Office, take_in


@pytest.fixture
def conversation(office: Office) -> str:
    conversation = office.ingest(office.text("SM1", "Where is my parcel?"))
    office.clock.advance(minutes=1)
    return conversation


class Interrupted(DynamoAnswering):
    """A reply store that lets something else happen before it writes, each time it is asked."""

    def __init__(self, office: Office, meanwhile: Callable[[], object]) -> None:
        super().__init__(office.table, Bodies(office.blobs))
        self._meanwhile = meanwhile

    def submit(self, reply: Reply) -> Message:
        self._meanwhile()
        return super().submit(reply)


def intents(table: MemoryTable) -> list[dict[str, object]]:
    return [item for item in table.everything() if item["PK"].startswith("OUT#")]


def test_a_reply_is_a_queued_message_and_an_intent_to_the_address_that_wrote(
    office: Office, conversation: str, memory_table: MemoryTable
) -> None:
    message = office.reply(conversation, "It leaves today.")
    assert (message.direction, message.status, message.recipients) == (
        Direction.OUTBOUND,
        DeliveryStatus.QUEUED,
        (EVA,),
    )
    (intent,) = intents(memory_table)
    assert (intent["state"], intent["sender"], intent["recipient"]) == ("queued", "+14155550100", EVA)
    head = office.head(conversation)
    assert (head.preview, head.last_visible, head.waiting_since) == ("It leaves today.", message.id, None)


def test_a_double_click_is_one_message(office: Office, conversation: str, memory_table: MemoryTable) -> None:
    seen = office.head(conversation).last_visible
    first = office.reply(conversation, seen=seen)
    office.clock.advance(seconds=1)
    assert office.reply(conversation, seen=seen) == first
    assert len(intents(memory_table)) == 1
    assert len(office.timeline(conversation)) == 2


def test_a_retry_after_a_lost_answer_finds_what_was_written(
    office: Office, conversation: str, memory_table: MemoryTable
) -> None:
    lost = Failing(Unavailable("lost"), at=5, moment="after")
    seen = office.head(conversation).last_visible
    memory_table.hook = lost
    with pytest.raises(Unavailable):
        office.reply(conversation, seen=seen)
    assert len(intents(memory_table)) == 1
    office.reply(conversation, seen=seen)
    assert len(office.timeline(conversation)) == 2


def test_two_requests_are_two_messages(office: Office, conversation: str) -> None:
    office.reply(conversation, "One", request="r1")
    office.reply(conversation, "Two", request="r2")
    assert office.words(conversation) == ["Where is my parcel?", "One", "Two"]


def test_a_reply_over_an_unseen_message_is_refused_and_names_it(office: Office, conversation: str) -> None:
    seen = office.head(conversation).last_visible
    office.ingest(office.text("SM2", "Never mind.", at=90))
    with pytest.raises(Conflict) as refused:
        office.reply(conversation, seen=seen)
    assert refused.value.newer == (office.head(conversation).last_visible,)
    assert [message.text for message in office.reading.messages_since(conversation, seen)] == ["Never mind."]


def test_a_colleagues_reply_counts_as_unseen_too(office: Office, conversation: str) -> None:
    seen = office.head(conversation).last_visible
    office.reply(conversation, request="anas", agent="ana", seen=seen)
    with pytest.raises(Conflict):
        office.reply(conversation, request="bens", agent="ben", seen=seen)


def test_a_colleagues_note_does_not_stand_in_the_way(office: Office, conversation: str) -> None:
    seen = office.head(conversation).last_visible
    office.answer.note(conversation, request_id="n1", text="Nice customer", agent=office.agent("ben"))
    assert office.reply(conversation, seen=seen).status is DeliveryStatus.QUEUED


def test_a_message_that_comes_while_the_reply_is_written_refuses_it(office: Office, conversation: str) -> None:
    seen = office.head(conversation).last_visible
    store = Interrupted(office, lambda: office.ingest(office.text("SM2", at=90)))
    answer = Answer(store=store, addressing=office.addressing, texting=office.texting, clock=office.clock)
    draft = Draft(request_id="r1", channel=Channel.SMS, text="Hello", seen=seen, recipient="")
    with pytest.raises(Conflict, match="newer message"):
        answer.reply(conversation, draft, agent=office.agent("ana"), inboxes=office.company.inboxes)


def test_a_pointer_that_keeps_moving_asks_to_try_again(office: Office) -> None:
    first, second = take_in(office, [office.letter("m1"), office.letter("m2", at=1)])
    head = office.head(second)

    def shuffle() -> None:
        office.table.write(Update(key=keys.open_pointer(head.contact, "support"), add={"ver": 1}))

    answer = Answer(
        store=Interrupted(office, shuffle), addressing=office.addressing, texting=office.texting, clock=office.clock
    )
    seen = office.head(first).last_visible
    draft = Draft(request_id="r1", channel=Channel.EMAIL, text="Hello", seen=seen, recipient="")
    with pytest.raises(Unavailable):
        answer.reply(first, draft, agent=office.agent("ana"), inboxes=office.company.inboxes)


def test_a_reply_brings_its_conversation_to_the_front_of_the_contacts_pointer(office: Office) -> None:
    first, second = take_in(office, [office.letter("m1"), office.letter("m2", at=1)])
    office.clock.advance(minutes=1)
    office.reply(first, channel=Channel.EMAIL)
    head = office.head(first)
    pointer = DynamoAnswering(office.table, Bodies(office.blobs)).pointer(head.contact, "support")
    assert pointer == Pointer(conversations=(first, second), version=3)


def test_a_closed_conversation_takes_no_reply(office: Office, conversation: str) -> None:
    office.close(conversation)
    with pytest.raises(Conflict, match="closed") as refused:
        office.reply(conversation)
    assert refused.value.newer == ()


def test_a_close_that_comes_while_the_reply_is_written_refuses_it(
    office: Office, conversation: str, memory_table: MemoryTable
) -> None:
    store = Interrupted(office, lambda: office.close(conversation))
    answer = Answer(store=store, addressing=office.addressing, texting=office.texting, clock=office.clock)
    seen = office.head(conversation).last_visible
    draft = Draft(request_id="r1", channel=Channel.SMS, text="Hello", seen=seen, recipient="")
    with pytest.raises(Conflict, match="closed"):
        answer.reply(conversation, draft, agent=office.agent("ana"), inboxes=office.company.inboxes)
    assert intents(memory_table) == []


def test_a_reply_stands_behind_what_it_answers_though_our_clock_is_slow(office: Office, conversation: str) -> None:
    office.clock.at = NOON - timedelta(seconds=3)
    office.reply(conversation, "Answer")
    assert office.words(conversation) == ["Where is my parcel?", "Answer"]


@pytest.mark.parametrize(
    ("words", "channel", "complaint"),
    [
        (" \n", Channel.SMS, "empty"),
        ("x" * 1601, Channel.SMS, "1600 at most"),
        ("Hello\0", Channel.SMS, "control character U.0000"),
        ("Hello", Channel.EMAIL, "No email address"),
        ("Hello", Channel.VOICE, "cannot send on the channel “voice”"),
    ],
    ids=["empty", "too-long", "control", "no-address", "no-such-way"],
)
def test_what_cannot_be_sent_is_refused_before_anything_is_written(
    office: Office, conversation: str, memory_table: MemoryTable, words: str, channel: Channel, complaint: str
) -> None:
    with pytest.raises(Invalid, match=complaint):
        office.reply(conversation, words, channel=channel)
    assert intents(memory_table) == []


def test_an_inbox_without_a_number_cannot_send_a_text(office: Office) -> None:
    """The customer's number is known from a time when the inbox had one."""
    conversation = office.ingest(replace(office.text("SM1"), inbox=office.inbox("legal")))
    seen = office.head(conversation).last_visible
    draft = Draft(request_id="r1", channel=Channel.SMS, text="Hello", seen=seen, recipient=EVA)
    with pytest.raises(Invalid, match="cannot send"):
        office.answer.reply(conversation, draft, agent=office.agent("lea"), inboxes=office.company.inboxes)


def test_an_unknown_conversation_is_not_found(office: Office) -> None:
    draft = Draft(request_id="r1", channel=Channel.SMS, text="Hello", seen="", recipient="")
    with pytest.raises(NotFound):
        office.answer.reply("c404", draft, agent=office.agent("ana"), inboxes=office.company.inboxes)
    with pytest.raises(NotFound):
        office.answer.note("c404", request_id="n1", text="Hello", agent=office.agent("ana"))


def test_a_mail_address_with_a_plus_is_no_telephone_number(office: Office) -> None:
    conversation = office.ingest(office.letter("m1", sender="tom+shop@example.org"))
    with pytest.raises(Invalid, match="No phone number"):
        office.reply(conversation, channel=Channel.SMS)


def test_a_mail_carries_the_subject_and_the_ids_that_it_answers(office: Office, memory_table: MemoryTable) -> None:
    conversation = office.ingest(office.letter("m1"))
    office.ingest(office.letter("m2", at=5, thread=office.head(conversation)))
    office.reply(conversation, channel=Channel.EMAIL)
    (intent,) = intents(memory_table)
    assert intent["thread"] == ["m1@example.org", "m2@example.org"]
    assert (intent["recipient"], intent["subject"]) == (TOM, "Re: My order")


def test_a_note_is_written_once_and_leaves_the_customer_waiting(office: Office, conversation: str) -> None:
    before = office.head(conversation)
    ana = office.agent("ana")
    first = office.answer.note(conversation, request_id="n1", text="Call him", agent=ana)
    office.clock.advance(seconds=1)
    assert office.answer.note(conversation, request_id="n1", text="Call him", agent=ana) == first
    assert office.words(conversation) == ["Where is my parcel?", "Call him"]
    assert office.head(conversation) == before


def test_an_empty_note_is_refused(office: Office, conversation: str) -> None:
    with pytest.raises(Invalid):
        office.answer.note(conversation, request_id="n1", text=" ", agent=office.agent("ana"))


def test_a_note_and_a_reply_of_one_request_id_do_not_stand_for_each_other(office: Office, conversation: str) -> None:
    office.answer.note(conversation, request_id="r1", text="Note", agent=office.agent("ana"))
    office.clock.advance(seconds=1)
    office.reply(conversation, "Reply", request="r1")
    assert office.words(conversation)[1:] == ["Note", "Reply"]
