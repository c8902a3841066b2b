"""A call, step by step: from the ring through the menu and the line to an agent; and what is no call of Twilio's."""

from typing import Any

import pytest

from heartline.domain.conversations import State
from heartline.domain.errors import Unavailable
from heartline.domain.messages import Channel
from tests.telephone import ANA, BEN, EVA, OURS, Exchange, answered, in_line, recorded, ringing
from tests.twilio_requests import PUBLIC_URL, form, request


def test_a_caller_is_greeted_and_asked(exchange: Exchange) -> None:
    asked = exchange.go("")
    assert asked.names == ["Gather", "Redirect"]
    assert asked.words == "Welcome. For billing, press 1."
    assert exchange.state() == "ivr"


def test_the_choice_becomes_a_conversation_that_waits_for_the_skill(exchange: Exchange) -> None:
    exchange.online("ana")
    assert in_line(exchange).names == ["Enqueue"]
    head = exchange.head()
    assert (head.state, head.routing_channel) == (State.WAITING, Channel.VOICE)
    assert head.requires == {"billing": 1, "inbox:support": 1}
    assert [(m.event, m.text) for m in exchange.timeline()] == [("call.queued", "Called and chose 1: billing.")]


def test_a_wrong_digit_is_asked_again_twice_and_then_the_caller_waits_without_a_choice(exchange: Exchange) -> None:
    exchange.online("ana")
    document = exchange.go("")
    for _ in range(2):
        document = exchange.go(document.verb("Gather").get("action"), Digits="9")
        assert document.words == "Sorry, I did not get that. For billing, press 1."
    assert exchange.go(document.verb("Gather").get("action"), Digits="9").names == ["Enqueue"]
    assert exchange.head().requires == {"inbox:support": 1}


def test_who_presses_nothing_is_asked_again(exchange: Exchange) -> None:
    assert exchange.go(exchange.go("").verb("Redirect").words).names == ["Gather", "Redirect"]


def test_an_inbox_without_a_menu_lets_the_caller_wait_at_once(exchange: Exchange) -> None:
    assert exchange.go("", To="+14155550101").names == ["Say", "Record", "Say", "Hangup"]  # nobody works there
    assert exchange.head().inbox == "sales"


