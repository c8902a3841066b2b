"""The change log: gapless with any number of writers, and a reader who missed something is told so."""

from datetime import timedelta

import pytest

from heartline.domain.errors import Unavailable
from heartline.services.ports import Changes
from heartline.storage import keys
from heartline.storage.changelog import LIFE, READ_LIMIT, ChangeLog
from heartline.storage.expressions import Delete
from tests.fakes import MemoryTable
from tests.office import NOON


@pytest.fixture
def log(memory_table: MemoryTable) -> ChangeLog:
    return ChangeLog(memory_table)


def append(log: ChangeLog, *conversations: str, agents: tuple[str, ...] = (), days: float = 0) -> int:
    return log.append(conversations=conversations, agents=agents, at=NOON + timedelta(days=days))


def expire(table: MemoryTable, *numbers: int) -> None:
    for number in numbers:
        table.write(Delete(key=keys.change(number)))


def test_entries_are_numbered_without_a_gap(log: ChangeLog) -> None:
    assert [append(log, f"c{n}") for n in range(3)] == [1, 2, 3]
    assert log.last() == 3


def test_a_reader_sees_each_changed_thing_once_in_order(log: ChangeLog) -> None:
    append(log, "c1", "c2", agents=("ana",))
    append(log, "c2", "c3", agents=("ana", "ben"))
    assert log.after(0) == Changes(conversations=("c1", "c2", "c3"), agents=("ana", "ben"), cursor=2)
    assert log.after(1) == Changes(conversations=("c2", "c3"), agents=("ana", "ben"), cursor=2)
    assert log.after(2) == Changes(conversations=(), agents=(), cursor=2)


def test_two_writers_leave_neither_a_gap_nor_a_double(memory_table: MemoryTable) -> None:
    first, second = ChangeLog(memory_table), ChangeLog(memory_table)
    numbers = [append(writer, f"c{n}") for n, writer in enumerate([first, second, second, first, second, first])]
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert ChangeLog(memory_table).after(0).conversations == ("c0", "c1", "c2", "c3", "c4", "c5")


def test_a_new_writer_stands_behind_the_last_entry_though_the_first_have_expired(memory_table: MemoryTable) -> None:
    old = ChangeLog(memory_table)
    for number in range(5):
        append(old, f"c{number}")
    expire(memory_table, 1, 2)
    assert append(ChangeLog(memory_table), "new") == 6


def test_a_writer_that_slept_for_long_looks_before_it_writes(memory_table: MemoryTable) -> None:
    sleeper, other = ChangeLog(memory_table), ChangeLog(memory_table)
    append(sleeper, "c1")
    for number in range(4):
        append(other, f"c{number}")
    expire(memory_table, 1, 2, 3)
    assert append(sleeper, "awake", days=LIFE.days) == 6


def test_a_reader_who_was_away_for_too_long_is_told_to_read_everything(
    log: ChangeLog, memory_table: MemoryTable
) -> None:
    for number in range(4):
        append(log, f"c{number}")
    expire(memory_table, 1, 2)
    assert log.after(1).reset
    assert not log.after(2).reset


def test_entries_that_expire_out_of_order_are_noticed(log: ChangeLog, memory_table: MemoryTable) -> None:
    for number in range(4):
        append(log, f"c{number}")
    expire(memory_table, 3)
    assert log.after(1).reset


def test_a_cursor_ahead_of_the_log_is_a_reset_to_its_end(log: ChangeLog) -> None:
    append(log, "c1")
    assert log.after(99) == Changes(conversations=(), agents=(), cursor=1, reset=True)


def test_a_log_that_has_expired_as_a_whole_is_a_reset(log: ChangeLog) -> None:
    assert log.after(7) == Changes(conversations=(), agents=(), cursor=0, reset=True)


def test_a_long_absence_is_read_in_pages(log: ChangeLog) -> None:
    for number in range(READ_LIMIT + 1):
        append(log, f"c{number}")
    page = log.after(0)
    assert (len(page.conversations), page.cursor, page.reset) == (READ_LIMIT, READ_LIMIT, False)
    assert log.after(page.cursor).conversations == (f"c{READ_LIMIT}",)


class AlwaysLate(ChangeLog):
    """A writer that others overtake whenever it looks."""

    def last(self) -> int:
        found = super().last()
        append(ChangeLog(self._table), "faster")
        return found


def test_a_writer_who_never_gets_a_number_asks_to_be_repeated(memory_table: MemoryTable) -> None:
    with pytest.raises(Unavailable):
        append(AlwaysLate(memory_table), "c1")
