"""What a tick claims together, what side by side, and what becomes of a claim that is lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest

from heartline.domain.errors import Contended, Unavailable
from heartline.domain.routing.lifecycle import Move
from heartline.services.claims import CLAIMED_TOGETHER
from heartline.services.side_by_side import side_by_side
from heartline.storage.dynamodb import Table
from heartline.storage.routing import DynamoRouting
from tests.functional.routed import Routed, books_balance
from tests.functional.ticking import places, texts


@pytest.fixture(params=["memory_table", "moto_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table)


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
