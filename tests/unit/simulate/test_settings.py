"""A simulation's file is read strictly, and every complaint names the place."""

from pathlib import Path
from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.routing.heads import POLICY
from infra.local.simulate.settings import read_workday
from infra.local.simulate.workday import in_milliseconds
from tests.unit.simulate.days import CALLS, FOUR, read


def with_class(**changes: Any) -> dict[str, Any]:
    return {"arrivals": [{**CALLS, **changes}], "staff": [FOUR]}


def with_staff(**changes: Any) -> dict[str, Any]:
    return {"arrivals": [CALLS], "staff": [{**FOUR, **changes}]}


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ([], "day.yaml: must be an object"),
        ({}, "day.yaml: the field 'arrivals' is missing"),
        ({"arrivals": []}, "day.yaml.staff: nobody works"),
        ({**with_class(), "extra": 1}, "day.yaml.extra: unknown field"),
        (with_class(handle={"kind": "normal", "mean": 3}), "arrivals[0].handle.kind: must be one of"),
        (with_class(handle={"kind": "fixed", "mean": "3 min"}), "arrivals[0].handle.mean: must be a duration"),
        (
            with_class(handle={"kind": "exponential", "mean": 3, "cv": 1}),
            "arrivals[0].handle.cv: is only for lognormal",
        ),
        (with_class(handle={"kind": "lognormal", "mean": 3, "cv": 1e9}), "arrivals[0].handle.cv: must be at most 10"),
        (with_class(handle=-1), "arrivals[0].handle: must be at least 0"),
        (with_class(handle="99999h"), "arrivals[0].handle: must be between 0 seconds and 7 days"),
        (with_class(per_hour=10**9), "arrivals: more than 1000000 conversations"),
        (with_class(per_day=5), "arrivals[0].per_hour: is instead of"),
        (with_class(heated=2), "arrivals[0].heated: must be between 0 and 1"),
        (with_class(name=""), "arrivals[0].name: must be text of 1 to 80"),
        (with_class(name="a\u001b[2Jb"), "arrivals[0].name: must be text of 1 to 80"),
        (with_class(name="=1+1"), "arrivals[0].name: must not begin with"),
        (with_class(name=7), "arrivals[0].name: must be text"),
        (with_class(steps=[]), "arrivals[0].steps: must have at least one step"),
        (with_class(steps=[[{}, None]], requires={}), "arrivals[0].requires: steps replace it"),
        (with_class(pools=[["main"]]), "arrivals[0].pools[0]: must have 2 elements"),
        (with_class(target={"percent": 101}), "arrivals[0].target.percent: must be at most 100"),
        ({"arrivals": [CALLS, CALLS], "staff": [FOUR]}, "arrivals[0]: the name 'calls' is there more than once"),
        (with_staff(count=10**9), "staff[0].count: must be at most 10000"),
        (with_staff(count=True), "staff[0].count: must be a whole number"),
        (with_staff(shifts=["16:00-08:00"]), "staff[0].shifts[0]: must end after it begins"),
        (with_staff(shifts=["08:00"]), "staff[0].shifts[0]: must be two times"),
        (with_staff(shifts=["08:00-24:01"]), "staff[0].shifts[0]: must be a time of day"),
        (with_staff(shifts=["08:00-12:00", "11:00-13:00"]), "staff[0].shifts: two of them overlap"),
        (with_staff(shifts=["08:00-12:00"], breaks=["13:00-13:10"]), "staff[0].breaks[0]: is not within a shift"),
        (with_staff(units=0), "staff[0].units: must be at least 1"),
        ({"arrivals": [CALLS], "staff": [FOUR, FOUR]}, "staff: the id 'a-1' is there more than once"),
        ({"arrivals": [CALLS], "staff": [{"id": "ana"}]}, "staff[0]: the field 'capacity' is missing"),
        ({**with_class(), "day": {"from": "10:00", "to": "09:00"}}, "day.to: must be after"),
        ({**with_class(), "day": {"warm_up": "24h"}}, "day.warm_up: must be shorter than the day"),
        ({**with_class(), "day": {"interval": 1}}, "day.interval: must be between 60 seconds"),
        ({**with_class(), "policy": {"agent_order": "fair"}}, "policy.agent_order: must be one of"),
        ({**with_class(), "policy": {"offer": 20}}, "policy.offer: unknown field"),
        ({**with_class(), "company": "gone.yaml"}, "gone.yaml"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, document: object, complaint: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(tmp_path, document)

    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "arrivals: [",
        "arrivals: {a: 1, a: 2}",
        "!!python/object/apply:os.system [true]",
        "{? [a] : 1}",
        "arrivals: &a [*a]",
        "\x00",
        "arrivals: " + "[" * 5000,
        "arrivals: [{name: x, channel: voice, handle: .nan}]\nstaff: [{id: a, capacity: {voice: 1}}]",
        "arrivals: [{name: x, channel: voice, handle: .inf}]\nstaff: [{id: a, capacity: {voice: 1}}]",
    ],
)
def test_hostile_yaml_is_refused_and_does_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid, match=r"day\.yaml"):
        read(tmp_path, text)


