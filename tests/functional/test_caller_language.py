"""A caller hears one language from the ring to the goodbye, whatever way their call takes."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from heartline.bootstrap import calls
from heartline.domain.voice_rules import Closed
from heartline.services.configure import read_company
from tests.telephone import CALL, DOCUMENT, Document, Exchange, hang_up, in_line

SPANISH = "es-US"


def spanish(exchange: Exchange, **rules: Any) -> None:
    """Support speaks Spanish from now on, with a voice of its own, and has no words for the tone."""
    document = deepcopy(DOCUMENT)
    menu = document["inboxes"][0]["ivr"]
    menu |= {"language": SPANISH, "voices": {SPANISH: "Polly.Lupe-Neural"}}
    del menu["voicemail"]
    menu["nodes"]["welcome"]["prompt"] = "Bienvenido."
    menu["nodes"]["main"]["prompt"] = "Para facturas, oprima el 1."
    company = read_company(document)
    support = company.inboxes[0]
    support = replace(support, voice_rules=replace(support.voice_rules, **rules))
    exchange.configure(replace(company, inboxes=(support, *company.inboxes[1:])))


def spoken(document: Document) -> list[str]:
    """What is said; every word of it in Spanish, with the Spanish voice."""
    says = [part for verb in document.verbs for part in (verb, *verb.children) if part.name == "Say"]
    assert {(say.get("language"), say.get("voice")) for say in says} <= {(SPANISH, "Polly.Lupe-Neural")}
    return [say.words for say in says]


def test_from_the_ring_to_a_call_back(exchange: Exchange) -> None:
    spanish(exchange)
    exchange.online("ana")
    exchange.occupy("ana")
    asked = exchange.go("")
    assert spoken(asked) == ["Bienvenido.", "Para facturas, oprima el 1."]
    enqueue = exchange.go(asked.verb("Gather").get("action"), Digits="1").verb("Enqueue")
    exchange.settle()
    calls.lines()()
    exchange.clock.advance(seconds=25)
    turn = exchange.go(enqueue.get("waitUrl"))
    assert spoken(turn) == [
        "Gracias por esperar. Usted es la siguiente persona en la fila.",
        "Si prefiere que le llamemos sin perder su lugar, oprima 1.",
    ]
    promised = exchange.go(turn.verb("Gather").get("action"), Digits="1")
    assert spoken(promised) == ["Gracias. Conserva su lugar en la fila y le devolveremos la llamada. Hasta luego."]


def test_from_the_line_to_a_message(exchange: Exchange) -> None:
    spanish(exchange)
    in_line(exchange)
    exchange.settle()
    document = exchange.go(f"/line?call={CALL}")
    assert document.names == ["Say", "Record", "Say", "Hangup"]
    assert spoken(document) == [
        "En este momento nadie puede atender su llamada. Deje su mensaje después del tono.",
        "Gracias. Hasta luego.",
    ]
    assert spoken(exchange.go(document.verb("Record").get("action"))) == ["Gracias. Hasta luego."]


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        (Closed.CALL_BACK, "En este momento no hay nadie. Le devolveremos la llamada. Hasta luego."),
        (Closed.MESSAGE, "En este momento no hay nadie. Por favor, llame más tarde. Hasta luego."),
    ],
)
def test_where_nobody_is_there(exchange: Exchange, closed: Closed, words: str) -> None:
    spanish(exchange, closed=closed)
    in_line(exchange)
    exchange.settle()
    assert spoken(exchange.go(f"/line?call={CALL}")) == [words]


def test_a_message_ends_well_although_its_inbox_is_gone_by_then(exchange: Exchange) -> None:
    spanish(exchange)
    in_line(exchange)
    exchange.settle()
    document = exchange.go(f"/line?call={CALL}")
    exchange.configure(replace(exchange.company, inboxes=exchange.company.inboxes[1:]))
    assert exchange.go(document.verb("Record").get("action")).words == "Gracias. Hasta luego."


@pytest.mark.parametrize(
    ("closed", "state", "answer"),
    [
        (Closed.VOICEMAIL, "recording", "Record"),
        (Closed.CALL_BACK, "callback_requested", "Hangup"),
        (Closed.MESSAGE, "abandoned", "Hangup"),
    ],
)
def test_when_the_last_agent_leaves_who_waits_hears_what_a_new_caller_would(
    exchange: Exchange, closed: Closed, state: str, answer: str
) -> None:
    spanish(exchange, closed=closed)
    exchange.online("ana")
    exchange.occupy("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.settle()
    calls.lines()()
    assert "Redirect" in exchange.go(enqueue.get("waitUrl")).names  # Ana is busy, and there
    exchange.goes("ana", "AWAY")
    calls.lines()()
    assert exchange.go(enqueue.get("waitUrl")).names == ["Leave"]
    document = exchange.go(enqueue.get("action"), QueueResult="leave")
    assert (exchange.state(), document.names[-1 if answer == "Hangup" else 1]) == (state, answer)
    assert len(spoken(document)) == (2 if answer == "Record" else 1)
    hang_up(exchange)
    exchange.settle()
    assert exchange.events().count("call.missed") == (1 if state == "abandoned" else 0)


def test_an_agent_who_comes_back_in_time_keeps_the_line(exchange: Exchange) -> None:
    spanish(exchange)
    exchange.online("ana")
    exchange.occupy("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.settle()
    exchange.goes("ana", "AWAY")
    calls.lines()()
    exchange.goes("ana", "ONLINE")
    calls.lines()()
    assert "Redirect" in exchange.go(enqueue.get("waitUrl")).names
