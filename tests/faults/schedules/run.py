"""Runs the schedule of a seed and says what was wrong; shrinks one that fails to the cues that it needs."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import pytest

from heartline.services import tick, waiting_lines
from tests.faults.schedules.company import company_of
from tests.faults.schedules.drawing import Cue, drawn
from tests.faults.schedules.play import Play
from tests.faults.schedules.stage import TO_THE_END, Ending, Stage
from tests.faults.schedules.stores import STORES
from tests.faults.schedules.verdict import verdict

FAIR_EVERY: Final = 8
"""Every so many seeds has a company in which all agents are alike (I11)."""


TIGHT: Final = 0.3


def is_fair(seed: int) -> bool:
    return seed % FAIR_EVERY == 0


@contextmanager
def bounds_of(seed: int) -> Iterator[None]:
    """In some companies a tick may do so little that it has to go on again and again, as it does in a backlog."""
    rng = random.Random(f"bounds {seed}")
    with pytest.MonkeyPatch.context() as patch:
        if rng.random() < TIGHT:
            patch.setattr(tick, "MOST_CLAIMS", rng.randint(1, 3))
            patch.setattr(waiting_lines, "PAGE", rng.randint(1, 3))
            patch.setattr(waiting_lines, "LONG_PAGE", rng.randint(1, 3))
        yield


def run(seed: int, cues: Sequence[Cue], *, store: str = "memory") -> list[str]:
    """Play the cues in the company of the seed; one sentence for each thing that was wrong."""
    with stage_of(seed, store) as play:
        play.play(cues)
        return verdict(play, fair=is_fair(seed))


@contextmanager
def stage_of(seed: int, store: str) -> Iterator[Play]:
    """The company of the seed over a new table; nothing has happened yet."""
    stage = Stage()
    with bounds_of(seed), STORES[store](stage) as made, pytest.MonkeyPatch.context() as patch:
        play = Play(store=made, stage=stage, company=company_of(seed, fair=is_fair(seed)), seed=seed)
        patch.setattr(
            "heartline.observability.count", lambda name, *_: play.errors.append(f"broke: {name} was counted")
        )
        yield play


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A schedule that fails. Its text is what somebody needs to see it again."""

    seed: int
    store: str
    cues: Sequence[Cue]
    found: Sequence[str]

    def __str__(self) -> str:
        again = f"python -m tests.faults.schedules {self.seed}" + (" --store moto" if self.store == "moto" else "")
        steps = "\n  ".join(str(cue) for cue in self.cues)
        return "\n".join([f"seed {self.seed} on {self.store}; again: {again}", f"  {steps}", *self.found[:8]])


def explore(seed: int, *, store: str = "memory") -> Failure | None:
    """Run a seed; where it fails, the smallest schedule that was found to fail with the same invariant."""
    cues = drawn(seed, fair=is_fair(seed))
    found = run(seed, cues, store=store)
    if not found:
        return None
    least = shrunk(cues, lambda fewer: kind_of(run(seed, fewer, store=store)) == kind_of(found))
    return Failure(seed=seed, store=store, cues=least, found=run(seed, least, store=store))


def kind_of(found: Sequence[str]) -> str:
    """The invariant of the first sentence."""
    return found[0].partition(":")[0] if found else ""


def shrunk(cues: Sequence[Cue], fails: Callable[[Sequence[Cue]], bool]) -> Sequence[Cue]:
    """Leave out what is not needed: halves, then less, down to single cues (delta debugging); then calm the others."""
    least, size = list(cues), max(len(cues) // 2, 1)
    while size:
        start = 0
        while start < len(least):
            fewer = least[:start] + least[start + size :]
            if fails(fewer):
                least = fewer
            else:
                start += size
        size //= 2
    for place, cue in enumerate(least):
        calmer = _calmed(cue)
        if calmer != cue and fails([*least[:place], calmer, *least[place + 1 :]]):
            least[place] = calmer
    return least


def _calmed(cue: Cue) -> Cue:
    return replace(cue, requests=TO_THE_END, ending=Ending.PAUSES)
