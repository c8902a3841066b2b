"""Replications: the same day again and again, each with its own luck, by one decider or another."""

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from infra.local.simulate.confidence import Estimate, estimate
from infra.local.simulate.day import Day
from infra.local.simulate.deciding import Decider, RoundRobin, production
from infra.local.simulate.drawing import draw
from infra.local.simulate.figures import Figures, Measures, figures
from infra.local.simulate.workday import Workday

Estimates = dict[str, Estimate]


class Who(StrEnum):
    """Who decides."""

    PRODUCTION = "production"
    ROUND_ROBIN = "round_robin"


_DECIDERS: Final[Mapping[Who, Callable[[], Decider]]] = {
    Who.PRODUCTION: lambda: production,
    Who.ROUND_ROBIN: RoundRobin,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Figures over all replications, each with its interval; the keys are those of `Figures`."""

    groups: dict[tuple[str, str], Estimates]
    agents: dict[str, Estimates]
    peers: dict[str, Estimates]
    series: dict[str, list[Estimates]]


def replicate(workday: Workday, who: Who, *, seed: int, days: int, jobs: int | None = None) -> list[Figures]:
    """The figures of each day. `jobs` processes share the work; by default as many as there are processors."""
    workers = min(days, jobs or os.cpu_count() or 1)
    one = partial(_one, workday, who, seed)
    if workers == 1:
        return [one(day) for day in range(days)]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(one, range(days)))


def summarise(days: list[Figures]) -> Summary:
    first = days[0]
    return Summary(
        groups={group: _estimates(day.groups[group] for day in days) for group in first.groups},
        agents={agent: _estimates(day.agents[agent] for day in days) for agent in first.agents},
        peers={peers: _estimates(day.peers[peers] for day in days) for peers in first.peers},
        series={
            name: [_estimates(day.series[name][place] for day in days) for place in range(len(series))]
            for name, series in first.series.items()
        },
    )


def differences(days: list[Figures], others: list[Figures]) -> dict[tuple[str, str], Estimates]:
    """What the `others` have more than `days`, by group: pair by pair, for both met the same customers."""
    return {
        group: _estimates(
            _minus(other.groups[group], day.groups[group]) for day, other in zip(days, others, strict=True)
        )
        for group in days[0].groups
    }


def _one(workday: Workday, who: Who, seed: int, day: int) -> Figures:
    customers = draw(workday, seed=seed, day=day)
    return figures(Day(workday, customers, _DECIDERS[who](), seed=f"{seed}/{day}").run(), workday)


def _estimates(measured: Iterable[Measures]) -> Estimates:
    rows = list(measured)
    return {name: estimate(row[name] for row in rows) for name in rows[0]}


def _minus(these: Measures, those: Measures) -> Measures:
    pairs = {name: (value, those[name]) for name, value in these.items()}
    return {name: None if one is None or two is None else one - two for name, (one, two) in pairs.items()}
