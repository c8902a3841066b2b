"""A call-back from the plan to its last attempt, and click-to-call: dialer, router, clock and webhooks together."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from heartline import bootstrap
from heartline.bootstrap import calls, phones, routing
from heartline.domain.call_parties import CUSTOMER
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import State
from heartline.domain.devices import Device
from heartline.domain.messages import Channel
from heartline.services.calling import Wanted
from tests import handlers
from tests.telephone import ANA, EVA, OURS, Exchange

PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)


def planned(exchange: Exchange, *, minutes: int = 60) -> Call:
    """Ana has planned to call Eva back, in an hour or as said."""
    exchange.online("ana")
    conversation = exchange.write(PHONE, Channel.SMS)
    head = bootstrap.reading().conversation(conversation)
    assert head is not None
    wanted = Wanted(request="r1", due=exchange.clock.at + timedelta(minutes=minutes))
    return phones.customers().call_back(head, wanted, by=exchange.agent("ana"), inbox=exchange.company.inboxes[0])


def due(exchange: Exchange, call: str) -> None:
    """The time comes, the sweep wakes the dialer, and an agent's phone rings."""
    at = exchange.call(call).due
    assert at is not None
    exchange.clock.advance(seconds=(at - exchange.clock.at).total_seconds() + 1)
    exchange.online("ana")
    assert phones.due_calls()() == 1
    exchange.settle()


def rung(exchange: Exchange, call: str) -> Call:
    """The agent picks up, and the customer is rung."""
    exchange.pick_up(call)
    exchange.settle()
    return exchange.call(call)


def clicked(exchange: Exchange) -> Call:
    """Ana calls Eva at once."""
    exchange.online("ana")
    head = bootstrap.reading().conversation(exchange.write(PHONE, Channel.SMS))
    assert head is not None
    wanted, inbox = Wanted(request="r1"), exchange.company.inboxes[0]
    call = phones.customers().dial(head, wanted, by=exchange.agent("ana"), inbox=inbox)
    exchange.settle()
    return call


def told(exchange: Exchange) -> str:
    return exchange.timeline()[-1].text


def test_a_call_back_that_is_due_rings_the_agent_and_then_the_customer(exchange: Exchange) -> None:
    call = planned(exchange)
    exchange.settle()
    assert exchange.legs.orders == []
    due(exchange, call.id)
    offered = exchange.call(call.id)
    assert (offered.state, offered.agent, exchange.head().state) == (CallState.OFFERING, "ana", State.OFFERED)
    assert [(order.verb, order.about) for order in exchange.legs.orders] == [("ring", ANA)]
    dialling = rung(exchange, call.id)
    assert dialling.state is CallState.DIALLING
    assert [(order.verb, order.about) for order in exchange.legs.orders][1:] == [("invite", EVA)]
    sid = dialling.parties[CUSTOMER].sid
    assert exchange.head().waiting_since is not None  # an agent who has picked up has not talked with anybody yet
    exchange.report(call.id, CUSTOMER, CallStatus="in-progress", CallSid=sid)
    exchange.settle()
    talk, head = exchange.call(call.id), exchange.head()
    assert talk.state is CallState.IN_PROGRESS
    assert (head.waiting_since, head.answered_at) == (None, talk.answered)


def test_who_does_not_answer_is_tried_again_and_after_the_last_time_it_is_written_work(exchange: Exchange) -> None:
    call = planned(exchange)
    for tries in (1, 2, 3):
        due(exchange, call.id)
        sid = rung(exchange, call.id).parties[CUSTOMER].sid
        exchange.report(call.id, CUSTOMER, CallStatus="no-answer", CallSid=sid)
        exchange.settle()
        met = exchange.call(call.id)
        assert met.tries == tries
        assert routing.presence().state(exchange.agent("ana")).agent.free("voice") == 1
        assert exchange.head().routing_channel is Channel.SMS
    assert met.state is CallState.UNANSWERED
    assert told(exchange).endswith("did not answer. Tried 3 times: call back by hand, or write.")
    assert (exchange.head().call, exchange.head().agent) == ("", "ana")
    exchange.clock.advance(hours=1)
    assert phones.due_calls()() == 0


