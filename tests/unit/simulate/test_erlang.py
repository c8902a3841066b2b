"""Erlang's formulas give what others have published, and what must be true of them."""

from math import exp, factorial

import pytest

from infra.local.simulate.erlang import erlang_a, erlang_c, probability_of_waiting


@pytest.mark.parametrize(
    ("load", "agents", "published"),
    [
        # callcentrehelper.com, "Erlang C Formula - Made Simple": 100 calls in 30 minutes of 180 s
        (10, 11, 0.6821),
        (10, 14, 0.1741),
        # By hand: one server waits as much as it is busy; of two with one erlang, a third of all wait
        (0.5, 1, 0.5),
        (1, 2, 0.3333),
        # 120 an hour of 3 minutes, 10 assistants: "about 0.10" from the curve of a textbook
        (6, 10, 0.10),
        # Large systems, where factorials overflow
        (123, 132, 0.3211),
        (12345, 12421, 0.3812),
    ],
)
def test_the_probability_of_waiting_is_the_published_one(load: float, agents: int, published: float) -> None:
    digits = len(str(published).split(".")[1])

    assert probability_of_waiting(load, agents) == pytest.approx(published, abs=0.6 * 10**-digits)


def test_the_level_and_the_wait_are_those_of_the_worked_example() -> None:
    """callcentrehelper.com: 14 agents for 10 erlangs, 88.8 % in 20 s, 7.8 s on average, 71.4 % busy."""
    steady = erlang_c(rate=200 / 3600, handle=180, agents=14, within=20)

    assert steady is not None
    assert (round(steady.level, 3), round(steady.wait, 1), round(steady.occupancy, 3)) == (0.888, 7.8, 0.714)


def test_the_wait_is_that_of_a_textbook() -> None:
    """Bronson, Operations Research (1982), 24.6: 3 servers, 300 a year, 2 days each; 0.43 days of waiting."""
    steady = erlang_c(rate=300 / 365, handle=2, agents=3, within=0)

    assert steady is not None
    assert round(steady.wait, 2) == 0.43


@pytest.mark.parametrize("agents", [9, 10])
def test_without_spare_agents_there_is_no_steady_state(agents: int) -> None:
    assert erlang_c(rate=10, handle=1, agents=agents, within=1) is None
    assert probability_of_waiting(10, agents) == 1


def test_of_one_agent_as_many_wait_as_they_are_busy() -> None:
    steady = erlang_c(rate=0.5, handle=1, agents=1, within=2)

    assert steady is not None
    assert steady.delayed == pytest.approx(0.5)
    assert steady.level == pytest.approx(1 - 0.5 * exp(-0.5 * 2))


def test_endless_patience_makes_erlang_a_into_erlang_c() -> None:
    c = erlang_c(rate=200 / 3600, handle=180, agents=14, within=20)
    a = erlang_a(rate=200 / 3600, handle=180, agents=14, within=20, patience=1e9)

    assert c is not None
    for name in ("level", "wait", "delayed", "occupancy"):
        assert getattr(a, name) == pytest.approx(getattr(c, name), rel=1e-4)
    assert a.abandoned < 1e-6


@pytest.mark.parametrize(("load", "agents"), [(10.0, 8), (10.0, 10), (10.0, 15), (3.0, 1)])
def test_as_patient_as_busy_the_number_present_is_poisson(load: float, agents: int) -> None:
    """If people leave the line as fast as they leave an agent, it is as if there were agents without end."""
    steady = erlang_a(rate=load / 180, handle=180, agents=agents, within=20, patience=180)

    poisson = [exp(-load) * load**n / factorial(n) for n in range(100)]
    in_line = sum((n - agents) * p for n, p in enumerate(poisson) if n > agents)
    assert steady.delayed == pytest.approx(sum(poisson[agents:]))
    assert steady.abandoned == pytest.approx(in_line / load)
    assert steady.occupancy == pytest.approx((load - in_line) / agents)


def test_the_level_grows_from_those_who_need_not_wait_to_all_who_are_answered() -> None:
    levels = [
        erlang_a(rate=0.06, handle=180, agents=9, within=within, patience=120).level
        for within in (0, 5, 20, 60, 36_000)
    ]
    steady = erlang_a(rate=0.06, handle=180, agents=9, within=0, patience=120)

    assert levels == sorted(levels)
    assert levels[0] == pytest.approx(1 - steady.delayed)
    assert levels[-1] == pytest.approx(1 - steady.abandoned, abs=1e-9)


def test_one_agent_and_people_who_leave_at_once_is_erlangs_loss_formula() -> None:
    steady = erlang_a(rate=1, handle=1, agents=1, within=1, patience=1e-6)

    assert steady.abandoned == pytest.approx(0.5, rel=1e-4)
