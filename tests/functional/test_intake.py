"""Taking in events: exactly once, into the right conversation, whatever comes in parallel or out of order."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heartline.channels.sms.receive import ReceiveText
from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import State
from heartline.domain.errors import Unavailable
from heartline.domain.intake import Arrival, Standing
from heartline.domain.messages import AuthorKind, Channel, DeliveryStatus
from heartline.domain.placing import Intake
from heartline.domain.reopening import reopened
from heartline.services.ingest import Ingest
from heartline.services.ports import IntakeStore
from heartline.storage import keys
from heartline.storage.configuration import StoredConfiguration
from heartline.storage.heads import read_pointer
from heartline.storage.intake import DynamoIntake
from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.office import DOCUMENT, EVA, NOON, TOM, Configured, Office, take_in

FORM = (Path(__file__).parents[1] / "data" / "twilio" / "sms_received.form").read_text()
PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)
MAIL = Identity(kind=IdentityKind.EMAIL, address="eva@example.org")


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Between its looking and its writing something else happens, once."""

    inner: DynamoIntake
    meanwhile: list[Callable[[], object]]

    def locate(self, sender: Identity, inbox: str, **options: Any) -> Standing:
        standing = self.inner.locate(sender, inbox, **options)
        while self.meanwhile:
            self.meanwhile.pop()()
        return standing

    def store(self, intake: Intake) -> None:
        self.inner.store(intake)

    hold = None


def overtaken(office: Office, meanwhile: Callable[[], object]) -> Ingest:
    store: IntakeStore = Overtaken(office.intake, [meanwhile])  # type: ignore[assignment]
    return Ingest(store=store, configuration=Configured(office.company), new_id=office.conversation_ids)


def open_conversations(office: Office, sender: str = EVA, inbox: str = "support") -> tuple[str, ...]:
    kind = IdentityKind.EMAIL if "@" in sender else IdentityKind.PHONE
    contact = contact_of_first_contact(Identity(kind=kind, address=sender))
    return read_pointer(office.table, contact, inbox).conversations


def test_a_first_text_creates_contact_identity_and_a_waiting_conversation(office: Office) -> None:
    conversation = office.ingest(office.text("SM1", "Where is my parcel?"))
    head = office.head(conversation)
    assert (head.state, head.inbox, head.contact_address) == (State.WAITING, "support", EVA)
    assert (head.preview, head.waiting_since, head.last_message_at) == ("Where is my parcel?", NOON, NOON)
    (message,) = office.timeline(conversation)
    assert (message.author.kind, message.author.address, message.status) == (
        AuthorKind.CONTACT,
        EVA,
        DeliveryStatus.RECEIVED,
    )
    assert open_conversations(office) == (conversation,)


def test_the_raw_form_is_kept_with_the_guard(office: Office) -> None:
    office.ingest(office.text("SM1"))
    guard = office.table.get(keys.guard("sms", "SM1"))
    assert guard is not None
    assert guard["raw"] == b"raw form"


def test_the_next_text_joins_the_open_conversation(office: Office) -> None:
    first, second = take_in(office, [office.text("SM1", "One"), office.text("SM2", "Two", at=5)])
    assert first == second
    assert office.words(first) == ["One", "Two"]
    assert (office.head(first).preview, office.head(first).waiting_since) == ("Two", NOON)


def test_a_repetition_changes_nothing_and_names_the_conversation_of_the_first(
    office: Office, memory_table: MemoryTable
) -> None:
    first = office.ingest(office.text("SM1"))
    before = memory_table.everything()
    assert office.ingest(office.text("SM1", at=90)) == first
    assert memory_table.everything() == before


def test_another_inbox_of_the_company_opens_a_conversation_of_its_own(office: Office) -> None:
    support, sales = take_in(office, [office.text("SM1"), office.text("SM2", inbox="sales", at=1)])
    assert support != sales
    assert office.head(sales).band == 3
    assert office.head(sales).contact == office.head(support).contact


def test_two_first_messages_in_parallel_meet_in_one_conversation(office: Office) -> None:
    second = office.text("SM2", "Second", at=1)
    conversation = overtaken(office, lambda: office.ingest(second))(office.text("SM1", "First"))
    assert office.words(conversation) == ["First", "Second"]
    assert open_conversations(office) == (conversation,)


