"""Plays a schedule: actors begin, pause, go on and break as its cues say, over one table."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Contended, Unavailable
from heartline.domain.inboxes import Company
from heartline.domain.intake import Arrival
from heartline.storage.items import conversation_from_item
from heartline.storage.stream import causes_of
from tests.fakes import FixedClock, Ids
from tests.faults.schedules.acts import ACTS, INSTANT, deliver
from tests.faults.schedules.drawing import GO_ON, PROCESSES, Cue
from tests.faults.schedules.rules import left_behind, unserved
from tests.faults.schedules.stage import TO_THE_END, Actor, Ending, Stage
from tests.faults.schedules.stores import LaggingTable, Rows, Store
from tests.faults.schedules.ticks import Tick, tick_of
from tests.faults.schedules.troupe import Process, Queues, process_of
from tests.faults.schedules.witness import Witness
from tests.office import NOON

MOST_PAUSED = 4
"""So many actors are in the middle of something at once."""

MOST_DELIVERIES = 400
"""More than any company as small as these needs to come to rest (I9)."""


@dataclass(slots=True)
class Play:
    """One schedule under way. `errors` are what no caller should see; `most_requests` is by act."""

    store: Store
    stage: Stage
    company: Company
    seed: int
    witness: Witness = field(init=False)
    queues: Queues = field(init=False)
    processes: list[Process] = field(init=False)
    newest: Company = field(init=False)
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOON + timedelta(hours=1)))
    paused: list[tuple[Cue, Actor, Process]] = field(default_factory=list)
    ticks: dict[Actor, Tick] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    undelivered: list[Arrival] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    offers: list[Conversation] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    over: list[tuple[Cue, Actor]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rng = random.Random(f"clocks {self.seed}")
        self.newest = self.company
        self.queues = Queues(self.clock)
        self.witness = Witness(store=self.store, stage=self.stage, told=self._stream)
        self.stage.seen = self.witness.look
        ids = Ids("r")
        skews = (0.0, *(rng.randint(-2000, 2000) / 1000 for _ in range(PROCESSES - 1)))  # whole milliseconds, as ours
        self.processes = [
            process_of(self.store.table, self.company, queues=self.queues, ids=ids, skew=skew, witness=self.witness)
            for skew in skews
        ]
        for process in self.processes[1:]:
            process.routed.office.conversation_ids = self.processes[0].routed.office.conversation_ids

    @property
    def rows(self) -> Rows:
        return self.witness.rows

    def heads(self, *states: State) -> list[Conversation]:
        """The conversations in these states, in any if none is given, as they are now."""
        items = [item for key, item in sorted(self.rows.items()) if key[1] == "HEAD"]
        return [conversation_from_item(item) for item in items if not states or item["state"] in states]

    def open_for_business(self) -> None:
        """Everybody comes, but for every fourth."""
        rng = random.Random(f"shift {self.seed}")
        for agent in self.company.agents:
            self.processes[0].routed.presence.choose(agent, "ONLINE" if rng.random() < 0.75 else "OFFLINE")

    def play(self, cues: Sequence[Cue]) -> None:
        self.open_for_business()
        for cue in cues:
            self.cue(cue)
        self.finish()

    def cue(self, cue: Cue) -> None:
        if isinstance(self.store.table, LaggingTable) and cue.act == "lag":
            self.store.table.lag = cue.a % 12
        elif cue.act in INSTANT:
            INSTANT[cue.act](self, cue)
        elif cue.act == GO_ON or len(self.paused) >= MOST_PAUSED:
            self._go_on(cue)
        elif cue.act in ACTS:
            self._begin(cue)

    def finish(self) -> None:
        """Whoever is in the middle of something comes to its end."""
        for _, actor, _ in self.paused:
            self.stage.let(actor, TO_THE_END, Ending.PAUSES)
        self._sort_out()

    def rest(self) -> None:
        """Whoever acts comes to an end, all that was sent is delivered, and nobody waits beside a free agent (I8)."""
        self.finish()
        self.drain(self.clock())
        company, now = self.processes[0].company, self.clock()
        when = "although all causes were delivered"
        self.errors += unserved(self.rows, company, now, when, among=self.agreed())
        self.errors += left_behind(self.rows, company, now)

    def agreed(self) -> set[str]:
        """The agents whom all processes know alike: causes about others may have come to one that knows less."""
        known = [{agent.id: agent for agent in process.company.agents} for process in self.processes]
        return {agent.id for agent in self.newest.agents if all(each.get(agent.id) == agent for each in known)}

    def drain(self, until: datetime) -> None:
        """Deliver what was sent, and what comes of it, until nothing is due up to then; time passes as it has to."""
        router, queues = self.processes[0], self.queues
        for _ in range(MOST_DELIVERIES):
            if queues.causes:
                self._deliver(tick_of(router, self.rows, take=list))
                continue
            following = min((each for each in queues.due if each[0] <= until), key=lambda each: each[0], default=None)
            if following is None:
                self.clock.at = max(self.clock.at, until)
                return
            queues.due.remove(following)
            self.clock.at = max(self.clock.at, following[0])
            message = following[1]
            self._deliver(lambda message=message: deliver(router, message, lambda: None))  # type: ignore[misc]
        self.errors.append(f"I9: after {MOST_DELIVERIES} deliveries there were still causes for more")

    def _deliver(self, work: Callable[[], object]) -> None:
        """Nothing breaks any more now: whatever fails is a fault."""
        try:
            work()
        except Exception as broken:  # noqa: BLE001 - it is told
            self.errors.append(f"broke: a delivery at rest: {broken!r}")
            self.queues.causes.clear()

    def _begin(self, cue: Cue) -> None:
        process = self.processes[cue.process]
        work = ACTS[cue.act](self, cue, process)
        if work is None:
            return
        actor = Actor(name=str(cue), work=work, faults=self.store.fault)
        self.paused.append((cue, actor, process))
        self.stage.let(actor, cue.requests, cue.ending)
        self._sort_out()

    def _go_on(self, cue: Cue) -> None:
        if self.paused:
            self.stage.let(self.paused[cue.a % len(self.paused)][1], cue.requests, cue.ending)
            self._sort_out()

    def _sort_out(self) -> None:
        over = [each for each in self.paused if each[1].is_over]
        self.paused = [each for each in self.paused if not each[1].is_over]
        for cue, actor, process in over:
            self.over.append((cue, actor))
            if actor.was_killed:
                process.forget()
            elif actor.broken is not None:
                self.errors.append(f"broke: {cue.act}: {actor.broken!r}")
            self.check_answer(cue, actor)

    def check_answer(self, cue: Cue, actor: Actor) -> None:
        """I4: what was answered is written."""
        head = actor.result
        if isinstance(head, Conversation):
            answered = (head.version, head.state.value, head.reservation)
            if answered not in self.witness.history[head.id]:
                self.errors.append(f"I4: {cue.act} answered that {head.id} is {answered}, which it never was")

    def take_in(self, arrival: Arrival, process: Process) -> str:
        """A message comes; if it is not taken in, its queue brings it again at the end."""
        self.undelivered.append(arrival)
        try:
            conversation = process.routed.office.ingest(arrival)
        except (Contended, Conflict, Unavailable):
            return ""
        self.undelivered.remove(arrival)
        self.acknowledged.add(arrival.event)
        return conversation

    def now(self) -> datetime:
        return self.clock()

    def _stream(self, changes: list[dict[str, Any]]) -> None:
        causes = causes_of(changes)
        if causes.routing:
            self.queues.causes.append({"cause": "change"})
        for conversation, version, ends in causes.replies:
            self.queues.later({"due": "reply", "conversation": conversation, "version": version, "ends": ends})

    def changed(self, agent: str, **words: Any) -> Company:
        """The newest configuration with this of the agent changed."""
        agents = tuple(replace(each, **words) if each.id == agent else each for each in self.newest.agents)
        self.newest = replace(self.newest, agents=agents)
        return self.newest
