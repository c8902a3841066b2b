"""Agents call customers: at once and with call-backs, once for each request, and only whom they may."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from heartline.domain.call_parties import CUSTOMER, PartyState
from heartline.domain.call_states import CallState
from heartline.domain.calls import CallDirection, Purpose
from heartline.domain.conversations import State
from heartline.domain.errors import Conflict, Contended, Refused
from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from tests.fakes import Failing, MemoryTable
from tests.functional.phoned import OURS, THIRD, Phoned, balanced, with_rules
from tests.functional.routed import books_balance
from tests.office import EVA


@pytest.fixture
def phoned(memory_table: MemoryTable) -> Iterator[Phoned]:
    yield from balanced(memory_table)


def test_who_calls_has_the_conversation_on_the_phone_and_is_rung_first(phoned: Phoned) -> None:
    conversation = phoned.texted()
    call = phoned.dials(conversation)
    head = phoned.head(conversation)
    assert (head.state, head.agent, head.routing_channel, head.call) == (State.ASSIGNED, "ana", Channel.VOICE, call.id)
    assert (call.direction, call.purpose, call.state) == (CallDirection.OUTBOUND, Purpose.DIAL, CallState.QUEUED)
    assert (call.number, call.caller.address, call.agent) == (OURS, EVA, "ana")
    assert call.parties[CUSTOMER].state is PartyState.WAITING
    assert phoned.routed.free("ana", "voice") == 0
    assert phoned.routed.office.words(conversation)[-1] == f"Ana is calling {EVA}."


def test_a_double_click_is_one_call(phoned: Phoned) -> None:
    conversation = phoned.texted()
    assert phoned.dials(conversation) == phoned.dials(conversation)
    assert len(phoned.routed.office.timeline(conversation)) == 2
    assert phoned.routed.free("ana", "voice") == 0


def test_somebody_elses_work_becomes_the_callers_like_work_that_is_assigned_by_hand(phoned: Phoned) -> None:
    conversation = phoned.texted()
    phoned.routed.handover.assign(conversation, phoned.routed.profile("ben"))
    phoned.dials(conversation)
    assert phoned.head(conversation).agent == "ana"
    assert phoned.routed.free("ben", "sms") == 1


def test_a_closed_conversation_is_open_again_when_it_is_called(phoned: Phoned) -> None:
    conversation = phoned.texted()
    phoned.routed.handover.close(conversation)
    phoned.dials(conversation)
    assert phoned.head(conversation).state is State.ASSIGNED
    assert phoned.routed.text("2", sender=EVA) == conversation


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("+4930123456", "we write and call to US only"),
        ("+19005550123", "premium rate"),
        (OURS, "one of our own numbers"),
        ("+870773111632", "satellite"),
    ],
)
def test_a_number_that_may_not_be_called_is_refused_with_a_sentence(phoned: Phoned, number: str, says: str) -> None:
    conversation = phoned.texted()
    with pytest.raises(Refused, match=says):
        phoned.dials(conversation, number=number)
    with pytest.raises(Refused, match=says):
        phoned.plans(conversation, None, number=number)
    assert phoned.head(conversation).call == ""


def test_whose_number_nobody_knows_is_called_only_with_a_number(phoned: Phoned) -> None:
    conversation = phoned.routed.letter("m1")
    with pytest.raises(Refused, match="ask for it"):
        phoned.dials(conversation)
    assert phoned.dials(conversation, number=THIRD).caller.address == THIRD


def test_a_second_call_of_a_conversation_is_refused(phoned: Phoned) -> None:
    conversation = phoned.texted()
    phoned.dials(conversation)
    with pytest.raises(Conflict, match="a call in this conversation already"):
        phoned.dials(conversation, "ben", request="r2")
    with pytest.raises(Conflict, match="a call in this conversation already"):
        phoned.plans(conversation, None, request="r3")


def test_who_is_on_the_phone_calls_nobody_else(phoned: Phoned) -> None:
    phoned.dials(phoned.texted())
    other = phoned.routed.text("2", sender=THIRD)
    with pytest.raises(Conflict, match="another call"):
        phoned.dials(other, request="r2")
    assert phoned.head(other).state is State.WAITING


def test_customers_see_the_number_that_the_inbox_chose(memory_table: MemoryTable) -> None:
    phoned = with_rules(memory_table, voice_rules={"caller_id": "+14155550199"})
    assert phoned.dials(phoned.texted()).number == "+14155550199"


def test_an_inbox_without_a_number_calls_nobody(memory_table: MemoryTable) -> None:
    phoned = with_rules(memory_table, voice=[])
    with pytest.raises(Conflict, match="no telephone number to call from"):
        phoned.dials(phoned.texted())


def test_calling_now_takes_the_place_of_a_call_back_that_nobody_has_taken(phoned: Phoned) -> None:
    conversation = phoned.texted()
    planned = phoned.plans(conversation, phoned.now + timedelta(hours=2))
    phoned.routed.office.clock.advance(minutes=1)
    call = phoned.dials(conversation, request="r2")
    assert phoned.call(planned.id).state is CallState.CANCELLED
    assert phoned.head(conversation).call == call.id
    told = set(phoned.routed.office.words(conversation)[-2:])
    assert told == {"Ana calls back now.", f"Ana is calling {EVA}."}


def test_whatever_is_written_in_between_is_read_again(memory_table: MemoryTable) -> None:
    """The conversation moves under the first decision; the second one fits."""
    phoned = Phoned(memory_table)
    conversation = phoned.texted()
    moved: list[str] = []

    def meddle(moment: str, operation: str) -> None:
        if (moment, operation) == ("before", "TransactWriteItems") and not moved:
            moved.append(operation)
            phoned.routed.handover.assign(conversation, phoned.routed.profile("ben"))

    phoned.routed.presence.state(phoned.routed.profile("ana"))
    phoned.routed.presence.state(phoned.routed.profile("ben"))
    memory_table.hook = meddle
    call = phoned.dials(conversation)
    assert (phoned.head(conversation).agent, phoned.head(conversation).call) == ("ana", call.id)
    books_balance(phoned.routed)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_call_that_was_written_while_the_answer_was_lost_is_found_again(
    memory_table: MemoryTable, moment: str
) -> None:
    phoned = Phoned(memory_table)
    conversation = phoned.texted()
    phoned.routed.presence.state(phoned.routed.profile("ana"))
    for at in range(1, 12):
        memory_table.hook = Failing(ConnectionError(), at=at, moment=moment)
        try:
            call = phoned.dials(conversation)
        except ConnectionError:
            continue
        finally:
            memory_table.hook = lambda _moment, _operation: None
        break
    assert phoned.dials(conversation) == call
    assert [text.startswith("Ana is calling") for text in phoned.routed.office.words(conversation)] == [False, True]
    books_balance(phoned.routed)


def test_a_hold_is_returned_once_although_the_same_request_is_sent_twice(memory_table: MemoryTable) -> None:
    """What showed it: a transaction that the SDK repeated met the same version and state, and was carried out again."""
    phoned = Phoned(memory_table)
    call = phoned.talking()
    head = phoned.head(call.conversation)
    move = Move(before=head, after=lifecycle.uncalled(head, Channel.SMS))
    phoned.routed.store.move(move, staff=phoned.routed.company().staff)
    with pytest.raises(Contended):
        phoned.routed.store.move(move, staff=phoned.routed.company().staff)
    assert (phoned.routed.free("ana", "voice"), phoned.routed.free("ana", "sms")) == (1, 1)
    books_balance(phoned.routed)
