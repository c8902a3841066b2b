"""The rules of routing over a table: what a tick gives to whom, and when it asks the clock for the next."""

from dataclasses import replace
from typing import Any

import pytest

from heartline.domain.conversations import Conversation, routing_class
from heartline.domain.hours import Hours, Span
from heartline.domain.messages import Channel
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import AgentOrder, PlanKind, Pool, Preference, Step
from heartline.storage.dynamodb import Table
from tests.fakes import MemoryTable
from tests.functional.routed import Routed, books_balance

MINE = ("inbox:support", 1)


@pytest.fixture(params=["memory_table", "moto_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table)


def asking(routed: Routed, conversation: str, **changes: Any) -> Conversation:
    """The conversation asks for something else, as its intake would have made it."""
    before = routed.head(conversation)
    head = replace(before, **changes)
    name = routing_class(head.routing_channel, head.requires, head.steps, head.pools, preferred=head.preferred)
    after = replace(head, routing_class=name)
    routed.store.move(Move(before=before, after=after), staff=routed.company().staff)
    return after


def fresh_text(routed: Routed, sid: str, **words: Any) -> str:
    """A text that has come just now."""
    conversation = routed.text(sid, **words)
    asking(routed, conversation, enqueued=routed.office.clock())
    return conversation


def wish(agent: str) -> Preference:
    """The account is theirs, whatever they can do."""
    return Preference(agent=agent, window=1_000_000, ignore_skills=True)


def opening_hours(routed: Routed, *spans: Span) -> None:
    """The inboxes are open so on every day; it is one o'clock."""
    hours = Hours(zone="UTC", week=(spans,) * 7)
    inboxes = tuple(replace(inbox, hours=hours) for inbox in routed.company_read.inboxes)
    routed.company_read = replace(routed.company_read, inboxes=inboxes)


def due(routed: Routed) -> list[int]:
    """In how many seconds the timers were asked for a tick."""
    return [message["delay"] for message in routed.timers.messages]


def test_a_step_opens_when_the_timer_says_so_and_not_before(routed: Routed) -> None:
    """R9: nobody has level 4; after 30 seconds anybody of the inbox will do."""
    conversation = fresh_text(routed, "1")
    steps = (Step(needs=(("fr", 4), MINE), lasts=30), Step(needs=(MINE,)))
    asking(routed, conversation, steps=steps, requires={"fr": 4, "inbox:support": 1})
    routed.online("ana")

    assert routed.route() == 0
    assert due(routed) == [30]

    routed.office.clock.advance(seconds=30)
    assert routed.route() == 1
    assert routed.head(conversation).assignee == "ana"


def test_an_overflow_pool_opens_when_the_conversation_is_old_enough(routed: Routed) -> None:
    """R11: and before, the agents of the other pool are passed by although they are free."""
    routed.configured("ben", pool="over")
    conversation = fresh_text(routed, "1")
    asking(routed, conversation, pools=(Pool(name="main"), Pool(name="over", opens=120)))
    routed.online("ben")

    assert routed.route() == 0
    assert due(routed) == [120]

    routed.office.clock.advance(seconds=120)
    assert routed.route() == 1
    assert routed.head(conversation).assignee == "ben"


def test_only_the_agents_of_the_pools_that_are_asked_are_read(memory_table: MemoryTable) -> None:
    routed = Routed(memory_table)
    head = asking(routed, routed.text("1"), pools=(Pool(name="over"),))
    routed.configured("ben", pool="over")
    routed.online("ana")
    memory_table.usage.requests.clear()

    routed.route_with(routed.store).run({head.routing_class: ""})

    assert dict(memory_table.usage.requests) == {"Query": 2}, "the directory, and one pool of two"


def test_it_is_kept_for_the_preferred_agent_who_is_full_and_goes_to_another_when_the_window_ends(
    routed: Routed,
) -> None:
    """R8: the timer brings the tick at the end of the window."""
    routed.configured("ana", capacity={Channel.SMS: 1})
    routed.online("ana")
    first = fresh_text(routed, "1")
    routed.route()
    routed.online("ben")
    kept = fresh_text(routed, "2")
    asking(routed, kept, preferred=Preference(agent="ana", window=90))

    assert routed.route() == 0
    assert routed.trace(kept).why == "preferred"
    assert due(routed) == [90]

    routed.office.clock.advance(seconds=90)
    assert routed.route() == 1
    assert (routed.head(first).assignee, routed.head(kept).assignee) == ("ana", "ben")


def test_the_window_of_the_last_agent_is_the_companys(routed: Routed) -> None:
    """R16: `reply_window` is configured."""
    rules = replace(routed.company_read.routing, reply_window=300)
    routed.company_read = replace(routed.company_read, routing=rules)
    conversation = routed.text("1")
    routed.online("ana")
    routed.route()
    routed.handover.close(conversation)
    routed.configured("ana", capacity={Channel.SMS: 1})
    busy = routed.text("2")
    routed.route()
    routed.online("ben")
    routed.handover.reopen(conversation)

    assert routed.head(busy).assignee == "ana"
    assert routed.route() == 0
    assert due(routed)[-1] == 300


def test_work_for_one_person_is_read_on_although_nobody_has_a_place_who_is_asked_for(routed: Routed) -> None:
    """R8 with `ignore_skills`: the page before it is for nobody who is there."""
    routed.online("ana")
    for sid in range(1, 30):
        asking(routed, routed.text(str(sid)), requires={"fr": 1}, preferred=wish("cleo"))
    hers = routed.text("30")
    asking(routed, hers, requires={"fr": 1}, preferred=wish("ana"))

    assert routed.route() == 1
    assert routed.head(hers).assignee == "ana"


def test_once_all_have_declined_it_is_asked_again_when_the_timer_says_so(routed: Routed) -> None:
    """R7: `retry_after`, and the offer that is made then empties the memory."""
    conversation = fresh_text(routed, "1")
    routed.online("ana")
    routed.route()
    routed.handover.unassign(conversation)

    assert routed.route() == 0
    assert due(routed) == [30]

    routed.office.clock.advance(seconds=30)
    assert routed.route() == 1
    assert routed.head(conversation).exclusions is None


def test_outside_business_hours_a_class_is_not_read_and_the_opening_is_asked_for(routed: Routed) -> None:
    """R12: the doors open in ten minutes."""
    opening_hours(routed, Span(start=13 * 60 + 10, end=18 * 60))
    conversation = routed.text("1")
    routed.online("ana")

    assert routed.route() == 0
    assert due(routed) == [600]

    routed.office.clock.advance(seconds=600)
    assert routed.route() == 1
    assert routed.head(conversation).assignee == "ana"


def test_an_opening_beyond_what_a_queue_can_wait_is_left_to_the_minute(routed: Routed) -> None:
    opening_hours(routed, Span(start=18 * 60, end=20 * 60))
    routed.text("1")
    routed.online("ana")

    assert routed.route() == 0
    assert due(routed) == []


def test_a_closed_class_costs_no_query(memory_table: MemoryTable) -> None:
    routed = Routed(memory_table)
    opening_hours(routed)
    routed.text("1")
    routed.online("ana")
    memory_table.usage.requests.clear()

    routed.route()

    assert dict(memory_table.usage.requests) == {"Query": 2}, "the directory and the agents"


def test_whoever_is_on_the_telephone_is_answered_after_the_doors_have_closed(routed: Routed) -> None:
    """The menu has asked for the hours; the written work of the same inbox waits."""
    conversation, text = routed.text("1"), routed.text("2")
    routed.handover.queue_call(routed.call(conversation))
    opening_hours(routed)
    routed.online("ana")

    assert routed.route() == 1
    assert routed.head(conversation).state == "OFFERED"
    assert routed.head(text).state == "WAITING"


def test_text_and_call_of_one_agent_are_claimed_in_the_order_of_the_plan(routed: Routed) -> None:
    """R10: a call forbids texts that come after it; the older text is the agent's all the same."""
    text, called = routed.text("1"), routed.text("2")
    routed.handover.queue_call(routed.call(called))
    routed.office.clock.advance(seconds=1)
    late = fresh_text(routed, "3")
    routed.online("ana")

    assert routed.route() == 2
    assert [routed.head(each).state for each in (text, called, late)] == ["ASSIGNED", "OFFERED", "WAITING"]
    books_balance(routed)


def test_units_are_one_limit_over_all_channels(routed: Routed) -> None:
    """R1: ana has places for two texts and a call, but not for their weight."""
    routed.policy = replace(POLICY, weights={"voice": 3}, blocks={})
    routed.configured("ana", units=4)
    routed.online("ana")
    called = routed.text("1")
    routed.handover.queue_call(routed.call(called))
    texts = [routed.text(sid) for sid in ("2", "3")]

    assert routed.route() == 2
    assert sorted(str(routed.head(each).state) for each in (called, *texts)) == ["ASSIGNED", "ASSIGNED", "WAITING"]
    books_balance(routed)


def test_max_serves_two_where_greedy_would_serve_one(routed: Routed) -> None:
    """R18: ben alone can sell; taken by the older text, he would leave the sale waiting beside a free ana."""
    routed.policy = replace(POLICY, plan=PlanKind.MAX, agent_order=AgentOrder.IDLE)
    anybodys, sale = routed.text("1"), routed.text("2", inbox="sales")
    asking(routed, sale, band=5)
    routed.online("ben")
    routed.office.clock.advance(seconds=1)
    routed.online("ana")

    assert routed.route() == 2
    assert (routed.head(anybodys).assignee, routed.head(sale).assignee) == ("ana", "ben")


def test_the_next_of_many_moments_is_asked_for_once(routed: Routed) -> None:
    """No storm: whatever waits for the clock, a tick sends one message, and the same process not the same twice."""
    for number in range(1, 6):
        conversation = fresh_text(routed, str(number))
        asking(routed, conversation, pools=(Pool(name="main"), Pool(name="over", opens=60 + number)))
    routed.configured("ben", pool="over")
    routed.online("ben")
    route = routed.route_with(routed.store)

    route()
    route()

    assert due(routed) == [61]


def test_why_somebody_waits_is_written_when_it_is_news(memory_table: MemoryTable) -> None:
    routed = Routed(memory_table)
    conversation = fresh_text(routed, "1")
    asking(routed, conversation, pools=(Pool(name="main"), Pool(name="over", opens=60)))
    routed.configured("ben", pool="over")
    routed.online("ben")
    route = routed.route_with(routed.store)
    route()
    assert routed.trace(conversation).why == "nobody"
    memory_table.usage.requests.clear()

    route()

    assert "BatchWriteItem" not in memory_table.usage.requests
