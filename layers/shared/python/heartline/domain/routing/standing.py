"""Where a conversation stands among those who wait, and how long that may take, in numbers and words. Pure."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from heartline.domain.pace import Expected
from heartline.domain.routing.durations import span

COUNTED: Final = 1000
"""Up to how many a place is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The place among those who ask for the same, from 1; None where more than `COUNTED` are before it.

    `of` is how many wait there, or how many were counted where they are not all (`exact`).
    """

    position: int | None
    of: int
    exact: bool

    @property
    def words(self) -> str:
        """Such as “3rd of 12 who ask for the same”."""
        if self.position is None:
            return f"behind more than {COUNTED:,} who ask for the same"
        if self.of == 1:
            return "alone in its line"
        more = "" if self.exact else "more than "
        return f"{_ordinal(self.position)} of {more}{self.of:,} who ask for the same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Other lines on the same channel that the same agents serve, and how many wait in them; at least, if not exact."""

    lines: int
    waiting: int
    exact: bool

    @property
    def words(self) -> str:
        least = "" if self.exact else "at least "
        lines = "1 other line" if self.lines == 1 else f"{self.lines} other lines"
        return f"The same agents serve {lines} on this channel, where {least}{self.waiting:,} wait."


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The expected wait in whole minutes, rounded outwards, and what it is from."""

    least_minutes: int
    most_minutes: int
    basis: str

    @property
    def words(self) -> str:
        """Such as “4 to 11 min”."""
        least = f"{self.least_minutes} to" if self.least_minutes else "up to"
        return f"{least} {self.most_minutes} min"


def standing(waiters: list[str], conversation: str) -> Standing | None:
    """Where it stands in the first `COUNTED` of its line and one more; None where it is not in line any more."""
    exact = len(waiters) <= COUNTED
    counted = waiters[:COUNTED]
    if conversation not in counted:
        return None if exact else Standing(position=None, of=COUNTED, exact=False)
    return Standing(position=counted.index(conversation) + 1, of=len(counted), exact=exact)


def in_minutes(wait: Expected) -> Range:
    """The range as people are told it."""
    went = f"{wait.left} who left this line in {span(wait.seconds)} of waiting"
    return Range(
        least_minutes=floor(wait.least / 60),
        most_minutes=max(ceil(wait.most / 60), 1),
        basis=f"About four in five waits are within this range, judged by the latest {went}.",
    )


def _ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number:,}{'th' if number % 100 in {11, 12, 13} else ends.get(number % 10, 'th')}"
