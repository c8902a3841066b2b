"""The dialer makes Twilio match what agents asked for in a talk: hold, mute, recording, transfers."""

import json

import pytest

from heartline.bootstrap import routing
from heartline.domain.call_parties import Consult, Mode, PartyState, Transfer, Wants
from heartline.domain.calls import RecordingState
from heartline.domain.conversations import State
from heartline.domain.errors import Conflict, Refused, Unavailable, Uncertain
from heartline.domain.messages import Channel
from heartline.domain.recordings import Consent
from heartline.storage.call_items import call_to_item
from heartline.storage.expressions import Put
from tests import handlers
from tests.fakes import Order
from tests.telephone import BEN, CALL, Exchange, hang_up, talking

OUTSIDE = "+14155559999"


@pytest.fixture
def talk(exchange: Exchange) -> Exchange:
    """Ana talks with Eva; Ben is there too."""
    exchange.online("ana")
    talking(exchange)
    exchange.online("ben")
    exchange.legs.orders.clear()
    return exchange


def asks(talk: Exchange, mode: Mode, **to: str) -> None:
    transfer = Transfer(mode=mode, note="She wants a refund.", by="ana", **to)  # type: ignore[arg-type]
    talk.desk().transfer(CALL, talk.agent("ana"), transfer)
    talk.settle()


def third(talk: Exchange, status: str) -> None:
    """What becomes of the leg that was asked into the talk."""
    talk.report(CALL, "consult-1", CallSid=talk.call().parties["consult-1"].sid, CallStatus=status)
    talk.settle()


def test_a_customer_is_put_on_hold_and_taken_back(talk: Exchange) -> None:
    for on, state in ((True, PartyState.HELD), (False, PartyState.JOINED)):
        talk.desk().hold(CALL, talk.agent("ana"), on=on)
        talk.settle()
        assert talk.legs.orders[-1] == Order("hold", CALL, CALL, on)
        assert talk.call().parties["customer"].state is state
        assert talk.call().wants == Wants()


def test_an_agents_own_leg_is_muted(talk: Exchange) -> None:
    talk.desk().mute(CALL, talk.agent("ana"), on=True)
    talk.settle()
    assert talk.legs.orders == [Order("mute", CALL, "CAleg1", detail=True)]
    assert talk.call().parties["agent-1"].muted


def test_what_twilio_refuses_becomes_a_sentence_on_the_call_and_is_not_asked_again(talk: Exchange) -> None:
    def refuse(_order: Order) -> None:
        raise Refused("The caller is no longer there.", reason="20404")

    talk.legs.before = refuse
    talk.desk().hold(CALL, talk.agent("ana"), on=True)
    talk.settle()
    assert talk.call().problem == "The caller is no longer there."
    assert talk.call().parties["customer"].state is PartyState.JOINED
    assert talk.call().wants == Wants()


@pytest.mark.parametrize("fault", [Unavailable("Twilio asks us to slow down."), Uncertain("Its answer was lost.")])
def test_an_order_that_has_no_answer_is_given_again_at_once(talk: Exchange, fault: Exception) -> None:
    """What may be repeated does not wait for the queue, which would take minutes."""
    left = [fault, fault]

    def fail(_order: Order) -> None:
        if left:
            raise left.pop()

    talk.legs.before = fail
    talk.desk().hold(CALL, talk.agent("ana"), on=True)
    talk.settle()
    assert talk.legs.orders == [Order("hold", CALL, CALL, detail=True)]
    assert talk.slept == [0.5, 1.0]


def test_a_twilio_that_never_answers_leaves_the_call_to_its_queue(talk: Exchange) -> None:
    def fail(_order: Order) -> None:
        raise Unavailable("Twilio cannot be reached.")

    talk.legs.before = fail
    talk.desk().hold(CALL, talk.agent("ana"), on=True)
    with pytest.raises(Unavailable):
        talk.dial()
    assert talk.call().wants.hold is True


def test_a_recording_is_paused_for_payment_data_and_says_when(talk: Exchange) -> None:
    call = talk.call()
    consent = Consent(words="This call is recorded.", language="en-US", at=call.began)
    item = call_to_item(call) | {"rec": "on", "consent": {"words": consent.words, "at": call_to_item(call)["began"]}}
    talk.table.write(Put(item=item))
    talk.desk().record(CALL, talk.agent("ana"), on=False)
    talk.settle()
    assert talk.call().recording is RecordingState.PAUSED
    assert (len(talk.call().pauses), talk.call().pauses[0].ended) == (1, None)
    talk.desk().record(CALL, talk.agent("ana"), on=True)
    talk.settle()
    assert talk.call().recording is RecordingState.ON
    assert talk.call().pauses[0].ended is not None
    assert [order.detail for order in talk.legs.orders] == [False, True]