def test_an_unquoted_time_is_the_time_that_it_looks_like(tmp_path: Path) -> None:
    text = """
    day: {from: 9:00, to: 17:30}
    arrivals: [{name: calls, channel: voice, handle: 1h30m, per_day: 10, shape: {10:00: 1, 12:30: 0}}]
    staff: [{id: ana, capacity: {voice: 1}, shifts: [8:00-12:00, 13:00-18:00], breaks: [10:30-10:45]}]
    """
    workday = read(tmp_path, text)

    minutes = 60_000
    assert (workday.opens, workday.closes) == (540 * minutes, 1050 * minutes)
    assert [(a // minutes, b // minutes) for a, b in workday.staff[0].duty] == [(540, 630), (645, 720), (780, 1050)]
    assert workday.streams[0].handle.mean == 5400
    assert [count for _, count in workday.streams[0].rates] == [10, 0]


def test_the_policy_is_that_of_production_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    plain = read(tmp_path, with_class())
    other = read(tmp_path, {**with_class(), "policy": {"agent_order": "idle", "wrap": {"voice": 30}}})

    assert plain.policy == in_milliseconds(POLICY)
    assert (other.policy.agent_order, other.policy.wrap) == ("idle", {"voice": 30_000})
    assert other.policy.offers == plain.policy.offers


def test_agents_and_inboxes_of_the_company_count(tmp_path: Path) -> None:
    company = Path(__file__).parents[3] / "infra" / "local" / "demo.yaml"
    (tmp_path / "day.yaml").write_text(
        "arrivals: [{name: mails, inbox: billing, channel: email, per_day: 5, handle: 60}]\n"
        "staff: [{id: ana, shifts: ['08:00-12:00']}, {id: chloe, capacity: {email: 9}}]\n"
    )

    workday = read_workday(tmp_path / "day.yaml", company=company)

    ana, chloe = (member.agent for member in workday.staff)
    assert ana.skills["billing"] == 2
    assert ana.capacity["email"] == 3
    assert chloe.capacity == {"email": 9}
    needs = dict(workday.streams[0].demand.steps[0].needs)
    assert needs == {"en": 1, "billing": 1, "inbox:billing": 1}
    assert workday.streams[0].band == 4


def test_the_day_is_routed_as_the_company_routes(tmp_path: Path) -> None:
    company = tmp_path / "company.yaml"
    company.write_text(
        "inboxes: [{id: a, name: A, boost: 30, requires: {fr: 2}, pools: [{pool: late}, {pool: main, after: 60}],"
        " relax: [{after: 20, requires: {fr: 1}}]}]\n"
        "agents: [{id: x, name: X, inboxes: [a]}, {id: y, name: Y, inboxes: [a], pool: late, units: 4}]\n"
        "routing: {plan: max, offer: {voice: 30}, retry_after: 50, pools: {late: Late, main: Main}}\n"
    )
    (tmp_path / "day.yaml").write_text(
        "policy: {retry_after: 70}\n"
        "arrivals: [{name: m, inbox: a, channel: email, handle: 60}, {name: n, channel: email, handle: 60}]\n"
        "staff: [{id: x, capacity: {email: 1}}, {id: y, capacity: {email: 1}}]\n"
    )

    workday = read_workday(tmp_path / "day.yaml", company=company)

    assert (workday.policy.plan, workday.policy.offers, workday.policy.retry_after) == (
        "max",
        {"voice": 30_000},
        70_000,
    )
    assert [member.agent.units for member in workday.staff] == [None, 4]
    ours, plain = workday.streams
    assert (ours.boost, [(pool.name, pool.opens) for pool in ours.demand.pools]) == (
        30_000,
        [("late", 0), ("main", 60_000)],
    )
    assert [(dict(step.needs)["fr"], step.lasts) for step in ours.demand.steps] == [(2, 20_000), (1, None)]
    assert [pool.name for pool in plain.demand.pools] == ["late", "main"]


def test_without_staff_all_of_the_company_work_all_day(tmp_path: Path) -> None:
    company = Path(__file__).parents[3] / "infra" / "local" / "demo.yaml"
    (tmp_path / "day.yaml").write_text("arrivals: [{name: m, inbox: sales, channel: email, handle: 60}]\n")

    with pytest.raises(Invalid, match=r"arrivals\[0\].inbox: the company has no inbox 'sales'; it has support"):
        read_workday(tmp_path / "day.yaml", company=company)

    (tmp_path / "day.yaml").write_text("arrivals: [{name: m, inbox: support, channel: email, handle: 60}]\n")
    staff = read_workday(tmp_path / "day.yaml", company=company).staff
    assert {"ana", "ben", "emma"} <= {member.agent.id for member in staff}
