"""Promises of every simulated day: nobody is lost, nobody is idle beside a line, and nothing is left to the machine."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from heartline.domain.routing.model import Agent, Decision, Policy, Waiting
from heartline.domain.routing.planning import plan
from infra.local.simulate.day import Day
from infra.local.simulate.deciding import RoundRobin, production
from infra.local.simulate.drawing import draw
from infra.local.simulate.figures import length, overlap
from tests.unit.simulate.days import CALLS, FOUR, documents, one_class, read, run

thorough = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


class Watched(Day):
    """A day that asks, after each matching, whether the whole decision over everybody would have found more."""

    def match(self, now: int) -> None:
        super().match(now)
        world = self.world
        found = plan(list(world.waiting.values()), list(world.agents.values()), world.policy, now)
        assert not [each for each in found if each.agent], "somebody waits beside a free agent"
        assert set(world.waiting) == {conv for conv in world.works if conv in self.line}
        for agent in world.agents.values():
            assert all(agent.free(channel) >= 0 for channel in agent.load)


@thorough
@given(documents)
def test_nobody_waits_whom_the_whole_decision_would_serve(tmp_path: Path, document: dict[str, Any]) -> None:
    workday = read(tmp_path, document)

    Watched(workday, draw(workday, seed=1, day=0), production).run()


@thorough
@given(documents)
def test_all_who_came_were_answered_gave_up_or_still_wait(tmp_path: Path, document: dict[str, Any]) -> None:
    workday = read(tmp_path, document)

    course = run(workday)

    came = draw(workday, seed=1, day=0)
    assert [story.customer for story in course.stories] == list(came)
    for story in course.stories:
        outcomes = (story.answered is not None, story.gone is not None, story.waits_at(course.ended))
        assert sum(outcomes) == 1
        assert story.wait is None or story.wait >= 0


@thorough
@given(documents)
def test_work_of_one_class_begins_in_the_order_in_which_it_came(tmp_path: Path, document: dict[str, Any]) -> None:
    for stream in document["arrivals"]:
        stream["heated"] = 0
        stream.pop("pools", None)
    document.pop("answer", None)
    workday = read(tmp_path, document)

    course = run(workday)

    for stream in workday.streams:
        starts = [s.answered for s in course.stories if s.customer.stream is stream and s.answered is not None]
        assert starts == sorted(starts)


@thorough
@given(documents)
def test_leaving_out_whom_the_decision_could_not_choose_changes_nothing(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    workday = read(tmp_path, document)

    def unabridged(waiting: Sequence[Waiting], agents: Sequence[Agent], policy: Policy, now: int) -> Iterable[Decision]:
        return plan(waiting, agents, policy, now)

    assert run(workday) == run(workday, unabridged)


def test_a_seed_is_a_day_and_another_seed_is_another_day(tmp_path: Path) -> None:
    workday = one_class(tmp_path, hours=3)

    assert run(workday, seed=5) == run(workday, seed=5)
    assert run(workday, seed=5).stories != run(workday, seed=6).stories
    assert run(workday, seed=5, day=0).stories != run(workday, seed=5, day=1).stories


def test_every_decider_meets_the_same_customers(tmp_path: Path) -> None:
    workday = one_class(tmp_path, hours=3, patience={"kind": "exponential", "mean": "1m"})

    ours, theirs = run(workday), run(workday, RoundRobin())

    assert [story.customer for story in ours.stories] == [story.customer for story in theirs.stories]


def test_one_who_is_on_a_break_is_given_nothing_and_finishes_what_they_have(tmp_path: Path) -> None:
    staff = [{**FOUR, "count": 2, "shifts": ["00:00-03:00"], "breaks": ["01:00-01:30"]}]
    workday = read(tmp_path, {"day": {"to": "04:00"}, "arrivals": [CALLS], "staff": staff})

    course = run(workday)

    away = [(3_600_000, 5_400_000), (10_800_000, 14_400_000)]
    begun = [start for spans in course.busy.values() for start, _ in spans]
    assert begun
    assert not [start for start in begun if any(a <= start < b for a, b in away)]
    assert any(length(overlap(sorted(spans), away)) for spans in course.busy.values()), "work in hand goes on"


def test_an_agent_who_misses_an_offer_is_away_and_comes_back(tmp_path: Path) -> None:
    document = {
        "day": {"to": "02:00"},
        "arrivals": [{**CALLS, "per_hour": 20}],
        "staff": [{**FOUR, "count": 1}],
        "answer": {"voice": {"kind": "exponential", "mean": "20s"}},
        "back": "45s",
    }
    course = run(read(tmp_path, document))

    missed = [(start, end) for start, end in course.busy["a-1"] if end - start == 20_000]
    begun = sorted(start for start, _ in course.busy["a-1"])
    assert missed, "an offer ends after twenty seconds"
    for _, end in missed:
        later = [start for start in begun if start >= end]
        assert not later or later[0] >= end + 45_000


def test_wrap_up_keeps_the_agent(tmp_path: Path) -> None:
    document = {
        "day": {"to": "01:00"},
        "arrivals": [{**CALLS, "handle": 100}],
        "staff": [{**FOUR, "count": 1}],
        "policy": {"wrap": {"voice": 50}},
    }
    course = run(read(tmp_path, document))

    assert {end - start for start, end in course.busy["a-1"][:-1]} == {150_000}


@pytest.mark.slow
def test_a_day_of_ten_thousand_takes_seconds(tmp_path: Path) -> None:
    """Counted in decisions rather than on a clock, which the machine's other work would move."""
    arrivals = [{**CALLS, "per_hour": 420}]
    workday = read(tmp_path, {"arrivals": arrivals, "staff": [{**FOUR, "count": 18}]})
    asked = 0

    def counting(waiting: Sequence[Waiting], agents: Sequence[Agent], policy: Policy, now: int) -> Iterable[Decision]:
        nonlocal asked
        asked += len(waiting)
        return production(waiting, agents, policy, now)

    course = run(workday, counting)

    assert len(course.stories) > 9_500
    assert asked < 1.2 * len(course.stories), "in a backlog only those who may be served are looked at"