def test_two_first_messages_to_two_inboxes_make_one_contact(office: Office) -> None:
    to_sales = office.text("SM2", inbox="sales")
    support = overtaken(office, lambda: office.ingest(to_sales))(office.text("SM1"))
    (sales,) = open_conversations(office, inbox="sales")
    assert office.head(sales).contact == office.head(support).contact


def test_a_text_that_meets_a_conversation_closed_meanwhile_opens_another(office: Office) -> None:
    old = office.ingest(office.text("SM1"))
    new = overtaken(office, lambda: office.close(old))(office.text("SM2", at=9))
    assert new != old
    assert office.head(old).state is State.CLOSED
    assert open_conversations(office) == (new,)


def test_the_same_event_twice_at_once_is_one_message(office: Office) -> None:
    conversation = overtaken(office, lambda: office.ingest(office.text("SM1")))(office.text("SM1"))
    assert len(office.timeline(conversation)) == 1


def test_an_older_message_after_a_younger_one_takes_its_place_and_leaves_the_head(office: Office) -> None:
    take_in(office, [office.text("SM1", "One"), office.text("SM3", "Three", at=20)])
    conversation = office.ingest(office.text("SM2", "Two", at=10))
    assert office.words(conversation) == ["One", "Two", "Three"]
    assert office.head(conversation).preview == "Three"


def test_an_older_first_message_moves_the_beginning_of_the_wait(office: Office) -> None:
    conversation = office.ingest(office.text("SM2", at=10))
    office.ingest(office.text("SM1", at=0))
    assert office.head(conversation).waiting_since == NOON


