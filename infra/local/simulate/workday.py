"""What is simulated: who comes, who works and by which policy. All instants are whole milliseconds from midnight.

Milliseconds, because whole seconds would round away a part of short waits, and whole, because equal runs must be equal
on every machine. The policy and the demands are in milliseconds too; `in_milliseconds` makes them so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from heartline.domain.routing.model import Agent, Demand, Policy, Pool, Step
from infra.local.simulate.spread import Spread

SECOND: Final = 1000
HOUR: Final = 3600 * SECOND
DAY: Final = 24 * HOUR

OFF: Final = "OFF"
"""The presence of an agent who is not at work."""

Span = tuple[int, int]
"""A half-open interval of the day, in milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A service level: `share` (0 to 1) of all who come are to be answered within `within` milliseconds."""

    share: float
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The conversations of one class, which is named `name`; `inbox` is what it is also counted under.

    `rates` are spans with the arrivals expected in each of them. `patience` None means that nobody gives up. `heated`
    is the share (0 to 1) of hard ones (R17).
    """

    name: str
    demand: Demand
    handle: Spread
    inbox: str = ""
    band: int = 5
    boost: int = 0
    rates: tuple[tuple[Span, float], ...] = ()
    patience: Spread | None = None
    heated: float = 0
    target: Target = Target(share=0.8, within=20 * SECOND)

    @property
    def channel(self) -> str:
        return self.demand.channel

    @property
    def expected(self) -> float:
        """How many come on a day."""
        return sum(count for _, count in self.rates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One who comes, with all that chance decides about them. Times in milliseconds; `at` is when they come."""

    id: str
    stream: Stream
    at: int
    handle: int
    patience: int | None = None
    heated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One who came on a real day. What was not recorded (None) is drawn; `stays` says that they do not give up."""

    stream: Stream
    at: int
    handle: int | None = None
    patience: int | None = None
    stays: bool = False
    heated: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An agent of a staff group, and the spans in which they are at work: shifts without breaks, in order."""

    agent: Agent
    group: str
    duty: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workday:
    """A day to simulate. Who comes before `warm_up` is over is served, and not counted.

    `answer` is how long an agent takes to accept an offer, by channel; `back` is how long one who let an offer time out
    stays away. `recorded` are those of a file, who come in place of drawn ones.
    """

    streams: tuple[Stream, ...]
    staff: tuple[Member, ...]
    policy: Policy
    opens: int = 0
    closes: int = DAY
    warm_up: int = 0
    interval: int = HOUR
    answer: Mapping[str, Spread] = field(default_factory=dict)
    back: int = 60 * SECOND
    recorded: tuple[Recording, ...] | None = None


def in_milliseconds(policy: Policy) -> Policy:
    """The same policy with its times in milliseconds."""
    return replace(
        policy,
        offers={channel: seconds * SECOND for channel, seconds in policy.offers.items()},
        retry_after=policy.retry_after * SECOND,
        rest=None if policy.rest is None else policy.rest * SECOND,
        wrap={channel: seconds * SECOND for channel, seconds in policy.wrap.items()},
    )


def demand_in_milliseconds(demand: Demand) -> Demand:
    """The same demand with its times in milliseconds."""
    return replace(
        demand,
        steps=tuple(
            Step(needs=step.needs, lasts=None if step.lasts is None else step.lasts * SECOND) for step in demand.steps
        ),
        pools=tuple(Pool(name=pool.name, opens=pool.opens * SECOND) for pool in demand.pools),
    )
