"""Calls that we place are recorded only after their customer has heard so; and what becomes of them when handed on."""

from dataclasses import replace
from typing import Any

import pytest

from heartline import bootstrap
from heartline.bootstrap import phones, routing
from heartline.domain.call_parties import Mode, PartyState, Transfer
from heartline.domain.calls import Call, RecordingState
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import Conflict
from heartline.domain.messages import Channel
from heartline.domain.recordings import RecordingRules
from heartline.services.calling import Wanted
from tests.fakes import Order
from tests.telephone import ANA, EVA, Document, Exchange

PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)
WORDS = "This call is recorded."
GERMAN = "Dieses Gespräch wird aufgezeichnet."
RULES = RecordingRules(mode="on", words=WORDS, countries={"DE": GERMAN}, spoken={"DE": "de-DE"})


def with_recording(exchange: Exchange, rules: RecordingRules) -> None:
    support, *others = exchange.company.inboxes
    support = replace(support, voice_rules=replace(support.voice_rules, recording=rules))
    exchange.configure(replace(exchange.company, inboxes=(support, *others)))


@pytest.fixture
def recorded(exchange: Exchange) -> Exchange:
    """Support records talks; Ana is there."""
    with_recording(exchange, RULES)
    exchange.online("ana")
    return exchange


def dialled(exchange: Exchange) -> tuple[Call, Document]:
    """Ana calls Eva and has picked up: Eva's phone rings. Answers the call and what Ana's leg was told."""
    head = bootstrap.reading().conversation(exchange.write(PHONE, Channel.SMS))
    assert head is not None
    inbox = exchange.company.inboxes[0]
    call = phones.customers().dial(head, Wanted(request="r1"), by=exchange.agent("ana"), inbox=inbox)
    exchange.settle()
    joined = exchange.pick_up(call.id)
    exchange.settle()
    return exchange.call(call.id), joined


def answers(exchange: Exchange, call: Call, **fields: str) -> Document:
    sid = call.parties["customer"].sid
    form = {"CallSid": sid, "CallStatus": "in-progress", "Direction": "outbound-api", "ToCountry": "US", **fields}
    return exchange.go(f"/called?call={call.id}", **form)


def test_the_customer_is_told_before_the_conference_that_records_has_begun(recorded: Exchange) -> None:
    call, joined = dialled(recorded)
    assert joined.verb("Dial").children[0].get("record") == "record-from-start"  # from the second participant on
    assert recorded.legs.orders[-1] == Order("call_up", call.id, EVA, 40)
    assert call.consent is None
    document = answers(recorded, call)
    assert (document.names, document.words) == (["Say", "Dial"], WORDS)
    assert document.verb("Dial").children[0].get("endConferenceOnExit") == "true"
    talk = recorded.call(call.id)
    assert (talk.state.value, talk.recording) == ("in_progress", RecordingState.ON)
    assert talk.consent is not None
    assert (talk.consent.words, talk.consent.language) == (WORDS, "en-US")
    assert answers(recorded, call) == document


@pytest.mark.parametrize("first", ["report", "document"])
def test_whatever_comes_first_what_was_announced_is_kept_once(recorded: Exchange, first: str) -> None:
    call, _ = dialled(recorded)
    sid = call.parties["customer"].sid
    if first == "document":
        answers(recorded, call)
    recorded.report(call.id, "customer", CallSid=sid, CallStatus="in-progress")
    answers(recorded, call)
    recorded.settle()
    talk = recorded.call(call.id)
    assert (talk.state.value, talk.parties["customer"].state) == ("in_progress", PartyState.JOINED)
    assert talk.consent is not None
    assert recorded.events().count("call.answered") == 1


def test_the_words_are_those_of_the_customers_country_in_its_language(recorded: Exchange) -> None:
    call, _ = dialled(recorded)
    document = answers(recorded, call, ToCountry="DE", FromCountry="US")
    assert (document.words, document.verbs[0].get("language")) == (GERMAN, "de-DE")


def test_an_inbox_that_does_not_record_says_nothing_and_records_nothing(exchange: Exchange) -> None:
    exchange.online("ana")
    call, joined = dialled(exchange)
    assert joined.verb("Dial").children[0].get("record") == ""
    assert exchange.legs.orders[-1].verb == "invite"
    assert call.recording is RecordingState.OFF


def test_a_conference_that_records_is_announced_although_the_rules_have_changed_since(recorded: Exchange) -> None:
    call, _ = dialled(recorded)
    with_recording(recorded, RecordingRules())
    assert answers(recorded, call).words == WORDS  # our own words for it


def test_a_customer_who_answers_a_call_that_is_over_is_connected_with_nobody(recorded: Exchange) -> None:
    call, _ = dialled(recorded)
    recorded.report(call.id, "agent-1", CallSid=call.parties["agent-1"].sid, CallStatus="completed")
    recorded.settle()
    assert answers(recorded, call).names == ["Hangup"]


