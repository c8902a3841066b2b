"""An agent whose telephone has a mailbox takes a call by pressing a key; the mailbox takes none."""

from dataclasses import replace

import pytest

from heartline.bootstrap import phones, routing
from heartline.domain.devices import Device
from heartline.domain.messages import Channel
from tests.telephone import ANA, BEN, CALL, Document, Exchange, ringing


@pytest.fixture
def asked(exchange: Exchange) -> Exchange:
    """Ana has to press a key; Ben does not."""
    agents = [replace(agent, confirm_calls=agent.id == "ana") for agent in exchange.company.agents]
    exchange.configure(replace(exchange.company, agents=tuple(agents)))
    exchange.online("ana")
    return exchange


def press(exchange: Exchange, whispered: Document, digits: str) -> Document:
    sid = exchange.call().parties["agent-1"].sid
    return exchange.go(whispered.verb("Gather").get("action"), CallSid=sid, CallStatus="in-progress", Digits=digits)


@pytest.mark.parametrize("key", ["1", "#", "*", "0"])
def test_the_call_is_taken_by_a_key_after_the_whisper(asked: Exchange, key: str) -> None:
    ringing(asked)
    whispered = asked.pick_up()
    assert whispered.names == ["Gather", "Hangup"]
    assert whispered.words.endswith("Waiting for 0 s. Press any key to take the call.")
    assert whispered.verb("Gather").get("finishOnKey") == ""
    assert (asked.state(), asked.head().state.value) == ("offering", "OFFERED")
    joined = press(asked, whispered, key)
    assert (joined.names, asked.state(), asked.head().agent) == (["Dial"], "in_progress", "ana")
    assert press(asked, whispered, key) == joined
    assert asked.events().count("call.answered") == 1


def test_a_mailbox_takes_no_call_and_the_next_agent_is_rung(asked: Exchange) -> None:
    ringing(asked)
    asked.online("ben")
    sid = asked.call().parties["agent-1"].sid
    asked.report(CALL, "agent-1", CallSid=sid, CallStatus="in-progress")
    asked.pick_up()
    asked.report(CALL, "agent-1", CallSid=sid, CallStatus="completed")
    call = asked.ring_agent()
    assert (call.agent, asked.legs.orders[-1].about) == ("ben", BEN)
    assert "Ana did not take the call." in [message.text for message in asked.timeline()]
    assert asked.presence("ana") == "AWAY"
    assert asked.pick_up().names == ["Say", "Dial"]


def test_silence_asks_nobody_again(asked: Exchange) -> None:
    ringing(asked)
    assert press(asked, asked.pick_up(), "").names == ["Hangup"]
    assert asked.state() == "offering"


def test_a_key_that_comes_after_the_offer_takes_nothing(asked: Exchange) -> None:
    ringing(asked)
    whispered = asked.pick_up()
    asked.clock.advance(seconds=30)
    asked.settle()
    assert press(asked, whispered, "1").names == ["Say", "Hangup"]
    assert asked.head().agent is None


def test_a_customer_who_hangs_up_during_the_whisper_frees_the_agent(asked: Exchange) -> None:
    ringing(asked)
    whispered = asked.pick_up()
    asked.report(CallStatus="completed")
    asked.settle()
    assert press(asked, whispered, "1").words == "The caller is no longer there."
    assert asked.legs.orders[-1].verb == "end"
    assert (asked.head().call, asked.head().routing_channel) == ("", Channel.SMS)
    assert routing.presence().state(asked.agent("ana")).agent.free("voice") == 1


def test_the_telephone_rings_shorter_so_that_there_is_time_for_the_key(asked: Exchange) -> None:
    ringing(asked)
    assert (asked.legs.orders[-1].about, asked.legs.orders[-1].detail) == (ANA, 10)


def test_a_browser_has_no_mailbox(asked: Exchange) -> None:
    phones.phone().choose(asked.agent("ana"), Device.BROWSER)
    ringing(asked)
    assert asked.pick_up().names == ["Say", "Dial"]


@pytest.mark.parametrize("step", ["whisper", "key"])
def test_each_step_reads_once_and_writes_once_at_most(asked: Exchange, step: str) -> None:
    ringing(asked)
    before = asked.table.usage.requests.copy()
    whispered = asked.pick_up()
    if step == "key":
        before = asked.table.usage.requests.copy()
        press(asked, whispered, "1")
    spent = asked.table.usage.requests - before
    assert sum(spent[name] for name in ("GetItem", "BatchGetItem", "Query")) == 1, spent
    assert spent.total() == (1 if step == "whisper" else 2), spent
