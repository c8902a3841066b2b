"""The router and the timers as Lambda calls them: events in, partial answers out."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from heartline import bootstrap
from heartline.bootstrap import calls, phones, routing
from heartline.domain.errors import Contended, Unavailable
from heartline.domain.inboxes import Staff
from heartline.services.business_hours import BusinessHours
from heartline.services.lines import Lines
from heartline.services.snoozes import Replied
from heartline.services.sweep import Swept
from heartline.storage.calls import DynamoCalls
from tests import handlers
from tests.fakes import MemoryTable, RecordingQueue
from tests.functional.routed import Routed

MINUTE = {"source": "heartline.schedule", "every": "minute"}


@pytest.fixture
def routed(monkeypatch: pytest.MonkeyPatch) -> Routed:
    routed = Routed(MemoryTable())
    monkeypatch.setattr(routing, "route", lambda: routed.route_with(routed.store))
    monkeypatch.setattr(routing, "sweep", lambda: routed.sweep)
    monkeypatch.setattr(routing, "causes", lambda: routed.again)
    lines = Lines(
        routing=routed.store,
        store=DynamoCalls(routed.table, Staff),
        calendar=BusinessHours(configuration=routed),
        configuration=routed,
        clock=routed.office.clock,
    )
    monkeypatch.setattr(calls, "lines", lambda: lines)
    monkeypatch.setattr(phones, "due_calls", lambda: lambda: 0)
    monkeypatch.setattr(routing, "wake_snoozed", lambda: routed.snoozes)
    monkeypatch.setattr(routing, "replied", lambda: Replied(handover=routed.handover))
    return routed


@dataclass
class Failing:
    fault: Exception

    def run(self) -> None:
        raise self.fault


def causes(*bodies: dict[str, Any]) -> dict[str, Any]:
    return {
        "Records": [
            {"messageId": str(n), "receiptHandle": f"r{n}", "body": json.dumps(body)} for n, body in enumerate(bodies)
        ]
    }


def test_a_batch_of_causes_is_one_tick(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")

    answer = handlers.load("router").handler(causes({"cause": "e1"}, {"cause": "e2"}), None)

    assert answer == {"batchItemFailures": []}
    assert routed.head(conversation).assignee == "ana"


def test_each_minute_the_sweep_asks_for_a_tick(routed: Routed) -> None:
    handlers.load("timers").handler(MINUTE, None)

    assert routed.again.messages == [{"cause": "time"}]


@pytest.mark.usefixtures("routed")
def test_what_the_sweep_repairs_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(routing, "sweep", lambda: lambda: Swept(leases_ended=0, repaired=2))

    handlers.load("timers").handler(MINUTE, None)

    assert '"RoutingRepaired":[2.0]' in capsys.readouterr().out


def test_those_who_wait_on_the_telephone_are_told_their_order_after_each_tick(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.queue_call(routed.call(conversation))

    handlers.load("router").handler(causes({"cause": "e1"}), None)

    line = DynamoCalls(routed.table, Staff).lines(["voice|inbox:support:1"])["voice|inbox:support:1"]
    assert line.order == (conversation,)


def test_an_answer_to_what_is_snoozed_comes_through_the_timers(routed: Routed) -> None:
    conversation = routed.text("1")
    ana = routed.profile("ana")
    routed.by_hand.assign(conversation, to=ana, by=ana)
    routed.by_hand.snooze(conversation, until=None, by=ana)
    cause = {"due": "reply", "conversation": conversation, "version": 1, "ends": ""}

    for _ in range(2):
        assert handlers.load("timers").handler(causes(cause), None) == {"batchItemFailures": []}

    assert (routed.head(conversation).state, routed.head(conversation).version) == ("ASSIGNED", 2)


def test_each_minute_what_was_snoozed_until_then_comes_back(routed: Routed) -> None:
    conversation = routed.text("1")
    ana = routed.profile("ana")
    routed.by_hand.assign(conversation, to=ana, by=ana)
    routed.by_hand.snooze(conversation, until=routed.office.clock() + timedelta(seconds=50), by=ana)
    routed.office.clock.advance(minutes=1)

    handlers.load("timers").handler(MINUTE, None)

    assert (routed.head(conversation).state, routed.head(conversation).agent) == ("ASSIGNED", "ana")


def test_what_a_minute_brings_does_not_wait_for_a_sweep_that_fails(
    routed: Routed, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = routed.text("1")
    ana = routed.profile("ana")
    routed.by_hand.assign(conversation, to=ana, by=ana)
    routed.by_hand.snooze(conversation, until=routed.office.clock() + timedelta(seconds=50), by=ana)
    routed.office.clock.advance(minutes=1)
    called: list[str] = []
    monkeypatch.setattr(routing, "sweep", lambda: Failing(Unavailable("throttled")).run)
    monkeypatch.setattr(phones, "due_calls", lambda: lambda: called.append("calls"))

    with pytest.raises(Unavailable):
        handlers.load("timers").handler(MINUTE, None)

    assert (routed.head(conversation).state, called) == ("ASSIGNED", ["calls"])


def test_the_tick_of_each_minute_stands_behind_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a tick is killed, what stands behind it in its group waits for the visibility time-out: three minutes."""
    groups: list[str] = []

    def queue(_url: str, *, group: str = "") -> RecordingQueue:
        groups.append(group)
        return RecordingQueue()

    monkeypatch.setattr(bootstrap, "queue", queue)
    routing.sweep.__wrapped__()
    routing.causes()

    assert groups == ["minute", "main"]


