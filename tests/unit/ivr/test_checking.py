"""What is wrong with a menu: each finding is a sentence with its place, and a good menu has none."""

from dataclasses import replace
from typing import Any

import pytest

from heartline.domain.ivr.checking import check, errors_of
from heartline.domain.ivr.findings import Finding, Severity
from heartline.domain.messages import Channel
from tests.menus import HOURS, MENU, OURS, changed, company_of, inbox_of


def findings(document: dict[str, Any], *, hours: dict[str, Any] | None = HOURS) -> tuple[Finding, ...]:
    company = company_of(document, hours=hours)
    inbox = inbox_of(company)
    assert inbox.ivr is not None
    refused = {"+19005550100": "+19005550100 is a premium rate number."}
    return check(inbox.ivr, inbox, company, why_not=lambda number: refused.get(number, ""))


def told(document: dict[str, Any], *, hours: dict[str, Any] | None = HOURS) -> list[tuple[str, str, str]]:
    return [(f.severity.value, f.place, f.problem) for f in findings(document, hours=hours)]


def test_a_good_menu_has_nothing_wrong_with_it() -> None:
    assert told(MENU) == []


MENU_KEYS = MENU["nodes"]["main"]["choices"]


@pytest.mark.parametrize(
    ("document", "place", "problem"),
    [
        (changed(welcome={"to": "gone"}), "welcome.to", "“then” leads to “gone”, and there is no such node"),
        (changed(hours={"closed": ""}), "hours.closed", "“closed” leads nowhere"),
        ({**MENU, "start": "gone"}, "start", "the menu begins to “gone”, and there is no such node"),
        (changed(main={"choices": []}), "main.choices", "there is nothing to choose here"),
        (
            changed(invoices={"requires": {"welding": 1}}),
            "invoices.requires",
            "nobody has the skill welding at level 1",
        ),
        (
            changed(refunds={"requires": {"billing": 9}}),
            "refunds.requires",
            "nobody has the skill billing at level 9",
        ),
        (
            changed(refunds={"requires": {"billing": 2, "technical": 3}}),
            "refunds.requires",
            "nobody of this inbox who takes calls has all of: en 1, billing 2, technical 3",
        ),
        (
            changed(main={"choices": [*MENU_KEYS, {"digit": "1", "label": "again", "to": "line"}]}),
            "main.choices[5].digit",
            "the key 1 is given twice",
        ),
        (
            changed(main={"choices": [*MENU_KEYS, {"digit": "8", "label": "x", "to": "line", "words": ["Ayuda!"]}]}),
            "main.choices[5].words",
            "“ayuda” stands for two choices",
        ),
        (changed(welcome={"prompt": "x" * 4097}), "welcome.prompt", "4097 characters; 4096 can be said"),
        (changed(welcome={"prompt": ""}), "welcome.prompt", "it says nothing"),
        (changed(welcome={"prompt": {"en-US": {"text": ""}}}), "welcome.prompt", "it says nothing in en-US"),
        (
            changed(spanish={"language": "el-GR"}),
            "spanish.language",
            "no voice speaks el-GR by itself: name one under “voices”, as Google.el-GR-Standard-A",
        ),
        (
            changed(message={"kind": "transfer", "number": "+19005550100"}),
            "message.number",
            "+19005550100 is a premium rate number.",
        ),
        (
            changed(message={"kind": "transfer", "number": OURS}),
            "message.number",
            "it is a number of ours: the call would come back",
        ),
    ],
)
def test_what_would_lose_a_caller_is_an_error(document: dict[str, Any], place: str, problem: str) -> None:
    assert ("error", place, problem) in told(document)


@pytest.mark.parametrize(
    ("document", "circle"),
    [
        (changed(main={"no_input": "welcome"}), "welcome → hours → main → welcome"),
        (changed(main={"no_input": "main"}), "main → main"),
        (changed(hours={"closed": "welcome"}), "welcome → hours → welcome"),
    ],
)
def test_a_circle_without_a_person_is_an_error_that_names_it_once(document: dict[str, Any], circle: str) -> None:
    problems = [problem for severity, _, problem in told(document) if severity == "error"]
    assert problems == [f"a caller who does nothing goes round and round: {circle}"]


def test_a_menu_that_leads_nowhere_but_to_itself_is_a_dead_end() -> None:
    back = [{"digit": "1", "label": "again", "to": "trap"}]
    trap = {"kind": "menu", "prompt": "Press 1.", "choices": back, "otherwise": "trap"}
    problems = told(changed(trap=trap, message={"kind": "say", "prompt": "Hm.", "to": "trap"}))
    assert ("error", "trap", "no way from here ends with an agent, a message or a goodbye") in problems


def test_nobody_who_takes_calls_is_told_apart_from_nobody_with_the_skill() -> None:
    company = company_of(MENU)
    writers = tuple(replace(agent, capacity={Channel.SMS: 3}) for agent in company.agents)
    inbox = inbox_of(company)
    assert inbox.ivr is not None
    found = check(inbox.ivr, inbox, replace(company, agents=writers), why_not=lambda _number: "")
    assert {finding.problem for finding in found} == {"nobody of this inbox takes calls"}


@pytest.mark.parametrize(
    ("document", "place", "problem"),
    [
        (changed(lonely={"kind": "queue"}), "lonely", "no caller can get here"),
        (
            changed(main={"prompt": {"en-US": "Press 1 or 2 or 8 or star.", "es-US": "1, 2, 8, cero, asterisco"}}),
            "main.prompt",
            "nobody is told in en-US what to press 0 for",
        ),
        (
            changed(welcome={"prompt": "So it goes. " * 60}),
            "welcome.prompt",
            "it takes about 48 s to say; many hang up before",
        ),
        (
            changed(billing={"prompt": "For an invoice, press 1, for a refund 2, to go back 9."}),
            "billing.prompt",
            "it is not said in es-US: callers hear it in en-US",
        ),
    ],
)
def test_what_is_a_matter_of_judgement_is_a_warning(document: dict[str, Any], place: str, problem: str) -> None:
    assert told(document) == [("warning", place, problem)]


def test_a_recording_is_believed_to_name_its_keys_unless_its_words_are_known() -> None:
    recording = {"audio": "https://media.example/menu.mp3"}
    both = {"en-US": recording, "es-US": recording}
    assert told(changed(main={"prompt": both})) == []
    silent = {"en-US": recording | {"text": "Say what you want."}, "es-US": recording}
    assert told(changed(main={"prompt": silent})) == [
        ("warning", "main.prompt", "nobody is told in en-US what to press 1, 2, 8, *, 0 for")
    ]


def test_hours_that_are_not_asked_for_and_asking_without_hours_are_both_told() -> None:
    assert told(MENU, hours=None) == [("warning", "hours", "the inbox has no opening hours: it is always open")]
    menu = changed(welcome={"to": "main"}, hours=None, closed=None, feast=None)
    assert told(menu) == [
        (
            "warning",
            "ivr",
            "the inbox has opening hours, and no node asks for them: callers wait for nobody when closed",
        )
    ]


def test_errors_come_before_warnings() -> None:
    found = findings(changed(lonely={"kind": "queue"}, refunds={"requires": {"welding": 1}}))
    assert [finding.severity for finding in found] == [Severity.ERROR, Severity.WARNING]
    assert [finding.place for finding in errors_of(found)] == ["refunds.requires"]