def test_an_older_message_that_an_agent_overtook_does_not_wait(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(seconds=60)
    office.reply(conversation)
    office.ingest(office.text("SM2", at=30))
    assert office.head(conversation).waiting_since is None


def test_an_older_message_that_was_answered_does_not_move_the_beginning_of_a_later_wait(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(seconds=60)
    office.reply(conversation)
    office.ingest(office.text("SM3", at=90))
    office.ingest(office.text("SM2", at=30))
    assert office.head(conversation).waiting_since == NOON + timedelta(seconds=90)


def test_a_reply_that_slips_in_while_an_older_message_finds_its_place_counts(
    office: Office, memory_table: MemoryTable
) -> None:
    conversation = office.ingest(office.text("SM2", at=10))
    office.clock.advance(seconds=60)
    transactions: list[str] = []

    def slip_in(moment: str, operation: str) -> None:
        transactions.extend([operation] if (moment, operation) == ("before", "TransactWriteItems") else [])
        if len(transactions) == 2:  # the first found the younger message, the second is about to stand behind it
            memory_table.hook = healthy
            office.reply(conversation)

    memory_table.hook = slip_in
    office.ingest(office.text("SM1", at=5))
    assert office.head(conversation).waiting_since is None


def test_an_older_message_taken_in_twice_is_there_once(office: Office) -> None:
    conversation = office.ingest(office.text("SM2", at=10))
    take_in(office, [office.text("SM1"), office.text("SM1")])
    assert len(office.timeline(conversation)) == 2


def test_two_texts_of_one_millisecond_are_both_there(office: Office) -> None:
    conversation, _ = take_in(office, [office.text("SM1", "A"), office.text("SM2", "B")])
    assert sorted(office.words(conversation)) == ["A", "B"]


def test_a_mail_without_a_thread_opens_a_conversation_of_its_own(office: Office) -> None:
    first, second = take_in(office, [office.letter("m1"), office.letter("m2", at=1)])
    assert first != second
    assert open_conversations(office, TOM) == (second, first)


def test_a_mail_joins_its_thread_and_brings_it_to_the_front(office: Office) -> None:
    first, second = take_in(office, [office.letter("m1"), office.letter("m2", at=1)])
    joined = office.ingest(office.letter("m3", at=2, thread=office.head(first)))
    assert joined == first
    assert open_conversations(office, TOM) == (first, second)


def test_a_mail_to_a_closed_thread_reopens_it_with_a_new_wait_and_an_empty_memory(office: Office) -> None:
    conversation = office.ingest(office.letter("m1"))
    office.close(conversation)
    closed = replace(office.head(conversation), exclusions={"ana": 3})
    office.ingest(office.letter("m2", "Again", at=3600, thread=closed))
    head = office.head(conversation)
    assert (head.state, head.enqueued, head.exclusions) == (State.WAITING, NOON + timedelta(hours=1), None)
    assert (head.preview, head.waiting_since) == ("Again", NOON + timedelta(hours=1))
    assert open_conversations(office, TOM) == (conversation,)


def test_a_delayed_mail_reopens_its_thread_and_does_not_pass_for_the_latest(office: Office) -> None:
    conversation, _ = take_in(office, [office.letter("m1"), office.letter("m2", at=1)])
    office.ingest(office.letter("m4", "Latest", at=60, thread=office.head(conversation)))
    latest = office.head(conversation).last_visible
    office.close(conversation)
    head = reopened(office.head(conversation), replace(office.timeline(conversation)[0], id="late"), at=NOON)
    assert (head.last_visible, head.preview) == (latest, "Latest")


def test_a_thread_closed_while_a_mail_comes_in_is_read_again_and_reopened(office: Office) -> None:
    conversation = office.ingest(office.letter("m1"))

    def read_again(arrival: Arrival) -> Arrival:
        return replace(arrival, thread=office.head(conversation))

    mail = office.letter("m2", at=5, thread=office.head(conversation))
    assert overtaken(office, lambda: office.close(conversation))(mail, again=read_again) == conversation
    assert office.head(conversation).state is State.WAITING


def test_the_first_holder_of_a_message_id_keeps_it(office: Office) -> None:
    first = office.ingest(office.letter("m1"))
    thief = replace(office.letter("m1", "Mine now", sender="eve@example.net", at=9), event="support#m1#other-body")
    assert office.ingest(thief) != first
    found = office.intake.find(["mail:support:m1@example.org"])
    assert found["mail:support:m1@example.org"].conversation == first


def test_a_second_identity_leads_to_the_same_contact_and_their_open_conversation(office: Office) -> None:
    eva = Contact(id=contact_of_first_contact(PHONE), name="Eva Lind", identities=(PHONE, MAIL))
    StoredConfiguration(office.table, lambda: 0.0).replace(DOCUMENT, [eva])
    by_mail = office.ingest(office.letter("m1", sender=MAIL.address))
    by_text = office.ingest(office.text("SM1", at=5))
    assert by_text == by_mail
    assert office.head(by_mail).channels == (Channel.EMAIL, Channel.SMS)
    assert {message.author.id for message in office.timeline(by_mail)} == {eva.id}


def test_a_text_joins_the_conversation_that_was_answered_last(office: Office) -> None:
    eva = Contact(id="eva", name="Eva Lind", identities=(PHONE, MAIL))
    StoredConfiguration(office.table, lambda: 0.0).replace(DOCUMENT, [eva])
    first, _ = take_in(
        office, [office.letter("m1", sender=MAIL.address), office.letter("m2", sender=MAIL.address, at=1)]
    )
    office.clock.advance(seconds=30)
    office.reply(first, channel=Channel.EMAIL)
    assert office.ingest(office.text("SM1", at=60)) == first


def test_a_long_body_is_in_the_object_store_and_read_back_whole(office: Office) -> None:
    words = "very long " * 1000
    conversation = office.ingest(office.letter("m1", words))
    assert len(office.blobs.objects) == 1
    assert office.words(conversation) == [words]


def test_an_event_whose_ground_keeps_moving_stays_in_its_queue(office: Office) -> None:
    conversation = office.ingest(office.letter("m1"))
    stale = office.head(conversation)
    office.close(conversation)
    with pytest.raises(Unavailable):
        office.ingest(office.letter("m2", at=1, thread=stale))


def receive(office: Office) -> ReceiveText:
    configuration = StoredConfiguration(office.table, lambda: 0.0)
    configuration.replace(DOCUMENT, [])
    return ReceiveText(configuration=configuration, ingest=office.ingest, store=office.intake)


def test_a_text_to_a_number_that_no_inbox_has_is_held_with_its_raw_form(office: Office) -> None:
    event = {"body": FORM.replace("14155550100", "14155559999"), "received_at": NOON.isoformat()}
    take = receive(office)
    take(event)
    take(event)
    held = office.table.get(keys.guard("sms", "SM0123456789abcdef0123456789abcdef"))
    assert held is not None
    assert (held["state"], held["reason"]) == ("held", "No inbox has this number.")
    assert zlib.decompress(held["raw"]).decode() == event["body"]


def test_twilios_own_form_becomes_a_message(office: Office) -> None:
    receive(office)({"body": FORM, "received_at": NOON.isoformat()})
    (conversation,) = open_conversations(office)
    assert office.words(conversation) == ["Where is my parcel?"]
