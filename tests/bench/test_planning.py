"""The deterministic side of planning: what is read for each assignment, and that it does not grow with the line."""

from collections import Counter
from typing import Any

import pytest

from heartline.domain.routing.bundles import Bundles
from heartline.domain.routing.seats import Seats
from tests.bench.bands import LONG_BAND, planned_band
from tests.bench.planning import ASSIGNMENTS, Backlog, claims, team

CLASSES = 420


@pytest.mark.parametrize(
    ("tied", "searcher", "method"), [("nothing", Seats, "_seat"), ("blocks", Bundles, "_rearrange")]
)
def test_a_long_band_searches_a_few_times_for_a_claim_and_not_for_each_who_waits(
    tied: str, searcher: type, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches, search = Counter[str](), getattr(searcher, method)

    def counted(*arguments: Any, **options: Any) -> bool:
        searches["all"] += 1
        return bool(search(*arguments, **options))

    monkeypatch.setattr(searcher, method, counted)
    band = planned_band(tied)

    assert band.reads == LONG_BAND > 2 * band.claims
    assert 0 < searches["all"] <= 3 * band.claims


@pytest.mark.parametrize("size", [10_000, 100_000, 1_000_000])
def test_a_plan_reads_one_head_of_each_class_and_one_more_for_each_claim(size: int) -> None:
    backlog = Backlog(size)

    assert len(claims(backlog)) == ASSIGNMENTS
    assert backlog.reads < ASSIGNMENTS + CLASSES


def test_who_gets_what_does_not_depend_on_who_else_waits_behind() -> None:
    short, long = ([(each.head.id, each.agent) for each in claims(Backlog(size))] for size in (10_000, 1_000_000))

    assert short == long


def test_a_line_that_nobody_can_serve_any_more_is_left() -> None:
    backlog = Backlog(100_000)
    places = sum(agent.free(channel) for agent in team() for channel in agent.capacity)

    served = claims(backlog, most=places)
    taken = Counter((each.agent, each.head.demand.channel) for each in served)

    assert backlog.reads <= len(served) + 2 * CLASSES
    assert all(taken[agent.id, "email"] <= agent.free("email") for agent in team())
