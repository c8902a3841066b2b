"""A call, step by step: from the ring through the menu and the line to an agent; and what is no call of Twilio's."""

from typing import Any
from urllib.parse import urlencode

import pytest

from heartline.domain.call_parties import PartyState
from heartline.domain.conversations import State
from heartline.domain.errors import Refused, Unavailable, Uncertain
from heartline.domain.messages import Channel
from tests.fakes import Order
from tests.telephone import ANA, BEN, CALL, EVA, Exchange, in_line, ringing, talking
from tests.twilio_requests import PUBLIC_URL, form, request


def test_the_choice_becomes_a_conversation_that_waits_for_the_skill(exchange: Exchange) -> None:
    exchange.online("ana")
    assert in_line(exchange).names == ["Enqueue"]
    exchange.dial()
    head = exchange.head()
    assert (head.state, head.routing_channel, head.call) == (State.WAITING, Channel.VOICE, CALL)
    assert head.requires == {"billing": 1, "inbox:support": 1}
    assert [(m.event, m.text) for m in exchange.timeline()] == [("call.queued", "Called and chose 1: billing.")]


def test_an_inbox_without_a_menu_lets_the_caller_wait_at_once(exchange: Exchange) -> None:
    assert exchange.go("", To="+14155550101").names == ["Enqueue"]
    exchange.dial()
    assert exchange.head().inbox == "sales"


def test_the_chosen_agents_phone_rings_for_as_long_as_the_offer_stands(exchange: Exchange) -> None:
    exchange.online("ana")
    call = ringing(exchange)
    (ring,) = exchange.legs.orders
    assert (ring.verb, ring.call, ring.about) == ("ring", CALL, ANA)
    assert 5 <= ring.detail <= 19
    assert (call.agent, call.device, call.attempt) == ("ana", "phone", 1)
    assert exchange.head().state is State.OFFERED


