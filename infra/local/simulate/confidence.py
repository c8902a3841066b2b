"""Means over replications with their 95 % confidence intervals (Student's t)."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final

_T: Final = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""The 97.5 % quantiles for 1 to 30 degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.2)."""

_NORMAL: Final = 1.95996


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean and half the width of its interval. `mean` is None if there was nothing, `half` if there was only one."""

    mean: float | None
    half: float | None = None

    def holds(self, value: float) -> bool:
        """Whether `value` is within the interval."""
        return self.mean is not None and self.half is not None and abs(self.mean - value) <= self.half


def estimate(values: Iterable[float | None]) -> Estimate:
    """Of one value per replication; a replication without one (nobody came) is left out."""
    known = [value for value in values if value is not None]
    if not known:
        return Estimate(mean=None)
    if len(known) == 1:
        return Estimate(mean=known[0])
    return Estimate(mean=fmean(known), half=_quantile(len(known) - 1) * stdev(known) / sqrt(len(known)))


def _quantile(freedom: int) -> float:
    """Above the table, two terms of the expansion around the normal distribution (Abramowitz, Stegun, 26.7.5)."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    first = (_NORMAL**3 + _NORMAL) / (4 * freedom)
    return _NORMAL + first + (5 * _NORMAL**5 + 16 * _NORMAL**3 + 3 * _NORMAL) / (96 * freedom**2)