def test_a_caller_holds_until_the_call_is_offered(exchange: Exchange) -> None:
    exchange.online("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    held = exchange.go(enqueue.get("waitUrl"), QueuePosition="2", QueueTime="0")
    assert held.names == ["Say", "Pause"]
    assert held.words == "Thank you for waiting. You are number 2 in line."
    assert exchange.go(enqueue.get("waitUrl"), QueuePosition="1", QueueTime="7").names == ["Pause"]
    exchange.route()
    assert exchange.go(enqueue.get("waitUrl")).names == ["Leave"]


def test_a_turn_of_the_hold_loop_is_one_read(exchange: Exchange) -> None:
    exchange.online("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    before = exchange.table.usage.total_requests
    exchange.go(enqueue.get("waitUrl"))
    assert exchange.table.usage.total_requests - before == 1


def test_the_chosen_agents_phone_rings_for_as_long_as_the_offer_stands(exchange: Exchange) -> None:
    exchange.online("ana")
    dial = ringing(exchange).verb("Dial")
    assert dial.children[0].words == ANA
    assert dial.get("callerId") == OURS
    assert 5 <= int(dial.get("timeout")) <= 19
    assert exchange.state() == "offering"


def test_picking_up_is_accepting(exchange: Exchange) -> None:
    exchange.online("ana")
    dial = ringing(exchange).verb("Dial")
    whisper = exchange.go(dial.children[0].get("url"), CallSid="CAagent")
    assert whisper.words == f"A call for Support, about billing, from {EVA}."
    head = exchange.head()
    assert (head.state, head.agent) == (State.ASSIGNED, "ana")
    assert exchange.events() == ["call.queued", "call.offered", "call.answered"]
    assert exchange.state() == "in_progress"


def test_a_talk_that_ends_stays_with_its_agent_as_written_work(exchange: Exchange) -> None:
    exchange.online("ana")
    action = answered(exchange)
    exchange.clock.advance(seconds=125)
    assert exchange.go(action, DialCallStatus="completed", DialCallDuration="125").names == ["Hangup"]
    head = exchange.head()
    assert (head.state, head.agent, head.routing_channel) == (State.ASSIGNED, "ana", Channel.SMS)
    assert exchange.timeline()[-1].text == "Talked with Ana for 2 min 5 s."
    assert exchange.state() == "completed"


def test_an_agent_who_does_not_answer_is_followed_by_the_next(exchange: Exchange) -> None:
    exchange.online("ana", "ben")
    dial = ringing(exchange).verb("Dial")
    first = dial.children[0].words
    exchange.clock.advance(seconds=19)
    again = exchange.go(dial.get("action"), DialCallStatus="no-answer").verb("Enqueue")
    assert exchange.presence("ana" if first == ANA else "ben") == "AWAY"
    exchange.route()
    second = exchange.go(again.get("action"), QueueResult="leave").verb("Dial")
    assert {first, second.children[0].words} == {ANA, BEN}
    assert exchange.events() == ["call.queued", "call.offered", "call.declined", "call.offered"]


def test_an_agent_whose_phone_refuses_stays_online(exchange: Exchange) -> None:
    exchange.online("ana")
    dial = ringing(exchange).verb("Dial")
    exchange.go(dial.get("action"), DialCallStatus="busy")
    assert exchange.presence("ana") == "ONLINE"
    assert exchange.timeline()[-1].text == "Ana was busy."


def test_a_late_report_of_an_earlier_offer_changes_nothing(exchange: Exchange) -> None:
    exchange.online("ana", "ben")
    first = ringing(exchange).verb("Dial")
    again = exchange.go(first.get("action"), DialCallStatus="busy").verb("Enqueue")
    exchange.route()
    exchange.go(again.get("action"), QueueResult="leave")
    before = exchange.events()
    exchange.go(first.get("action"), DialCallStatus="no-answer")
    assert exchange.events() == before
    assert exchange.state() == "offering"


def test_picking_up_after_the_offer_is_over_connects_nobody(exchange: Exchange) -> None:
    exchange.online("ana")
    dial = ringing(exchange).verb("Dial")
    exchange.clock.advance(seconds=30)
    assert exchange.go(dial.children[0].get("url"), CallSid="CAagent").names == ["Say", "Hangup"]
    assert exchange.head().state is not State.ASSIGNED


def test_a_whisper_that_twilio_asks_for_twice_is_the_same(exchange: Exchange) -> None:
    exchange.online("ana")
    url = ringing(exchange).verb("Dial").children[0].get("url")
    assert exchange.go(url, CallSid="CAagent") == exchange.go(url, CallSid="CAagent")
    assert exchange.events().count("call.answered") == 1


def test_an_agent_without_a_telephone_is_passed_over(exchange: Exchange) -> None:
    exchange.online("lea")
    assert ringing(exchange).names == ["Enqueue"]
    assert exchange.head().state is State.WAITING


def test_a_call_joins_what_is_open_with_its_caller(exchange: Exchange) -> None:
    in_line(exchange)
    recorded(exchange)
    exchange.online("ana")
    enqueue = exchange.go("/ivr", CallSid="CAsecond", Digits="1").verb("Enqueue")
    assert exchange.head().routing_channel is Channel.VOICE
    assert exchange.route() == 1
    assert exchange.go(enqueue.get("action"), CallSid="CAsecond", QueueResult="leave").names == ["Dial"]


def test_callers_who_hide_their_number_are_not_one_person(exchange: Exchange) -> None:
    for call in ("CA1", "CA2"):
        exchange.go("", CallSid=call, From="anonymous")
        exchange.go("/ivr", CallSid=call, From="anonymous", Digits="1")
    assert len(exchange.heads()) == 2
    assert {head.contact_name for head in exchange.heads()} == {"Unknown caller"}


def test_a_number_that_nobody_has_is_told_so_and_the_call_is_held(exchange: Exchange) -> None:
    document = exchange.go("", To="+19995550000")
    assert document.names == ["Say", "Hangup"]
    assert exchange.go("", To="+19995550000") == document
    (held,) = [item for item in exchange.table.everything() if item["SK"] == "GUARD"]
    assert (held["state"], held["reason"]) == ("held", "No inbox has this number.")
    assert exchange.go("/status", To="+19995550000", CallStatus="completed").names == []


def test_every_step_may_come_twice(exchange: Exchange) -> None:
    exchange.online("ana")
    asked = exchange.go("")
    assert exchange.go("") == asked
    enqueue = exchange.go(asked.verb("Gather").get("action"), Digits="1")
    assert exchange.go(asked.verb("Gather").get("action"), Digits="1") == enqueue
    exchange.route()
    dial = exchange.go(enqueue.verb("Enqueue").get("action"), QueueResult="leave")
    assert exchange.go(enqueue.verb("Enqueue").get("action"), QueueResult="leave") == dial
    assert exchange.events() == ["call.queued", "call.offered"]


@pytest.mark.parametrize("name", sorted(form("call")))
def test_a_request_with_a_changed_field_is_forbidden(exchange: Exchange, name: str) -> None:
    event = request("/webhooks/voice", form("call"))
    event["body"] = request("/webhooks/voice", form("call", **{name: "changed"}))["body"]
    assert exchange.function.handler(event, None)["statusCode"] == 403
    assert exchange.table.everything() == ()


def test_a_changed_query_is_forbidden(exchange: Exchange) -> None:
    event = request("/webhooks/voice/ivr", form("call"), query="attempt=0")
    assert exchange.function.handler({**event, "rawQueryString": "attempt=2"}, None)["statusCode"] == 403


def test_a_step_that_does_not_exist_is_refused(exchange: Exchange) -> None:
    assert exchange.answer("/nonsense")["statusCode"] == 403


def test_a_table_that_does_not_answer_makes_twilio_repeat(exchange: Exchange) -> None:
    def down(moment: str, _operation: str) -> None:
        if moment == "before":
            raise Unavailable("down")

    exchange.table.hook = down
    assert exchange.answer("")["statusCode"] == 503


@pytest.mark.parametrize("words", ["</Say><Dial>+1900</Dial>", "a\r\nb", "\x00", "&lt;", "=cmd|' /C calc'!A0", "#"])
@pytest.mark.parametrize("name", ["From", "CallerName", "CallSid", "Digits", "QueuePosition", "DialCallStatus"])
def test_no_field_reaches_twiml_as_more_than_words(exchange: Exchange, name: str, words: str) -> None:
    exchange.online("ana")
    fields: dict[str, Any] = {name: words}
    exchange.go("", **fields)
    enqueued = exchange.go(f"{PUBLIC_URL}/webhooks/voice/ivr?attempt=2", **fields)
    assert enqueued.names in (["Enqueue"], ["Gather", "Redirect"])
    exchange.route()
    dialled = exchange.go("/dequeued", **fields)
    assert dialled.names == ["Dial"]
    whispered = exchange.go(dialled.verb("Dial").children[0].get("url"))
    assert whispered.names == ["Say"]
