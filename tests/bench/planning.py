"""What a decision costs in a backlog: time and heads read for each assignment, and memory, as the line grows."""

import gc
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from timeit import repeat
from typing import Final

from heartline.domain.routing.floor import Floor
from heartline.domain.routing.lines import Line
from heartline.domain.routing.model import Agent, Decision, Demand, Policy, Step, Waiting
from heartline.domain.routing.planning import plan_lines

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
AGENTS: Final = 5_000
CHANNELS: Final = ("email", "sms", "voice")
LANGUAGES: Final = 7
TOPICS: Final = 20
PROFILES: Final = 300
"""5,000 agents of 300 skill profiles; 3 channels x 7 languages x 20 topics are 420 classes."""

ASSIGNMENTS: Final = 1_000
"""How many claims are planned at each size, so that the sizes differ in nothing but who else waits."""

LONG: Final = 10_000
"""How many the longest tick claims."""

MICROSECONDS: Final = 15.0
FLATNESS: Final = 1.2
"""The most that an assignment may take, and the most that the slowest size may take against the fastest."""

READY: Final = 64
"""How many heads of a line exist before the clock starts; a line that is read further makes its heads on the way."""

POLICY: Final = Policy(blocks={"voice": frozenset({"email", "sms"})})
NOW: Final = 2e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """One size: processor seconds for each of the first claims, for each of all, for a copy; heads read, bytes."""

    waiting: int
    assignments: int
    first: float
    each: float
    copy: float
    reads: int
    peak: int

    @property
    def reads_each(self) -> float:
        return self.reads / self.assignments


class Backlog:
    """The lines of `size` waiting conversations, and how many of their heads have been read."""

    def __init__(self, size: int) -> None:
        self.reads = 0
        self.lines = [
            Line(demand=demand, heads=self._counted(_ready(demand, place, size)))
            for place, demand in enumerate(classes())
        ]

    def _counted(self, heads: Iterator[Waiting]) -> Iterator[Waiting]:
        for head in heads:
            self.reads += 1
            yield head


def planned(runs: int, sizes: Sequence[int] = SIZES) -> list[Planning]:
    """The best of `runs` for each size; the sizes take turns, so that a slow minute slows all."""
    rounds = [[_timed(size) for size in sizes] for _ in range(runs)]
    agent = team()[0]
    copy = min(repeat(lambda: replace(agent, last=NOW), number=2_000, repeat=runs)) / 2_000
    return [_measured(size, copy, [turn[place] for turn in rounds]) for place, size in enumerate(sizes)]


def flatness(plans: Sequence[Planning]) -> float:
    """The slowest size against the fastest, for the same claims."""
    return max(plan.first for plan in plans) / min(plan.first for plan in plans)


def met(plans: Sequence[Planning]) -> bool:
    """Flat, and fast enough where enough wait for a long tick."""
    long = [plan.each for plan in plans if plan.waiting >= LONG]
    return flatness(plans) <= FLATNESS and max(long) * 1e6 <= MICROSECONDS


def claims(backlog: Backlog, *, most: int = ASSIGNMENTS) -> list[Decision]:
    """The first `most` claims of a plan."""
    decisions = plan_lines(Floor(team(), POLICY, NOW), backlog.lines, explain=False)
    return list(islice((each for each in decisions if each.agent), most))


def team() -> list[Agent]:
    """Mostly idle: every fifth has one mail open."""
    return [
        Agent(
            id=f"a{n:04}",
            skills=_skills(n % PROFILES),
            capacity={"email": 3, "sms": 3, "voice": 1},
            load={} if n % 5 else {"email": 1},
            last=n * 7919 % 1_000,
        )
        for n in range(AGENTS)
    ]


def _timed(size: int) -> tuple[float, float]:
    """Processor seconds for each of the first claims, and for each of all in a tick of at most `LONG`."""
    backlog, agents = Backlog(size), team()
    gc.collect()
    gc.freeze()  # the backlog stands for what is in the table: collecting the plan's garbage is not to look through it
    try:
        began = time.process_time()
        plan = plan_lines(Floor(agents, POLICY, NOW), backlog.lines, explain=False)
        decisions = (each for each in plan if each.agent)
        first = sum(1 for _ in islice(decisions, ASSIGNMENTS))
        then = time.process_time()
        others = sum(1 for _ in islice(decisions, LONG - ASSIGNMENTS))
        return (then - began) / first, (time.process_time() - began) / (first + others)
    finally:
        gc.unfreeze()


def _measured(size: int, copy: float, times: Sequence[tuple[float, float]]) -> Planning:
    """Count what is read, and the memory of a plan with its claims; following every allocation would slow the clock."""
    backlog = Backlog(size)
    tracemalloc.start()
    try:
        count = len(claims(backlog))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    first, each = (min(column) for column in zip(*times, strict=True))
    return Planning(waiting=size, assignments=count, first=first, each=each, copy=copy, reads=backlog.reads, peak=peak)


def _skills(profile: int) -> dict[str, int]:
    """One or two languages and three topics, so that each class is served by several profiles."""
    languages = {profile % LANGUAGES, profile % (LANGUAGES - 1)}
    topics = {(profile * 3 + step) % TOPICS for step in range(3)}
    return {f"l{n}": 1 + profile % 3 for n in languages} | {f"t{n}": 1 for n in topics}


def classes() -> list[Demand]:
    needs = [((f"l{language}", 1), (f"t{topic}", 1)) for language in range(LANGUAGES) for topic in range(TOPICS)]
    return [Demand(channel=channel, steps=(Step(needs=each),)) for channel in CHANNELS for each in needs]


def _ready(demand: Demand, place: int, size: int) -> Iterator[Waiting]:
    heads = _heads(demand, place, size)
    return chain(list(islice(heads, READY)), heads)


def _heads(demand: Demand, place: int, size: int) -> Iterator[Waiting]:
    """The conversations of a class, among `size` that came in turn, one class after the other."""
    classes = len(CHANNELS) * LANGUAGES * TOPICS
    return (Waiting(id=f"c{n:07}", demand=demand, enqueued=n) for n in range(place, size, classes))