@pytest.mark.parametrize("woken", [1, 3])
def test_however_often_it_is_woken_one_phone_rings_once(exchange: Exchange, woken: int) -> None:
    call = planned(exchange)
    exchange.clock.advance(hours=2)
    exchange.online("ana")
    for _ in range(woken):
        phones.due_calls()()
        exchange.settle()
    assert [order.verb for order in exchange.legs.orders] == ["ring"]
    assert exchange.call(call.id).attempt == 1


def test_a_call_back_that_was_cancelled_rings_nobody(exchange: Exchange) -> None:
    call = planned(exchange)
    phones.desk().cancel(call.id, exchange.agent("ana"))
    exchange.settle()
    exchange.clock.advance(hours=2)
    assert phones.due_calls()() == 0
    exchange.settle()
    assert exchange.legs.orders == []
    assert exchange.head().call == ""


def test_a_conversation_that_is_closed_has_no_call_back_any_more(exchange: Exchange) -> None:
    call = planned(exchange)
    routing.handover().close(exchange.head().id)
    exchange.settle()
    assert exchange.call(call.id).state is CallState.CANCELLED
    assert "The conversation was closed." in [message.text for message in exchange.timeline()]
    assert phones.reading().call_backs(["support"], limit=9, cursor=None).items == ()


def test_the_customer_who_calls_by_themselves_makes_the_call_back_needless(exchange: Exchange) -> None:
    call = planned(exchange)
    asked = exchange.go("")
    exchange.go(asked.verb("Gather").get("action"), Digits="1")
    exchange.settle()
    assert exchange.call(call.id).state is CallState.CANCELLED
    assert exchange.head().call == exchange.call().id


def test_click_to_call_rings_the_agent_who_clicked_and_nobody_else(exchange: Exchange) -> None:
    exchange.online("ben")
    call = clicked(exchange)
    assert [(order.verb, order.about) for order in exchange.legs.orders] == [("ring", ANA)]
    assert exchange.call(call.id).number == OURS
    leg = exchange.call(call.id).parties["agent-1"]
    exchange.report(call.id, "agent-1", CallStatus="no-answer", CallSid=leg.sid)
    exchange.settle()
    assert exchange.call(call.id).state is CallState.UNANSWERED
    assert [order.verb for order in exchange.legs.orders].count("ring") == 1
    assert routing.presence().state(exchange.agent("ana")).agent.free("voice") == 1


@pytest.mark.parametrize("begin", [clicked, planned])
def test_that_an_agent_calls_is_told_once(exchange: Exchange, begin: Callable[[Exchange], Call]) -> None:
    """What showed it: a click-to-call had the line at the click, and again when the agent picked up."""
    call = begin(exchange)
    if begin is planned:
        due(exchange, call.id)
    sid = rung(exchange, call.id).parties[CUSTOMER].sid
    exchange.report(call.id, CUSTOMER, CallStatus="in-progress", CallSid=sid)
    exchange.settle()
    texts = [message.text for message in exchange.timeline()]
    assert len([text for text in texts if text.startswith("Ana is calling ")]) == 1
    assert texts[-1].endswith(" answered.")


def test_the_agents_device_is_the_one_they_chose(exchange: Exchange) -> None:
    phones.phone().choose(exchange.agent("ana"), Device.BROWSER)
    call = planned(exchange)
    due(exchange, call.id)
    assert [order.about for order in exchange.legs.orders] == ["client:ana"]
    assert exchange.call(call.id).device == "browser"


def test_each_minute_the_timers_look_at_calls(exchange: Exchange) -> None:
    call = planned(exchange)
    exchange.clock.advance(hours=2)
    handlers.load("timers").handler({"source": "heartline.schedule", "every": "minute"}, None)
    assert {"call": call.id} in [message for queue in exchange.queues.values() for message in queue.messages]


@pytest.mark.parametrize(("minutes", "reminded"), [(10, True), (60, False)])
def test_a_call_back_that_is_due_soon_need_not_wait_for_the_minute(
    exchange: Exchange, minutes: int, reminded: bool
) -> None:
    call = planned(exchange, minutes=minutes)
    assert calls.dialer()(call.id) == 0
    reminders = [message for queue in exchange.queues.values() for message in queue.messages if "due" in message]
    assert reminders == ([{"due": "call", "call": call.id, "delay": 60 * minutes}] if reminded else [])
