"""A waiting caller is told what is known of the line, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from heartline.domain.lines import PACES_KEPT, Line, Place, moved_on, place

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def line(*left: int, age: int = 0) -> Line:
    """A line of three; `left` is how many seconds ago others left it."""
    gone = tuple(NOW - timedelta(seconds=seconds) for seconds in left)
    return Line(routing_class="voice|", order=("a", "b", "c"), left=gone, at=NOW - timedelta(seconds=age))


@pytest.mark.parametrize(("who", "position"), [("a", 1), ("b", 2), ("c", 3)])
def test_a_place_is_that_of_routing(who: str, position: int) -> None:
    assert place(line(), who, NOW) == Place(position=position, minutes=None)


def test_a_place_that_is_not_known_for_certain_is_none() -> None:
    assert place(None, "a", NOW) is None
    assert place(line(), "z", NOW) is None
    assert place(line(age=151), "a", NOW) is None
    assert place(line(age=150), "a", NOW) is not None


@pytest.mark.parametrize(
    ("left", "minutes"),
    [
        ((), None),
        ((60, 30), None),
        ((180, 120, 60), 2),
        ((90, 60, 30), 1),
        ((3600, 3500, 3400), None),
        ((2000, 120, 60), None),
        ((900, 890, 880), 15),
    ],
)
def test_a_wait_is_told_from_three_or_more_who_left_lately(left: tuple[int, ...], minutes: int | None) -> None:
    """Where nobody has left for long, half of that is the pace: a line that stands still is not fast."""
    found = place(line(*left), "b", NOW)
    assert found is not None
    assert found.minutes == minutes


def test_only_the_latest_are_kept() -> None:
    kept = moved_on([NOW - timedelta(minutes=n) for n in range(20, 0, -1)], NOW, 2)
    assert len(kept) == PACES_KEPT
    assert kept[-2:] == (NOW, NOW)
