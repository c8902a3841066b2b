"""Each scenario in tests/data/routing keeps its promise: one per rule of routing.md, per event and per race."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from heartline.domain.routing.model import Agent, Decision, Policy, Waiting
from infra.local.replay import clock
from infra.local.replay.clock import replay
from infra.local.replay.scenario import read_scenario
from tests.unit.routing.rules import Rules

DATA = Path(__file__).parents[2] / "data" / "routing"
PROMISES = {path.stem: json.loads(path.read_text()) for path in sorted(DATA.glob("*.json"))}


@pytest.mark.parametrize("case", PROMISES.values(), ids=PROMISES.keys())
def test_the_replay_keeps_the_promise(case: dict[str, Any]) -> None:
    output = json.loads(json.dumps(replay(read_scenario(json.dumps(case["scenario"])))))

    assert {name: output[name] for name in case["expect"]} == case["expect"], case["promise"]


def by_the_letter(
    waiting: Iterable[Waiting], agents: Iterable[Agent], policy: Policy, now: float
) -> Iterator[Decision]:
    """The decisions that the rules describe, read pair by pair."""
    heads = {head.id: head for head in waiting}
    for name, agent, why, order, refused, new_round in Rules(tuple(agents), policy, now).plan(list(heads.values())):
        head = heads[name]
        yield Decision(head=head, agent=agent, why=why, order=order, refused=refused, new_round=new_round)


@pytest.mark.parametrize("case", PROMISES.values(), ids=PROMISES.keys())
def test_the_rules_read_pair_by_pair_come_to_the_same(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = read_scenario(json.dumps(case["scenario"]))
    output = replay(scenario)
    monkeypatch.setattr(clock, "plan", by_the_letter)

    assert replay(scenario) == output
