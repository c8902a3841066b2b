"""What routing sees of a conversation becomes a scenario, and a replay of it decides as production does."""

import json
from typing import Any

from hypothesis import given, settings

from heartline.domain.routing.explanation import Look
from heartline.domain.routing.model import Agent, AgentOrder, Demand, Policy, Step, Waiting
from infra.local.replay.clock import replay
from infra.local.replay.export import scenario_of
from infra.local.replay.scenario import read_scenario
from tests.unit.routing.looking import NOW, look, looks


def replayed(exported: dict[str, Any]) -> dict[str, Any]:
    (entry,) = replay(read_scenario(json.dumps(exported)))["trace"]
    return dict(entry)


@settings(max_examples=400, deadline=None)
@given(looks())
def test_a_replay_of_what_was_exported_decides_alike(seen: Look) -> None:
    """Also where instants differ by less than a second, which a scenario does not know."""
    told = replayed(scenario_of(seen))
    decision = seen.decision
    assert (told["agent"], told["why"]) == (decision.agent, decision.why)
    assert (told["order"], told["refused"]) == (decision.order, decision.refused)


def test_of_two_within_a_second_who_was_idle_longer_still_comes_first() -> None:
    idle = {"ana": 5.1, "ben": 5.2, "cleo": 5.3, "dan": 6}
    agents = [Agent(id=name, capacity={"email": 1}, last=NOW - ago) for name, ago in idle.items()]
    head = Waiting(id="c1", demand=Demand(channel="email", steps=(Step(needs=()),)), enqueued=NOW - 9)
    exported = scenario_of(look(head, agents, Policy(agent_order=AgentOrder.IDLE)))
    assert replayed(exported)["order"] == ("dan", "cleo", "ben", "ana")
