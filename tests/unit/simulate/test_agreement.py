"""What is simulated is what the formulas say, within the confidence interval of the replications."""

from pathlib import Path

import pytest

from infra.local.simulate.reference import reference
from infra.local.simulate.study import Estimates, Who, replicate, summarise
from infra.local.simulate.workday import Workday
from tests.unit.simulate.days import CALLS, FOUR, one_class, read

PATIENCE = {"kind": "exponential", "mean": "2m"}


TARGET = {"percent": 80, "within": 20}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workday, Estimates]:
    """Twelve half days of four agents, and what they come to."""
    workday = one_class(tmp_path_factory.mktemp("calls"), hours=12, target=TARGET)
    days = replicate(workday, Who.PRODUCTION, seed=1, days=12, jobs=1)
    return workday, summarise(days).groups["class", "calls"]


def test_a_single_skill_day_agrees_with_erlang_c(calls: tuple[Workday, Estimates]) -> None:
    workday, found = calls

    said = reference(workday)

    assert said.exact
    assert said.formula == "Erlang C"
    assert said.steady is not None
    assert found["level"].holds(said.steady.level)
    assert found["mean"].holds(said.steady.wait)


def test_the_interval_is_narrow_enough_to_tell_one_agent_more(calls: tuple[Workday, Estimates], tmp_path: Path) -> None:
    said = reference(one_class(tmp_path, agents=5, hours=12, target=TARGET))

    assert said.steady is not None
    assert not calls[1]["level"].holds(said.steady.level)
    assert not calls[1]["mean"].holds(said.steady.wait)


@pytest.mark.slow
def test_a_single_skill_day_with_patience_agrees_with_erlang_a(tmp_path: Path) -> None:
    workday = one_class(tmp_path, agents=3, hours=12, patience=PATIENCE, target=TARGET)

    summary = summarise(replicate(workday, Who.PRODUCTION, seed=1, days=12, jobs=1))
    found, said = summary.groups["class", "calls"], reference(workday)

    assert said.exact
    assert said.formula == "Erlang A"
    assert said.steady is not None
    assert found["level"].holds(said.steady.level)
    assert found["mean"].holds(said.steady.wait)
    assert found["abandonment"].holds(said.steady.abandoned)


def test_the_formula_is_not_asked_where_it_does_not_apply(tmp_path: Path) -> None:
    two = read(tmp_path, {"arrivals": [CALLS, {**CALLS, "name": "more"}], "staff": [FOUR]})
    many = read(tmp_path, {"arrivals": [CALLS], "staff": [{**FOUR, "capacity": {"voice": 2}}]})
    slow = read(tmp_path, {"arrivals": [CALLS], "staff": [FOUR], "answer": {"voice": 5}})

    for workday, reason in ((two, "there are 2"), (many, "one thing at a time"), (slow, "answer")):
        assert reference(workday).steady is None
        assert reason in reference(workday).notes[0]


def test_a_day_that_changes_is_cut_where_it_does(tmp_path: Path) -> None:
    shape = {"00:00": 1, "12:00": 2}
    stream = {**CALLS, "per_day": 1200, "shape": shape}
    del stream["per_hour"]
    staff = [{**FOUR, "count": 3}, {**FOUR, "id": "b", "count": 3, "shifts": ["12:00-24:00"]}]
    said = reference(read(tmp_path, {"arrivals": [stream], "staff": staff}))
    halves = [reference(one_class(tmp_path, agents=n, per_hour=r)) for n, r in ((3, 400 / 12), (6, 800 / 12))]

    (first, second) = (half.steady for half in halves)
    assert said.steady is not None
    assert first is not None
    assert second is not None
    assert not said.exact
    assert said.steady.level == pytest.approx((first.level + 2 * second.level) / 3)


def test_an_overloaded_hour_has_no_steady_state(tmp_path: Path) -> None:
    said = reference(one_class(tmp_path, agents=2))

    assert said.steady is None
    assert "only grows" in said.notes[0]
