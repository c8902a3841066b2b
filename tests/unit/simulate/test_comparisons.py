"""The same customers, decided by others or with something changed."""

from pathlib import Path

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.routing.model import Agent, AgentOrder, Demand, Policy, Step, Waiting
from infra.local.simulate.confidence import estimate
from infra.local.simulate.deciding import RoundRobin
from infra.local.simulate.inquiry import Inquiry, inquire
from infra.local.simulate.study import Who, replicate
from infra.local.simulate.what_if import Change, changed
from infra.local.simulate.workday import Workday
from tests.unit.simulate.days import CALLS, FOUR, one_class, read


def heads(*names: str) -> list[Waiting]:
    demand = Demand(channel="voice", steps=(Step(needs=()),))
    return [Waiting(id=name, demand=demand, enqueued=place) for place, name in enumerate(names)]


def test_round_robin_goes_round() -> None:
    agents = [Agent(id=name, capacity={"voice": 2}) for name in ("c", "a", "b")]

    decide = RoundRobin()
    first = [each.agent for each in decide(heads("1", "2"), agents, Policy(), 10)]
    second = [each.agent for each in decide(heads("3", "4"), agents, Policy(), 11)]

    assert first + second == ["a", "b", "c", "a"]


def test_round_robin_passes_over_who_may_not() -> None:
    full = Agent(id="a", capacity={"voice": 1}, load={"voice": 1})
    away = Agent(id="b", capacity={"voice": 1}, presence="AWAY")
    agents = [full, away, Agent(id="c", capacity={"voice": 1})]

    found = [each.agent for each in RoundRobin()(heads("1", "2"), agents, Policy(), 10)]

    assert found == ["c", None]


def unequal(folder: Path) -> Workday:
    """Mails that take very different times, for agents who can have three at once."""
    handle = {"kind": "lognormal", "mean": "8m", "cv": 2}
    mails = {"name": "mails", "channel": "email", "per_hour": 40, "handle": handle}
    staff = [{"id": "a", "count": 5, "capacity": {"email": 3}}]
    return read(folder, {"day": {"to": "08:00"}, "arrivals": [mails], "staff": staff})


def test_a_round_robin_evens_out_the_pieces_and_production_the_time(tmp_path: Path) -> None:
    """It gives a third piece to one agent while another has none; on the same days, pair by pair."""
    ours, theirs = (replicate(unequal(tmp_path), who, seed=1, days=8, jobs=1) for who in Who)

    more = {
        name: estimate((other.peers["a"][name] or 0) - (own.peers["a"][name] or 0) for own, other in pairs)
        for pairs in [list(zip(ours, theirs, strict=True))]
        for name in ("gini_occupancy", "gini_given")
    }

    assert (more["gini_occupancy"].mean or 0) > (more["gini_occupancy"].half or 0)
    assert -(more["gini_given"].mean or 0) > (more["gini_given"].half or 0)


def test_with_one_skill_and_one_place_each_a_round_robin_makes_nobody_wait_longer(tmp_path: Path) -> None:
    """Who serves does not matter there, only how many: the difference is not small, it is nothing."""
    report = inquire(Inquiry(source="day", workday=one_class(tmp_path, hours=6), days=3, jobs=1))

    more = report.comparisons[0].more["all", "all"]
    assert (more["mean"].mean, more["mean"].half) == (0, 0)


def test_more_agents_shorten_the_wait_of_the_same_customers(tmp_path: Path) -> None:
    change = Change(agents=("+2",))

    report = inquire(
        Inquiry(source="day", workday=one_class(tmp_path, hours=6), change=change, days=5, jobs=1, round_robin=False)
    )

    (other,) = report.comparisons
    assert other.name == "with agents +2"
    more = other.more["all", "all"]
    assert more["mean"].mean is not None
    assert more["mean"].mean + (more["mean"].half or 0) < 0
    assert other.more["all", "all"]["arrived"].mean == 0


def test_agents_come_and_go_by_group(tmp_path: Path) -> None:
    staff = [{**FOUR, "count": 2}, {**FOUR, "id": "late", "count": 2}]
    workday = read(tmp_path, {"arrivals": [CALLS], "staff": staff})

    found = changed(workday, Change(agents=("late-1", "+1"), order=AgentOrder.BEST, volume=0.5))

    assert [member.agent.id for member in found.staff] == ["a-1", "a-2", "late-1", "a+1"]
    assert found.policy.agent_order is AgentOrder.BEST
    assert found.streams[0].expected == workday.streams[0].expected / 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (Change(agents=("2",)), "must be a number with its sign"),
        (Change(agents=("night+2",)), "there is no group 'night'; there are a"),
        (Change(agents=("-4",)), "somebody must stay"),
        (Change(agents=("+99999",)), "more than 10000 agents"),
        (Change(volume=0), "--volume: must be above 0"),
        (Change(volume=float("nan")), "--volume: must be above 0"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(tmp_path: Path, change: Change, complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        changed(one_class(tmp_path), change)
