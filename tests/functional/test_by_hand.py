"""What people do with a conversation by hand: who may, what it becomes, and what the timeline says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.domain.errors import Conflict, Contended, NotFound, Refused
from heartline.domain.inboxes import AgentProfile
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Pool
from heartline.storage import keys
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Update
from tests.functional.routed import Routed, books_balance

NOTE = "Has paid twice."


@pytest.fixture(params=["memory_table", "moto_table"])
def routed(request: pytest.FixtureRequest) -> Routed:
    """Ana is in the pool main, Ben in second; Lea leads."""
    table: Table = request.getfixturevalue(request.param)
    routed = Routed(table)
    routed.configured("ben", pool="second")
    rules = replace(routed.company_read.routing, pools={"main": "Front desk", "second": "Second line"})
    routed.company_read = replace(routed.company_read, routing=rules)
    return routed


def ana(routed: Routed) -> AgentProfile:
    return routed.profile("ana")


def ben(routed: Routed) -> AgentProfile:
    return routed.profile("ben")


def lead(routed: Routed) -> AgentProfile:
    return replace(routed.profile("ben"), role="lead")


def taken(routed: Routed, name: str = "1", by: str = "ana") -> str:
    conversation = routed.text(name)
    routed.by_hand.assign(conversation, to=routed.profile(by), by=routed.profile(by))
    return conversation


def told(routed: Routed, conversation: str) -> list[str]:
    """What the timeline says besides the customer's words."""
    return [message.text for message in routed.office.timeline(conversation)][1:]


def test_whoever_hands_over_says_why_and_the_note_stands_above_the_step(routed: Routed) -> None:
    conversation = taken(routed)
    routed.office.clock.advance(seconds=1)
    for nothing in (" \n ", "\u200b", "\u2060\x00"):
        with pytest.raises(Refused, match="Write a note for Ben"):
            routed.by_hand.assign(conversation, to=ben(routed), by=ana(routed), note=nothing)

    routed.by_hand.assign(conversation, to=ben(routed), by=ana(routed), note=f" {NOTE} ")

    assert told(routed, conversation) == ["Ana took this", NOTE, "Ana gave this to Ben"]
    note = routed.office.timeline(conversation)[-2]
    assert (note.event, note.author.id, note.channel) == ("", "ana", "note")
    books_balance(routed)


def test_the_same_step_again_says_nothing_twice(routed: Routed) -> None:
    conversation = taken(routed)
    for _ in range(2):
        routed.office.clock.advance(seconds=1)
        routed.by_hand.assign(conversation, to=ben(routed), by=ana(routed), note=NOTE)
    assert told(routed, conversation) == ["Ana took this", NOTE, "Ana gave this to Ben"]


def test_who_escalates_second_is_told_so_for_their_note_would_be_lost(routed: Routed) -> None:
    conversation = routed.text("1")
    for _ in range(2):
        routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))
    with pytest.raises(Conflict, match=r"^Ana has escalated this to Second line already\. Add a note to it\.$"):
        routed.by_hand.escalate(conversation, pool="second", note="Again!", by=ben(routed))
    assert told(routed, conversation) == [NOTE, "Ana escalated this to Second line"]


@pytest.mark.parametrize("state", ["assigned", "snoozed"])
def test_what_a_colleague_has_only_they_or_a_lead_move(routed: Routed, state: str) -> None:
    conversation = taken(routed)
    if state == "snoozed":
        routed.by_hand.snooze(conversation, until=None, by=ana(routed))
    stranger = ben(routed)
    steps: tuple[Callable[[], object], ...] = (
        lambda: routed.by_hand.assign(conversation, to=stranger, by=stranger),
        lambda: routed.by_hand.assign(conversation, to=None, by=stranger),
        lambda: routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=stranger),
        lambda: routed.by_hand.snooze(conversation, until=routed.office.clock() + timedelta(hours=1), by=stranger),
    )
    for step in steps:
        with pytest.raises(Conflict, match=r"^Ana has this\. Ask Ana to hand it over, or a lead to take it\.$"):
            step()
    assert routed.head(conversation).assignee == "ana"

    routed.by_hand.assign(conversation, to=lead(routed), by=lead(routed))
    assert routed.head(conversation).assignee == "ben"
    books_balance(routed)


