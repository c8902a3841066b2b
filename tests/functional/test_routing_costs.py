"""What a conversation costs on its way through routing: deterministic counts, never time."""

from tests.fakes import MemoryTable
from tests.fakes.table import Usage
from tests.functional.routed import Routed


def since(table: MemoryTable, before: Usage) -> tuple[int, int]:
    """Requests, and write units with those of the index."""
    return (
        table.usage.total_requests - before.total_requests,
        table.usage.total_write_units - before.total_write_units,
    )


def snapshot(table: MemoryTable) -> Usage:
    usage = table.usage
    return Usage(
        requests=usage.requests.copy(),
        read_units=usage.read_units,
        write_units=usage.write_units,
        index_units=usage.index_units,
    )


def test_what_an_assignment_and_a_close_write() -> None:
    table = MemoryTable()
    routed = Routed(table)
    routed.online("ana")
    conversation = routed.text("1")

    before = snapshot(table)
    routed.route()
    _, assigning = since(table, before)

    before = snapshot(table)
    routed.handover.close(conversation)
    requests, closing = since(table, before)

    assert assigning <= 9, "2 for each of head, agent and entry; 2 for the view; 1 for the trace"
    assert closing <= 8, "2 for each of head, agent and pointer; 2 for the view"
    assert requests == 3, "the head, the pointer, the transaction"


def test_a_tick_without_free_agents_reads_no_waiters() -> None:
    table = MemoryTable()
    routed = Routed(table)
    for sid in range(1, 60):
        routed.text(str(sid))

    before = snapshot(table)
    routed.route()
    requests, written = since(table, before)

    assert written == 0
    assert requests == 2, "the directory of classes, and the agents"


def test_a_freed_slot_in_a_long_queue_costs_what_it_costs_in_a_short_one() -> None:
    assert _requests_of_a_freed_slot(30) == _requests_of_a_freed_slot(90)


def _requests_of_a_freed_slot(waiting: int) -> int:
    table = MemoryTable()
    routed = Routed(table)
    conversations = [routed.text(str(sid)) for sid in range(1, waiting + 1)]
    routed.online("ana")
    routed.route()
    routed.handover.close(conversations[0])
    before = snapshot(table)
    routed.route()
    return since(table, before)[0]