def test_picking_up_is_accepting(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    joined = exchange.pick_up()
    assert joined.names == ["Say", "Dial"]
    assert joined.words == f"A call for Support, about billing, from {EVA}. Waiting for 0 s."
    (conference,) = joined.verb("Dial").children
    assert (conference.words, conference.get("endConferenceOnExit")) == (CALL, "false")
    assert (exchange.head().state, exchange.head().agent) == (State.ASSIGNED, "ana")
    assert exchange.events() == ["call.queued", "call.offered", "call.answered"]
    assert exchange.state() == "in_progress"


def test_the_caller_is_fetched_out_of_the_line_into_the_conference(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.pick_up()
    exchange.settle()
    assert exchange.legs.orders[-1] == Order("connect", CALL, CALL)
    (conference,) = exchange.go(f"/join?call={CALL}").verb("Dial").children
    assert (conference.words, conference.get("endConferenceOnExit")) == (CALL, "true")
    assert exchange.call().parties["customer"].state is PartyState.JOINED


def test_a_caller_whom_the_dialer_did_not_fetch_leaves_the_line_by_themselves(exchange: Exchange) -> None:
    exchange.online("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.ring_agent()
    exchange.pick_up()
    assert exchange.go(enqueue.get("waitUrl")).names == ["Play", "Redirect"]  # the dialer is about to
    exchange.clock.advance(seconds=10)
    assert exchange.go(enqueue.get("waitUrl")).names == ["Leave"]
    assert exchange.go(enqueue.get("action"), QueueResult="leave").names == ["Dial"]


def test_a_talk_that_ends_is_followed_by_the_work_after_it(exchange: Exchange) -> None:
    exchange.online("ana")
    talking(exchange)
    exchange.clock.advance(seconds=125)
    exchange.report(CallStatus="completed")
    exchange.settle()
    assert exchange.timeline()[-1].text == "Talked with Ana for 2 min 5 s."
    assert exchange.legs.orders[-1].verb == "end"  # the agent's leg
    assert (exchange.head().routing_channel, exchange.head().call) == (Channel.VOICE, CALL)
    exchange.clock.advance(seconds=30)
    exchange.settle()
    head = exchange.head()
    assert (head.state, head.agent, head.routing_channel, head.call) == (State.ASSIGNED, "ana", Channel.SMS, "")


def test_the_last_agent_who_hangs_up_ends_the_call_for_the_customer_too(exchange: Exchange) -> None:
    exchange.online("ana")
    talking(exchange)
    assert exchange.go(f"/left?call={CALL}&leg=agent-1", CallSid="CAleg1", CallStatus="completed").names == ["Hangup"]
    exchange.settle()
    assert Order("end", "", CALL) in exchange.legs.orders
    assert exchange.state() == "completed"


def test_an_agent_who_hangs_up_before_the_customer_is_there_does_not_lose_the_call(exchange: Exchange) -> None:
    exchange.online("ana", "ben")
    ringing(exchange)
    exchange.pick_up()
    exchange.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="completed")
    call = exchange.ring_agent()
    assert (call.attempt, call.agent) == (2, "ben" if exchange.legs.orders[0].about == ANA else "ana")
    assert "call.returned" in exchange.events()


def test_a_talk_is_an_answer_and_the_customer_waits_no_more(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    waits = exchange.head()
    assert (waits.waiting_since, waits.answered_at) == (exchange.call().queued, None)
    exchange.pick_up()
    head = exchange.head()
    assert (head.waiting_since, head.answered_at) == (None, exchange.call().answered)
    exchange.go(f"/join?call={CALL}")
    exchange.report(CallStatus="completed")
    exchange.clock.advance(seconds=60)
    exchange.settle()
    assert (exchange.state(), exchange.head().call, exchange.head().waiting_since) == ("completed", "", None)


def test_a_talk_with_whom_the_work_was_given_by_hand_is_an_answer_too(exchange: Exchange) -> None:
    exchange.online("ana")
    in_line(exchange)
    exchange.dial()
    exchange.assign("ana")
    exchange.dial()
    exchange.pick_up()
    assert (exchange.head().waiting_since, exchange.head().answered_at) == (None, exchange.call().answered)


def test_a_caller_whom_the_agent_dropped_waits_anew(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.pick_up()
    exchange.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="completed")
    exchange.dial()
    back = next(entry.at for entry in exchange.timeline() if entry.event == "call.returned")
    assert exchange.head().waiting_since == back


def test_an_agent_who_does_not_answer_is_followed_by_the_next(exchange: Exchange) -> None:
    exchange.online("ana", "ben")
    first = ringing(exchange).agent
    exchange.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="no-answer")
    second = exchange.ring_agent()
    assert exchange.presence(first) == "AWAY"
    assert {first, second.agent} == {"ana", "ben"}
    assert exchange.events() == ["call.queued", "call.offered", "call.declined", "call.offered"]
    assert {order.about for order in exchange.legs.orders} == {ANA, BEN}


@pytest.mark.parametrize("status", ["busy", "failed"])
def test_an_agent_whose_phone_refuses_stays_online(exchange: Exchange, status: str) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.report(CALL, "agent-1", CallSid="CAleg1", CallStatus=status)
    exchange.settle()
    assert exchange.presence("ana") == "ONLINE"
    words = {"busy": "Ana was busy.", "failed": "Ana could not be reached."}
    assert exchange.timeline()[-1].text == words[status]


def test_an_offer_that_expires_stops_the_ringing(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.clock.advance(seconds=22)
    exchange.settle()
    assert exchange.legs.orders[-1] == Order("end", "", "CAleg1")
    assert exchange.state() == "queued"
    assert exchange.head().state is State.WAITING


def test_an_agent_who_leaves_is_not_rung_any_more(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.goes("ana", "OFFLINE")
    exchange.settle()
    assert exchange.legs.orders[-1] == Order("end", "", "CAleg1")
    assert exchange.state() == "queued"


def test_a_late_report_of_an_earlier_offer_changes_nothing(exchange: Exchange) -> None:
    exchange.online("ana", "ben")
    ringing(exchange)
    exchange.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="busy")
    exchange.ring_agent()
    before = (exchange.events(), exchange.call())
    exchange.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="ringing")
    exchange.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="no-answer")
    exchange.settle()
    assert (exchange.events(), exchange.call()) == before


def test_picking_up_after_the_offer_is_over_connects_nobody(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.clock.advance(seconds=30)
    assert exchange.pick_up().names == ["Say", "Hangup"]
    assert exchange.head().state is not State.ASSIGNED


def test_an_answer_that_twilio_asks_for_twice_is_the_same(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    assert exchange.pick_up() == exchange.pick_up()
    assert exchange.events().count("call.answered") == 1


def test_an_agent_without_a_telephone_is_rung_in_the_browser(exchange: Exchange) -> None:
    exchange.online("lea")
    assert ringing(exchange).device == "browser"
    assert exchange.legs.orders[-1].about == "client:lea"


def test_whom_twilio_cannot_ring_is_passed_over_and_the_call_says_why(exchange: Exchange) -> None:
    exchange.online("ana", "ben")

    def refuse_ana(order: Order) -> None:
        if order.about == ANA:
            raise Refused("The number is not a telephone number.", reason="21211")

    exchange.legs.before = refuse_ana
    in_line(exchange)
    call = exchange.ring_agent()
    assert call.agent == "ben"
    assert "Offered to Ben." in [message.text for message in exchange.timeline()]


def test_an_order_without_an_answer_is_not_given_again(exchange: Exchange) -> None:
    exchange.online("ana")
    lost: list[Order] = []

    def lose(order: Order) -> None:
        lost.append(order)
        raise Uncertain("Twilio's answer was lost.")

    exchange.legs.before = lose
    in_line(exchange)
    exchange.settle()
    exchange.settle()
    assert [order.verb for order in lost] == ["ring"]
    assert exchange.call().parties["agent-1"].state is PartyState.PLACING
    assert exchange.pick_up().names == ["Say", "Dial"]  # it rang all the same


def test_work_that_is_given_by_hand_rings_that_agent(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.assign("ben")
    exchange.settle()
    assert exchange.call().agent == "ben"
    assert exchange.legs.orders[-1].about == BEN
    assert exchange.pick_up().names == ["Say", "Dial"]
    assert exchange.head().agent == "ben"


def test_an_agent_to_whom_a_call_was_given_and_who_does_not_answer_gives_it_back(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    exchange.assign("ben")
    exchange.settle()
    exchange.clock.advance(seconds=22)
    exchange.settle()
    assert exchange.head().agent != "ben"
    assert exchange.call().attempt >= 2


def test_callers_who_hide_their_number_are_not_one_person(exchange: Exchange) -> None:
    for call in ("CA1", "CA2"):
        exchange.go(
            exchange.go("", CallSid=call, From="anonymous").verb("Gather").get("action"),
            CallSid=call,
            From="anonymous",
            Digits="1",
        )
    exchange.dial()
    assert len(exchange.heads()) == 2
    assert {head.contact_name for head in exchange.heads()} == {"Unknown caller"}


def test_a_second_call_of_a_customer_who_is_on_the_phone_is_asked_for_a_message(exchange: Exchange) -> None:
    exchange.online("ana", "ben")
    talking(exchange)
    exchange.go(exchange.go("", CallSid="CA2").verb("Gather").get("action"), CallSid="CA2", Digits="1")
    exchange.settle()
    assert exchange.call("CA2").state == "recording"
    assert exchange.legs.orders[-1] == Order("line_up", "CA2", "CA2")
    assert "Record" in exchange.go("/line?call=CA2", CallSid="CA2").names
    assert exchange.head().call == CALL


def test_every_step_may_come_twice(exchange: Exchange) -> None:
    exchange.online("ana")
    asked = exchange.go("")
    assert exchange.go("") == asked
    enqueue = exchange.go(asked.verb("Gather").get("action"), Digits="1")
    assert exchange.go(asked.verb("Gather").get("action"), Digits="1") == enqueue
    exchange.settle()
    assert exchange.events() == ["call.queued", "call.offered"]


@pytest.mark.parametrize(
    ("step", "fields", "reads", "writes"),
    [
        ("", {}, 1, 1),
        ("enter", {}, 0, 1),
        ("wait", {}, 1, 0),
        ("agent", {}, 1, 1),
        ("join", {}, 1, 1),
        ("left", {"CallStatus": "completed"}, 1, 1),
        ("music", {}, 0, 0),
    ],
)
def test_a_step_reads_once_and_writes_once_at_most(
    exchange: Exchange, step: str, fields: dict[str, str], reads: int, writes: int
) -> None:
    exchange.online("ana")
    urls = {"": "", "music": "/music?inbox=support", "join": f"/join?call={CALL}"}
    urls |= {"left": f"/left?call={CALL}&leg=customer"}
    if step == "enter":
        urls["enter"], fields = exchange.go("").verb("Gather").get("action"), {"Digits": "1"}
    elif step == "wait":
        urls["wait"] = in_line(exchange).verb("Enqueue").get("waitUrl")
    elif step == "agent":
        call = ringing(exchange)
        offer = {"call": call.id, "conversation": call.conversation, "attempt": 1}
        urls["agent"], fields = f"/agent?{urlencode(offer)}", {"CallSid": "CAleg1"}
    elif step in ("join", "left"):
        ringing(exchange)
        exchange.pick_up()
        exchange.settle()
    usage = exchange.table.usage.requests
    before = usage.copy()
    exchange.go(urls[step], **fields)
    asked = usage - before
    assert sum(asked[name] for name in ("GetItem", "BatchGetItem", "Query")) <= reads, asked
    assert asked.total() <= reads + writes, asked


@pytest.mark.parametrize("name", sorted(form("call")))
def test_a_request_with_a_changed_field_is_forbidden(exchange: Exchange, name: str) -> None:
    event = request("/webhooks/voice", form("call"))
    event["body"] = request("/webhooks/voice", form("call", **{name: "changed"}))["body"]
    assert exchange.function.handler(event, None)["statusCode"] == 403
    assert exchange.table.everything() == ()


def test_a_changed_query_is_forbidden(exchange: Exchange) -> None:
    event = request("/webhooks/voice/agent", form("call"), query="call=CA1&conversation=c1&attempt=1")
    event["rawQueryString"] = "call=CA1&conversation=c1&attempt=2"
    assert exchange.function.handler(event, None)["statusCode"] == 403


def test_a_step_that_does_not_exist_is_refused(exchange: Exchange) -> None:
    assert exchange.answer("/nonsense")["statusCode"] == 403


def test_a_table_that_does_not_answer_makes_twilio_repeat(exchange: Exchange) -> None:
    def down(moment: str, _operation: str) -> None:
        if moment == "before":
            raise Unavailable("down")

    exchange.table.hook = down
    assert exchange.answer("")["statusCode"] == 503


@pytest.mark.parametrize("words", ["</Say><Dial>+1900</Dial>", "a\r\nb", "\x00", "&lt;", "=cmd|' /C calc'!A0", "#"])
@pytest.mark.parametrize("name", ["From", "CallerName", "Digits", "QueueResult", "DialCallStatus", "SpeechResult"])
def test_no_field_reaches_twiml_as_more_than_words(exchange: Exchange, name: str, words: str) -> None:
    exchange.online("ana")
    fields: dict[str, Any] = {name: words}
    exchange.go("", **fields)
    for _ in range(3):
        document = exchange.go(f"{PUBLIC_URL}/webhooks/voice/ivr?node=main&attempt=2&language=en-US", **fields)
        assert set(document.names) <= {"Enqueue", "Gather", "Redirect", "Say"}
    if exchange.calls():
        exchange.settle()
        assert exchange.pick_up().names == ["Say", "Dial"]
        assert exchange.go(f"/dequeued?call={CALL}", **fields).names in ([], ["Dial"], ["Hangup"])
