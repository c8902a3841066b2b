"""The same companies, and processes that really run side by side against MiniStack.

Nothing is stepped and no two runs are alike, so what must hold at rest is asked.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from heartline.domain.errors import HeartlineError
from heartline.storage.dynamodb import Table
from tests.fakes import Ids
from tests.faults.breaking import Killed
from tests.faults.schedules.acts import ACTS, INSTANT
from tests.faults.schedules.company import company_of
from tests.faults.schedules.drawing import GO_ON, REST, Cue, drawn
from tests.faults.schedules.play import Play
from tests.faults.schedules.rules import overdue, unserved
from tests.faults.schedules.stage import AFTER, BEFORE, Stage
from tests.faults.schedules.stores import HookedClient, OnMoto, Rows
from tests.faults.schedules.troupe import Process, process_of
from tests.invariants import violations
from tests.tables import dynamodb_client, new_table
from tests.world import stored

THREADS: Final = 4
FAULTY: Final = 0.02
"""How often a request breaks."""


@dataclass(frozen=True, slots=True)
class OnMiniStack(OnMoto):
    """A real endpoint, read by a client of its own."""

    looking: Any = None

    def rows(self) -> Rows:
        return {(item["PK"], item["SK"]): item for item in stored(self.looking, self.name)}


@dataclass(slots=True)
class Breaking:
    """A hook that breaks a request now and then, as its seed says, until it is `over`."""

    rng: random.Random
    store: OnMoto
    over: bool = False

    def __call__(self, moment: str, operation: str) -> None:
        if self.over or self.rng.random() > FAULTY:
            return
        error = self.store.fault(self.rng.choice(sorted(BEFORE if moment == "before" else AFTER)), operation)
        if error is not None:
            raise error


@dataclass(slots=True)
class Crowd(Play):
    """A play without a stage: a process for each thread, with a client of its own."""

    endpoint: str = ""
    breaking: list[Breaking] = field(default_factory=list)

    @property
    def rows(self) -> Rows:
        return self.store.rows()

    def gather(self) -> None:
        assert isinstance(self.store, OnMoto)
        run = uuid.uuid4().hex[:8]  # a reservation is a request token, which the endpoint remembers
        self.processes = [self._process(number, run, self.store) for number in range(THREADS)]
        self.open_for_business()

    def _process(self, number: int, run: str, store: OnMoto) -> Process:
        rng = random.Random(f"crowd {self.seed} {number}")
        self.breaking.append(Breaking(rng, store, over=True))
        client: Any = HookedClient(dynamodb_client(self.endpoint), self.breaking[-1])
        process = process_of(
            Table(client, store.name),
            self.company,
            queues=self.queues,
            ids=Ids(f"r{run}{number}-"),
            skew=rng.randint(-2000, 2000) / 1000 if number else 0,
            witness=self.witness,
        )
        process.routed.office.conversation_ids = Ids(f"c{number}")
        return process

    def run(self, cues: Sequence[Cue]) -> None:
        """Each process takes every fourth cue, as fast as it can."""
        self._break(over=False)
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda number: self._work(number, cues[number::THREADS]), range(THREADS)))
        self._break(over=True)

    def _break(self, *, over: bool) -> None:
        for each in self.breaking:
            each.over = over

    def _work(self, number: int, cues: Sequence[Cue]) -> None:
        for cue in cues:
            try:
                self._act(cue, self.processes[number])
            except HeartlineError:
                continue
            except Killed:
                self.processes[number].forget()
            except Exception as broken:  # noqa: BLE001 - it is told
                self.errors.append(f"broke: {cue.act}: {broken!r}")

    def _act(self, cue: Cue, process: Process) -> None:
        if cue.act in INSTANT and cue.act != REST:
            INSTANT[cue.act](self, cue)
        work = ACTS["tick" if cue.act in {GO_ON, REST} else cue.act](self, cue, process) if cue.act in _ACTED else None
        if work is not None:
            work()


_ACTED: Final = {*ACTS, GO_ON, REST}


def crowded(seed: int, endpoint: str) -> list[str]:
    """Let a crowd play the schedule of a seed on a table of its own; one sentence for each thing that was wrong."""
    client = dynamodb_client(endpoint)
    store = OnMiniStack(Table(client, name := new_table(client)), name, client)
    crowd = Crowd(store, Stage(), company_of(seed, fair=False), seed, endpoint=endpoint)
    crowd.gather()
    crowd.run(drawn(seed, fair=False))
    found = [*_at_rest(crowd)]
    client.delete_table(TableName=name)
    return [*crowd.errors, *found]


def _at_rest(crowd: Crowd) -> Iterator[str]:
    router = crowd.processes[0]
    router.read(crowd.newest)
    for arrival in list(crowd.undelivered):
        router.routed.office.ingest(arrival)
        crowd.acknowledged.add(arrival.event)
    for agent in crowd.newest.agents:
        router.routed.presence.beat(agent)
    repaired = router.routed.sweep().repaired
    if repaired:
        yield f"I3: the sweep had to repair {repaired}"
    crowd.drain(crowd.clock())
    rows = crowd.rows
    yield from violations(rows.values())
    yield from unserved(rows, crowd.newest, crowd.clock(), "at rest")
    yield from overdue(rows, crowd.clock())
    events = {key[0] for key in rows if key[0].startswith("IN#")}
    for event in crowd.acknowledged:
        if not any(guard.endswith(event) for guard in events):
            yield f"I4: {event} was acknowledged and is not there"