def test_what_an_agent_has_who_is_none_any_more_is_anybodys(routed: Routed) -> None:
    conversation = taken(routed)
    routed.company_read = replace(routed.company_read, agents=(ben(routed),))
    routed.by_hand.assign(conversation, to=ben(routed), by=ben(routed))
    assert routed.head(conversation).assignee == "ben"


def test_a_raised_priority_changes_the_place_in_line_and_who_is_next(routed: Routed) -> None:
    routed.configured("ana", capacity={Channel.SMS: 1})
    first, second = routed.text("1"), routed.text("2")
    routed.by_hand.prioritise(second, band=2, boost=None, reason="The event is tonight.", by=ana(routed))
    routed.online("ana")
    routed.route()

    assert (routed.head(first).state, routed.head(second).assignee) == ("WAITING", "ana")
    assert told(routed, second) == ["Ana set the priority to 2: The event is tonight."]
    assert routed.sweep().repaired == 0
    books_balance(routed)


def test_a_boost_is_age_on_top_and_can_be_taken_back(routed: Routed) -> None:
    routed.configured("ana", capacity={Channel.SMS: 1})
    first, second = routed.text("1"), routed.text("2")
    for boost in (600, 0, 90):
        routed.office.clock.advance(seconds=1)
        routed.by_hand.prioritise(second, band=None, boost=boost, reason="VIP", by=ana(routed))
    assert [waiter.conversation for waiter in routed.store.waiters(routed.head(first).routing_class, limit=9)] == [
        second,
        first,
    ]
    assert told(routed, second) == [
        "Ana set the priority to 5, 10 min ahead: VIP",
        "Ana set the priority to 5: VIP",
        "Ana set the priority to 5, 90 s ahead: VIP",
    ]


def test_a_priority_that_is_given_while_somebody_has_it_counts_when_it_waits_again(routed: Routed) -> None:
    conversation = taken(routed)
    enqueued = routed.head(conversation).enqueued
    routed.by_hand.prioritise(conversation, band=1, boost=60, reason="VIP", by=ana(routed))
    routed.by_hand.assign(conversation, to=None, by=ana(routed))

    head = routed.head(conversation)
    assert (head.state, head.band, head.boost, head.enqueued) == ("WAITING", 1, 60, enqueued)
    assert routed.sweep().repaired == 0
    books_balance(routed)


def test_a_priority_needs_a_reason(routed: Routed) -> None:
    conversation = routed.text("1")
    with pytest.raises(Refused, match="Say why"):
        routed.by_hand.prioritise(conversation, band=1, boost=None, reason=" ", by=ana(routed))


def test_what_is_escalated_waits_for_the_pool_alone_with_its_age(routed: Routed) -> None:
    conversation = taken(routed)
    before = routed.head(conversation)
    routed.office.clock.advance(minutes=10)
    routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))
    routed.online("ana")
    routed.route()

    head = routed.head(conversation)
    assert (head.state, head.pools, head.enqueued) == ("WAITING", (Pool(name="second"),), before.enqueued)
    assert (head.heated, head.heat, head.heat_by) == (True, ("escalated to Second line",), "ana")
    assert told(routed, conversation)[-2:] == [NOTE, "Ana escalated this to Second line"]
    routed.online("ben")
    routed.route()
    assert routed.head(conversation).assignee == "ben"
    books_balance(routed)


def test_what_waits_already_moves_to_the_line_of_the_pool(routed: Routed) -> None:
    conversation = routed.text("1")
    old = routed.head(conversation).routing_class
    routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))

    assert routed.store.waiters(old, limit=9) == []
    (waiter,) = routed.store.waiters(routed.head(conversation).routing_class, limit=9)
    assert (waiter.conversation, waiter.version) == (conversation, routed.head(conversation).version)
    routed.online("ana")
    assert routed.route() == 0
    assert routed.sweep().repaired == 0


