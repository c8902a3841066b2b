"""`heartline ivr`: what is wrong with a menu, how it looks, and how it feels, from a file and without a stack."""

import io
import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
import yaml

from infra.local.cli import main
from infra.local.menus.picture import picture
from infra.local.menus.tree import tree
from tests.menus import HOURS, MENU, OURS, changed, menu_of
from tests.tables import ROOT

DEMO = ROOT / "infra" / "local" / "demo.yaml"


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Write a company with a menu; answers the file."""

    def write(menu: dict[str, Any], **others: Any) -> str:
        people = {"en": 3, "billing": 2, "technical": 1}
        agents = [{"id": "ana", "name": "Ana", "skills": people, "capacity": {"voice": 1}, "inboxes": ["support"]}]
        inbox = {"id": "support", "name": "Support", "voice": [OURS], "hours": HOURS, "ivr": menu}
        path = tmp_path / "config.yaml"
        path.write_text(yaml.safe_dump({"inboxes": [inbox, *others.values()], "agents": agents}))
        return str(path)

    return write


def test_the_demo_company_has_good_menus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ivr", "check", str(DEMO)]) == 0
    assert capsys.readouterr().out == "3 voice menus: nothing is wrong\n"


def test_an_error_is_a_sentence_with_its_place_and_an_exit_code(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(changed(refunds={"requires": {"welding": 1}}, lonely={"kind": "queue"}))
    assert main(["ivr", "check", path]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "error: support: refunds.requires: nobody has the skill welding at level 1",
        "warning: support: lonely: no caller can get here",
        "1 voice menu: 1 error, 1 warning",
    ]


def test_warnings_alone_are_no_failure(written: Any) -> None:
    assert main(["ivr", "check", written(changed(lonely={"kind": "queue"}))]) == 0


def test_findings_are_there_for_programs_too(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ivr", "check", written(changed(lonely={"kind": "queue"})), "--json"])
    assert json.loads(capsys.readouterr().out) == [
        {
            "inbox": "support",
            "severity": "warning",
            "node": "lonely",
            "field": "",
            "problem": "no caller can get here",
        }
    ]


def test_an_import_points_out_a_menu_that_would_lose_callers(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(changed(refunds={"requires": {"welding": 1}}))
    assert main(["import", path, "--check"]) == 0
    assert capsys.readouterr().err == f"the voice menu of support would lose callers: `heartline ivr check {path}`\n"
    main(["import", written(MENU), "--check"])
    assert capsys.readouterr().err == ""


def test_a_premium_number_is_found(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(changed(line={"kind": "transfer", "number": "+19005550100"}))
    assert main(["ivr", "check", path]) == 1
    assert "line.number: +19005550100 is a premium rate number" in capsys.readouterr().out


def test_what_cannot_be_read_is_told_with_its_place(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ivr", "check", written(changed(main={"kind": "maze"}))]) == 1
    assert "ivr.nodes.main.kind: there is no kind “maze”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["check", str(DEMO), "--inbox", "sales"], "there is no inbox sales; known are support, billing, spanish"),
        (["walk", str(DEMO)], "several inboxes have a voice menu: choose one with --inbox"),
        (["draw", str(DEMO), "--inbox", "billing", "--to", "/nowhere/at/all.svg"], "No such file or directory"),
    ],
)
def test_what_to_do_is_said(arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ivr", *arguments]) == 1
    assert complaint in capsys.readouterr().err


def test_a_tree_has_every_node_once_and_names_the_ways() -> None:
    lines = tree(menu_of(MENU)).splitlines()
    assert lines[0] == "welcome (say) Welcome to Acme."
    assert any(line.startswith("   │  ├─ 1 billing → billing (menu) For an invoice, press 1.") for line in lines)
    assert "   │  │  └─ otherwise → ↩ invoices" in lines
    assert any(line.endswith("9 back → ↩ main") for line in lines)
    assert sum(" → billing (" in line for line in lines) == 1


def test_a_tree_shows_what_is_missing_and_what_nobody_reaches() -> None:
    lines = tree(menu_of(changed(welcome={"to": "gone"}))).splitlines()
    assert lines[1] == "└─ then → gone (there is no such node)"
    assert "no caller can get to:" in lines
    assert "  hours (hours) by the opening hours" in lines


def test_a_picture_is_a_document_with_a_title_and_every_node(tmp_path: Path) -> None:
    file = tmp_path / "menu.svg"
    assert main(["ivr", "draw", str(DEMO), "--inbox", "support", "--to", str(file)]) == 0
    svg = fromstring(file.read_text())  # noqa: S314 - our own document
    space = "{http://www.w3.org/2000/svg}"
    assert svg.findtext(f"{space}title") == "Voice menu of Support"
    assert len([group for group in svg.iter(f"{space}g") if group.get("transform")]) == 13


@pytest.mark.parametrize("text", ["</text><script>alert(1)</script>", "\x00\x1b\ud800 &amp; <b>", "]]>"])
def test_words_in_a_picture_stay_words(text: str) -> None:
    drawn = picture(menu_of(changed(welcome={"prompt": text})), text)
    tags = {element.tag.rpartition("}")[2] for element in fromstring(drawn).iter()}  # noqa: S314 - our own document
    assert tags == {"svg", "title", "style", "rect", "defs", "marker", "path", "g", "text"}


def walk(monkeypatch: pytest.MonkeyPatch, path: str, *typed: str, at: str = "2026-11-23T15:00+00:00") -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    assert main(["ivr", "walk", path, "--at", at]) == 0


def test_a_walk_tells_what_is_heard_and_what_comes_of_it(
    written: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    walk(monkeypatch, written(MENU), "my bill please", "2")
    out = capsys.readouterr().out
    assert "“Welcome to Acme.”  [en-US]" in out
    assert "main: 1 billing (or say billing / my bill)" in out
    assert "refunds: queue, refund: billing 2 · priority 3" in out
    assert out.endswith("The conversation says: “Called and chose 1: billing, 2: refund.”\n")


@pytest.mark.parametrize(
    ("at", "heard"),
    [("2026-12-25T15:00+00:00", "Today is a holiday."), ("2026-11-22T15:00+00:00", "We are closed.")],
)
def test_a_walk_may_be_at_another_time(
    written: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: str, heard: str
) -> None:
    walk(monkeypatch, written(MENU), at=at)
    assert heard in capsys.readouterr().out


def test_silence_and_hanging_up_can_be_tried(
    written: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    walk(monkeypatch, written(MENU), "", "7")
    assert "Sorry, I did not get that." in capsys.readouterr().out
    walk(monkeypatch, written(MENU), "", "", "")
    assert "“Leave a message.”" in capsys.readouterr().out
    walk(monkeypatch, written(MENU))
    assert capsys.readouterr().out.endswith("hung up in the menu\n")


def test_a_time_that_is_none_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["ivr", "walk", str(DEMO), "--at", "tomorrow"])
    assert stopped.value.code == 2
    assert "“tomorrow” is no time" in capsys.readouterr().err
