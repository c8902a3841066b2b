"""Routing under any schedule: events in any order, lost claims, crashes before and after every request."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heartline.domain.errors import Conflict, Contended, Refused, Unavailable
from heartline.domain.messages import Channel
from heartline.services.call_routing import RoutedCalls
from heartline.services.desk_ports import Target
from tests.fakes import Failing, MemoryTable
from tests.fakes.table import healthy
from tests.functional.routed import Routed, books_balance
from tests.invariants import violations

AGENTS = ("ana", "ben")
CUSTOMERS = 5


class Crash(BaseException):
    """The process is gone: nothing of ours catches this."""


def conversation(routed: Routed, number: int) -> str:
    """The open conversation of a customer; a repeated text is the same event."""
    return routed.text(str(number + 1))


def by_hand(routed: Routed, step: str, number: int, **words: Any) -> object:
    """A step of Ana's, who leads."""
    leads = replace(routed.profile("ana"), role="lead")
    return getattr(routed.by_hand, step)(conversation(routed, number), by=leads, **words)


def hand_over(routed: Routed, number: int) -> object:
    """Ana goes home: to Ben, to a pool, or back to the queue."""
    to = (Target(agent=routed.profile("ben")), Target(pool="main"), Target())[number % 3]
    return routed.desk.hand_over(routed.profile("ana"), to, "My shift is over.")


STEPS: dict[str, Callable[[Routed, int], object]] = {
    "text": conversation,
    "route": lambda routed, _: routed.route(),
    "online": lambda routed, n: routed.online(AGENTS[n % 2]),
    "away": lambda routed, n: routed.presence.choose(routed.profile(AGENTS[n % 2]), "AWAY"),
    "close": lambda routed, n: routed.handover.close(conversation(routed, n)),
    "reopen": lambda routed, n: routed.handover.reopen(conversation(routed, n)),
    "assign": lambda routed, n: routed.handover.assign(conversation(routed, n), routed.profile(AGENTS[n % 2])),
    "unassign": lambda routed, n: routed.handover.unassign(conversation(routed, n)),
    "snooze": lambda routed, n: routed.handover.snooze(conversation(routed, n)),
    "replied": lambda routed, n: routed.handover.replied(conversation(routed, n)),
    "call": lambda routed, n: calls(routed).to_voice(routed.call(conversation(routed, n))),
    "hang up": lambda routed, n: calls(routed).hand_back(routed.call(conversation(routed, n))),
    "accept": lambda routed, n: routed.accept(routed.head(conversation(routed, n))),
    "decline": lambda routed, n: calls(routed).decline(routed.head(conversation(routed, n)), timed_out=n % 2 == 0),
    "capacity": lambda routed, n: routed.configured("ana", capacity={Channel.SMS: n, Channel.VOICE: 1}),
    "take": lambda routed, n: by_hand(routed, "assign", n, to=routed.profile("ana")),
    "priority": lambda routed, n: by_hand(routed, "prioritise", n, band=n + 1, boost=60 * n, reason="VIP"),
    "escalate": lambda routed, n: by_hand(routed, "escalate", n, pool="main", note="Please."),
    "heated": lambda routed, n: by_hand(routed, "mark", n, heated=n % 2 == 0),
    "aside": lambda routed, n: by_hand(routed, "snooze", n, until=routed.office.clock() + timedelta(seconds=9)),
    "wake": lambda routed, n: by_hand(routed, "wake", n),
    "due": lambda routed, _: routed.snoozes(),
    "hand over": hand_over,
    "finish up": lambda routed, n: routed.presence.choose(routed.profile(AGENTS[n % 2]), "DRAINING"),
    "wait": lambda routed, n: routed.office.clock.advance(seconds=7 * n),
    "sweep": lambda routed, _: routed.sweep(),
}


def calls(routed: Routed) -> RoutedCalls:
    return RoutedCalls(store=routed.store, configuration=routed, handover=routed.handover)


def take(routed: Routed, step: tuple[str, int]) -> None:
    """One step; that somebody was faster is an answer."""
    name, number = step
    with suppress(Conflict, Refused, Contended, Unavailable):
        STEPS[name](routed, number)


def settle(routed: Routed) -> None:
    """Until nothing more happens: everybody has written, and ticks come as often as they are asked for."""
    for number in range(CUSTOMERS):
        conversation(routed, number)
    routed.sweep()
    for _ in range(CUSTOMERS):
        routed.route()


def everybody_is_served_who_can_be(routed: Routed) -> None:
    """I8: after quiescence an agent with a place for texts leaves no text waiting but those that they declined."""
    heads = [routed.head(conversation(routed, number)) for number in range(CUSTOMERS)]
    for name in AGENTS:
        agent = routed.state(name).agent
        if agent.presence == "ONLINE" and agent.free("sms") > 0 and not agent.load.get("voice"):
            waiting = [head for head in heads if head.state == "WAITING" and head.routing_channel == "sms"]
            assert all(name in (head.exclusions or {}) or head.last_agent for head in waiting)


steps = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, CUSTOMERS - 1)), max_size=40)
thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(steps)
def test_the_books_balance_after_every_step(schedule: list[tuple[str, int]]) -> None:
    table = MemoryTable()
    routed = Routed(table)
    for step in schedule:
        take(routed, step)
        books_balance(routed)
    settle(routed)
    everybody_is_served_who_can_be(routed)
    assert routed.sweep().repaired == 0
    assert violations(table.everything()) == []


@thorough
@given(schedule=steps, crash=st.integers(1, 150), moment=st.sampled_from(("before", "after")))
def test_a_crash_at_any_request_leaves_nothing_half_done(
    schedule: list[tuple[str, int]], crash: int, moment: str
) -> None:
    """The process dies once, somewhere; what its queue repeats is the step that it was at."""
    table = MemoryTable()
    routed = Routed(table)
    table.hook = Failing(error=Crash(), at=crash, moment=moment)
    for step in schedule:
        try:
            take(routed, step)
        except Crash:
            table.hook = healthy
            take(routed, step)
    table.hook = healthy
    books_balance(routed)
    settle(routed)
    books_balance(routed)
    assert routed.sweep().repaired == 0, "nothing impossible was found: each transition was whole"
    assert violations(table.everything()) == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_tick_that_dies_at_each_request_in_turn_is_finished_by_the_next(moment: str) -> None:
    for request in range(1, 40):
        table = MemoryTable()
        routed = Routed(table)
        waiting = [conversation(routed, number) for number in range(3)]
        routed.online(*AGENTS)
        table.hook = Failing(error=Crash(), at=request, moment=moment)
        with suppress(Crash):
            routed.route()
        table.hook = healthy

        routed.route()

        assert all(routed.head(each).assignee for each in waiting), request
        books_balance(routed)
