"""What a day comes to is counted as docs/simulate.md says."""

from dataclasses import replace
from pathlib import Path

import pytest

from infra.local.simulate.confidence import estimate
from infra.local.simulate.evenness import gini, jain
from infra.local.simulate.figures import figures
from infra.local.simulate.recorded import read_recorded
from infra.local.simulate.workday import Workday
from tests.unit.simulate.days import FOUR, read, run

HOUR = {"from": "09:00", "to": "10:00"}
ONE = {"name": "calls", "channel": "voice", "handle": 100, "inbox": "support", "target": {"percent": 80, "within": 60}}


def recorded(folder: Path, *rows: str, agents: int = 1) -> Workday:
    workday = read(folder, {"day": HOUR, "arrivals": [ONE], "staff": [{**FOUR, "count": agents}]})
    path = folder / "came.csv"
    path.write_text("\n".join(["at,class,handle,patience", *rows]))
    return replace(workday, recorded=read_recorded(path, workday))


def test_a_small_day_is_counted_by_hand(tmp_path: Path) -> None:
    """One agent: answered at once, after 90 s, given up after 20 s, answered after 180 s, waiting at the end."""
    workday = recorded(
        tmp_path,
        "09:00:00,calls,100,never",
        "09:00:10,calls,100,never",
        "09:00:20,calls,100,20",
        "09:00:20,calls,3400,never",
        "09:50:00,calls,100,never",
    )

    found = figures(run(workday), workday).groups["class", "calls"]

    assert found == {
        "arrived": 5,
        "answered": 3,
        "abandoned": 1,
        "abandonment": 0.2,
        "waiting": 1,
        "level": 0.2,
        "mean": 90,
        "p50": 90,
        "p90": 180,
        "p99": 180,
        "longest": 180,
    }
    assert figures(run(workday), workday).groups["inbox", "support"] == found


def test_one_who_came_a_moment_before_the_end_is_not_yet_judged(tmp_path: Path) -> None:
    workday = recorded(tmp_path, "09:00,calls,3600,never", "09:59:30,calls,100,never")

    found = figures(run(workday), workday).groups["all", "all"]

    assert found["waiting"] == 1
    assert found["level"] == 1


def test_occupancy_is_the_part_of_the_shift_and_work_after_it_is_overtime(tmp_path: Path) -> None:
    workday = read(
        tmp_path,
        {
            "day": HOUR,
            "arrivals": [{**ONE, "handle": 1200, "per_hour": 0}],
            "staff": [{**FOUR, "count": 1, "shifts": ["09:00-09:30"]}],
        },
    )
    (tmp_path / "came.csv").write_text("at,class\n09:20,calls\n")
    workday = replace(workday, recorded=read_recorded(tmp_path / "came.csv", workday))

    found = figures(run(workday), workday).agents["a-1"]

    assert found == {
        "given": 1,
        "per_hour": 2,
        "duty": 1800,
        "occupancy": pytest.approx(1 / 3),
        "overtime": 600,
    }


def test_the_line_over_the_day_adds_up(tmp_path: Path) -> None:
    workday = read(
        tmp_path,
        {
            "day": {"to": "05:00", "interval": "30m"},
            "arrivals": [
                {**ONE, "handle": 300, "per_hour": 40, "patience": {"kind": "exponential", "mean": "10m"}},
            ],
            "staff": [{**FOUR, "count": 3}],
        },
    )

    found = figures(run(workday), workday)

    waiting = 0.0
    for each in found.series["calls"]:
        waiting += (each["arrived"] or 0) - (each["answered"] or 0) - (each["abandoned"] or 0)
        assert each["waiting"] == waiting
    assert waiting == found.groups["all", "all"]["waiting"]
    assert {each["agents"] for each in found.series["calls"]} == {3}


def test_a_class_that_nobody_came_to_has_no_level(tmp_path: Path) -> None:
    workday = recorded(tmp_path)

    found = figures(run(workday), workday).groups["class", "calls"]

    assert found["arrived"] == 0
    assert found["level"] is found["mean"] is None


def test_evenness_of_equal_shares_and_of_one_who_has_all() -> None:
    assert jain([3, 3, 3]) == 1
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert jain([9, 0, 0]) == pytest.approx(1 / 3)
    assert gini([9, 0, 0]) == pytest.approx(2 / 3)
    assert gini([1, 2, 3, 4]) == pytest.approx(0.25)
    assert (jain([0, 0]), gini([0, 0])) == (1, 0)


def test_an_interval_is_that_of_student() -> None:
    """Two values 1 apart: t of one degree of freedom, 12.706, times 0.5."""
    found = estimate([1.0, 2.0, None])

    assert found.mean == 1.5
    assert found.half == pytest.approx(6.353)
    assert found.holds(7.8)
    assert not found.holds(7.9)
    assert estimate([4.0]).half is None
    assert estimate([None]).mean is None


def test_beyond_the_table_the_interval_goes_on_where_the_table_ends() -> None:
    """t of 31 degrees of freedom is 2.040, of 60 it is 2.000."""
    for count, quantile in ((32, 2.040), (61, 2.000)):
        values = [float(number % 2) for number in range(count)]
        mean = sum(values) / count
        spread = (sum((value - mean) ** 2 for value in values) / (count - 1) / count) ** 0.5
        assert (estimate(values).half or 0) / spread == pytest.approx(quantile, abs=0.0006)
