"""Conversations that are one matter become one, one that is two becomes two, and nothing leads nowhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Invalid
from heartline.domain.messages import Channel
from heartline.services.merge import MergeAndSplit
from heartline.storage import keys
from heartline.storage.expressions import Delete
from tests.fakes import MemoryTable
from tests.functional.routed import Routed
from tests.invariants import violations
from tests.office import TOM


@pytest.fixture
def routed(memory_table: MemoryTable) -> Routed:
    return Routed(memory_table)


@pytest.fixture
def merging(routed: Routed) -> MergeAndSplit:
    return routed.merging


def mail(routed: Routed, name: str, words: str, *, thread: Conversation | None = None, at: float = 0) -> str:
    return routed.office.ingest(routed.office.letter(name, words, thread=thread, at=at))


def is_sound(table: MemoryTable) -> bool:
    return violations(table.everything()) == []


def texts_of(routed: Routed, conversation: str) -> list[str]:
    return [message.text for message in routed.office.timeline(conversation) if not message.event]


def test_the_target_tells_both_stories_in_the_order_of_time(
    memory_table: MemoryTable, routed: Routed, merging: MergeAndSplit
) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    mail(routed, "c", "Three", thread=routed.office.head(first), at=120)

    merging.merge(first, into=second, by=ana)

    assert texts_of(routed, second) == ["One", "Two", "Three"]
    head = routed.office.head(second)
    assert (head.preview, head.absorbed) == ("Three", (first,))
    assert routed.office.head(first).state is State.CLOSED
    assert is_sound(memory_table)


def test_an_answer_to_the_merged_conversation_joins_the_target(routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    merging.merge(first, into=second, by=ana)

    followed = routed.office.intake.conversation(first)

    assert followed is not None
    assert followed.id == second
    assert mail(routed, "c", "Again", thread=followed, at=120) == second


def test_an_upset_customer_stays_upset_where_their_conversation_ends(routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first, second, third = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60), mail(routed, "c", "Three", at=90)
    routed.by_hand.mark(first, heated=True, by=ana)
    merging.merge(first, into=second, by=ana)
    assert (routed.head(second).heated, routed.head(second).heat) == (True, ("marked by Ana",))

    routed.by_hand.mark(third, heated=True, by=ana)
    routed.by_hand.mark(third, heated=False, by=ana)
    merging.merge(second, into=third, by=ana)
    assert not routed.head(third).heated, "an agent has said so"


def test_what_is_snoozed_is_merged_and_leaves_no_snooze_behind(
    memory_table: MemoryTable, routed: Routed, merging: MergeAndSplit
) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    routed.by_hand.assign(first, to=ana, by=ana)
    routed.by_hand.snooze(first, until=routed.office.clock() + timedelta(hours=1), by=ana)

    merging.merge(first, into=second, by=ana)
    routed.office.clock.advance(hours=2)

    assert routed.snoozes() == 0
    assert routed.office.head(first).state is State.CLOSED
    assert is_sound(memory_table)


def test_merging_frees_the_agent_who_had_it(memory_table: MemoryTable, routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    for conversation in (first, second):
        routed.by_hand.assign(conversation, to=ana, by=ana)

    merging.merge(first, into=second, by=ana)

    assert routed.desk.status(ana).conversations == (second,)
    assert is_sound(memory_table)


def test_a_merge_can_be_undone(memory_table: MemoryTable, routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    before = routed.office.head(second)
    merging.merge(second, into=first, by=ana)

    merging.undo(second, by=ana)

    assert texts_of(routed, first) == ["One"]
    assert texts_of(routed, second) == ["Two"]
    assert (routed.office.head(second).state, routed.office.head(first).preview) == (State.WAITING, "One")
    assert routed.office.head(second).waiting_since == before.waiting_since
    assert is_sound(memory_table)


def test_what_waits_after_an_undo_is_found_though_nothing_like_it_has_waited_before(
    memory_table: MemoryTable, routed: Routed, merging: MergeAndSplit
) -> None:
    """What an agent began, or gave to another pool, has never been in line."""
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    merging.merge(second, into=first, by=routed.profile("ana"))
    (routing_class,) = routed.store.classes()
    memory_table.write(Delete(key=keys.routing_class(routing_class.name)))

    merging.undo(second, by=routed.profile("ana"))

    routed.online("ana")
    assert routed.route() == 2
    assert routed.head(second).assignee == "ana"


def test_an_undo_gives_it_back_to_the_agent_who_had_it(
    memory_table: MemoryTable, routed: Routed, merging: MergeAndSplit
) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    for conversation in (first, second):
        routed.by_hand.assign(conversation, to=ana, by=ana)
    merging.merge(first, into=second, by=ana)

    merging.undo(first, by=ana)

    assert routed.office.head(first).assignee == "ana"
    assert set(routed.desk.status(ana).conversations) == {first, second}
    assert is_sound(memory_table)


def test_merging_twice_is_merging_once(routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)

    once = merging.merge(first, into=second, by=ana)

    assert merging.merge(first, into=second, by=ana) == once
    assert texts_of(routed, second) == ["One", "Two"]


def test_what_a_merged_conversation_had_absorbed_moves_along_and_comes_back(
    routed: Routed, merging: MergeAndSplit
) -> None:
    ana = routed.profile("ana")
    first, second, third = (mail(routed, name, name.upper(), at=at) for at, name in enumerate("abc"))
    merging.merge(first, into=second, by=ana)
    merging.merge(second, into=third, by=ana)
    assert texts_of(routed, third) == ["A", "B", "C"]

    merging.undo(second, by=ana)

    assert (texts_of(routed, second), texts_of(routed, third)) == (["A", "B"], ["C"])


def test_merging_refuses_itself_other_inboxes_and_a_closed_target(routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    elsewhere = routed.office.ingest(routed.office.text("t", inbox="sales"))
    routed.by_hand.close(second, by=ana)

    with pytest.raises(Invalid, match="itself"):
        merging.merge(first, into=first, by=ana)
    with pytest.raises(Invalid, match="one inbox"):
        merging.merge(first, into=elsewhere, by=ana)
    with pytest.raises(Conflict, match="Reopen"):
        merging.merge(first, into=second, by=ana)


def test_a_merged_conversation_is_neither_reopened_nor_assigned(routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    merging.merge(first, into=second, by=ana)

    with pytest.raises(Conflict, match="merged"):
        routed.by_hand.reopen(first, by=ana)
    with pytest.raises(Conflict, match="merged"):
        routed.by_hand.assign(first, to=ana, by=ana)


def test_a_second_matter_is_split_off_and_waits_by_itself(
    memory_table: MemoryTable, routed: Routed, merging: MergeAndSplit
) -> None:
    ana = routed.profile("ana")
    first = mail(routed, "a", "One")
    mail(routed, "b", "Something else", thread=routed.office.head(first), at=60)
    routed.by_hand.assign(first, to=ana, by=ana)
    other = routed.office.timeline(first)[-2 if routed.office.timeline(first)[-1].event else -1]

    begun = merging.split(first, [other.id], by=ana)

    assert (texts_of(routed, first), texts_of(routed, begun.id)) == (["One"], ["Something else"])
    assert (begun.state, begun.follows, routed.office.head(first).preview) == (State.WAITING, first, "One")
    assert routed.desk.status(ana).conversations == (first,)
    assert is_sound(memory_table)


def test_after_a_split_each_is_called_what_it_is_about(routed: Routed, merging: MergeAndSplit) -> None:
    first = mail(routed, "a", "One")
    chairs = routed.office.letter("b", "Something else", thread=routed.office.head(first), at=60)
    routed.office.ingest(replace(chairs, subject="Re: Chairs"))
    assert routed.office.head(first).subject == "Chairs"

    begun = merging.split(first, [routed.office.timeline(first)[-1].id], by=routed.profile("ana"))

    assert (routed.office.head(first).subject, begun.subject) == ("My order", "Chairs")


def test_an_answer_to_a_mail_that_was_split_off_finds_its_new_place(routed: Routed, merging: MergeAndSplit) -> None:
    first = mail(routed, "a", "One")
    mail(routed, "b", "Something else", thread=routed.office.head(first), at=60)
    begun = merging.split(first, [routed.office.timeline(first)[-1].id], by=routed.profile("ana"))

    found = routed.office.intake.find(["mail:support:b@example.org"])

    assert [reference.conversation for reference in found.values()] == [begun.id]


def test_splitting_leaves_something_and_moves_no_answer(routed: Routed, merging: MergeAndSplit) -> None:
    ana = routed.profile("ana")
    first = mail(routed, "a", "One")
    [only] = routed.office.timeline(first)

    with pytest.raises(Invalid, match="Nothing would be left"):
        merging.split(first, [only.id], by=ana)
    answer = routed.office.reply(first, "Answer", channel=Channel.EMAIL)
    with pytest.raises(Invalid, match="answers stay"):
        merging.split(first, [answer.id], by=ana)


def test_identities_stay_with_their_contacts(routed: Routed, merging: MergeAndSplit) -> None:
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    contact = routed.office.head(first).contact

    merging.merge(first, into=second, by=routed.profile("ana"))

    standing = routed.office.intake.locate(Identity(kind=IdentityKind.EMAIL, address=TOM), "support")
    assert standing.contact is not None
    assert standing.contact.id == contact
    assert first not in standing.pointer.conversations


def test_a_mail_of_what_was_absorbed_can_be_taken_up(routed: Routed, merging: MergeAndSplit) -> None:
    first, second = mail(routed, "a", "One"), mail(routed, "b", "Two", at=60)
    [original] = routed.office.timeline(first)

    merging.merge(first, into=second, by=routed.profile("ana"))

    assert routed.office.reading.message(second, original.id).text == "One"
