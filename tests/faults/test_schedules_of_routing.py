"""Routing in thousands of seeded schedules: I1 to I11 hold, whoever meets whom, and whatever dies, comes twice or late.

`HEARTLINE_SEED` chooses other schedules than the usual ones, `HEARTLINE_SCHEDULES` how many.
"""

import os
from typing import Final

import pytest

from tests.faults.schedules.crowd import crowded
from tests.faults.schedules.drawing import drawn
from tests.faults.schedules.mutants import MUTANTS, Mutant
from tests.faults.schedules.run import explore, is_fair, kind_of, run, stage_of

SEED: Final = int(os.environ.get("HEARTLINE_SEED", "1"))
COUNT: Final = int(os.environ.get("HEARTLINE_SCHEDULES", "3000"))
ON_MOTO: Final = COUNT // 100
ON_MINISTACK: Final = COUNT // 100
"""A schedule takes some 80 ms of CPU in memory, and over a second on either of the others."""
CHUNK: Final = 50
FOUND_WITHIN: Final = 400
"""So many schedules are enough for each known fault."""


@pytest.mark.parametrize("first", range(SEED, SEED + COUNT, CHUNK))
def test_no_schedule_breaks_an_invariant(first: int) -> None:
    for seed in range(first, min(first + CHUNK, SEED + COUNT)):
        failure = explore(seed)
        assert failure is None, f"\n{failure}"


@pytest.mark.parametrize("first", range(SEED, SEED + ON_MOTO, 5))
def test_no_schedule_breaks_an_invariant_on_moto(first: int) -> None:
    for seed in range(first, min(first + 5, SEED + ON_MOTO)):
        failure = explore(seed, store="moto")
        assert failure is None, f"\n{failure}"


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=lambda mutant: mutant.breaks.__name__)
def test_each_known_fault_is_found(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else it breaks, it is named by its rule."""
    mutant.breaks(monkeypatch)
    found = (run(seed, drawn(seed, fair=is_fair(seed))) for seed in range(1, FOUND_WITHIN))
    assert any(mutant.rule in {kind_of([sentence]) for sentence in sentences} for sentences in found)


def test_a_failure_shrinks_to_what_it_needs_and_fails_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two texts and a tick are enough to serve a line from its end."""
    MUTANTS["a line is served from its end"].breaks(monkeypatch)
    failure = next(failure for seed in range(1, FOUND_WITHIN) if (failure := explore(seed)) is not None)
    assert kind_of(failure.found) == "I5"
    assert len(failure.cues) < len(drawn(failure.seed, fair=is_fair(failure.seed))) / 3
    assert run(failure.seed, failure.cues) == failure.found
    assert f"python -m tests.faults.schedules {failure.seed}" in str(failure)


def test_a_schedule_is_the_same_whenever_it_is_played() -> None:
    assert history(seed=2) == history(seed=2)


def history(seed: int) -> list[tuple[str, str]]:
    """Each state that a conversation went through, its hold included."""
    with stage_of(seed, "memory") as play:
        play.play(drawn(seed, fair=is_fair(seed)))
        return [
            (name, str(state)) for name, states in play.witness.history.items() for state in sorted(map(str, states))
        ]


@pytest.mark.slow
@pytest.mark.parametrize("first", range(SEED, SEED + ON_MINISTACK, 5))
def test_processes_that_really_run_side_by_side_come_to_rest(first: int, ministack_endpoint: str) -> None:
    """Four of them, each with a client of its own, and a fiftieth of all requests breaks."""
    for seed in range(first, min(first + 5, SEED + ON_MINISTACK)):
        assert crowded(seed, ministack_endpoint) == [], f"seed {seed}"