def test_whoever_it_was_kept_for_does_not_keep_it_from_the_pool(routed: Routed) -> None:
    conversation = routed.text("1")
    kept = {"pref": {"agent": "ana", "for": 86_400, "any_skill": True}}
    routed.table.write(Update(key=keys.conversation(conversation), assign=kept))
    routed.online("ana", "ben")
    routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))
    routed.route()
    assert routed.head(conversation).assignee == "ben"


def test_an_escalation_that_is_asked_for_again_takes_it_from_nobody_in_the_pool(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))
    routed.online("ben")
    routed.route()
    routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))
    assert routed.head(conversation).assignee == "ben"
    assert told(routed, conversation).count("Ana escalated this to Second line") == 1


def test_it_is_escalated_only_to_a_pool_that_could_take_it(routed: Routed) -> None:
    conversation = routed.text("1")
    with pytest.raises(NotFound, match="There is no pool “third”"):
        routed.by_hand.escalate(conversation, pool="third", note=NOTE, by=ana(routed))
    with pytest.raises(Refused, match="Write a note for Second line"):
        routed.by_hand.escalate(conversation, pool="second", note="", by=ana(routed))
    routed.configured("ben", inboxes=("sales",))
    with pytest.raises(Refused, match="Nobody in Second line could take this"):
        routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))
    assert routed.head(conversation).version == 0
    assert told(routed, conversation) == []


def test_heated_is_what_the_agent_says(routed: Routed) -> None:
    conversation = taken(routed)
    routed.by_hand.mark(conversation, heated=True, by=ana(routed))
    assert routed.head(conversation).heat == ("marked by Ana",)
    routed.office.clock.advance(seconds=1)
    for _ in range(2):
        routed.by_hand.mark(conversation, heated=False, by=ben(routed))
    head = routed.head(conversation)
    assert (head.heated, head.heat, head.heat_by) == (False, (), "ben")
    assert told(routed, conversation)[-2:] == ["Ana marked this as heated", "Ben says that this is not heated"]
    assert routed.state("ana").agent.last_heated is None, "nothing has been given to anybody"


def test_what_is_reopened_for_a_pool_in_which_nobody_stands_any_more_is_for_who_is_there(routed: Routed) -> None:
    conversation = taken(routed)
    routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=ana(routed))
    routed.by_hand.close(conversation, by=ana(routed))
    routed.company_read = replace(routed.company_read, agents=(ana(routed),))
    routed.by_hand.reopen(conversation, by=ana(routed))
    routed.online("ana")
    routed.route()
    assert routed.head(conversation).assignee == "ana"
    books_balance(routed)


@pytest.mark.parametrize("step", ["priority", "escalate", "heated", "snooze"])
def test_what_is_closed_is_reopened_first(routed: Routed, step: str) -> None:
    conversation = taken(routed)
    routed.by_hand.close(conversation, by=ana(routed))
    steps = {
        "priority": lambda: routed.by_hand.prioritise(conversation, band=1, boost=None, reason="x", by=ana(routed)),
        "escalate": lambda: routed.by_hand.escalate(conversation, pool="second", note="x", by=ana(routed)),
        "heated": lambda: routed.by_hand.mark(conversation, heated=True, by=ana(routed)),
        "snooze": lambda: routed.by_hand.snooze(conversation, until=None, by=ana(routed)),
    }
    with pytest.raises(Conflict, match="Reopen it first"):
        steps[step]()


def test_a_claim_that_was_planned_on_the_old_place_is_refused(routed: Routed) -> None:
    """The tick has read the head and claims it after a lead has changed its place: no entry is left behind."""
    conversation = routed.text("1")
    routed.online("ana")
    planned = routed.handover.assigning(ana(routed))(routed.head(conversation))
    assert planned is not None
    routed.by_hand.prioritise(conversation, band=1, boost=None, reason="VIP", by=ana(routed))
    with pytest.raises(Contended):
        routed.store.move(planned, staff=routed.company().staff)
    routed.route()
    assert routed.head(conversation).assignee == "ana"
    assert routed.sweep().repaired == 0
    books_balance(routed)
