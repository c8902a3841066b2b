"""`heartline route explain` over a company at work: words for people, the API's JSON, and a scenario to replay."""

import io
import json
import sys
from typing import Any

import pytest

from heartline.bootstrap import routing
from infra.local import cli, explaining
from tests.functional.explained import AGENTS, DOCUMENT, Explained, explained

ANA, BEN, ZOE = AGENTS
SUPPORT, SALES = DOCUMENT["inboxes"]


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> Explained:
    relaxing = {**SUPPORT, "requires": {"fr": 2}, "relax": [{"after": 600, "requires": {"fr": 0}}]}
    return reached(explained(inboxes=[relaxing, SALES], agents=[{**ANA, "skills": {"fr": 2}}, BEN, ZOE]), monkeypatch)


def reached(company: Explained, monkeypatch: pytest.MonkeyPatch) -> Explained:
    """The deployment that the command reaches."""
    monkeypatch.setattr(explaining, "aim", lambda _arguments: None)
    monkeypatch.setattr(routing, "store", lambda: company.routed.store)
    monkeypatch.setattr(routing, "explain", lambda: company.explain)
    return company


def replayed(scenario: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The only decision of `heartline route explain … --scenario | heartline route replay -`."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(scenario.encode())))
    assert cli.main(["route", "replay", "-"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["trace"]
    return dict(entry)


def test_people_read_words(company: Explained, capsys: pytest.CaptureFixture[str]) -> None:
    company.routed.online("ben", "zoe")
    waits = company.text(ago=60)
    assert cli.main(["route", "explain", waits]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{waits}: Nobody can take it now: Ben has fr 1, and 2 is needed, but will do in 9 min.",
        "  in        support, sms, band 5",
        "  since     2026-03-02 12:59:00 UTC",
        "  asks for  fr 2",
        "  place     alone in its line",
        "  expected  Nobody who could take it is online.",
        "  coming    In 9 min fr is not needed any more.",
        "     - Ben has fr 1, and 2 is needed, but will do in 9 min",
        "     1 lacks a skill or a level",
        "     1 does not work in this inbox",
    ]


def test_what_is_decided_is_told_with_its_decision(company: Explained, capsys: pytest.CaptureFixture[str]) -> None:
    company.routed.online("ana", "ben")
    waits = company.text()
    company.routed.route()
    assert cli.main(["route", "explain", waits]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "  decided   2026-03-02 13:00:00 UTC: Ana was the only one who could take it.",
        "     - Ben lacked a skill or a level",
    ]


def test_what_makes_it_heated_is_told(company: Explained, capsys: pytest.CaptureFixture[str]) -> None:
    waits = company.text()
    company.routed.by_hand.mark(waits, heated=True, by=company.routed.profile("ana"))
    assert cli.main(["route", "explain", waits]) == 0
    assert "  heated    marked by Ana" in capsys.readouterr().out.splitlines()


def test_whom_it_was_kept_for_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    support = {**SUPPORT, "preferred": {"agent": "ana", "for": 90}}
    company = reached(explained(inboxes=[support, SALES]), monkeypatch)
    company.routed.online("ana", "ben")
    waits = company.text()
    company.routed.route()
    assert cli.main(["route", "explain", waits]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"{waits}: Ana has it. Ana was the only one who was asked."
    assert "  kept for  Ana, for its first 90 s (R8)" in told


def test_programs_read_what_the_api_answers(company: Explained, capsys: pytest.CaptureFixture[str]) -> None:
    waits = company.text()
    assert cli.main(["route", "explain", waits, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == company.told(waits)


def test_a_scenario_is_decided_as_the_next_tick_does(
    company: Explained, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    company.routed.online("ana", "ben")
    waits = company.text()
    cli.main(["route", "explain", waits, "--scenario"])
    told = replayed(capsys.readouterr().out, monkeypatch, capsys)
    company.routed.route()
    assert told["agent"] == company.routed.head(waits).agent == "ana"
    assert told["refused"] == company.routed.trace(waits).refused == {"ben": "skill"}


def test_why_it_waits_is_reproduced_with_who_declined(
    company: Explained, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    company.routed.online("ana")
    waits = company.given("ana")
    company.routed.by_hand.assign(waits, to=None, by=company.routed.profile("ana"))
    company.office.clock.advance(seconds=10)
    cli.main(["route", "explain", waits, "--scenario"])
    told = replayed(capsys.readouterr().out, monkeypatch, capsys)
    assert (told["agent"], told["why"], told["refused"]["ana"]) == (None, "nobody", "excluded")


def test_what_is_decided_already_is_decided_again_without_its_own_place(
    company: Explained, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    company.routed.online("ana", "ben")
    waits = company.text()
    company.routed.route()
    cli.main(["route", "explain", waits, "--scenario"])
    printed = capsys.readouterr()
    assert printed.err == (
        f"{waits} is decided already (ana at 2026-03-02 13:00:00 UTC); this is how it would come out again now: ana\n"
    )
    (ana,) = [agent for agent in json.loads(printed.out)["agents"] if agent["id"] == "ana"]
    assert ana["load"] == {}
    assert replayed(printed.out, monkeypatch, capsys)["agent"] == "ana"


def test_nothing_of_a_customer_is_in_a_scenario(company: Explained, capsys: pytest.CaptureFixture[str]) -> None:
    waits = company.text()
    cli.main(["route", "explain", waits, "--scenario"])
    printed, head = capsys.readouterr().out, company.routed.head(waits)
    assert head.contact_address
    for private in (head.contact_address, head.contact, head.preview, "Ana", "Support"):
        assert private not in printed


@pytest.mark.parametrize("end", ["closed", "snoozed"])
def test_what_waits_for_nobody_has_no_scenario(
    company: Explained, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    company.routed.online("ana")
    conversation = company.given("ana")
    {"closed": company.routed.handover.close, "snoozed": company.routed.handover.snooze}[end](conversation)
    assert cli.main(["route", "explain", conversation, "--scenario"]) == 1
    assert f"{end.upper()}: it waits for nobody" in capsys.readouterr().err


@pytest.mark.usefixtures("company")
def test_an_unknown_conversation_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["route", "explain", "c404"]) == 1
    assert "there is no conversation c404" in capsys.readouterr().err
