"""Call-backs: planned within the opening hours, moved, due once, tried again, listed the soonest first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heartline.domain.call_parties import CUSTOMER, PartyState
from heartline.domain.call_states import CallState
from heartline.domain.calling import FARTHEST, begun, unreached
from heartline.domain.calls import Call, Purpose
from heartline.domain.conversations import State
from heartline.domain.errors import Conflict, Invalid
from heartline.domain.messages import Channel
from tests.fakes import MemoryTable
from tests.functional.phoned import Phoned, balanced, with_rules
from tests.office import EVA, take_in

WEEKDAYS = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def phoned(memory_table: MemoryTable) -> Iterator[Phoned]:
    yield from balanced(memory_table)


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
        "Ana planned a call-back for 2026-03-03 09:00 (Europe/Berlin). "
        "The time asked for is outside the opening hours (closed)."
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
