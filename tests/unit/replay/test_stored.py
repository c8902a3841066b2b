"""A scenario comes to the same in memory and through the services of production over a table."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from heartline.domain.errors import Invalid
from heartline.storage.dynamodb import Table
from infra.local.replay.clock import replay
from infra.local.replay.scenario import read_scenario
from infra.local.replay.staging import Staging
from infra.local.replay.stored import StoredWorld
from tests.fakes import MemoryTable
from tests.place_invariants import PLACE_RULES
from tests.unit.replay.scenarios import crowded, scenarios
from tests.unit.replay.test_promises import PROMISES
from tests.world import world_of

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AGENT: dict[str, Any] = {"id": "a1", "caps": {"email": 1}}
CONVERSATION: dict[str, Any] = {"id": "c1", "ch": "email", "enq": 0}
ARRIVES = {"t": 0, "ev": "arrive", "conv": "c1"}


def both(document: dict[str, Any], table: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    asked = read_scenario(json.dumps(document))
    stored = replay(asked, world=StoredWorld(Staging(asked), table))
    return json.loads(json.dumps(replay(asked))), json.loads(json.dumps(stored))


@pytest.mark.parametrize("case", PROMISES.values(), ids=PROMISES.keys())
def test_each_promise_is_kept_by_both_stores(case: dict[str, Any]) -> None:
    memory, stored = both(case["scenario"], MemoryTable())

    assert stored == memory


@thorough
@given(crowded)
def test_random_scenarios_come_to_the_same_in_both_stores(document: dict[str, Any]) -> None:
    memory, stored = both(document, MemoryTable())

    assert stored == memory


@thorough
@given(scenarios)
def test_the_places_in_the_table_are_those_that_the_heads_say(document: dict[str, Any]) -> None:
    table = MemoryTable()

    both(document, table)

    world = world_of(table.everything())
    assert [wrong for rule in PLACE_RULES for wrong in rule(world)] == []


def scenario(**changes: Any) -> dict[str, Any]:
    return {"agents": [AGENT], "convs": [CONVERSATION], "events": [ARRIVES]} | changes


def test_names_may_be_any_text_and_ties_end_at_them_all_the_same() -> None:
    names = ("a.1#", "a 10", "", "#", "é|:,", "\U0001f600", "a1")
    agents = [AGENT | {"id": name, "pool": f"{name}#", "skills": {"s:1,": 1, "s": 2}} for name in names]
    pools = [[f"{name}#", 0] for name in names]
    convs = [CONVERSATION | {"id": name, "req": {"s:1,": 1}, "pools": pools} for name in names]
    arrivals = [ARRIVES | {"conv": name} for name in names]

    memory, stored = both(scenario(agents=agents, convs=convs, events=arrivals), MemoryTable())

    assert [agent for _, _, agent in stored["log"]] == [agent for _, _, agent in memory["log"]]
    assert stored == memory
    assert len(stored["log"]) == len(names)


def test_channels_that_we_do_not_have_are_channels() -> None:
    convs = [CONVERSATION | {"id": f"c{n}", "ch": name} for n, name in enumerate(("fax", "chat", "voice"))]
    agents = [{"id": "a1", "caps": {"fax": 1, "chat": 1, "voice": 1, "telex": 1}}]
    policy = {"blocks": {"voice": ["chat", "telex"]}, "weights": {"telex": 2}, "wrap": {"fax": 5}}
    events = [ARRIVES | {"conv": conv["id"]} for conv in convs] + [{"t": 1, "ev": "close", "conv": "c0"}]

    memory, stored = both(scenario(agents=agents, convs=convs, events=events, policy=policy), MemoryTable())

    assert stored == memory
    assert stored["load"] == {"a1": {"fax": 1, "chat": 1, "voice": 1}}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"until": 2_400_000_001}, "the time is more than"),
        ({"convs": [CONVERSATION | {"enq": -2_400_000_001}]}, "conversation 'c1' is more than"),
        ({"agents": [AGENT | {"last": 2_400_000_001}]}, "agent 'a1' is more than"),
        ({"agents": [AGENT | {"units": 1.0005}]}, "the units of 'a1' is finer than"),
        ({"policy": {"weights": {"email": 0.0001}}}, "the weight of 'email' is finer than"),
        ({"convs": [CONVERSATION | {"id": f"c{n}", "ch": f"x{n}"} for n in range(1, 7)]}, "knows 5 channels"),
        ({"convs": [CONVERSATION | {"id": f"c{n}", "band": n} for n in range(1, 101)]}, "has 99 bands"),
    ],
)
def test_what_the_table_cannot_hold_is_refused_in_words(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        Staging(read_scenario(json.dumps(scenario(**changes))))