def test_a_talk_without_consent_is_not_recorded(talk: Exchange) -> None:
    with pytest.raises(Conflict):
        talk.desk().record(CALL, talk.agent("ana"), on=False)
    assert talk.call().recording is RecordingState.OFF


def test_handed_to_a_colleague_the_customer_hears_music_and_the_colleague_the_note(talk: Exchange) -> None:
    asks(talk, Mode.COLD, agent="ben")
    assert [order.verb for order in talk.legs.orders] == ["end", "line_up", "ring"]
    assert talk.legs.orders[-1].about == BEN
    assert "Enqueue" in talk.go(f"/line?call={CALL}").names
    assert talk.call().parties["customer"].state is PartyState.WAITING
    assert talk.pick_up().words.endswith("Note: She wants a refund.")
    talk.settle()
    assert talk.legs.orders[-1] == Order("connect", CALL, CALL)
    assert (talk.head().agent, talk.head().state) == ("ben", State.ASSIGNED)
    assert any("She wants a refund." in message.text for message in talk.timeline())


def test_a_customer_who_is_handed_on_waits_from_then_until_the_next_answers(talk: Exchange) -> None:
    assert talk.head().waiting_since is None
    talk.clock.advance(seconds=60)
    asks(talk, Mode.COLD, agent="ben")
    handed_on = next(entry.at for entry in talk.timeline() if entry.event == "call.transferred")
    assert talk.head().waiting_since == handed_on
    talk.pick_up()
    assert (talk.head().agent, talk.head().waiting_since) == ("ben", None)


def test_a_colleague_who_does_not_answer_leaves_the_customer_in_line(talk: Exchange) -> None:
    asks(talk, Mode.COLD, agent="ben")
    talk.report(CALL, "agent-2", CallSid=talk.call().parties["agent-2"].sid, CallStatus="busy")
    talk.settle()
    assert talk.call().state in ("queued", "offering")
    assert talk.call().parties["customer"].state is PartyState.WAITING
    assert "Ben was busy." in [message.text for message in talk.timeline()]


def test_handed_to_a_skill_the_call_keeps_its_place(talk: Exchange) -> None:
    queued = talk.call().queued
    asks(talk, Mode.COLD, skill="billing")
    assert (talk.call().state, talk.call().agent) == ("offering", "ben")  # and not back to Ana
    assert talk.call().queued == queued
    assert talk.head().enqueued == queued


def test_a_colleague_is_asked_while_the_customer_waits(talk: Exchange) -> None:
    asks(talk, Mode.WARM, agent="ben")
    assert talk.legs.orders == [Order("invite", CALL, BEN, ("consult-1", 20)), Order("hold", CALL, CALL, detail=True)]
    third(talk, "in-progress")
    assert "consult_complete" in talk.desk().can(talk.call(), talk.agent("ana"))


def test_a_call_that_is_handed_over_after_all_changes_its_agent_and_their_places_at_once(talk: Exchange) -> None:
    asks(talk, Mode.WARM, agent="ben")
    third(talk, "in-progress")
    talk.desk().consult(CALL, talk.agent("ana"), Consult.COMPLETE)
    assert (talk.head().agent, talk.call().agent) == ("ben", "ben")
    talk.settle()
    assert talk.legs.orders[-2:] == [Order("hold", CALL, CALL, detail=False), Order("end", "", "CAleg1")]
    hang_up(talk)
    talk.settle()
    assert talk.timeline()[-1].text.startswith("Talked with Ben for")


def test_a_call_that_is_taken_back_goes_on_with_its_agent(talk: Exchange) -> None:
    asks(talk, Mode.WARM, agent="ben")
    third(talk, "in-progress")
    leg = talk.call().parties["consult-1"].sid
    talk.desk().consult(CALL, talk.agent("ana"), Consult.CANCEL)
    talk.settle()
    assert talk.legs.orders[-2:] == [Order("hold", CALL, CALL, detail=False), Order("end", "", leg)]
    assert (talk.head().agent, talk.call().transfer) == ("ana", None)


def test_all_three_talk_and_the_call_lasts_as_long_as_one_of_us_is_there(talk: Exchange) -> None:
    asks(talk, Mode.WARM, agent="ben")
    third(talk, "in-progress")
    talk.desk().consult(CALL, talk.agent("ana"), Consult.MERGE)
    talk.settle()
    assert talk.legs.orders[-1] == Order("hold", CALL, CALL, detail=False)
    talk.desk().hang_up(CALL, talk.agent("ana"))
    talk.settle()
    assert talk.legs.orders[-1] == Order("end", "", "CAleg1")
    assert talk.state() == "in_progress"
    third(talk, "completed")
    assert talk.state() == "completed"


