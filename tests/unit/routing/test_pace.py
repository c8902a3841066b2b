"""A range says how likely it is, keeps that promise where people leave at random, and says nothing from too few."""

from random import Random

import pytest

from heartline.domain.pace import ENOUGH, Pace, expected, joined


def test_too_few_tell_nothing() -> None:
    assert expected(Pace(left=2, seconds=60), 1) is None
    assert expected(Pace(left=3, seconds=0), 1) is None
    assert expected(Pace(left=3, seconds=60), 1) is not None


def test_the_range_of_the_next_is_that_of_a_lomax_variable() -> None:
    """With one to go the beta prime distribution has a closed form."""
    found = expected(Pace(left=7, seconds=300), 1)
    assert found is not None
    assert found.least == pytest.approx(300 * (0.9 ** (-1 / 7) - 1))
    assert found.most == pytest.approx(300 * (0.1 ** (-1 / 7) - 1))
    assert found.mean == pytest.approx(300 / 6)


@pytest.mark.parametrize("left", [3, 5, 20])
@pytest.mark.parametrize("position", [1, 4, 30])
def test_four_in_five_waits_are_within_the_range(left: int, position: int) -> None:
    """Where people leave at random at a rate that stays, which nobody knows."""
    draw, within, tries = Random(f"{left} {position}"), 0, 4000
    for _ in range(tries):
        rate = 1 / draw.uniform(5, 500)
        seconds = draw.gammavariate(left, 1 / rate)
        wait = draw.gammavariate(position, 1 / rate)
        found = expected(Pace(left=left, seconds=seconds), position)
        assert found is not None
        within += found.least <= wait <= found.most
    assert within / tries == pytest.approx(0.8, abs=0.025)


def test_a_range_grows_with_the_place_and_narrows_with_what_is_known() -> None:
    near, far = (expected(Pace(left=10, seconds=600), place) for place in (2, 20))
    known = expected(Pace(left=100, seconds=6000), 20)
    assert near is not None
    assert far is not None
    assert known is not None
    assert near.least < near.mean < near.most < far.most
    assert far.least < known.least < known.most < far.most


def test_places_far_behind_are_reckoned_as_well() -> None:
    found = expected(Pace(left=20, seconds=60), 1000)
    assert found is not None
    assert 0 < found.least < 3000 < found.mean < found.most < 5000


def test_the_latest_are_asked_until_enough_have_left() -> None:
    paces = [Pace(left=0, seconds=30), Pace(left=12, seconds=60, more=True), Pace(left=12, seconds=60)]
    assert joined([*paces, Pace(left=99, seconds=9)]) == Pace(left=24, seconds=150, more=True)
    assert joined([]) == Pace(left=0, seconds=0)
    assert ENOUGH == 20
