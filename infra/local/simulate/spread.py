"""How long things take: handle times, patience, the time to answer an offer."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt
from random import Random
from typing import Final


class Kind(StrEnum):
    """The forms a time may take. Handle times of people are close to lognormal; Erlang's formulas want exponential."""

    FIXED = "fixed"
    EXPONENTIAL = "exponential"
    LOGNORMAL = "lognormal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A time with its mean in seconds; `cv`, the deviation as a part of the mean, counts for lognormal only."""

    kind: Kind
    mean: float
    cv: float = 1.0

    def draw(self, chance: Random) -> float:
        """One time, in seconds."""
        return _DRAWS[self.kind](self, chance) if self.mean else 0.0


def _fixed(spread: Spread, _: Random) -> float:
    return spread.mean


def _exponential(spread: Spread, chance: Random) -> float:
    return chance.expovariate(1 / spread.mean)


def _lognormal(spread: Spread, chance: Random) -> float:
    variance = log(1 + spread.cv**2)
    return chance.lognormvariate(log(spread.mean) - variance / 2, sqrt(variance))


_DRAWS: Final[dict[Kind, Callable[[Spread, Random], float]]] = {
    Kind.FIXED: _fixed,
    Kind.EXPONENTIAL: _exponential,
    Kind.LOGNORMAL: _lognormal,
}
