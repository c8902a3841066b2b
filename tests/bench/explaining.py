"""Counts what it takes to keep what is told of a line, and to explain a conversation."""

from typing import TYPE_CHECKING

from tests.fakes import MemoryTable
from tests.functional.claiming import given
from tests.functional.explained import explained

if TYPE_CHECKING:
    from tests.bench.counts import Meter


def explaining(meter: "Meter") -> None:
    """What is told of a line: how it is kept after a tick, and what one explanation asks for."""
    company = explained()
    routed, table = company.routed, company.routed.table
    assert isinstance(table, MemoryTable)
    routed.online("ana")
    first, *_, last = [company.text() for _ in range(20)]
    with meter.measuring("a written line, looked at and written", table):
        assert company.lines() == 1
    company.office.clock.advance(seconds=20)
    with meter.measuring("a written line, looked at, nothing new", table):
        assert company.lines() == 0
    head = routed.head(last)
    with meter.measuring("a conversation that waits, explained (its head is read already)", table):
        company.explain(head)
    given(routed, first, "ana")
    head = routed.head(first)
    with meter.measuring("a conversation that an agent has, explained", table):
        company.explain(head)
