"""Each scenario comes to the same on DynamoDB as in memory: on moto, on MiniStack, and from the command line."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from moto import mock_aws

from heartline.storage.dynamodb import Table
from infra.local.commands import route
from infra.local.replay.clock import replay
from infra.local.replay.scenario import read_scenario
from infra.local.replay.staging import Staging
from infra.local.replay.stored import StoredWorld
from tests.tables import dynamodb_client, new_table
from tests.unit.replay.scenarios import crowded

DATA = Path(__file__).parents[1] / "data" / "routing"
FILES = sorted(DATA.glob("*.json"))
EVENTS = sorted(DATA.glob("event_*.json"))

pytestmark = pytest.mark.slow


def scenario_in(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text())["scenario"]
    return document


def assert_the_same(document: dict[str, Any], table: Table) -> None:
    scenario = read_scenario(json.dumps(document))
    stored = replay(scenario, world=StoredWorld(Staging(scenario), table))
    assert json.loads(json.dumps(stored)) == json.loads(json.dumps(replay(scenario)))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_scenario_comes_to_the_same_on_ministack(path: Path, ministack_table: Table) -> None:
    assert_the_same(scenario_in(path), ministack_table)


@pytest.mark.parametrize("path", EVENTS, ids=[path.stem for path in EVENTS])
def test_an_event_comes_to_the_same_on_moto(path: Path, moto_table: Table) -> None:
    assert_the_same(scenario_in(path), moto_table)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowded)
def test_random_scenarios_come_to_the_same_on_moto(document: dict[str, Any]) -> None:
    with mock_aws():
        client = dynamodb_client()
        assert_the_same(document, Table(client, new_table(client), sleep=lambda _: None))


def test_the_command_prints_the_same_for_both_stores_and_leaves_no_table(
    tmp_path: Path, ministack_endpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(scenario_in(DATA / "r06_time_out.json")))

    printed = {}
    for words in ([], ["--store", "dynamodb", "--endpoint", ministack_endpoint]):
        assert run(str(path), "--trace", *words) == 0
        printed[len(words)] = capsys.readouterr()

    assert printed[0] == printed[4]
    names = dynamodb_client(ministack_endpoint).list_tables()["TableNames"]
    assert not [name for name in names if name.startswith("heartline-replay")]


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    route.add(parser.add_subparsers())
    arguments = parser.parse_args(["route", "replay", *words])
    return int(arguments.run(arguments))
