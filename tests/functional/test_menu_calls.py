"""A caller in the menu over the voice function: what it costs, what is repeated, forged, or changed meanwhile."""

from dataclasses import replace
from typing import Any, Final

import pytest

from heartline import bootstrap
from tests.menus import MENU, changed, menu_of
from tests.telephone import Configured, Document, Exchange

HOSTILE: Final = [
    "</Say><Dial>+19005550100</Dial>",
    "billing\r\nX: y",
    "&lt;&amp;]]>",
    "=cmd|' /C calc'!A0",
    "\x00\x1b😀",
]


def with_menu(exchange: Exchange, monkeypatch: pytest.MonkeyPatch, document: dict[str, Any]) -> None:
    """Give support another menu, as an admin would during a call."""
    inboxes = (replace(exchange.company.inboxes[0], ivr=menu_of(document)), *exchange.company.inboxes[1:])
    exchange.company = replace(exchange.company, inboxes=inboxes)
    configured = Configured(exchange.company)
    monkeypatch.setattr(bootstrap, "configuration", lambda: configured)
    bootstrap.calls.telephone.cache_clear()


@pytest.fixture
def menu(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> Exchange:
    with_menu(exchange, monkeypatch, MENU)
    return exchange


def asked(document: Document) -> str:
    """Where the answer to a question goes."""
    return document.verb("Gather").get("action")


def requests_of(exchange: Exchange, url: str, **fields: str) -> int:
    before = exchange.table.usage.total_requests
    exchange.go(url, **fields)
    return exchange.table.usage.total_requests - before


def test_every_question_costs_no_request_to_the_table(menu: Exchange) -> None:
    first = asked(menu.go(""))
    assert requests_of(menu, first, Digits="1") == 0
    assert requests_of(menu, first, Digits="7") == 0
    assert requests_of(menu, first) == 0
    assert requests_of(menu, first, SpeechResult="my bill", Confidence="0.9") == 0


def test_the_end_of_the_way_costs_one_read_and_one_write_at_most(menu: Exchange) -> None:
    second = asked(menu.go(asked(menu.go("")), Digits="1"))
    assert requests_of(menu, second, Digits="1") <= 2


def test_two_levels_become_the_message_and_the_skills(menu: Exchange) -> None:
    menu.online("ana")
    second = asked(menu.go(asked(menu.go("")), SpeechResult="It is about my bill."))
    assert menu.go(second, Digits="1").names == ["Enqueue"]
    menu.settle()
    assert menu.timeline()[0].text == "Called and chose 1: billing, 1: invoice."
    assert menu.head().requires == {"billing": 1, "inbox:support": 1}


def test_a_repeated_request_is_answered_the_same_and_changes_nothing(menu: Exchange) -> None:
    first = asked(menu.go(""))
    second = asked(menu.go(first, Digits="1"))
    assert menu.go(first, Digits="1") == menu.go(first, Digits="1")
    once = menu.go(second, Digits="1")
    assert menu.go(second, Digits="1") == once
    assert len(menu.calls()) == 1


def test_a_node_that_is_gone_begins_the_menu_again(menu: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    second = asked(menu.go(asked(menu.go("")), Digits="1"))
    again = [choice for choice in MENU["nodes"]["main"]["choices"] if choice["to"] != "billing"]
    with_menu(menu, monkeypatch, changed(billing=None, main={"choices": again}))
    assert menu.go(second, Digits="1").words.startswith("Welcome to Acme.")


def test_a_menu_that_is_gone_lets_the_caller_into_the_line(menu: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    menu.online("ana")
    second = asked(menu.go(asked(menu.go("")), Digits="1"))
    inboxes = (replace(menu.company.inboxes[0], ivr=None), *menu.company.inboxes[1:])
    configured = Configured(replace(menu.company, inboxes=inboxes))
    monkeypatch.setattr(bootstrap, "configuration", lambda: configured)
    bootstrap.calls.telephone.cache_clear()
    assert "Enqueue" in menu.go(second, Digits="1").names


@pytest.mark.parametrize("said", HOSTILE)
def test_whatever_is_said_or_called_leads_to_a_document_like_any_other(menu: Exchange, said: str) -> None:
    first = asked(menu.go("", CallerName=said))
    assert menu.go(first, SpeechResult=said, Confidence="0.9").names in (["Gather", "Redirect"], ["Enqueue"])
    forged = f"/ivr?node={said.encode().hex()}&attempt=99999999999999&language=xx&path=main.1%20%3C%2FSay%3E"
    assert menu.go(forged, Digits="1").names == ["Gather", "Redirect"]
