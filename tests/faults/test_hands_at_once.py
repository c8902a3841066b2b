"""Two people, or a person and the router, at the same conversation: whoever comes second is told, or comes after."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, count
from typing import Final

import pytest

from heartline.domain.errors import Conflict, Refused
from heartline.domain.inboxes import AgentProfile
from heartline.services.desk_ports import Target
from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.functional.routed import Routed, books_balance
from tests.invariants import violations

NOTE: Final = "Please."
Step = Callable[[Routed, str], object]


def agent(routed: Routed, name: str) -> AgentProfile:
    return routed.profile(name)


def give(to: str, by: str) -> Step:
    return lambda routed, one: routed.by_hand.assign(one, to=agent(routed, to), by=agent(routed, by), note=NOTE)


def lead_gives(to: str) -> Step:
    def step(routed: Routed, one: str) -> object:
        lead = replace(agent(routed, "ana"), role="lead")
        return routed.by_hand.assign(one, to=agent(routed, to), by=lead, note=NOTE)

    return step


ROUTER: Final = "the router claims it"

STEPS: Final[dict[str, Step]] = {
    "Ana takes it": give("ana", "ana"),
    "Ben takes it": give("ben", "ben"),
    "a lead gives it to Ben": lead_gives("ben"),
    ROUTER: lambda routed, _: routed.route(),
    "Ana raises it": lambda r, one: r.by_hand.prioritise(one, band=2, boost=60, reason="VIP", by=agent(r, "ana")),
    "Ben raises it": lambda r, one: r.by_hand.prioritise(one, band=1, boost=0, reason="VIP", by=agent(r, "ben")),
    "Ana escalates it": lambda r, one: r.by_hand.escalate(one, pool="second", note=NOTE, by=agent(r, "ana")),
    "Ben calms it": lambda r, one: r.by_hand.mark(one, heated=True, by=agent(r, "ben")),
    "Ana snoozes it": lambda r, one: r.by_hand.snooze(one, until=None, by=agent(r, "ana")),
    "Ana goes home": lambda r, _: r.desk.hand_over(agent(r, "ana"), Target(), NOTE),
    "Ana finishes up": lambda r, _: r.presence.choose(agent(r, "ana"), "DRAINING"),
    "Ana closes it": lambda r, one: r.by_hand.close(one, by=agent(r, "ana")),
}


def world(table: MemoryTable) -> tuple[Routed, str]:
    routed = Routed(table)
    routed.configured("ben", pool="second")
    one = routed.text("1")
    routed.online("ana", "ben")
    return routed, one


def take(routed: Routed, one: str, name: str) -> None:
    with suppress(Conflict, Refused):
        STEPS[name](routed, one)


def outcome(routed: Routed, one: str, names: Sequence[str]) -> tuple[object, ...]:
    """Where the router has a part, once the tick has come that lost claims and new entries ask for."""
    if ROUTER in names:
        routed.route()
    head = routed.head(one)
    return head.state, head.agent, head.band, head.boost, [pool.name for pool in head.pools], head.heated


def in_turn(*names: str) -> tuple[object, ...]:
    routed, one = world(MemoryTable())
    for name in names:
        take(routed, one, name)
    return outcome(routed, one, names)


@pytest.mark.parametrize("begins", ["waiting", "Ana's"])
@pytest.mark.parametrize(("first", "second"), list(combinations(STEPS, 2)), ids=lambda name: name.replace(" ", "-"))
def test_two_steps_that_meet_anywhere_are_as_one_after_the_other(first: str, second: str, begins: str) -> None:
    before = () if begins == "waiting" else ("Ana takes it",)
    either = [in_turn(*before, first, second), in_turn(*before, second, first)]
    for at in count(1):
        table = MemoryTable()
        routed, one = world(table)
        for name in before:
            take(routed, one, name)
        calls = count(1)

        def meanwhile(
            moment: str, _operation: str, table: MemoryTable = table, calls: "count[int]" = calls, at: int = at
        ) -> None:
            if moment == "before" and next(calls) == at:
                table.hook = healthy
                take(routed, one, second)  # noqa: B023 - called before the next world is made

        table.hook = meanwhile
        take(routed, one, first)
        met, table.hook = table.hook is healthy, healthy
        assert violations(table.everything()) == [], at
        assert routed.sweep().repaired == 0, at
        books_balance(routed)
        if not met:
            return
        assert outcome(routed, one, (first, second)) in either, at
