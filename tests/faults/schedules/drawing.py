"""Schedules drawn from a seed: what happens in a company, who does it, for how many requests, and what breaks."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from tests.faults.schedules.stage import TO_THE_END, Ending

Word = TypeVar("Word")

GO_ON: Final = "go on"
"""Not a new act: one that has paused goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One line of a schedule. `a` and `b` choose whom and what it is about, among those who are there then.

    `number` names it, whatever else is dropped from the schedule.
    """

    number: int
    act: str
    a: int
    b: int
    process: int
    requests: int = TO_THE_END
    ending: Ending = Ending.PAUSES

    def __str__(self) -> str:
        how = "to its end" if self.requests == TO_THE_END else f"{self.ending.value} request {self.requests}"
        return f"{self.number:3}. {self.act}({self.a}, {self.b}) on process {self.process}, {how}"


REST: Final = "rest"
"""Everybody comes to an end, and what was sent so far is delivered: a moment at which nobody waits in vain (I8)."""

SHARES: Final = {
    GO_ON: 34,
    "tick": 26,
    "text": 10,
    "letter": 5,
    "call": 6,
    "close": 9,
    "accept": 8,
    "decline": 4,
    "presence": 6,
    "take": 2,
    "assign": 2,
    "unassign": 3,
    "snooze": 3,
    "wake": 1,
    "priority": 2,
    "escalate": 1,
    "heated": 1,
    "hand over": 1,
    "hang up": 2,
    "again": 2,
    "time": 6,
    "sweep": 1,
    "configure": 2,
    "reload": 2,
    "told": 6,
    "reopen": 2,
    "lag": 1,
    "away and back": 1,
    REST: 6,
}
"""How often each act is drawn."""

FAIR: Final = {"text": 10, "tick": 8, "again": 2, "time": 2}
"""The acts of a world in which agents must come out even (I11): one tick at a time, and nobody but the router acts."""

_MET: Final = {"presence": 3, "away and back": 3, "assign": 3, "close": 2, "decline": 1, "snooze": 1, "call": 1}
MEETING: Final = {"tick": 8, "accept": 3, **_MET}
MEETINGS: Final = 0.1
"""How often two such acts are made to meet; a cue of its own seldom does."""

_ENDINGS: Final = {
    Ending.PAUSES: 30,
    Ending.KILLED_BEFORE: 2,
    Ending.KILLED_AFTER: 3,
    Ending.ANSWER_LOST: 3,
    Ending.THROTTLED: 2,
    Ending.CONFLICT: 2,
}
_LENGTHS: Final = {TO_THE_END: 8, 1: 3, 2: 4, 3: 4, 4: 3, 5: 3, 6: 2, 8: 2, 11: 1}
CUES: Final = (24, 60)
ARRIVALS: Final = 4
"""How many customers have written before anything else happens."""

PROCESSES: Final = 3


def drawn(seed: int, *, fair: bool) -> tuple[Cue, ...]:
    """The schedule of a seed."""
    rng = random.Random(f"schedule {seed}")
    shares = FAIR if fair else SHARES
    cues: list[Cue] = []
    for _ in range(rng.randint(*CUES)):
        meets = not fair and rng.random() < MEETINGS
        cues += _meeting(rng, len(cues) + 1) if meets else [_cue(rng, len(cues) + 1, shares, fair=fair)]
    return (*map(_arrival, cues[:ARRIVALS]), *cues[ARRIVALS:])


def _meeting(rng: random.Random, number: int) -> list[Cue]:
    """Somebody acts while somebody else is in the middle of something, and then it is looked at."""
    acts = (_one(rng, MEETING), _one(rng, MEETING), GO_ON, REST)
    drawn_ones = [_cue(rng, number + place, {act: 1}, fair=True) for place, act in enumerate(acts)]
    first = replace(drawn_ones[0], requests=rng.randint(1, 8), ending=Ending.PAUSES)
    second = replace(drawn_ones[1], requests=rng.choice([TO_THE_END, TO_THE_END, 1, 2, 3, 4]), ending=Ending.PAUSES)
    return [first, second, *drawn_ones[2:]]


def _arrival(cue: Cue) -> Cue:
    return replace(cue, act="letter" if cue.b % 3 == 0 else "text", requests=TO_THE_END, ending=Ending.PAUSES)


def _cue(rng: random.Random, number: int, shares: Mapping[str, int], *, fair: bool) -> Cue:
    act = _one(rng, shares)
    requests, ending = _one(rng, _LENGTHS), _one(rng, _ENDINGS)
    pauses = ending is Ending.PAUSES
    return Cue(
        number=number,
        act=act,
        a=rng.randint(0, 99),
        b=rng.randint(0, 99),
        process=rng.randrange(PROCESSES),
        requests=TO_THE_END if fair and pauses else requests,
        ending=ending,
    )


def _one(rng: random.Random, shares: Mapping[Word, int]) -> Word:
    return rng.choices(list(shares), weights=list(shares.values()))[0]
