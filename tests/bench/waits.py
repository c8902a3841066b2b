"""How often the wait that is told of a place in line is the wait that comes, on simulated days."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.unit.simulate.days import read
from tests.unit.simulate.promised import DAYS, Tally, promised

SEED: Final = 7
REPLICATIONS: Final = 3

_WORDS: Final = """
## The wait that is told

What agents and leads are told of a wait is a range that is to hold for four in five. On simulated days of ten hours
({days} of each, seed {seed}) everybody who had to wait was told one at their coming, from what the line had done until
then, and it was compared with their wait. In whole minutes, rounded outwards, as people read it, it holds more often. A
range says nothing of what it cannot know: a rush or a shift that is still to come.

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of the promises of one kind of day."""

    day: str
    tally: Tally


def tallies() -> list[Told]:
    """Every kind of day, replicated."""
    with TemporaryDirectory() as folder:
        return [
            Told(day=day, tally=promised(read(Path(folder), document), seed=SEED, days=REPLICATIONS))
            for day, document in DAYS.items()
        ]


def waits_section(told: Sequence[Told]) -> str:
    """What `make bench` says about expected waits."""
    rows = ["| the day | had to wait | were told | on average, min | within | as told in minutes | sooner | later |"]
    rows += ["| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    return _WORDS.format(days=REPLICATIONS, seed=SEED) + "\n".join([*rows, *map(_row, told)]) + "\n"


def _row(each: Told) -> str:
    tally = each.tally
    shares = (tally.kept, tally.kept_in_minutes, tally.sooner, 1 - tally.kept - tally.sooner)
    known = f"{len(tally.told) / len(tally.promises):.0%}"
    numbers = (f"{len(tally.promises):,}", known, f"{tally.mean / 60:.0f}", *(f"{share:.0%}" for share in shares))
    return f"| {' | '.join((each.day, *numbers))} |"
