"""Erlang's formulas: what a queue of one skill does in the long run, with (A) and without (C) people who give up.

Both are the steady state of a birth and death process: arrivals at `rate`, `agents` who each need `handle` seconds on
average, and, for A, people who wait `patience` seconds on average (Palm 1957; Mandelbaum, Zeltyn 2007). All times are
exponential.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

_NEGLIGIBLE: Final = 1e-12
"""Where a tail of probabilities is cut off."""

_PIECE: Final = 30
"""So many mean steps are taken at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """The long run.

    `level` is the share of all who come that is answered within the limit, `wait` the mean seconds of those who are
    answered, `abandoned` and `delayed` are shares of all who come.
    """

    level: float
    wait: float
    delayed: float
    occupancy: float
    abandoned: float = 0.0


def probability_of_waiting(load: float, agents: int) -> float:
    """Erlang's C for `load` erlangs: from B by its recursion, which no number of agents makes overflow."""
    if load >= agents:
        return 1.0
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked / (1 - load / agents * (1 - blocked))


def erlang_c(*, rate: float, handle: float, agents: int, within: float) -> Steady | None:
    """None if there is no steady state: the line only grows."""
    load = rate * handle
    if load >= agents:
        return None
    delayed, drain = probability_of_waiting(load, agents), (agents - load) / handle
    level = 1 - delayed * exp(-drain * within)
    return Steady(level=level, wait=delayed / drain, delayed=delayed, occupancy=load / agents)


def erlang_a(*, rate: float, handle: float, patience: float, agents: int, within: float) -> Steady:
    """Patience makes any load bearable, so there is always a steady state; `agents` is at least 1."""
    service, leaving = 1 / handle, 1 / patience
    idle, waiting = _states(rate, service, leaving, agents)
    delayed = sum(waiting)
    answered, waited = idle, 0.0
    served, spent = 1.0, 0.0
    for ahead, probability in enumerate(waiting):
        onward = agents * service + ahead * leaving
        step = onward / (onward + leaving)
        served, spent = step * served, step * (spent + served / (onward + leaving))
        answered += probability * served
        waited += probability * spent
    return Steady(
        level=idle + _answered_within(waiting, agents * service, leaving, within),
        wait=waited / answered,
        delayed=delayed,
        occupancy=rate * answered * handle / agents,
        abandoned=1 - answered,
    )


def _states(rate: float, service: float, leaving: float, agents: int) -> tuple[float, list[float]]:
    """The probability that somebody is free, and that all are busy with 0, 1, 2 ... in line."""
    weight, below = 1.0, 0.0
    for busy in range(agents, 0, -1):
        weight *= busy * service / rate
        below += weight
    waiting = [1.0]
    while waiting[-1] > _NEGLIGIBLE or rate > agents * service + len(waiting) * leaving:
        waiting.append(waiting[-1] * rate / (agents * service + len(waiting) * leaving))
    total = below + sum(waiting)
    return below / total, [each / total for each in waiting]


def _answered_within(waiting: Sequence[float], busy: float, leaving: float, within: float) -> float:
    """The share that finds everybody busy and is answered within the limit.

    The places in line are moved on by uniformization, in pieces short enough for the Poisson weights not to underflow.
    """
    fastest = busy + len(waiting) * leaving
    places, answered, left = list(waiting), 0.0, within
    while left > 0 and sum(places) > _NEGLIGIBLE:
        piece = min(left, _PIECE / fastest)
        served, places = _after(places, busy, leaving, fastest=fastest, piece=piece)
        answered, left = answered + served, left - piece
    return answered


def _after(
    places: Sequence[float], busy: float, leaving: float, *, fastest: float, piece: float
) -> tuple[float, list[float]]:
    """Who was answered during `piece` seconds, and the places of the others after it."""
    weight, left, steps = exp(-fastest * piece), 1.0, 0
    served, reached, later = 0.0, 0.0, [0.0] * len(places)
    while left > _NEGLIGIBLE and steps < 10 * _PIECE:
        reached += weight * served
        later = [so_far + weight * here for so_far, here in zip(later, places, strict=True)]
        left, steps = left - weight, steps + 1
        served += places[0] * busy / fastest
        places = _moved(places, busy, leaving, fastest)
        weight *= fastest * piece / steps
    return reached, later


def _moved(places: Sequence[float], busy: float, leaving: float, fastest: float) -> list[float]:
    """One mean step of the fastest place: some move up, some give up, the others stay."""
    onward = [(busy + place * leaving) / fastest for place in range(len(places) + 1)]
    behind = [*places[1:], 0.0]
    return [
        here * (1 - onward[place] - leaving / fastest) + behind[place] * onward[place + 1]
        for place, here in enumerate(places)
    ]
