"""Agents call customers: at once and with call-backs, once for each request, and only whom they may."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heartline.domain.call_parties import CUSTOMER, PartyState
from heartline.domain.call_states import CallState
from heartline.domain.calling import FARTHEST, begun, unreached
from heartline.domain.calls import Call, CallDirection, Purpose
from heartline.domain.conversations import State
from heartline.domain.errors import Conflict, Contended, Invalid, Refused
from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from tests.fakes import Failing, MemoryTable
from tests.functional.phoned import DOCUMENT, OURS, THIRD, Phoned
from tests.functional.routed import books_balance
from tests.invariants import violations
from tests.office import EVA, take_in

WEEKDAYS = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def phoned(memory_table: MemoryTable) -> Any:
    """It is Monday, one in the afternoon."""
    phoned = Phoned(memory_table)
    yield phoned
    books_balance(phoned.routed)
    assert violations(memory_table.everything()) == []


def with_rules(table: MemoryTable, **support: Any) -> Phoned:
    document = deepcopy(DOCUMENT)
    document["inboxes"][0] |= support
    return Phoned(table, document)


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


def test_a_planned_call_back_waits_for_its_time_beside_the_written_work(phoned: Phoned) -> None:
    conversation = phoned.texted()
    due = phoned.now + timedelta(hours=2)
    call = phoned.plans(conversation, due, note="Ask for the order.")
    head = phoned.head(conversation)
    assert (call.state, call.due, call.tries) == (CallState.PLANNED, due, 0)
    assert (head.state, head.routing_channel, head.call) == (State.WAITING, Channel.SMS, call.id)
    told = "Ana planned a call-back for 2026-03-02 15:00 UTC. Ask for the order."
    assert phoned.routed.office.words(conversation)[-1] == told


def test_a_call_back_that_is_wanted_now_waits_with_the_age_of_what_is_not_answered(phoned: Phoned) -> None:
    conversation = phoned.texted()
    since = phoned.head(conversation).waiting_since
    call = phoned.plans(conversation, None)
    assert (call.state, call.queued, call.due) == (CallState.QUEUED, since, None)
    assert phoned.head(conversation).call == call.id


def test_a_time_at_which_nobody_is_there_becomes_the_next_opening(memory_table: MemoryTable) -> None:
    phoned = with_rules(memory_table, hours={"zone": "Europe/Berlin", "week": WEEKDAYS})
    conversation = phoned.texted()
    call = phoned.plans(conversation, phoned.now + timedelta(hours=8))
    assert call.due == (phoned.now + timedelta(days=1)).replace(hour=8, minute=0)
    assert phoned.routed.office.words(conversation)[-1] == (
        "Ana planned a call-back for 2026-03-03 09:00. The time asked for is outside the opening hours (closed)."
    )


def test_now_is_the_next_opening_while_the_inbox_is_closed(memory_table: MemoryTable) -> None:
    phoned = with_rules(memory_table, hours={"zone": "Europe/Berlin", "week": WEEKDAYS})
    phoned.routed.office.clock.advance(hours=8)
    call = phoned.plans(phoned.texted(), None)
    assert (call.state, call.due) == (CallState.PLANNED, (phoned.now + timedelta(days=1)).replace(hour=8, minute=0))


def test_what_is_past_is_wanted_now_and_what_is_too_far_is_refused(phoned: Phoned) -> None:
    conversation = phoned.texted()
    with pytest.raises(Invalid, match="90 days"):
        phoned.plans(conversation, phoned.now + FARTHEST + timedelta(seconds=1))
    assert phoned.plans(conversation, phoned.now - timedelta(hours=1)).state is CallState.QUEUED


def test_an_inbox_that_never_opens_plans_nothing(memory_table: MemoryTable) -> None:
    phoned = with_rules(memory_table, hours={"zone": "Europe/Berlin", "week": {}})
    with pytest.raises(Invalid, match="no opening hours"):
        phoned.plans(phoned.texted(), None)


def test_a_closed_conversation_has_to_be_reopened_for_a_call_back(phoned: Phoned) -> None:
    conversation = phoned.texted()
    phoned.routed.handover.close(conversation)
    with pytest.raises(Conflict, match="Reopen it"):
        phoned.plans(conversation, None)


def test_a_planned_call_back_is_moved_and_may_be_wanted_now(phoned: Phoned) -> None:
    conversation = phoned.texted()
    call = phoned.plans(conversation, phoned.now + timedelta(hours=2))
    by, later = phoned.routed.profile("ben"), phoned.now + timedelta(hours=3)
    assert phoned.customers.move(call.id, later, by=by, inbox=phoned.support).due == later
    assert phoned.customers.move(call.id, later, by=by, inbox=phoned.support).version == 1
    now = phoned.customers.move(call.id, None, by=by, inbox=phoned.support)
    assert (now.state, now.due, now.lined) == (CallState.QUEUED, None, phoned.now)
    assert phoned.customers.move(call.id, None, by=by, inbox=phoned.support) == now
    with pytest.raises(Conflict, match="not planned any more"):
        phoned.customers.move(call.id, later, by=by, inbox=phoned.support)


def test_a_call_back_that_is_due_keeps_the_age_that_it_had(phoned: Phoned) -> None:
    call = phoned.plans(phoned.texted(), phoned.now + timedelta(hours=2))
    step = begun(call, at=phoned.now + timedelta(hours=2))
    assert step is not None
    assert (step.after.state, step.after.queued) == (CallState.QUEUED, call.queued)
    assert begun(step.after, at=phoned.now) is None


def rung(phoned: Phoned, conversation: str, **fields: Any) -> Call:
    """A call-back whose agent has answered, while the customer is rung."""
    call = phoned.plans(conversation, None)
    head = phoned.head(conversation)
    phoned.routed.presence.state(phoned.routed.profile("ana"))
    phoned.routed.handover.assign(conversation, phoned.routed.profile("ana"))
    customer = replace(call.parties[CUSTOMER], state=PartyState.LEFT, why="busy")
    assert head.call == call.id
    return replace(call, state=CallState.DIALLING, agent="ana", parties={CUSTOMER: customer}, **fields)


def test_a_customer_who_is_busy_is_tried_again_and_the_agent_is_free_meanwhile(phoned: Phoned) -> None:
    conversation = phoned.texted()
    call = rung(phoned, conversation)
    step = unreached(call, phoned.head(conversation), phoned.support, channel=Channel.SMS, at=phoned.now)
    assert step is not None
    assert step.move is not None
    assert (step.after.state, step.after.tries, step.after.agent) == (CallState.PLANNED, 1, "")
    assert step.after.due == phoned.now + timedelta(minutes=15)
    assert step.entries[0].text == f"{EVA} was busy. Next try at 2026-03-02 13:15 UTC (2 of 3)."
    assert (step.move.after.routing_channel, step.move.after.call, step.move.after.agent) == (
        Channel.SMS,
        call.id,
        "ana",
    )


def test_after_the_last_attempt_it_is_written_work_that_says_so(phoned: Phoned) -> None:
    conversation = phoned.texted()
    call = rung(phoned, conversation, tries=2)
    step = unreached(call, phoned.head(conversation), phoned.support, channel=Channel.SMS, at=phoned.now)
    assert step is not None
    assert (step.after.state, step.after.tries, step.after.agent) == (CallState.UNANSWERED, 3, "ana")
    assert step.entries[0].text == f"{EVA} was busy. Tried 3 times: call back by hand, or write."


def test_the_next_try_is_made_while_somebody_is_there(memory_table: MemoryTable) -> None:
    phoned = with_rules(memory_table, hours={"zone": "Europe/Berlin", "week": WEEKDAYS})
    conversation = phoned.texted()
    call, at = rung(phoned, conversation), phoned.now.replace(hour=15, minute=55)
    step = unreached(call, phoned.head(conversation), phoned.support, channel=Channel.SMS, at=at)
    assert step is not None
    assert step.after.due == (at + timedelta(days=1)).replace(hour=8, minute=0)


def test_an_agents_own_call_is_not_tried_again_by_itself(phoned: Phoned) -> None:
    conversation = phoned.texted()
    call = replace(rung(phoned, conversation), purpose=Purpose.DIAL)
    step = unreached(call, phoned.head(conversation), phoned.support, channel=Channel.SMS, at=phoned.now)
    assert step is not None
    assert (step.after.state, step.entries[0].text) == (CallState.UNANSWERED, f"{EVA} was busy.")


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


def test_the_clock_wakes_the_dialer_for_what_is_due_and_for_nothing_else(phoned: Phoned) -> None:
    conversation = phoned.texted()
    call = phoned.plans(conversation, phoned.now + timedelta(minutes=30))
    assert phoned.due() == 0
    phoned.routed.office.clock.advance(minutes=45)  # the minutes in between were missed
    assert phoned.due() == 1
    assert phoned.woken == [(call.id,)]
    phoned.calls.apply(begun(call, at=phoned.now) or pytest.fail("it is planned"))
    assert phoned.due() == 0


def test_call_backs_are_listed_the_soonest_first_with_those_that_wait_in_front(phoned: Phoned) -> None:
    conversations = take_in(
        phoned.routed.office, [phoned.routed.office.text(f"SM{n}", sender=f"+1415555010{n}") for n in range(1, 5)]
    )
    dues = [timedelta(hours=3), None, timedelta(hours=1), timedelta(hours=2)]
    calls = [
        phoned.plans(conversation, phoned.now + due if due else None).id
        for conversation, due in zip(conversations, dues, strict=True)
    ]
    first = phoned.reading.call_backs(["support", "sales"], limit=3, cursor=None)
    rest = phoned.reading.call_backs(["support", "sales"], limit=3, cursor=first.next)
    assert [call.id for call in (*first.items, *rest.items)] == [calls[1], calls[2], calls[3], calls[0]]
    phoned.desk.cancel(calls[2], phoned.routed.profile("ben"))
    assert calls[2] not in {call.id for call in phoned.reading.call_backs(["support"], limit=9, cursor=None).items}


def test_of_two_who_plan_at_once_one_is_told_that_there_is_a_call(memory_table: MemoryTable) -> None:
    phoned = Phoned(memory_table)
    conversation = phoned.texted()
    planned: list[str] = []

    def meddle(moment: str, operation: str) -> None:
        if (moment, operation) == ("before", "TransactWriteItems") and not planned:
            planned.append("")
            planned[0] = phoned.plans(conversation, phoned.now + timedelta(hours=1), agent="ben").id

    memory_table.hook = meddle
    with pytest.raises(Conflict, match="a call in this conversation already"):
        phoned.plans(conversation, phoned.now + timedelta(hours=2))
    assert phoned.head(conversation).call == planned[0]


def test_a_hold_is_returned_once_although_the_same_request_is_sent_twice(memory_table: MemoryTable) -> None:
    """What showed it: a transaction that the SDK repeated met the same version and state, and was carried out again."""
    phoned = Phoned(memory_table)
    call = phoned.talking()
    head = phoned.head(call.conversation)
    move = Move(before=head, after=lifecycle.uncalled(head, Channel.SMS))
    phoned.routed.store.move(move, pools=phoned.routed.company().pools)
    with pytest.raises(Contended):
        phoned.routed.store.move(move, pools=phoned.routed.company().pools)
    assert (phoned.routed.free("ana", "voice"), phoned.routed.free("ana", "sms")) == (1, 1)
    books_balance(phoned.routed)