def test_the_announcement_reads_once_and_writes_once(recorded: Exchange) -> None:
    call, _ = dialled(recorded)
    before = recorded.table.usage.requests.copy()
    answers(recorded, call)
    spent = recorded.table.usage.requests - before
    assert spent["GetItem"] == 1
    assert spent.total() == 2


def talking(exchange: Exchange) -> Call:
    call, _ = dialled(exchange)
    answers(exchange, call)
    exchange.settle()
    return exchange.call(call.id)


def hand_on(exchange: Exchange, call: Call, **to: Any) -> None:
    transfer = Transfer(mode=Mode.COLD, note="Please help.", by="ana", **to)
    exchange.desk().transfer(call.id, exchange.agent("ana"), transfer)
    exchange.settle()


def test_a_customer_whom_we_called_is_handed_on_and_not_called_again(recorded: Exchange) -> None:
    """Found in review: the next agent's phone was answered, and the customer in line was rung a second time."""
    call = talking(recorded)
    recorded.online("ben")
    hand_on(recorded, call, skill="billing")
    sid = call.parties["customer"].sid
    assert Order("line_up", call.id, sid) in recorded.legs.orders
    waiting = recorded.call(call.id)
    assert (waiting.state.value, waiting.agent) == ("offering", "ben")
    assert "cancel" not in recorded.desk().can(waiting, recorded.agent("ben"))
    assert recorded.pick_up(call.id).words.startswith("A call for Support, from Eva.")
    recorded.settle()
    assert recorded.legs.orders[-1] == Order("connect", call.id, sid)
    assert [order.verb for order in recorded.legs.orders if order.about == EVA] == ["call_up"]
    assert recorded.call(call.id).recording is RecordingState.ON


def test_a_colleague_who_declines_a_call_of_ours_leaves_the_customer_in_line(recorded: Exchange) -> None:
    """Found in review: a call that was clicked ended for its customer when the colleague declined it."""
    call = talking(recorded)
    recorded.online("ben")
    hand_on(recorded, call, agent="ben")
    leg = recorded.call(call.id).parties["agent-2"].sid
    recorded.report(call.id, "agent-2", CallSid=leg, CallStatus="busy")
    recorded.settle()
    assert recorded.call(call.id).state.value in ("queued", "offering")
    assert ANA in [order.about for order in recorded.legs.orders if order.verb == "ring"]


def test_a_customer_whom_we_called_is_asked_for_a_message_where_nobody_is_left(recorded: Exchange) -> None:
    call = talking(recorded)
    recorded.online("ben")
    hand_on(recorded, call, skill="billing")
    routing.handover().close(recorded.head().id)
    recorded.settle()
    assert recorded.call(call.id).state.value == "recording"
    assert recorded.legs.orders[-1] == Order("line_up", call.id, call.parties["customer"].sid)
    assert "Record" in recorded.go(f"/line?call={call.id}").names


def test_who_calls_again_in_the_work_after_a_call_is_told_to_finish_it(recorded: Exchange) -> None:
    call = talking(recorded)
    recorded.report(call.id, "customer", CallSid=call.parties["customer"].sid, CallStatus="completed")
    recorded.settle()
    head, again = recorded.head(), Wanted(request="r2")
    with pytest.raises(Conflict, match="finish it, and call then"):
        phones.customers().dial(head, again, by=recorded.agent("ana"), inbox=recorded.company.inboxes[0])
    recorded.desk().wrap_up(call.id, recorded.agent("ana"))
    recorded.settle()
    assert (
        phones.customers().dial(head, again, by=recorded.agent("ana"), inbox=recorded.company.inboxes[0]).id != call.id
    )


def test_a_call_outlives_the_inbox_that_it_came_to(recorded: Exchange) -> None:
    """Found in review: its end could not be written, its reports came back for ever, and its agent stayed busy."""
    call = talking(recorded)
    recorded.configure(replace(recorded.company, inboxes=recorded.company.inboxes[1:]))
    recorded.desk().hang_up(call.id, recorded.agent("ana"))
    recorded.settle()
    recorded.report(call.id, "customer", CallSid=call.parties["customer"].sid, CallStatus="completed")
    recorded.clock.advance(minutes=1)
    recorded.settle()
    assert recorded.call(call.id).state.value == "completed"
    assert routing.presence().state(recorded.agent("ana")).agent.free("voice") == 1


def test_a_call_outlives_the_profile_of_its_agent(recorded: Exchange) -> None:
    call = talking(recorded)
    others = tuple(agent for agent in recorded.company.agents if agent.id != "ana")
    recorded.configure(replace(recorded.company, agents=others))
    recorded.report(call.id, "customer", CallSid=call.parties["customer"].sid, CallStatus="completed")
    recorded.clock.advance(minutes=1)
    recorded.settle()
    assert recorded.call(call.id).state.value == "completed"
    assert recorded.head().call == ""
