"""`heartline consent` and imported wishes, over a table in memory."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from heartline import bootstrap
from heartline.bootstrap import outbound, routing
from heartline.domain.consent import Choice, Pair
from infra.local import company
from infra.local.commands import consent as command
from infra.local.errors import LocalError
from tests.fakes import MemoryTable
from tests.office import DOCUMENT, EVA, Office

SUPPORT, SALES = "+14155550100", "+14155550101"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, memory_table: MemoryTable) -> Office:
    office = Office(memory_table)
    office.clock.advance(minutes=5)
    monkeypatch.setattr(bootstrap, "configuration", lambda: Configured(office))
    monkeypatch.setattr(outbound, "consents", lambda: office.consents)
    monkeypatch.setattr(outbound, "keep_consent", lambda: office.keep_consent)
    monkeypatch.setattr(command, "aim", lambda _arguments: None)
    return office


class Configured:
    def __init__(self, office: Office) -> None:
        self._office = office

    def company(self) -> Any:
        return self._office.company

    def replace(self, _document: Any, _contacts: Any) -> None:
        """An import stores nothing here; what it notes is looked at."""


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    arguments = parser.parse_args(["consent", *words])
    assert arguments.run(arguments) == 0
    return capsys.readouterr().out


def test_each_sender_is_shown_with_why_and_everything_that_was_said(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.ingest(office.text("SM1", "STOP"))

    shown = ran(capsys, "(415) 555-0123").splitlines()

    assert shown == [
        f"{SUPPORT} → {EVA}  out   the customer opted out on 2026-03-02 with “STOP”",
        f"    2026-03-02T12:00:00+00:00  out  keyword  {EVA}: STOP",
        f"{SALES} → {EVA}  none  nothing was ever said: texts may go",
    ]


def test_what_is_noted_stays_on_record_with_who_and_why(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    words = [EVA, "--sender", SUPPORT, "--set", "out", "--reason", "Wrote a letter.", "--by", "kim", "--json"]
    (shown,) = json.loads(ran(capsys, *words))["consents"]

    assert (shown["state"], shown["history"][0]["by"], shown["history"][0]["words"]) == (
        "out",
        "kim",
        "Wrote a letter.",
    )
    assert office.consents.consents([Pair(sender=SALES, phone=EVA)])[0].stated is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([EVA, "--set", "in"], "reason"),
        ([EVA, "--sender", "+19995550000"], "sends no texts of this company"),
        (["nobody"], "is not a telephone number"),
    ],
)
@pytest.mark.usefixtures("office")
def test_a_mistake_is_told_in_one_line(capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    with pytest.raises(LocalError, match=told):
        ran(capsys, *words)


def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: str) -> None:
    document = DOCUMENT | {"contacts": [{"name": "Eva", "phone": [EVA], "texts": texts}]}
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(document))
    monkeypatch.setattr(routing, "presence", lambda: argparse.Namespace(sync=lambda _company: None))
    company.load(company.read_plan(path))


def stated(office: Office) -> list[Choice | None]:
    consents = office.consents.consents([Pair(sender=sender, phone=EVA) for sender in (SUPPORT, SALES)])
    return [consent.stated.choice if consent.stated else None for consent in consents]


def test_an_import_says_who_wants_no_texts_from_any_sender_and_once(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        imported(tmp_path, monkeypatch, "out")
        office.clock.advance(minutes=1)

    assert stated(office) == [Choice.OUT, Choice.OUT]
    assert len(office.consents.history(Pair(sender=SUPPORT, phone=EVA), limit=9)) == 1


def test_an_import_never_lifts_what_the_customer_said(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.ingest(office.text("SM1", "STOP"))
    imported(tmp_path, monkeypatch, "in")

    assert stated(office) == [Choice.OUT, Choice.IN]


@pytest.mark.usefixtures("office")
def test_a_wish_that_is_neither_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LocalError, match=r"contacts\[0\]\.texts"):
        imported(tmp_path, monkeypatch, "maybe")
