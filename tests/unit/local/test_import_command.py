"""`heartline import` shows what a configuration would do, and asks before it does it to somebody."""

import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from heartline.bootstrap import routing
from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.effect import Backlog, effect
from heartline.services.configure import read_company
from heartline.services.preview import Shown
from infra.local import company
from infra.local.cli import main

BEFORE = read_company(
    {
        "inboxes": [{"id": "support", "name": "Support", "sms": ["+12025550100"]}],
        "agents": [{"id": "ana", "name": "Ana", "inboxes": ["support"], "capacity": {"sms": 3}, "skills": {"fr": 2}}],
    }
)
WAITING = Backlog(asked=Asked(requires={"fr": 2, "inbox:support": 1}), channel=Channel.SMS, inbox="support", waiting=12)


@dataclass
class Stack:
    """A table that holds `BEFORE`, with twelve that wait; what is loaded is noted."""

    loaded: list[Company]

    def of(self, after: Company) -> Shown:
        held: Mapping[str, Mapping[str, int]] = {}
        return Shown(effect=effect(BEFORE, after, [WAITING], held), warnings=())


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    there = Stack(loaded=[])
    monkeypatch.setattr(company, "aim", lambda *_: None)
    monkeypatch.setattr(company, "load", lambda plan: there.loaded.append(plan.company))
    monkeypatch.setattr(routing, "preview", lambda: there)
    return there


def written(folder: Path, skill: str) -> str:
    agent = f"{{id: ana, name: Ana, inboxes: [support], capacity: {{sms: 3}}, skills: {{{skill}}}}}"
    path = folder / "config.yaml"
    path.write_text(f'inboxes: [{{id: support, name: Support, sms: ["+12025550100"]}}]\nagents: [{agent}]\n')
    return str(path)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_preview_shows_the_effect_and_stores_nothing(
    stack: Stack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", written(tmp_path, "fr: 1"), "--table", "t", "--preview"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "12 waiting conversations would match nobody."
    assert out[1] == "  nobody: texts in Support that ask for fr 2: 12"
    assert stack.loaded == []


def test_a_preview_for_programs_is_json(stack: Stack, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", written(tmp_path, "fr: 1"), "--table", "t", "--preview", "--json"])
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (shown["sentence"], shown["nobody"][0]["waiting"]) == ("12 waiting conversations would match nobody.", 12)
    assert stack.loaded == []


def test_where_nobody_is_affected_nobody_is_asked(stack: Stack, tmp_path: Path) -> None:
    assert main(["import", written(tmp_path, "fr: 3"), "--table", "t"]) == 0
    assert len(stack.loaded) == 1


@pytest.mark.parametrize(("answer", "stored"), [("y\n", 1), ("yes\n", 1), ("n\n", 0), ("\n", 0), ("", 0)])
def test_a_person_is_asked_where_somebody_is_affected(
    stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, stored: int
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert (main(["import", written(tmp_path, "fr: 1"), "--table", "t"]) == 0) is bool(stored)
    assert len(stack.loaded) == stored


def test_a_script_has_to_say_that_it_is_sure(
    stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    path = written(tmp_path, "fr: 1")
    assert main(["import", path, "--table", "t"]) != 0
    told = capsys.readouterr().err
    assert "12 waiting conversations would match nobody." in told
    assert "add --yes" in told
    assert main(["import", path, "--table", "t", "--yes"]) == 0
    assert len(stack.loaded) == 1


def test_a_check_reads_no_table(tmp_path: Path) -> None:
    before = dict(os.environ)
    assert main(["import", written(tmp_path, "fr: 1"), "--check"]) == 0
    assert dict(os.environ) == before
