"""Places under way: processes with different configurations claim, free and move agents in orders drawn from a seed.

What was decided earlier is carried out later, or twice, or breaks half way, or another process acts in between: the
books balance after every step.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pytest

from heartline.domain.conversations import State
from heartline.domain.errors import HeartlineError, OurFault
from heartline.domain.messages import Channel
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.lifecycle import Move
from tests.fakes import Failing, Ids, MemoryTable
from tests.fakes.table import Hook, healthy
from tests.functional.claiming import claim_of, claimed_together
from tests.functional.routed import Routed
from tests.invariants import violations

SEEDS: Final = range(24)
STEPS: Final = 90
AGENTS: Final = ("ana", "ben")
PROCESSES: Final[tuple[dict[str, Any], ...]] = (
    {"pool": "main", "units": None, "weights": {}},
    {"pool": "", "units": None, "weights": {}},
    {"pool": "over", "units": 4, "weights": {"sms": 2}},
    {"pool": "over", "units": 6, "weights": {"sms": 1.5, "email": 0}},
)
"""What each process believes of Ana's pool, of her units and of what work weighs; one does not know her any more."""


@dataclass(slots=True)
class Interrupting:
    """A hook that lets somebody else act before the `at`-th request."""

    table: MemoryTable
    work: Callable[[], object]
    at: int

    def __call__(self, moment: str, _operation: str) -> None:
        self.at -= moment == "before"
        if self.at == 0 and moment == "before":
            with suppress(HeartlineError):
                self.work()


@dataclass(slots=True)
class Shift:
    """A few processes over one table, and claims that somebody has planned and not made yet."""

    table: MemoryTable
    rng: random.Random
    processes: list[Routed] = field(init=False)
    planned: list[Move] = field(default_factory=list)
    texts: int = 0

    def __post_init__(self) -> None:
        ids = Ids("r")
        self.processes = [_process(self.table, ids, **believes) for believes in PROCESSES]
        clock = self.processes[0].office.clock
        for process in self.processes:
            process.office.clock = clock
        self.processes[0].online(*AGENTS)

    def step(self) -> None:
        """One thing happens. A request of it may break, or another process acts before it; then it is done again."""
        self.processes[0].office.clock.advance(seconds=1)
        work, between = self.act(), self.act()
        at, moment = self.rng.randint(1, 6), self.rng.choice(["before", "after"])
        broken = Failing(OurFault("broken"), at=at, moment=moment)
        hooks: list[Hook] = [broken, Interrupting(self.table, between, at=at)]
        self.table.hook = self.rng.choice(hooks)
        with suppress(HeartlineError):
            work()
        self.table.hook = healthy
        with suppress(HeartlineError):
            work()

    def act(self) -> Callable[[], object]:
        usual = [self.text, self.plan, self.plan, self.claim, self.claim, self.by_hand, self.by_hand]
        return self.rng.choice([*usual, self.presence, self.sync])()

    def text(self) -> Callable[[], object]:
        self.texts += 1
        number = self.texts
        return lambda: self.process().text(str(number))

    def plan(self) -> Callable[[], object]:
        """A claim of what waits now, by what is known now."""
        process = self.process()
        agent, waiting = self.agent_of(process), self.conversations(State.WAITING)
        if waiting:
            self.planned.append(claim_of(process, self.rng.choice(waiting), agent))
        return _nothing

    def claim(self) -> Callable[[], object]:
        """Some of one agent's planned claims at once, each of which may be long out of date; a few are kept."""
        process, agent = self.process(), self.rng.choice(AGENTS)
        mine = {move.before.id: move for move in self.planned if move.after.agent == agent and move.gate is not None}
        epochs = {move.gate.epoch for move in mine.values() if move.gate is not None}
        chosen = [move for move in mine.values() if move.gate is not None and move.gate.epoch == max(epochs)]
        if self.rng.random() < 0.7:
            self.planned = [move for move in self.planned if move not in chosen]
        return (lambda: claimed_together(process, chosen)) if chosen else _nothing

    def by_hand(self) -> Callable[[], object]:
        handover = (process := self.process()).handover
        conversations = self.conversations()
        if not conversations:
            return _nothing
        conversation, agent = self.rng.choice(conversations), process.profile(self.agent_of(process))
        return self.rng.choice(
            [
                lambda: handover.close(conversation),
                lambda: handover.close(conversation),
                lambda: handover.assign(conversation, agent),
                lambda: handover.unassign(conversation),
                lambda: handover.reopen(conversation),
            ]
        )

    def presence(self) -> Callable[[], object]:
        process, chosen = self.process(), self.rng.choice(["ONLINE", "ONLINE", "AWAY"])
        agent = process.profile(self.agent_of(process))
        return lambda: process.presence.choose(agent, chosen)

    def sync(self) -> Callable[[], object]:
        process = self.process()
        return lambda: process.presence.sync(process.company_read)

    def process(self) -> Routed:
        return self.rng.choice(self.processes)

    def agent_of(self, process: Routed) -> str:
        return self.rng.choice([profile.id for profile in process.company_read.agents])

    def conversations(self, *states: State) -> list[str]:
        heads = [item for item in self.table.everything() if item["SK"] == "HEAD"]
        return [item["PK"].removeprefix("C#") for item in heads if not states or item["state"] in states]

    def go_home(self) -> None:
        """Close everything, and let the last configuration be followed."""
        last = self.processes[-1]
        for conversation in self.conversations():
            last.handover.close(conversation)
        last.presence.sync(last.company_read)


def _nothing() -> None:
    """There is nothing to do it with."""


def _process(table: MemoryTable, ids: Ids, *, pool: str, units: int | None, weights: dict[str, float]) -> Routed:
    process = Routed(table, ids=ids, policy=replace(POLICY, weights=weights))
    agents = tuple(
        replace(profile, pool=pool, units=units, capacity={Channel.SMS: 3, Channel.EMAIL: 2})
        if profile.id == "ana"
        else profile
        for profile in process.company_read.agents
        if pool or profile.id != "ana"
    )
    process.company_read = replace(process.company_read, agents=agents)
    return process


@pytest.mark.parametrize("seed", SEEDS)
def test_after_every_step_each_place_is_held_by_whom_its_conversation_says(seed: int) -> None:
    shift = Shift(table := MemoryTable(), random.Random(seed))
    for _ in range(STEPS):
        shift.step()
        assert violations(table.everything()) == []

    shift.go_home()

    assert violations(table.everything()) == []
    state = shift.processes[-1].state("ana")
    assert (state.open, state.agent.pool, state.free_units) == ({}, "over", 6)
    assert state.agent.capacity["sms"] == state.agent.free("sms") == 3
