"""How long a place in a line may still take, as a range with a chance behind it, from how the line has moved. Pure.

Those who leave a line are counted while somebody waits in it. If they leave at random times at a rate that stays, and
`left` of them left in `seconds`, the wait until `position` more have left is beta prime distributed: the rate is as
uncertain as a gamma distribution says that has seen `left` in `seconds`, and it is counted on from there. So few who
left make a wide range, and no number of them a certain one.
Source: https://en.wikipedia.org/wiki/Beta_prime_distribution (compound gamma)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from math import exp, lgamma, log
from typing import Final

LOWER: Final = 0.1
UPPER: Final = 0.9
"""The range leaves out the fastest and the slowest tenth: four in five waits are within it."""

FEWEST: Final = 3
"""An expectation from fewer would be a guess."""

ENOUGH: Final = 20
"""Of so many the latest are asked: more would make the range no honester, and older ones say less of today."""

_HALVINGS: Final = 40
"""How often the way to a quantile is halved: twelve digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`left` went within `seconds` of waiting; `more` says that they were at least so many."""

    left: int
    seconds: float
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Seconds that a place takes: four in five waits are between `least` and `most`, and `mean` is theirs on average.

    `left` left the line within `seconds`, which is what this is from.
    """

    least: float
    most: float
    mean: float
    left: int
    seconds: float


def expected(pace: Pace, position: int) -> Expected | None:
    """What is to be expected at a place, which counts from 1; None where too few have left to tell."""
    if pace.left < FEWEST or pace.seconds <= 0:
        return None
    return Expected(
        least=0 if pace.more else pace.seconds * _odds(LOWER, position, pace.left),
        most=pace.seconds * _odds(UPPER, position, pace.left),
        mean=pace.seconds * position / (pace.left - 1),
        left=pace.left,
        seconds=pace.seconds,
    )


def joined(paces: Iterable[Pace]) -> Pace:
    """The latest of them, the newest first, until enough have left."""
    left, seconds, more = 0, 0.0, False
    for each in paces:
        left, seconds, more = left + each.left, seconds + each.seconds, more or each.more
        if left >= ENOUGH:
            break
    return Pace(left=left, seconds=seconds, more=more)


def _odds(chance: float, position: int, left: int) -> float:
    """The quantile of the beta prime distribution with those two shapes."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, position, left) < chance else (low, middle)
    return low / (1 - low)


def _within(share: float, position: int, left: int) -> float:
    """The chance of a beta variable to be below `share`: that of at least `position` successes in a binomial.

    It is summed up from the likeliest number of them on, where a float is large enough whatever the numbers are.
    """
    tries, odds = position + left - 1, share / (1 - share)
    likeliest = min(max(int((tries + 1) * share), position), tries)
    top = exp(_log_choose(tries, likeliest) + likeliest * log(share) + (tries - likeliest) * log(1 - share))
    more = accumulate(
        range(likeliest, tries), lambda term, hits: term * odds * (tries - hits) / (hits + 1), initial=top
    )
    less = accumulate(
        range(likeliest, position, -1), lambda term, hits: term / odds * hits / (tries - hits + 1), initial=top
    )
    return sum(more) + sum(less) - top


def _log_choose(tries: int, hits: int) -> float:
    return lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
