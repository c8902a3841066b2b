"""A line tells what is known of it: places, and how it moved while somebody waited who could be served."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from heartline.domain.lines import MOST_KNOWN, SPELLS_KEPT, Line, Place, Spell, deserted, place

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALLS, MAILS = "voice|inbox:support:1", "email|inbox:support:1"


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def spell(seconds: float, left: int, *, ago: float = 0, more: bool = False) -> Spell:
    return Spell(ends=at(-ago), seconds=seconds, left=left, more=more)


def line(*spells: Spell, age: float = 0, order: Sequence[str] = "abc", name: str = CALLS) -> Line:
    return Line(routing_class=name, order=tuple(order), spells=spells, at=at(-age))


@pytest.mark.parametrize(("who", "position"), [("a", 1), ("b", 2), ("c", 3)])
def test_a_place_is_that_of_routing(who: str, position: int) -> None:
    assert place(line(), who, NOW) == Place(position=position, minutes=None)


def test_a_place_that_is_not_known_for_certain_is_none() -> None:
    assert place(None, "a", NOW) is None
    assert place(line(), "z", NOW) is None
    assert place(line(age=151), "a", NOW) is None
    assert place(line(age=150), "a", NOW) is not None


def test_that_nobody_is_there_is_said_only_where_it_is_known() -> None:
    empty = Line(routing_class=CALLS, order=("a",), at=NOW, staffed=False)
    assert deserted(empty, "a", NOW)
    assert not deserted(empty, "b", NOW)
    assert not deserted(empty, "a", at(151))
    assert not deserted(line(), "a", NOW)


@pytest.mark.parametrize(
    ("spells", "minutes"),
    [
        ((), None),
        ((spell(60, 2),), None),
        ((spell(180, 3),), 3),
        ((spell(60, 3),), 1),
        ((spell(60, 3, ago=1801),), None),
        ((spell(60, 2, ago=1801), spell(60, 2)), None),
        ((spell(60, 2), spell(60, 1)), 2),
        ((spell(9999, 20), spell(100, 10), spell(100, 10)), 1),
    ],
)
def test_a_wait_is_told_from_three_or_more_who_left_lately(spells: tuple[Spell, ...], minutes: int | None) -> None:
    found = place(line(*spells), "b", NOW)
    assert found is not None
    assert found.minutes == minutes


def test_a_line_that_stands_still_is_not_fast() -> None:
    moved = line(spell(60, 6))
    soon, later = moved.expected(1, NOW), moved.expected(1, at(120))
    assert soon is not None
    assert later is not None
    assert later.mean == 3 * soon.mean


def test_what_is_written_is_remembered_for_a_working_day() -> None:
    assert line(spell(60, 3, ago=7 * 3600), name=MAILS).expected(1, NOW) is not None
    assert line(spell(60, 3, ago=9 * 3600), name=MAILS).expected(1, NOW) is None


def test_who_is_gone_has_left_and_who_came_has_not() -> None:
    later = line(order="ab").later(("b", "c", "d"), at(40))
    assert (later.order, later.at) == (("b", "c", "d"), at(40))
    assert later.spells == (Spell(ends=at(40), seconds=40, left=1),)


def test_only_time_in_which_somebody_waits_who_could_be_served_is_counted() -> None:
    assert line(order="").later(("a",), at(900)).spells == ()
    away = line().later("abc", at(10), staffed=False)
    back = away.later("ab", at(3600)).later("a", at(3630))
    assert [(each.seconds, each.left) for each in back.spells] == [(40, 1)]
    shut = line().later("abc", at(10), is_open=False).later("abc", at(50_000))
    assert [each.seconds for each in shut.spells] == [10]


def test_a_line_whose_known_ones_are_all_gone_has_lost_at_least_so_many() -> None:
    front = [f"c{n}" for n in range(MOST_KNOWN)]
    assert line(order=front).later(("d",), at(20)).spells == (Spell(ends=at(20), seconds=20, left=50, more=True),)
    assert not line(order=front).later((front[-1],), at(20)).spells[0].more
    assert not line().later((), at(20)).spells[0].more
    fast = line(order=front).later(("d",), at(20)).expected(10, at(20))
    assert fast is not None
    assert fast.least == 0


def test_short_spells_are_counted_as_one_and_the_oldest_are_forgotten() -> None:
    found = line(order="a")
    for second in range(1, 100 * 60, 20):
        found = found.later((f"w{second}",), at(second))
    assert len(found.spells) == SPELLS_KEPT
    assert all(each.seconds == 60 and each.left == 3 for each in found.spells[1:-1])


def test_a_spell_that_nobody_left_in_is_one_with_the_next() -> None:
    found = line(order="ab")
    for second in range(20, 2000, 20):
        found = found.later("ab", at(second))
    assert found.later("b", at(2000)).spells == (Spell(ends=at(2000), seconds=2000, left=1),)
