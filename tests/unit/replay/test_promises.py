"""Each scenario in tests/data/routing keeps its promise: one per rule of routing.md and one per event."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.local.replay.clock import replay
from infra.local.replay.scenario import read_scenario

DATA = Path(__file__).parents[2] / "data" / "routing"
PROMISES = {path.stem: json.loads(path.read_text()) for path in sorted(DATA.glob("*.json"))}


@pytest.mark.parametrize("case", PROMISES.values(), ids=PROMISES.keys())
def test_the_replay_keeps_the_promise(case: dict[str, Any]) -> None:
    output = json.loads(json.dumps(replay(read_scenario(json.dumps(case["scenario"])))))

    assert {name: output[name] for name in case["expect"]} == case["expect"], case["promise"]
