"""`heartline route replay` prints the outcome as JSON, and nothing at all if the scenario is wrong."""

import argparse
import io
import json
import sys
from pathlib import Path

import pytest

from infra.local.commands import route

RULES = Path(__file__).parents[2] / "data" / "routing" / "r01_eligible.json"
SCENARIO: dict[str, list[object]] = {"agents": [], "convs": [], "events": []}


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    route.add(parser.add_subparsers())
    arguments = parser.parse_args(["route", "replay", *words])
    return int(arguments.run(arguments))


def test_a_scenario_in_a_file_is_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(SCENARIO))

    assert run(str(path)) == 0
    assert json.loads(capsys.readouterr().out) == {
        "log": [],
        "held": {},
        "presence": {},
        "load": {},
        "results": [],
        "trace": [],
    }


def test_a_scenario_is_read_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(SCENARIO).encode())))

    assert run("-") == 0
    assert json.loads(capsys.readouterr().out)["log"] == []


def test_a_mistake_is_one_line_on_standard_error_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(SCENARIO | {"agents": [{"id": "a1"}]}))

    assert run(str(path)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "agents[0]" in printed.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "nothing.json")) == 2
    assert "nothing.json" in capsys.readouterr().err


def test_an_explanation_goes_to_standard_error_and_the_outcome_stays_what_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(json.loads(RULES.read_text())["scenario"]))

    assert run(str(path)) == 0
    plain = capsys.readouterr()
    assert run(str(path), "--trace") == 0
    explained = capsys.readouterr()

    assert plain.err == ""
    assert explained.out == plain.out
    assert explained.err.startswith("t=0  c1 goes to fit\n")
