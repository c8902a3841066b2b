"""Random worlds for a decision, small and crowded, so that rules meet each other."""

from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st

from heartline.domain.routing.model import (
    Agent,
    AgentOrder,
    Decline,
    Demand,
    PlanKind,
    Policy,
    Pool,
    Preference,
    Step,
    Waiting,
)

NOW: Final = 100
CHANNELS: Final = ("email", "sms", "voice")
NAMES: Final = ("a1", "a10", "a2", "a3", "a4")

_channels = st.sampled_from(CHANNELS)
_levels = st.dictionaries(st.sampled_from(("fr", "it")), st.integers(0, 3), max_size=2)
_needs = st.sampled_from(((), (), (("fr", 1),), (("fr", 2),), (("it", 1),), (("fr", 1), ("it", 2))))
_pools = st.sampled_from(("main", "main", "over"))
_lately = st.sampled_from((NOW - 30, NOW - 10, NOW, NOW + 2))
_ages = st.sampled_from((0, 0, 10, 30))
_past = st.integers(NOW - 40, NOW)

policies = st.builds(
    Policy,
    agent_order=st.sampled_from(AgentOrder),
    retry_after=st.integers(0, 20),
    plan=st.just(PlanKind.GREEDY),
    rest=st.sampled_from((None, 0, 10, 30)),
    weights=st.dictionaries(_channels, st.integers(0, 3)),
    blocks=st.just({}) | st.dictionaries(_channels, st.frozensets(_channels, max_size=2), max_size=2),
)

_agent = st.builds(
    Agent,
    id=st.just(""),
    presence=st.sampled_from(("ONLINE", "ONLINE", "ONLINE", "ONLINE", "AWAY")),
    epoch=st.integers(0, 1),
    pool=_pools,
    skills=_levels,
    capacity=st.fixed_dictionaries(
        {"email": st.integers(1, 3)}, optional=dict.fromkeys(CHANNELS[1:], st.integers(0, 3))
    ),
    load=st.just({}) | st.dictionaries(_channels, st.integers(0, 2), max_size=2),
    units=st.sampled_from((None, None, 3, 6)),
    off=st.sampled_from((frozenset(), frozenset(), frozenset({"sms"}))),
    last=_lately,
    last_heated=st.none() | _lately,
)

agents = st.lists(_agent, min_size=1, max_size=len(NAMES)).map(
    lambda found: [replace(agent, id=name) for agent, name in zip(found, NAMES, strict=False)]
)

crowds = st.lists(_agent, min_size=12, max_size=24).map(
    lambda found: [replace(agent, id=f"a{n}") for n, agent in enumerate(found)]
)
"""Enough of them to be alike in all sorts of ways."""

demands = st.builds(
    Demand,
    channel=_channels,
    steps=st.lists(st.builds(Step, needs=_needs, lasts=st.none() | st.integers(0, 30)), min_size=1, max_size=3).map(
        tuple
    ),
    pools=st.lists(st.builds(Pool, name=_pools, opens=st.integers(0, 30)), min_size=1, max_size=3).map(tuple),
)

_head = st.builds(
    Waiting,
    id=st.just(""),
    demand=demands,
    enqueued=st.sampled_from((NOW - 40, NOW - 30, NOW - 29, NOW - 10, NOW, NOW + 2)),
    band=st.integers(1, 2),
    boost=st.integers(0, 20),
    heated=st.booleans(),
    preference=st.none()
    | st.none()
    | st.builds(
        Preference, agent=st.sampled_from((*NAMES, "ghost")), window=st.integers(0, 50), ignore_skills=st.booleans()
    ),
    hours=st.sampled_from((None, None, None, ((NOW - 9, NOW),), ((NOW, NOW + 1),))),
    declines=st.just({})
    | st.just({})
    | st.dictionaries(st.sampled_from((*NAMES, "ghost")), st.builds(Decline, epoch=st.integers(0, 1), at=_past)),
)


def heads(most: int) -> st.SearchStrategy[list[Waiting]]:
    """Up to `most` conversations, some of which ask for the very same."""
    alike: st.SearchStrategy[Any] = st.tuples(st.lists(demands, min_size=1, max_size=3), st.lists(_head, max_size=most))
    return alike.map(lambda drawn: [_joined(head, n, drawn[0]) for n, head in enumerate(drawn[1])])


def _joined(head: Waiting, n: int, classes: list[Demand]) -> Waiting:
    return replace(head, id=f"c{n}", demand=classes[n % len(classes)] if n % 3 else head.demand)
