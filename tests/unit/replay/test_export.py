"""What routing sees of a conversation becomes a scenario, and a replay of it decides as production does."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.domain.inboxes import Company
from heartline.domain.routing.explanation import Look, look_at
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
from heartline.domain.routing.states import AgentState
from heartline.domain.routing_rules import RoutingRules
from infra.local.replay.clock import replay
from infra.local.replay.export import scenario_of
from infra.local.replay.scenario import read_scenario

NOW = 1_790_000_000.75
NAMES = ("ana", "ben", "cleo", "dan")

_ago = st.one_of(st.integers(0, 130).map(float), st.floats(0, 130, allow_subnormal=False)).map(lambda age: NOW - age)
_channels = st.sampled_from(("email", "voice"))
_levels = st.dictionaries(st.sampled_from(("fr", "en")), st.integers(0, 3))
_needs = _levels.map(lambda levels: tuple(sorted(levels.items())))


def _agent(name: str) -> st.SearchStrategy[Agent]:
    return st.builds(
        Agent,
        id=st.just(name),
        presence=st.sampled_from(("ONLINE", "ONLINE", "ONLINE", "AWAY")),
        epoch=st.integers(0, 1),
        pool=st.sampled_from(("main", "over")),
        skills=_levels,
        capacity=st.dictionaries(_channels, st.integers(0, 2)),
        load=st.dictionaries(_channels, st.integers(0, 2)),
        units=st.none() | st.integers(1, 4).map(float),
        off=st.frozensets(_channels, max_size=1),
        last=_ago,
        last_heated=st.none() | _ago,
    )


_policies = st.builds(
    Policy,
    agent_order=st.sampled_from(AgentOrder),
    offers=st.just({"voice": 20}),
    retry_after=st.integers(0, 60),
    plan=st.sampled_from(PlanKind),
    rest=st.none() | st.integers(0, 90),
    weights=st.dictionaries(_channels, st.sampled_from((0.5, 2))),
    blocks=st.just({"voice": frozenset({"email"})}),
)
_heads = st.builds(
    Waiting,
    id=st.just("c1"),
    demand=st.builds(
        Demand,
        channel=_channels,
        steps=st.lists(st.builds(Step, needs=_needs, lasts=st.integers(0, 60)), min_size=1, max_size=3).map(tuple),
        pools=st.just((Pool(name="main"), Pool(name="over", opens=30))),
    ),
    enqueued=_ago,
    band=st.integers(1, 9),
    heated=st.booleans(),
    preference=st.none()
    | st.builds(Preference, agent=st.sampled_from(NAMES), window=st.integers(0, 120), ignore_skills=st.booleans()),
    hours=st.none()
    | st.tuples(_ago, st.integers(1, 200)).map(lambda span: ((span[0], span[0] + span[1]),))
    | st.just(()),
    declines=st.dictionaries(st.sampled_from(NAMES), st.builds(Decline, epoch=st.integers(0, 1), at=_ago)),
)


def look(head: Waiting, agents: dict[str, Agent], policy: Policy) -> Look:
    company = Company(inboxes=(), agents=(), routing=RoutingRules(policy=policy))
    states = {name: AgentState(agent=agent) for name, agent in agents.items()}
    return look_at(head, agents, states, company=company, inbox="support", now=NOW)


def replayed(exported: dict[str, Any]) -> dict[str, Any]:
    (entry,) = replay(read_scenario(json.dumps(exported)))["trace"]
    return dict(entry)


@settings(max_examples=400, deadline=None)
@given(_heads, st.tuples(*map(_agent, NAMES)), _policies)
def test_a_replay_of_what_was_exported_decides_alike(head: Waiting, agents: tuple[Agent, ...], policy: Policy) -> None:
    """Also where instants differ by less than a second, which a scenario does not know."""
    seen = look(head, {agent.id: agent for agent in agents}, policy)
    told = replayed(scenario_of(seen))
    decision = seen.decision
    assert (told["agent"], told["why"]) == (decision.agent, decision.why)
    assert (told["order"], told["refused"]) == (decision.order, decision.refused)


def test_of_two_within_a_second_who_was_idle_longer_still_comes_first() -> None:
    agents = {
        name: Agent(id=name, capacity={"email": 1}, last=NOW - ago)
        for name, ago in (("ana", 5.1), ("ben", 5.2), ("cleo", 5.3), ("dan", 6))
    }
    head = Waiting(id="c1", demand=Demand(channel="email", steps=(Step(needs=()),)), enqueued=NOW - 9)
    exported = scenario_of(look(head, agents, Policy(agent_order=AgentOrder.IDLE)))
    assert replayed(exported)["order"] == ("dan", "cleo", "ben", "ana")
