"""The deterministic budget: what a thing may cost, and how much a function may import. Never time."""

import pytest

from tests.bench.counts import Cost, counted
from tests.bench.imports import FUNCTIONS, bare_modules, modules_of
from tests.bench.life import lives

COSTS = {cost.name: cost for cost in counted()}

BUDGET = {
    "text, new contact": (2, 17),
    "text, known contact, joins": (2, 8),
    "text, known contact, opens a conversation": (2, 11),
    "mail, new contact": (2, 19),
    "mail, known contact, new thread": (2, 13),
    "mail, joins its thread": (4, 12),
    "call webhook: out of the menu into the line": (1, 1),
    "call webhook: a turn of the waiting": (1, 0),
    "call webhook: the agent picks up": (2, 12),
    "call webhook: the customer hangs up": (2, 6),
    "call, intake and into the line of a class (dialer)": (7, 18),
    "call, an agent is rung (dialer)": (6, 7),
    "reply by text, submitted": (6, 14),
    "reply by text, sent": (5, 7),
    "reply by text, delivery report": (2, 1),
    "assignment, a tick for one conversation": (6, 9),
    "voicemail, reported, new contact": (2, 18),
    "recording, copied, deleted at Twilio, ordered as text": (4, 6),
    "transcript, taken in": (3, 7),
    "assignment, each of 20 in one tick": (1, 8),
    "backlog: a tick where nobody has a place": (2, 0),
    "backlog: a tick for one freed slot, six classes": (12, 15),
    "backlog: a tick for an agent who comes, eighteen classes, three channels": (27, 44),
    "backlog: assignment, each of 200 in one tick": (4, 9),
}
"""Requests and write units. Raise a number only with the reason in the commit that does it."""

LIVES = {life.name: life for life in lives()}

LIFE_BUDGET = {
    "a text, assigned directly": (19, 13),
    "one of 10 texts that one agent takes at once, on average": (18, 12),
    "work that is offered and accepted": (24, 17),
}
"""Write units of a conversation's life in routing, and those without the lists and the pointer."""

MODULES = {
    "api": 570,
    "changes": 165,
    "delivery": 245,
    "dialer": 165,
    "ingest": 165,
    "media": 218,
    "realtime": 165,
    "router": 165,
    "sender": 165,
    "timers": 175,
    "twilio_webhook": 105,
    "voice": 165,
    "web": 85,
}
"""A little above what Python 3.11 needs: other versions split the standard library in other ways."""


@pytest.mark.parametrize(("name", "budget"), BUDGET.items(), ids=BUDGET.keys())
def test_the_work_stays_within_its_budget(name: str, budget: tuple[int, int]) -> None:
    cost = COSTS[name]
    requests, write_units = budget
    assert cost.requests <= requests
    assert cost.write_units <= write_units


@pytest.mark.parametrize(("name", "budget"), LIFE_BUDGET.items(), ids=LIFE_BUDGET.keys())
def test_a_life_stays_within_its_budget(name: str, budget: tuple[int, int]) -> None:
    life = LIVES[name]
    assert (life.write_units, life.own_units) == budget
    assert life.met


def test_every_life_has_its_budget() -> None:
    assert set(LIVES) == set(LIFE_BUDGET)


@pytest.mark.parametrize("cost", [cost for cost in COSTS.values() if cost.target], ids=lambda cost: cost.name)
def test_the_targets_are_met(cost: Cost) -> None:
    assert cost.met


def test_a_repetition_reads_and_is_refused_and_writes_nothing_to_the_lists() -> None:
    assert COSTS["text, the same again"].index_units == COSTS["mail, the same again"].index_units == 0


def test_every_function_has_a_budget_of_modules() -> None:
    assert set(FUNCTIONS) == set(MODULES)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_imports_what_it_uses_and_nothing_else(function: str) -> None:
    assert modules_of(function) <= MODULES[function]


def test_importing_a_handler_builds_no_client() -> None:
    assert modules_of("twilio_webhook") < bare_modules()