def test_a_call_that_is_due_is_looked_at_by_the_dialer(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = RecordingQueue()
    monkeypatch.setattr(bootstrap, "dialer_queue", lambda: queue)

    handlers.load("timers").handler(causes({"due": "call", "call": "CA1"}), None)

    assert queue.messages == [{"call": "CA1"}]


def test_an_offer_that_is_due_ends_between_the_minutes(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.queue_call(routed.call(conversation))
    routed.online("ben")
    routed.route()
    (due,) = routed.timers.messages
    routed.office.clock.advance(seconds=due.pop("delay"))

    answer = handlers.load("timers").handler(causes(due), None)
    handlers.load("router").handler(causes(*routed.again.messages), None)

    assert answer == {"batchItemFailures": []}
    assert routed.head(conversation).state == "WAITING"


@pytest.mark.parametrize("fault", [Unavailable("throttled"), Contended("somebody"), KeyError("a fault of ours")])
def test_the_causes_of_a_tick_that_failed_come_back_soon(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch that fails blocks its queue for the whole visibility time-out, and nobody would be routed."""
    queue = RecordingQueue()
    monkeypatch.setattr(bootstrap, "queue", lambda *_, **__: queue)
    monkeypatch.setattr(routing, "route", lambda: Failing(fault))

    with pytest.raises(type(fault)):
        handlers.load("router").handler(causes({"cause": "e1"}, {"cause": "e2"}), None)

    assert queue.back == [("r0", 2), ("r1", 2)]


def test_a_batch_of_ticks_that_were_cut_short_goes_on_once_from_the_first_place(routed: Routed) -> None:
    first, second, third = (routed.text(sid) for sid in ("1", "2", "3"))
    routed.online("ana")
    (routing_class,) = routed.store.classes()
    places = [each.place for each in routed.store.waiters(routing_class.name, limit=9)]

    handlers.load("router").handler(causes(*({"after": {routing_class.name: place}} for place in places[1::-1])), None)

    assert [routed.head(each).assignee for each in (first, second, third)] == [None, "ana", "ana"]


def test_a_new_cause_beside_what_goes_on_begins_anew(routed: Routed) -> None:
    first = routed.text("1")
    routed.online("ana")
    (routing_class,) = routed.store.classes()
    (waiter,) = routed.store.waiters(routing_class.name, limit=9)

    handlers.load("router").handler(causes({"after": {routing_class.name: waiter.place}}, {"cause": "e1"}), None)

    assert routed.head(first).assignee == "ana"
