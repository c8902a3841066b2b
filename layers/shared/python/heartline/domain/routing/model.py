"""The facts a routing decision is made from, and the words it is explained in.

Channels, skills and pools are plain text. Times are seconds since the epoch; whole ones in a replay, with a fraction
in production.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple

ONLINE: Final = "ONLINE"
"""The only presence that automatic work is given in; any other text means "not now"."""

AWAY: Final = "AWAY"
"""The presence that an offer which nobody answered leaves behind."""

UNANSWERED: Final = "did not answer"
"""Why an agent is away then, as colleagues read it."""

Needs = tuple[tuple[str, int], ...]
"""Pairs of a skill and its least level, sorted by skill."""


class AgentOrder(StrEnum):
    """How eligible agents are ranked (R3)."""

    LOAD_IDLE = "load_idle"
    IDLE = "idle"
    BEST = "best"
    SPARE = "spare"


class OnTimeout(StrEnum):
    """What an offer that nobody answered does to its agent's presence (R6)."""

    AWAY = "away"
    KEEP = "keep"


class PlanKind(StrEnum):
    """Whether conversations are placed one by one, or a band as a whole (R18)."""

    GREEDY = "greedy"
    MAX = "max"


class Refusal(StrEnum):
    """The rule that keeps an agent from a conversation; the first that applies, in this order."""

    PRESENCE = "presence"
    CHANNEL = "channel"
    POOL = "pool"
    SKILL = "skill"
    EXCLUDED = "excluded"
    SLOT = "slot"
    UNITS = "units"
    BLOCKED = "blocked"


class Why(StrEnum):
    """Why a conversation goes on waiting."""

    HOURS = "hours"
    PREFERRED = "preferred"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a company routes.

    `offers` maps a channel to the seconds an agent has to accept; a channel not named is assigned directly.
    `weights` maps a channel to units (1 if not named), `blocks` a channel to those its open work forbids,
    `wrap` a channel to seconds of wrap-up. `rest` is the seconds after heated work, None for no rotation.
    """

    agent_order: AgentOrder = AgentOrder.LOAD_IDLE
    offers: Mapping[str, int] = field(default_factory=dict)
    on_timeout: OnTimeout = OnTimeout.AWAY
    retry_after: int = 30
    plan: PlanKind = PlanKind.GREEDY
    rest: int | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    blocks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    wrap: Mapping[str, int] = field(default_factory=dict)

    def weight(self, channel: str) -> float:
        return self.weights.get(channel, 1)

    def blockers(self, channel: str) -> tuple[str, ...]:
        """The other channels whose open work forbids new automatic work on `channel` (R10)."""
        return tuple(other for other, blocked in self.blocks.items() if channel in blocked and other != channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is asked for until it is relaxed; `lasts` is in seconds, None for ever (R9)."""

    needs: Needs
    lasts: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A pool that may serve a conversation once its age reaches `opens` seconds (R11)."""

    name: str
    opens: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What conversations of one class ask for."""

    channel: str
    steps: tuple[Step, ...]
    pools: tuple[Pool, ...] = (Pool(name="main"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """The agent whom a conversation is kept for during `window` seconds from its enqueueing (R8)."""

    agent: str
    window: float
    ignore_skills: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """When an agent refused a conversation, and in which epoch of their presence: it is void in any other (R7)."""

    epoch: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The head of a waiting conversation. `hours` are half-open intervals, None for always (R12)."""

    id: str
    demand: Demand
    enqueued: float
    version: int = 0
    band: int = 5
    boost: float = 0
    heated: bool = False
    preference: Preference | None = None
    hours: tuple[tuple[float, float], ...] | None = None
    declines: Mapping[str, Decline] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """An agent as routing sees them.

    `load` counts all open work by channel: offers, assignments and wrap-up. `last` and `last_heated` are when the
    latest (heated) offer or assignment began. `units` is None where work is not weighed.
    """

    id: str
    presence: str = ONLINE
    epoch: int = 0
    pool: str = "main"
    skills: Mapping[str, int] = field(default_factory=dict)
    capacity: Mapping[str, int] = field(default_factory=dict)
    load: Mapping[str, int] = field(default_factory=dict)
    units: float | None = None
    off: frozenset[str] = frozenset()
    last: float = 0
    last_heated: float | None = None

    def free(self, channel: str) -> int:
        """Free slots on `channel`; below zero while over capacity (R14)."""
        return self.capacity.get(channel, 0) - self.load.get(channel, 0)

    def used(self, policy: Policy) -> float:
        """The weighted units of all open work."""
        return sum(count * policy.weight(channel) for channel, count in self.load.items())

    def carrying(self, channel: str, change: int) -> "Agent":
        """The agent with `change` more pieces of open work on `channel`."""
        return replace(self, load={**self.load, channel: self.load.get(channel, 0) + change})

    def given(self, channel: str, *, heated: bool, now: float) -> "Agent":
        """The agent once an offer or assignment has begun at `now`."""
        load = {**self.load, channel: self.load.get(channel, 0) + 1}
        return replace(self, load=load, last=now, last_heated=now if heated else self.last_heated)


_NOBODY: Final[Mapping[str, Refusal]] = {}


class Decision(NamedTuple):
    """What one matching decided about one conversation, and the trace of it. A tuple, for its fast making.

    `agent` is None while it waits, and then `why` says what for. `order` are the eligible agents by rank, `refused`
    the others with the rule that refused each; both are empty if no explanation was asked for. `new_round` says
    that this claim empties the decline memory, `bounded` that the search for the best plan was cut short (R18).
    """

    head: Waiting
    agent: str | None
    why: Why | None
    order: tuple[str, ...] = ()
    refused: Mapping[str, Refusal] = _NOBODY
    new_round: bool = False
    bounded: bool = False
