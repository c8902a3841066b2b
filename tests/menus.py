"""Voice menus for tests: one that has every kind of node, and how to change a node of it."""

from copy import deepcopy
from typing import Any, Final

from heartline.domain.inboxes import Company, Inbox
from heartline.domain.ivr.model import Ivr
from heartline.services.configure import read_company
from heartline.services.read_ivr import read_ivr
from heartline.services.sections import Section

OURS: Final = "+14155550100"

MENU: Final[dict[str, Any]] = {
    "start": "welcome",
    "language": "en-US",
    "voices": {"en-US": "Polly.Joanna-Neural"},
    "voicemail": {"en-US": "Leave a message.", "es-US": "Deje un mensaje."},
    "nodes": {
        "welcome": {"kind": "say", "prompt": "Welcome to Acme.", "to": "hours"},
        "hours": {"kind": "hours", "open": "main", "closed": "closed", "holiday": "feast"},
        "main": {
            "kind": "menu",
            "prompt": {
                "en-US": "For billing, press 1. For help, press 2. Para español, oprima el 8. Press star to hear this "
                "again, zero for anybody.",
                "es-US": "Para facturas, oprima 1. Para ayuda, 2. Español, 8. Otra vez, asterisco. Alguien, cero.",
            },
            "choices": [
                {"digit": "1", "label": "billing", "to": "billing", "words": ["billing", "my bill"]},
                {"digit": "2", "label": "help", "to": "help", "words": ["help", "ayuda"]},
                {"digit": "8", "label": "Spanish", "to": "spanish", "words": ["español"]},
                {"digit": "*", "label": "again", "to": "main"},
                {"digit": "0", "label": "anybody", "to": "line"},
            ],
            "otherwise": "line",
            "no_input": "message",
        },
        "billing": {
            "kind": "menu",
            "prompt": {
                "en-US": "For an invoice, press 1. For a refund, press 2. Nine goes back.",
                "es-US": "Factura, 1. Reembolso, 2. Nueve: atrás.",
            },
            "choices": [
                {"digit": "1", "label": "invoice", "to": "invoices"},
                {"digit": "2", "label": "refund", "to": "refunds"},
                {"digit": "9", "label": "back", "to": "main"},
            ],
            "otherwise": "invoices",
            "reprompts": 0,
        },
        "spanish": {"kind": "language", "language": "es-US", "to": "main"},
        "help": {"kind": "call_back", "label": "help", "requires": {"technical": 1}},
        "invoices": {"kind": "queue", "label": "invoice", "requires": {"billing": 1}},
        "refunds": {"kind": "queue", "label": "refund", "requires": {"billing": 2}, "band": 3},
        "line": {"kind": "queue"},
        "message": {"kind": "voicemail"},
        "closed": {"kind": "voicemail", "prompt": {"en-US": "We are closed.", "es-US": "Está cerrado."}},
        "feast": {"kind": "message", "prompt": "Today is a holiday. Goodbye."},
    },
}

HOURS: Final[dict[str, Any]] = {
    "zone": "America/New_York",
    "week": {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holidays": [{"date": "2026-12-25", "name": "Christmas Day"}],
}


def changed(**nodes: dict[str, Any] | None) -> dict[str, Any]:
    """The menu with fields of nodes changed, a whole node added, or (None) removed."""
    menu = deepcopy(MENU)
    for name, fields in nodes.items():
        if fields is None:
            del menu["nodes"][name]
        else:
            menu["nodes"][name] = {**menu["nodes"].get(name, {}), **fields}
    return menu


def menu_of(document: dict[str, Any]) -> Ivr:
    return read_ivr(Section.at("ivr", document))


def company_of(document: dict[str, Any], *, hours: dict[str, Any] | None = HOURS) -> Company:
    """An inbox with the menu, and two people who can do everything between them."""
    inbox = {"id": "support", "name": "Support", "voice": [OURS], "requires": {"en": 1}, "ivr": document}
    return read_company(
        {
            "inboxes": [inbox | ({"hours": hours} if hours else {})],
            "agents": [
                _agent("ana", {"en": 3, "billing": 2, "technical": 1}),
                _agent("ben", {"en": 5, "technical": 3}),
            ],
        }
    )


def inbox_of(company: Company) -> Inbox:
    return company.inboxes[0]


def _agent(name: str, skills: dict[str, int]) -> dict[str, Any]:
    return {"id": name, "name": name, "skills": skills, "capacity": {"voice": 1}, "inboxes": ["support"]}
