"""The scenario in docs/routing.md is one that runs, and its tables name every field that is read."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from infra.local import cli
from infra.local.replay import events, scenario
from infra.local.replay.scenario import read_scenario

PAGE = (Path(__file__).parents[3] / "docs" / "routing.md").read_text()
EXAMPLE = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0]
FORMAT = PAGE.partition("A scenario is one JSON object.")[2].partition("`--trace` explains")[0]


def test_the_example_of_the_documentation_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(EXAMPLE)
    assert cli.main(["route", "replay", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["log"] == [[30, "c1", "ana"]]


@pytest.mark.parametrize(
    "names",
    [
        scenario._POLICY,
        scenario._AGENT,
        scenario._CONVERSATION,
        events._KINDS,
        [field for fields in events._KINDS.values() for field in fields],
    ],
)
def test_every_field_and_event_is_documented(names: Iterable[str]) -> None:
    assert [name for name in names if f"`{name}`" not in FORMAT] == []


def test_what_is_said_to_be_left_out_may_be() -> None:
    least = {"agents": [{"id": "ana", "caps": {}}], "convs": [{"id": "c", "ch": "sms", "enq": 0}], "events": []}
    assert read_scenario(json.dumps(least)).heads[0].band == 5
