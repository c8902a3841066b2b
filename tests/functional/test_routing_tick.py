"""The routing tick over a table: who gets what, what it costs, and what happens beside it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from heartline.domain.errors import Contended
from heartline.domain.messages import Channel
from heartline.domain.routing.lifecycle import Move
from heartline.process import new_id
from heartline.services.waiting_lines import PAGE
from heartline.storage.dynamodb import Table
from heartline.storage.routing import DynamoRouting
from tests.functional.routed import Routed, books_balance


@pytest.fixture(params=["memory_table", "moto_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table)


def test_a_text_is_assigned_to_the_agent_who_is_there(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")

    assert routed.route() == 1

    head = routed.head(conversation)
    assert (head.state, head.assignee, head.last_agent) == ("ASSIGNED", "ana", "ana")
    assert routed.free("ana", "sms") == 1
    books_balance(routed)


def test_an_assigned_conversation_moves_to_the_assigned_view(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")
    routed.route()

    shown = routed.office.reading.view(["support#assigned"], limit=9, cursor=None).items
    waiting = routed.office.reading.view(["support#unassigned"], limit=9, cursor=None).items

    assert [head.id for head in shown] == [conversation]
    assert waiting == ()


def test_nobody_online_means_that_it_waits_and_nothing_is_read(routed: Routed) -> None:
    conversation = routed.text("1")

    assert routed.route() == 0
    assert routed.head(conversation).state == "WAITING"


def test_an_agent_gets_only_work_of_their_inboxes(routed: Routed) -> None:
    sales = routed.text("1", inbox="sales")
    routed.online("ana")
    routed.route()
    assert routed.head(sales).assignee is None

    routed.online("ben")
    routed.route()
    assert routed.head(sales).assignee == "ben"


def test_capacity_is_a_limit_and_a_freed_slot_goes_to_the_oldest(routed: Routed) -> None:
    first, second, third, newest = (routed.text(sid) for sid in ("1", "2", "3", "4"))
    routed.online("ana")
    routed.route()
    assert [routed.head(each).assignee for each in (first, second, third)] == ["ana", "ana", None]

    routed.handover.close(first)
    routed.route()

    assert routed.head(third).assignee == "ana"
    assert routed.head(newest).assignee is None
    books_balance(routed)


def test_the_better_band_goes_first(routed: Routed) -> None:
    older, urgent = routed.text("1"), routed.text("2", inbox="sales")
    routed.online("ben")
    routed.route()

    assert routed.head(urgent).assignee == "ben"
    assert routed.head(older).assignee is None


def test_a_page_that_nobody_may_take_holds_nobody_behind_it_up(routed: Routed) -> None:
    """R4 beyond one page: the first 25 are declined by the only agent who is there."""
    routed.configured("ana", capacity=dict.fromkeys(routed.profile("ana").capacity, PAGE))
    routed.online("ana")
    declined = [routed.text(str(sid)) for sid in range(1, PAGE + 1)]
    routed.route()
    for conversation in declined:
        routed.handover.unassign(conversation)
    behind = routed.text(str(PAGE + 1))

    routed.route()

    assert routed.head(behind).assignee == "ana"


def test_a_tick_reads_page_after_page_as_long_as_there_are_places(routed: Routed) -> None:
    routed.configured("ana", capacity=dict.fromkeys(routed.profile("ana").capacity, 2 * PAGE))
    routed.online("ana")
    waiting = [routed.text(str(sid)) for sid in range(1, PAGE + 3)]

    assert routed.route() == PAGE + 2
    assert all(routed.head(each).assignee == "ana" for each in waiting)
    assert routed.again.messages == []


def test_a_tick_stops_when_its_time_is_over_and_asks_for_another(routed: Routed) -> None:
    routed.text("1")
    routed.online("ana")
    routed.seconds = 3.0

    assert routed.route() == 0
    assert routed.again.messages == [{"cause": "continue"}]


def test_the_trace_says_who_could_and_who_could_not(routed: Routed) -> None:
    conversation = routed.text("1", inbox="sales")
    routed.online("ana", "ben")
    routed.route()

    trace = routed.trace(conversation)
    assert (trace.agent, trace.order, trace.refused) == ("ben", ("ben",), {"ana": "skill"})


def test_who_had_it_last_and_is_not_there_keeps_nobody_else_from_what_is_reopened(routed: Routed) -> None:
    """cw 4158, 7204: answers went to agents who had left, and lay there."""
    conversation = routed.text("1")
    routed.online("ana")
    routed.route()
    routed.handover.close(conversation)
    routed.presence.choose(routed.profile("ana"), "OFFLINE")
    routed.online("ben")

    routed.handover.reopen(conversation)
    routed.route()

    head = routed.head(conversation)
    assert (head.assignee, head.last_agent) == ("ben", "ben")


class Overtaken(DynamoRouting):
    """A store in which another matcher makes every claim first."""

    def __init__(self, table: Table, other: Any) -> None:
        super().__init__(table)
        self.other = other

    def move(self, move: Move, **options: Any) -> None:
        if move.gate is not None and self.other is not None:
            run, self.other = self.other, None
            run()
        super().move(move, **options)


def test_two_matchers_at_once_never_give_one_conversation_twice(routed: Routed) -> None:
    conversations = [routed.text(sid) for sid in ("1", "2", "3", "4")]
    routed.online("ana", "ben")

    routed.route_with(Overtaken(routed.table, routed.route))()

    assert sum(routed.head(each).assignee is not None for each in conversations) == 3
    assert routed.free("ana", "sms") == 0
    assert routed.free("ben", "sms") == 0
    books_balance(routed)


def test_where_every_claim_was_lost_the_next_tick_lets_the_faster_one_finish(routed: Routed) -> None:
    routed.text("1")
    routed.online("ana")

    routed.route_with(Overtaken(routed.table, routed.route))()

    assert routed.timers.messages == [{"due": "routing", "delay": 1}]
    assert routed.again.messages == []


def test_where_some_claims_were_lost_another_tick_follows_at_once(routed: Routed) -> None:
    first = routed.text("1")
    routed.text("2", inbox="sales")
    routed.online("ana", "ben")

    routed.route_with(Overtaken(routed.table, lambda: routed.handover.close(first)))()

    assert routed.again.messages == [{"cause": "continue"}]


def test_a_claim_on_a_presence_that_has_changed_fails(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")

    def leave_and_return() -> None:
        routed.presence.choose(routed.profile("ana"), "AWAY")
        routed.presence.choose(routed.profile("ana"), "ONLINE")

    claims = routed.route_with(Overtaken(routed.table, leave_and_return))()

    assert claims == 0, "I7: the epoch is another one"
    assert routed.head(conversation).state == "WAITING"


@pytest.mark.parametrize("endpoint", ["memory_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def test_matchers_in_parallel_give_no_conversation_twice_and_no_agent_too_much(
    request: pytest.FixtureRequest, endpoint: str
) -> None:
    """Not on moto: its transactions are not isolated from each other's threads."""
    routed = Routed(request.getfixturevalue(endpoint), ids=new_id)
    routed.configured("ana", capacity={Channel.SMS: 8})
    routed.online("ana", "ben")
    waiting = [routed.text(str(sid)) for sid in range(1, 13)]

    with ThreadPoolExecutor(max_workers=4) as pool:
        claims = sum(pool.map(lambda _: routed.route(), range(4)))
    assert claims == sum(routed.head(each).assignee is not None for each in waiting)
    books_balance(routed)

    assert claims + routed.route() == 9, "what the matchers took from each other, the tick that they asked for gives"
    assert (routed.free("ana", "sms"), routed.free("ben", "sms")) == (0, 0)


class Silent(DynamoRouting):
    """A store that loses the answers of claims: the write is done, and its writer hears of a conflict."""

    def move(self, move: Move, **options: Any) -> None:
        super().move(move, **options)
        raise Contended("the answer was lost")


def test_a_claim_whose_answer_is_lost_takes_one_slot(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")

    routed.route_with(Silent(routed.table))()
    routed.route()

    assert routed.head(conversation).assignee == "ana"
    assert routed.free("ana", "sms") == 1
    books_balance(routed)
