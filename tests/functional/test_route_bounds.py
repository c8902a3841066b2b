"""A tick has an end: after so many claims, heads, agents or seconds, and the next goes on where it stopped."""

from dataclasses import dataclass, field, replace
from threading import Barrier
from typing import Any

import pytest

from heartline.domain.messages import Channel
from heartline.domain.routing.model import PlanKind
from heartline.domain.routing.states import AgentState
from heartline.services import floors, route, tick
from heartline.services.floors import Floors
from heartline.services.waiting_lines import PAGE
from heartline.storage.dynamodb import Table
from tests.fakes import MemoryTable
from tests.functional.routed import Routed, books_balance
from tests.functional.ticking import go_on, places, texts


@pytest.fixture(params=["memory_table", "moto_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table)


def test_a_tick_ends_after_its_claims_and_the_next_goes_on(routed: Routed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tick, "MOST_CLAIMS", 3)
    places(routed, "ana", 8)
    waiting = texts(routed, 8)

    assert routed.route() == 3
    assert go_on(routed) == [3, 2]
    assert {routed.head(each).assignee for each in waiting} == {"ana"}


def test_those_whom_nobody_can_serve_hold_nobody_up_however_many_they_are(routed: Routed) -> None:
    """R4 beyond the time of a tick: each one goes on behind the last that it decided about."""
    places(routed, "ana", 2 * PAGE)
    declined = texts(routed, 2 * PAGE)
    routed.route()
    for conversation in declined:
        routed.handover.unassign(conversation)
    behind = routed.text("999")
    routed.seconds = 0.06

    assert routed.route() == 0
    assert sum(go_on(routed)) == 1
    assert routed.head(behind).assignee == "ana"


def test_a_tick_that_was_cut_short_says_nothing_of_lines_that_are_over(
    routed: Routed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tick, "MOST_CLAIMS", 1)
    places(routed, "ana", 8)
    routed.configured("ben", capacity={Channel.SMS: 1})
    routed.online("ben")
    routed.text("1", inbox="sales")
    texts(routed, 2)

    routed.route()

    (message,) = routed.again.messages
    assert list(message["after"]) == ["sms|inbox:support:1"]


def test_with_very_many_classes_the_next_tick_begins_anew(routed: Routed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "MOST_PLACES", 0)
    routed.text("1")
    routed.online("ana")
    routed.seconds = 3.0

    routed.route()

    assert routed.again.messages == [{"cause": "continue"}]


def test_a_plan_of_whole_bands_looks_at_so_many_and_goes_on_behind_them(
    routed: Routed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`max` reads a band before it decides: a bound keeps it from reading all who wait."""
    monkeypatch.setitem(tick.MOST_HEADS, PlanKind.MAX, 4)
    routed.policy = replace(routed.policy, plan=PlanKind.MAX)
    places(routed, "ana", 10)
    waiting = texts(routed, 10)

    assert routed.route() == 5, "the first of the line, and four"
    assert go_on(routed) == [5]
    assert {routed.head(each).assignee for each in waiting} == {"ana"}


def test_a_tick_ends_what_is_over_for_so_many_agents_and_asks_for_another(
    routed: Routed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floors, "MOST_CLEARED", 1)
    routed.online("ana", "ben")
    called = texts(routed, 2)
    for conversation in called:
        routed.handover.queue_call(routed.call(conversation))
    assert routed.route() == 2
    routed.timers.messages.clear()
    routed.office.clock.advance(seconds=20)

    routed.route()
    assert sorted(routed.state(name).agent.presence for name in ("ana", "ben")) == ["AWAY", "ONLINE"]
    assert routed.again.messages == [{"cause": "continue"}]

    routed.route()
    assert {routed.state(name).agent.presence for name in ("ana", "ben")} == {"AWAY"}


@dataclass
class Together:
    """A handover that ends what one agent has only once another is at it as well."""

    both: Barrier = field(default_factory=lambda: Barrier(2))

    def clear(self, _state: AgentState) -> bool:
        self.both.wait(timeout=5)
        return True


def test_what_is_over_ends_for_several_agents_at_once() -> None:
    """Fifty agents with ten offers each would take half of the function's time, one after the other."""
    routed = Routed(MemoryTable())
    for conversation in texts(routed, 2):
        routed.handover.queue_call(routed.call(conversation))
    routed.online("ana", "ben")
    assert routed.route() == 2
    routed.office.clock.advance(seconds=20)
    handover: Any = Together()

    seen = Floors(store=routed.store, configuration=routed, handover=handover, threads=2)(
        {"main"}, routed.office.clock()
    )

    assert seen.states.keys() == {"ana", "ben"}


def test_a_tick_takes_back_what_an_agent_left_behind_whose_process_died(routed: Routed) -> None:
    """R13: the presence was written, and then the process was gone."""
    conversation = routed.text("1")
    routed.handover.queue_call(routed.call(conversation))
    routed.online("ana")
    routed.route()
    routed.store.set_presence(routed.profile("ana"), "AWAY", epoch=routed.state("ana").agent.epoch)

    routed.route()

    assert routed.head(conversation).state == "WAITING"
    assert routed.head(conversation).exclusions is None, "no decline"
    books_balance(routed)


def test_whoever_is_away_with_work_to_wrap_up_is_looked_after_once(memory_table: MemoryTable) -> None:
    routed = Routed(memory_table)
    routed.policy = replace(routed.policy, wrap={"sms": 300})
    routed.online("ana")
    conversation = routed.text("1")
    routed.route()
    routed.handover.close(conversation)
    routed.presence.choose(routed.profile("ana"), "AWAY")
    again = routed.route_with(routed.store)
    again()
    memory_table.usage.requests.clear()

    again()

    assert dict(memory_table.usage.requests) == {"Query": 2}


def test_a_tick_asks_for_the_end_of_offers_that_another_one_made(routed: Routed) -> None:
    """The message of the tick that made them may be lost with it."""
    conversation = routed.text("1")
    routed.handover.queue_call(routed.call(conversation))
    routed.online("ana")
    routed.route()
    routed.timers.messages.clear()
    routed.office.clock.advance(seconds=5)

    routed.route()

    assert routed.timers.messages == [{"due": "routing", "delay": 15}]
