"""What `plan: max` costs in a long band, which it plans as a whole: time for each claim, and for those of one tick."""

import gc
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from heartline.domain.routing.floor import Floor
from heartline.domain.routing.model import Agent, PlanKind
from heartline.domain.routing.planning import plan_lines
from heartline.services.tick import MOST_CLAIMS
from tests.bench.planning import NOW, POLICY, Backlog, team

LONG_BAND: Final = 10_000
STAFF: Final = 500

TICK_SECONDS: Final = 2.0
"""The most that the claims of one tick may take to plan: as long as a tick may last."""

TIES: Final[Mapping[str, tuple[Mapping[str, frozenset[str]], float | None]]] = {
    "nothing": ({}, None),
    "blocks": (POLICY.blocks, None),
    "units": ({}, 6),
}
"""What ties an agent's places to each other: the blocks of a policy, or units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Processor seconds until a tick has its claims, and for all claims; how many those are, and heads read."""

    tied: str
    tick: float
    whole: float
    claims: int
    reads: int
    bounded: bool

    @property
    def each(self) -> float:
        return self.whole / self.claims

    @property
    def met(self) -> bool:
        return self.tick <= TICK_SECONDS


def bands(runs: int) -> list[Band]:
    """The best of `runs` for each kind of tie."""
    return [min((planned_band(tied) for _ in range(runs)), key=lambda band: band.whole) for tied in TIES]


def planned_band(tied: str) -> Band:
    """Plan one band to its end."""
    blocks, units = TIES[tied]
    policy, agents, backlog = replace(POLICY, plan=PlanKind.MAX, blocks=blocks), staff(units), Backlog(LONG_BAND)
    gc.collect()
    began = time.process_time()
    claims = (each for each in plan_lines(Floor(agents, policy, NOW), backlog.lines, explain=False) if each.agent)
    first = list(islice(claims, MOST_CLAIMS))
    tick = time.process_time() - began
    others = sum(1 for _ in claims)
    return Band(
        tied=tied,
        tick=tick,
        whole=time.process_time() - began,
        claims=len(first) + others,
        reads=backlog.reads,
        bounded=first[0].bounded,
    )


def staff(units: float | None) -> list[Agent]:
    return [replace(agent, units=units) for agent in team()[:STAFF]]
