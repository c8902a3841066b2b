"""A delivery report marks the message that it is about, and can harm nobody to whom we did not write."""

import pytest

from heartline.domain.conversations import BOUNCED
from heartline.domain.messages import RANK, DeliveryStatus
from heartline.storage.expressions import Item, Update
from tests.invariants import violations
from tests.mailroom import MailRoom, details, during_next_write, report
from tests.office import TOM


def test_a_report_marks_the_message_it_is_about_and_its_conversation(room: MailRoom, answered: str) -> None:
    assert room.take(report(room.name_of())) == answered

    ours = next(message for message in room.office.timeline(answered) if message.status is not DeliveryStatus.RECEIVED)
    assert (ours.status, ours.status_reason) == (
        DeliveryStatus.UNDELIVERED,
        "Could not be delivered: tom@example.org (550 5.1.1 no such user)",
    )
    assert [bounce.recipient for bounce in details(ours).bounces] == [TOM]
    assert room.head(answered).problem == BOUNCED
    assert room.blocks.suppressions[TOM].message == ours.id
    assert violations(room.table.everything()) == []


def test_our_next_mail_ends_the_problem(room: MailRoom, answered: str) -> None:
    room.take(report(room.name_of()))

    room.answer(answered, "Again, to your other address.", request="r2")

    assert room.head(answered).problem == ""


def test_a_report_on_what_was_answered_anew_since_is_no_problem_any_more(room: MailRoom, answered: str) -> None:
    room.answer(answered, "Once more.", request="r2")

    room.take(report(room.name_of()))

    assert room.head(answered).problem == ""
    assert room.blocks.suppressions.keys() == {TOM}


def test_a_delay_is_noted_and_blocks_nobody(room: MailRoom, answered: str) -> None:
    assert room.take(report(room.name_of(), action="delayed", status="4.4.1")) == answered

    ours = room.office.timeline(answered)[1]
    assert ours.status is DeliveryStatus.SENT
    assert room.head(answered).problem == ""
    assert room.blocks.suppressions == {}


def test_a_report_on_nothing_of_ours_changes_nothing(room: MailRoom, answered: str) -> None:
    forged = room.take(report("never-sent@eu-west-1.amazonses.com"))

    assert forged != answered
    assert room.head(answered).problem == ""
    assert room.blocks.suppressions == {}


def test_a_forged_report_blocks_nobody_to_whom_we_did_not_write(room: MailRoom, answered: str) -> None:
    room.take(report(room.name_of(), recipient="victim@other.example"))

    assert room.office.timeline(answered)[1].status is DeliveryStatus.SENT
    assert room.blocks.suppressions == {}


@pytest.mark.usefixtures("answered")
def test_a_report_that_is_delivered_again_blocks_again_and_changes_nothing_else(room: MailRoom) -> None:
    """The function may have died between the two."""
    room.take(report(room.name_of()))
    before = room.table.everything()
    room.blocks.suppressions.clear()

    room.take(report(room.name_of()))

    assert room.table.everything() == before
    assert room.blocks.suppressions.keys() == {TOM}


def test_a_reported_message_that_changed_meanwhile_is_read_again(room: MailRoom, answered: str) -> None:
    """An event of SES may come between the reading of the message and the writing of the report."""
    ours = room.office.timeline(answered)[1]
    item = next(item for item in room.messages() if item["SK"].endswith(ours.id))

    during_next_write(room, lambda: room.table.write(_delivered(item)))
    room.take(report(room.name_of()))

    assert room.office.timeline(answered)[1].status is DeliveryStatus.UNDELIVERED


def _delivered(item: Item) -> Update:
    changes = {"status": DeliveryStatus.DELIVERED.value, "rank": RANK[DeliveryStatus.DELIVERED]}
    return Update(key={"PK": item["PK"], "SK": item["SK"]}, assign=changes)