@pytest.mark.parametrize(
    ("status", "said"),
    [("no-answer", "Ben did not answer."), ("busy", "Ben was busy."), ("failed", "Ben could not be reached.")],
)
def test_whoever_was_asked_and_does_not_come_gives_the_customer_back(talk: Exchange, status: str, said: str) -> None:
    asks(talk, Mode.WARM, agent="ben")
    third(talk, status)
    assert talk.legs.orders[-1] == Order("hold", CALL, CALL, detail=False)
    assert (talk.call().problem, talk.call().transfer, talk.state()) == (said, None, "in_progress")


def test_handed_to_a_number_the_agent_is_free_and_the_customer_hears_music_until_it_answers(talk: Exchange) -> None:
    asks(talk, Mode.COLD, number=OUTSIDE)
    assert {order.verb for order in talk.legs.orders} == {"invite", "hold", "end"}
    assert (talk.head().routing_channel, talk.head().agent) == (Channel.SMS, "ana")
    third(talk, "in-progress")
    assert talk.legs.orders[-1] == Order("hold", CALL, CALL, detail=False)
    third(talk, "completed")
    assert talk.state() == "completed"


def test_a_number_that_does_not_answer_brings_the_customer_back_into_the_line(talk: Exchange) -> None:
    asks(talk, Mode.COLD, number=OUTSIDE)
    third(talk, "no-answer")
    assert talk.call().state in ("queued", "offering")
    assert talk.legs.orders[-2].verb in ("line_up", "ring")
    assert (talk.head().routing_channel, talk.head().call) == (Channel.VOICE, CALL)
    assert f"{OUTSIDE} did not answer. The customer waits in line again." in [m.text for m in talk.timeline()]


def test_a_number_that_may_not_be_called_is_refused_at_once(talk: Exchange) -> None:
    with pytest.raises(Refused):
        asks(talk, Mode.COLD, number="+79991234567")
    assert talk.legs.orders == []


def test_a_conversation_that_was_closed_during_the_talk_is_not_handed_on(talk: Exchange) -> None:
    """Found by hypothesis: it would have waited again, and no list of the contact's open ones would have named it."""
    routing.handover().close(talk.head().id)
    for to in ({"agent": "ben"}, {"skill": "billing"}, {"number": OUTSIDE}):
        with pytest.raises(Conflict, match="Reopen it"):
            asks(talk, Mode.COLD, **to)
    assert talk.head().state is State.CLOSED
    hang_up(talk)
    talk.settle()
    assert talk.state() == "completed"


def test_a_leg_that_comes_after_it_was_given_up_is_ended(talk: Exchange) -> None:
    def lose(order: Order) -> None:
        if order.verb == "invite":
            raise Uncertain("Twilio's answer was lost.")

    talk.legs.before = lose
    asks(talk, Mode.WARM, agent="ben")
    talk.desk().consult(CALL, talk.agent("ana"), Consult.CANCEL)
    talk.settle()
    talk.report(CALL, "consult-1", CallSid="CAstray", CallStatus="in-progress")
    talk.settle()
    assert talk.legs.orders[-1] == Order("end", "", "CAstray")
    assert talk.state() == "in_progress"


def test_a_customer_who_hangs_up_in_the_middle_of_a_transfer_ends_everything(talk: Exchange) -> None:
    asks(talk, Mode.WARM, agent="ben")
    hang_up(talk)
    talk.settle()
    ended = {order.about for order in talk.legs.orders if order.verb == "end"}
    assert ended == {"CAleg1", talk.call().parties["consult-1"].sid}
    assert talk.state() == "completed"


@pytest.mark.parametrize(("failed", "seconds"), [(1, [5]), (2, [15]), (3, [60]), (4, []), (5, [])])
def test_a_look_that_fails_blocks_its_call_for_seconds_and_not_for_the_queues_three_minutes(
    talk: Exchange, failed: int, seconds: list[int]
) -> None:
    def fail(_order: Order) -> None:
        raise Unavailable("Twilio cannot be reached.")

    talk.legs.before = fail
    talk.desk().hold(CALL, talk.agent("ana"), on=True)
    record = {
        "messageId": "m1",
        "receiptHandle": "r1",
        "attributes": {"ApproximateReceiveCount": str(failed)},
        "body": json.dumps({"call": CALL}),
    }
    answer = handlers.load("dialer").handler({"Records": [record]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert [back for queue in talk.queues.values() for back in queue.back] == [("r1", each) for each in seconds]
