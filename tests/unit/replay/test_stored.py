"""A scenario comes to the same in memory and through the services of production over a table."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from heartline.storage.dynamodb import Table
from infra.local.replay.clock import replay
from infra.local.replay.scenario import read_scenario
from infra.local.replay.staging import Staging
from infra.local.replay.stored import StoredWorld
from tests.fakes import MemoryTable
from tests.unit.replay.scenarios import scenarios
from tests.unit.replay.test_promises import PROMISES

thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def both(document: dict[str, Any], table: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    scenario = read_scenario(json.dumps(document))
    stored = replay(scenario, world=StoredWorld(Staging(scenario), table))
    return json.loads(json.dumps(replay(scenario))), json.loads(json.dumps(stored))


@pytest.mark.parametrize("case", PROMISES.values(), ids=PROMISES.keys())
def test_each_promise_is_kept_by_both_stores(case: dict[str, Any]) -> None:
    memory, stored = both(case["scenario"], MemoryTable())

    assert stored == memory


@thorough
@given(scenarios)
def test_random_scenarios_come_to_the_same_in_both_stores(document: dict[str, Any]) -> None:
    memory, stored = both(document, MemoryTable())

    assert stored == memory
