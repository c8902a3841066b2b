"""The range that is told of a wait covers about the share of real waits that it says, on simulated days."""

from pathlib import Path

import pytest

from tests.unit.simulate.days import read
from tests.unit.simulate.promised import DAYS, promised


@pytest.mark.parametrize(
    ("day", "least", "most"),
    [
        ("calls, ten agents, as busy as they can be", 0.75, 0.85),
        ("calls, some give up", 0.73, 0.85),
        ("mails, five agents with three at once", 0.75, 0.87),
        ("calls of the same length", 0.9, 1),
    ],
)
def test_about_four_in_five_waits_are_as_long_as_was_told(tmp_path: Path, day: str, least: float, most: float) -> None:
    """Where work is more even than chance the range is too wide: it promises less than it could."""
    tally = promised(read(tmp_path, DAYS[day]), seed=7, days=2)
    assert len(tally.told) > 0.9 * len(tally.promises) > 500
    assert least <= tally.kept <= most
    assert tally.kept <= tally.kept_in_minutes


def test_a_rush_that_nobody_could_know_of_is_the_worst_case(tmp_path: Path) -> None:
    tally = promised(read(tmp_path, DAYS["calls, a rush at noon and a late shift"]), seed=7, days=2)
    assert 0.55 <= tally.kept <= 0.8
