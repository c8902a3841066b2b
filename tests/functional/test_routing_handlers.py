"""The router and the timers as Lambda calls them: events in, partial answers out."""

import json
from typing import Any

import pytest

from heartline import bootstrap
from heartline.bootstrap import calls, phones
from heartline.domain.errors import Unavailable
from heartline.domain.inboxes import Staff
from heartline.services.lines import Lines
from heartline.services.sweep import Swept
from heartline.storage.calls import DynamoCalls
from tests import handlers
from tests.fakes import MemoryTable, RecordingQueue
from tests.functional.routed import Routed

MINUTE = {"source": "heartline.schedule", "every": "minute"}


@pytest.fixture
def routed(monkeypatch: pytest.MonkeyPatch) -> Routed:
    routed = Routed(MemoryTable())
    monkeypatch.setattr(bootstrap, "route", lambda: routed.route)
    monkeypatch.setattr(bootstrap, "sweep", lambda: routed.sweep)
    lines = Lines(
        routing=routed.store,
        store=DynamoCalls(routed.table, Staff),
        staffed=lambda _requires: True,
        clock=routed.office.clock,
    )
    monkeypatch.setattr(calls, "lines", lambda: lines)
    monkeypatch.setattr(phones, "due_calls", lambda: lambda: 0)
    return routed


def causes(*bodies: dict[str, Any]) -> dict[str, Any]:
    return {"Records": [{"messageId": str(n), "body": json.dumps(body)} for n, body in enumerate(bodies)]}


def test_a_batch_of_causes_is_one_tick(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")

    answer = handlers.load("router").handler(causes({"cause": "e1"}, {"cause": "e2"}), None)

    assert answer == {"batchItemFailures": []}
    assert routed.head(conversation).assignee == "ana"


def test_a_tick_that_fails_leaves_its_causes_in_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    def throttled() -> int:
        raise Unavailable("throttled")

    monkeypatch.setattr(bootstrap, "route", lambda: throttled)

    with pytest.raises(Unavailable):
        handlers.load("router").handler(causes({"cause": "e1"}), None)


def test_each_minute_the_sweep_asks_for_a_tick(routed: Routed) -> None:
    handlers.load("timers").handler(MINUTE, None)

    assert routed.again.messages == [{"cause": "time"}]


@pytest.mark.usefixtures("routed")
def test_what_the_sweep_repairs_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bootstrap, "sweep", lambda: lambda: Swept(leases_ended=0, repaired=2))

    handlers.load("timers").handler(MINUTE, None)

    assert '"RoutingRepaired":[2.0]' in capsys.readouterr().out


def test_those_who_wait_on_the_telephone_are_told_their_order_after_each_tick(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.queue_call(routed.call(conversation))

    handlers.load("router").handler(causes({"cause": "e1"}), None)

    line = DynamoCalls(routed.table, Staff).lines(["voice|inbox:support:1"])["voice|inbox:support:1"]
    assert line.order == (conversation,)


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
    routed.office.clock.advance(seconds=21)

    answer = handlers.load("timers").handler(causes({"due": "offers"}), None)

    assert answer == {"batchItemFailures": []}
    assert routed.head(conversation).state == "WAITING"
