"""No event is lost between two ticks: whichever comes second sees what the first could not."""

from collections.abc import Callable
from itertools import count

import pytest

from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.functional.routed import Routed, books_balance
from tests.functional.ticking import go_on, places, texts


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


class Killed(BaseException):
    pass


def test_a_process_that_dies_over_its_traces_has_asked_for_its_timer(memory_table: MemoryTable) -> None:
    """A trace explains, and nothing depends on it: the clock of an offer goes first."""
    routed = Routed(memory_table)
    routed.handover.queue_call(routed.call(routed.text("1")))
    routed.online("ana")

    def die(_moment: str, operation: str) -> None:
        if operation == "BatchWriteItem":
            raise Killed

    memory_table.hook = die
    with pytest.raises(Killed):
        routed.route()

    assert routed.timers.messages == [{"due": "routing", "delay": 20}]
