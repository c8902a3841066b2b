"""A tick has an end: how it goes on afterwards, what it claims together, and that no event is lost between ticks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from threading import Barrier
from typing import Any

import pytest

from heartline.domain.errors import Contended, Unavailable
from heartline.domain.messages import Channel
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import PlanKind
from heartline.services import floors, presence, route, sweep, tick
from heartline.services.claims import CLAIMED_TOGETHER
from heartline.services.side_by_side import side_by_side
from heartline.services.sweep import turn
from heartline.services.waiting_lines import PAGE
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Update
from heartline.storage.routing import DynamoRouting
from heartline.storage.routing_items import agent_key
from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.functional.routed import Routed, books_balance


@pytest.fixture(params=["memory_table", "moto_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table)


def places(routed: Routed, agent: str, most: int) -> None:
    routed.configured(agent, capacity={Channel.SMS: most})
    routed.online(agent)


def texts(routed: Routed, number: int) -> list[str]:
    return [routed.text(str(sid)) for sid in range(1, number + 1)]


def go_on(routed: Routed) -> list[int]:
    """Ticks as long as one asks for another; how many claims each made."""
    made: list[int] = []
    while routed.again.messages:
        message = routed.again.messages.pop(0)
        made.append(len(routed.route_with(routed.store).run(message.get("after")).claims))
        assert len(made) < 50, "it has no end"
    return made


# --- its end ---


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


# --- its claims ---


class Watched(DynamoRouting):
    """Counts the transactions, and lets somebody be faster before the first."""

    def __init__(self, table: Table, before: Callable[[], object] = lambda: None) -> None:
        super().__init__(table)
        self.merged: list[int] = []
        self.single = 0
        self.before = before

    def claim(self, moves: Sequence[Move], **options: Any) -> Sequence[Move]:
        self.merged.append(len(moves))
        self._let_go()
        return super().claim(moves, **options)

    def move(self, move: Move, **options: Any) -> None:
        self.single += move.gate is not None
        self._let_go()
        super().move(move, **options)

    def _let_go(self) -> None:
        run, self.before = self.before, lambda: None
        run()


def test_the_claims_of_one_agent_are_one_transaction(routed: Routed) -> None:
    places(routed, "ana", 40)
    waiting = texts(routed, 30)
    store = Watched(routed.table)

    assert routed.route_with(store)() == 30

    assert (store.merged, store.single) == ([CLAIMED_TOGETHER, 5], 0)
    assert {routed.head(each).assignee for each in waiting} == {"ana"}
    assert routed.free("ana", "sms") == 10
    books_balance(routed)


def test_what_has_moved_meanwhile_is_left_out_of_a_merge(routed: Routed) -> None:
    """The second conversation is closed meanwhile: the others are claimed all the same."""
    places(routed, "ana", 4)
    first, second, third = texts(routed, 3)
    store = Watched(routed.table, lambda: routed.handover.close(second))

    assert routed.route_with(store)() == 2

    assert (store.merged, store.single) == ([3, 2], 0)
    assert [routed.head(each).assignee for each in (first, second, third)] == ["ana", None, "ana"]
    books_balance(routed)


def test_a_merge_that_its_agent_refuses_is_tried_again_singly(routed: Routed) -> None:
    """There is room for two by then: the first two of the plan are claimed."""
    places(routed, "ana", 4)
    waiting = texts(routed, 3)
    store = Watched(routed.table, lambda: places(routed, "ana", 2))

    assert routed.route_with(store)() == 2

    assert (store.merged, store.single) == ([3], 3)
    assert [routed.head(each).assignee for each in waiting] == ["ana", "ana", None]
    books_balance(routed)


class Unreachable(DynamoRouting):
    """The first claim that is tried gets no answer, done or not."""

    def __init__(self, table: Table, *, done: bool) -> None:
        super().__init__(table)
        self.done = done
        self.failed = False

    def move(self, move: Move, **options: Any) -> None:
        if self.failed:
            return super().move(move, **options)
        self.failed = True
        if self.done:
            super().move(move, **options)
        raise Unavailable("no answer")


@pytest.mark.parametrize("done", [True, False])
def test_a_claim_without_an_answer_keeps_no_other_back_and_the_next_tick_finds_out(routed: Routed, done: bool) -> None:
    for agent in ("ana", "ben"):
        places(routed, agent, 1)
    waiting = texts(routed, 2)

    assert routed.route_with(Unreachable(routed.table, done=done))() == 1
    assert routed.again.messages == [{"cause": "continue"}]

    routed.route()
    assert {routed.head(each).assignee for each in waiting} == {"ana", "ben"}
    books_balance(routed)


@pytest.mark.parametrize("endpoint", ["memory_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def test_claims_of_many_agents_side_by_side_are_told_in_the_order_of_the_plan(
    request: pytest.FixtureRequest, endpoint: str
) -> None:
    routed = Routed(request.getfixturevalue(endpoint))
    for agent in ("ana", "ben"):
        places(routed, agent, 6)
    waiting = texts(routed, 12)

    ticked = replace(routed.route_with(routed.store), threads=8).run()

    assert [decision.head.id for decision in ticked.claims] == waiting
    assert [decision.agent for decision in ticked.claims] == [routed.head(each).assignee for each in waiting]
    books_balance(routed)


def test_what_is_asked_side_by_side_is_answered_in_order_and_at_the_same_time() -> None:
    together = Barrier(3, timeout=5)

    def asked(number: int) -> int:
        together.wait()
        return number * number

    assert side_by_side(asked, [1, 2, 3], threads=3) == [1, 4, 9]


def test_one_that_fails_beside_others_is_heard_of() -> None:
    def asked(number: int) -> int:
        if number == 2:
            raise Contended("somebody was faster")
        return number

    with pytest.raises(Contended):
        side_by_side(asked, [1, 2, 3], threads=2)


# --- no event is lost ---


class Meanwhile:
    """A hook that does something at the `at`-th request of another, and is gone then."""

    def __init__(self, table: MemoryTable, at: int, work: Callable[[], object]) -> None:
        self.table, self.work, self.at = table, work, at
        self.requests = count(1)
        self.done = False

    def __call__(self, moment: str, _operation: str) -> None:
        if moment == "before" and next(self.requests) == self.at:
            self.table.hook = healthy
            self.done = True
            self.work()


@pytest.mark.parametrize("at", range(1, 5))
def test_a_slot_that_is_freed_while_somebody_is_enqueued_finds_them(memory_table: MemoryTable, at: int) -> None:
    """Each writes first and then wakes a tick, which reads the other side strongly: one of the two ticks sees both."""
    routed = Routed(memory_table)
    places(routed, "ana", 1)
    held = routed.text("1")
    routed.route()

    def release() -> None:
        routed.handover.close(held)
        routed.route()

    def enqueue() -> str:
        conversation = routed.text("2")
        routed.route()
        return conversation

    memory_table.hook = meanwhile = Meanwhile(memory_table, at, release)
    waiting = enqueue()
    memory_table.hook = healthy

    assert meanwhile.done
    assert routed.head(waiting).assignee == "ana"
    books_balance(routed)


@pytest.mark.parametrize("at", range(1, 7))
def test_somebody_who_is_enqueued_while_a_slot_is_freed_finds_it(memory_table: MemoryTable, at: int) -> None:
    routed = Routed(memory_table)
    places(routed, "ana", 1)
    held = routed.text("1")
    routed.route()
    waiting: list[str] = []

    def enqueue() -> None:
        waiting.append(routed.text("2"))
        routed.route()

    memory_table.hook = meanwhile = Meanwhile(memory_table, at, enqueue)
    routed.handover.close(held)
    routed.route()
    memory_table.hook = healthy

    assert meanwhile.done
    assert [routed.head(each).assignee for each in waiting] == ["ana"]
    books_balance(routed)


@pytest.mark.parametrize("at", range(1, 15))
def test_two_ticks_that_meet_anywhere_and_those_they_ask_for_serve_everybody(
    memory_table: MemoryTable, at: int
) -> None:
    routed = Routed(memory_table)
    for agent in ("ana", "ben"):
        places(routed, agent, 3)
    waiting = texts(routed, 6)

    memory_table.hook = Meanwhile(memory_table, at, routed.route)
    routed.route()
    memory_table.hook = healthy
    if routed.timers.messages:
        routed.route()
    go_on(routed)

    assert all(routed.head(each).assignee for each in waiting)
    assert (routed.free("ana", "sms"), routed.free("ben", "sms")) == (0, 0)
    books_balance(routed)


# --- the sweep ---


@pytest.mark.parametrize("number", [0, 1, 7, 300, 301, 5_000])
def test_everything_has_its_turn_and_no_turn_is_too_long(number: int) -> None:
    items = [str(each) for each in range(number)]
    turns = [turn(items, minute, 300, key=str) for minute in range(max(-(-number // 300), 1))]

    assert sorted(each for part in turns for each in part) == sorted(items)
    assert max(len(part) for part in turns) <= 300


def test_a_sweep_looks_at_a_part_of_the_agents_each_minute_and_at_all_in_turn(
    memory_table: MemoryTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ghosts of both agents: each minute one is found."""
    monkeypatch.setattr(sweep, "MOST_AGENTS", 1)
    routed = Routed(memory_table)
    routed.online("ana", "ben")
    ghost = {"rsv": "r9", "ch": "sms"}
    for agent in ("ana", "ben"):
        memory_table.write(Update(key=agent_key("main", agent), assign={"open.ghost": ghost}, add={"free_sms": -1}))

    repaired = []
    for _ in range(2):
        repaired.append(routed.sweep().repaired)
        routed.office.clock.advance(minutes=1)

    assert repaired == [1, 1]


def test_a_sweep_sets_so_many_offline_and_the_others_a_minute_later(
    memory_table: MemoryTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "MOST_AT_ONCE", 1)
    routed = Routed(memory_table)
    routed.online("ana", "ben")
    routed.office.clock.advance(minutes=2)

    assert [routed.sweep().leases_ended for _ in range(3)] == [1, 1, 0]


def test_a_sweep_lets_so_many_follow_the_configuration_and_the_others_a_minute_later(
    memory_table: MemoryTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "MOST_AT_ONCE", 1)
    routed = Routed(memory_table)

    assert [routed.presence.sync(routed.company_read) for _ in range(3)] == [1, 1, 0]
