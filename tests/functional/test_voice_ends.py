"""How a call ends: hung up in the menu or in line, with a message on tape, with a call-back, or in silence."""

from dataclasses import replace
from typing import Any

import pytest

from heartline.bootstrap import calls, phones, routing
from heartline.channels.twilio.webhook import read_request
from heartline.channels.voice.parse import parse_call
from heartline.domain.calls import Purpose, Wish
from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import State
from heartline.domain.instructions import Goodbye
from heartline.domain.lines import Line, Spell
from heartline.domain.messages import Channel, Direction
from heartline.domain.voice_rules import Closed
from heartline.services.call_line import CallLine
from tests.fakes import Order
from tests.telephone import CALL, EVA, RECORDING, Exchange, hang_up, in_line, recorded, ringing, talking
from tests.twilio_requests import PUBLIC_URL, form
from tests.twilio_requests import request as signed

BACK = f"back-{CALL}"


def asked_for_message(exchange: Exchange) -> None:
    """A caller whom nobody can take hears the tone."""
    in_line(exchange)
    exchange.settle()
    assert "Record" in exchange.go(f"/line?call={CALL}").names


def test_nobody_online_means_a_message_at_once(exchange: Exchange) -> None:
    in_line(exchange)
    exchange.settle()
    assert exchange.legs.orders == [Order("line_up", CALL, CALL)]
    document = exchange.go(f"/line?call={CALL}")
    assert document.names == ["Say", "Record", "Say", "Hangup"]
    assert document.words == "Please leave a message. Thank you. Goodbye."
    assert (exchange.head().routing_channel, exchange.head().call) == (Channel.SMS, "")
    assert exchange.events() == ["call.queued", "call.voicemail"]


def test_a_caller_whom_the_redirection_missed_is_asked_all_the_same(exchange: Exchange) -> None:
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.settle()
    assert "Redirect" in exchange.go(enqueue.get("waitUrl")).names  # the dialer is about to fetch them
    exchange.clock.advance(seconds=10)
    assert exchange.go(enqueue.get("waitUrl")).names == ["Leave"]
    assert "Record" in exchange.go(enqueue.get("action"), QueueResult="leave").names


def test_who_waited_long_enough_is_asked_for_a_message(exchange: Exchange) -> None:
    exchange.online("ana")
    exchange.occupy("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.settle()
    exchange.clock.advance(seconds=300)
    assert exchange.go(enqueue.get("waitUrl")).names == ["Leave"]
    assert "Record" in exchange.go(enqueue.get("action"), QueueResult="leave").names
    assert exchange.timeline()[-1].text == "Nobody was free to answer. The caller was asked for a message."


def test_who_waited_long_enough_may_be_put_through_to_a_number(exchange: Exchange) -> None:
    with_rules(exchange, overflow="+14155550777")
    exchange.online("ana")
    exchange.occupy("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.settle()
    exchange.clock.advance(seconds=300)
    dialled = exchange.go(enqueue.get("action"), QueueResult="leave")
    assert dialled.verb("Dial").children[0].words == "+14155550777"
    assert exchange.go(enqueue.get("action"), QueueResult="leave") == dialled
    exchange.settle()
    text = "Nobody was free to answer. The caller was put through to +14155550777."
    assert exchange.timeline()[-1].text == text
    assert (exchange.head().call, exchange.state()) == ("", "abandoned")
    assert exchange.legs.orders == []  # the call with the number goes on


def test_a_line_without_room_is_a_message_at_once(exchange: Exchange) -> None:
    exchange.online("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    assert "Record" in exchange.go(enqueue.get("action"), QueueResult="queue-full").names
    exchange.settle()
    assert exchange.timeline()[-1].text == "The line was full. The caller was asked for a message."


def test_a_message_on_tape_is_what_the_customer_said(exchange: Exchange) -> None:
    asked_for_message(exchange)
    recorded(exchange)
    recorded(exchange)
    message = exchange.timeline()[-1]
    assert (message.direction, message.event, message.text) == (Direction.INBOUND, "", "Voicemail, 12 s.")
    assert [(medium.url, medium.provider_id) for medium in message.pending_media] == [(f"{RECORDING}.mp3", "RE1")]
    assert exchange.events() == ["call.queued", "call.voicemail", ""]
    assert exchange.state() == "voicemail"


def test_silence_is_a_missed_call_and_no_message(exchange: Exchange) -> None:
    asked_for_message(exchange)
    exchange.report(CALL, about="recording", RecordingStatus="absent", RecordingSid="RE1", RecordingSource="RecordVerb")
    assert exchange.timeline()[-1].text == "Left no message. Call back."
    assert exchange.state() == "abandoned"


def test_whoever_hangs_up_before_the_tone_has_left_no_message(exchange: Exchange) -> None:
    asked_for_message(exchange)
    hang_up(exchange)
    exchange.settle()
    assert exchange.state() == "recording"  # a report may still come
    exchange.clock.advance(minutes=11)
    exchange.settle()
    assert exchange.timeline()[-1].text == "Left no message. Call back."
    assert exchange.state() == "abandoned"


def test_hanging_up_in_the_menu_leaves_a_conversation_to_call_back(exchange: Exchange) -> None:
    exchange.go("")
    hang_up(exchange)
    hang_up(exchange)
    exchange.settle()
    assert [message.text for message in exchange.timeline()] == ["Called and hung up in the menu. Call back."]
    assert (exchange.head().state, exchange.head().routing_channel) == (State.WAITING, Channel.SMS)
    assert exchange.state() == "abandoned"


def test_hanging_up_in_line_leaves_a_conversation_to_call_back(exchange: Exchange) -> None:
    exchange.online("ana")
    exchange.occupy("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.settle()
    exchange.clock.advance(seconds=35)
    assert exchange.go(enqueue.get("action"), QueueResult="hangup", CallStatus="completed").names == []
    hang_up(exchange)
    exchange.settle()
    assert exchange.timeline()[-1].text == "Hung up after waiting for 35 s. Call back."
    assert exchange.events() == ["call.queued", "call.missed"]
    assert exchange.head().routing_channel is Channel.SMS


def test_hanging_up_before_the_dialer_looked_is_told_all_the_same(exchange: Exchange) -> None:
    exchange.online("ana")
    enqueue = in_line(exchange).verb("Enqueue")
    exchange.go(enqueue.get("action"), QueueResult="hangup", CallStatus="completed")
    exchange.settle()
    assert exchange.events() == ["call.queued", "call.missed"]
    assert exchange.legs.orders == []


def test_hanging_up_while_it_rings_frees_the_agent_and_stops_the_ringing(exchange: Exchange) -> None:
    exchange.online("ana")
    ringing(exchange)
    hang_up(exchange)
    exchange.dial()
    assert exchange.presence("ana") == "ONLINE"
    assert exchange.head().agent is None
    assert exchange.legs.orders[-1] == Order("end", "", "CAleg1")
    assert exchange.pick_up().words == "The caller is no longer there."
    assert exchange.state() == "abandoned"


@pytest.mark.parametrize("first", ["report", "left"])
def test_the_end_of_a_talk_is_told_once_in_whatever_order(exchange: Exchange, first: str) -> None:
    exchange.online("ana")
    talking(exchange)
    for step in (first, "left" if first == "report" else "report"):
        if step == "report":
            hang_up(exchange)
        else:
            exchange.go(f"/left?call={CALL}&leg=customer", CallStatus="completed")
    exchange.settle()
    assert exchange.events().count("call.ended") == 1
    assert exchange.state() == "completed"


def test_a_report_that_contradicts_the_end_changes_nothing(exchange: Exchange) -> None:
    exchange.online("ana")
    talking(exchange)
    hang_up(exchange)
    before = (exchange.call(), exchange.events())
    for status in ("failed", "in-progress", "ringing", "no-answer"):
        exchange.report(CallStatus=status)
    assert (exchange.call(), exchange.events()) == before


def test_a_call_that_breaks_is_to_be_called_back(exchange: Exchange) -> None:
    exchange.online("ana")
    in_line(exchange)
    exchange.report(CallStatus="failed")
    exchange.settle()
    assert exchange.timeline()[-1].text == "The connection failed. Call back."
    assert exchange.state() == "failed"


def test_hanging_up_in_the_menu_leaves_a_mail_conversation_mail(exchange: Exchange) -> None:
    mail = Identity(kind=IdentityKind.EMAIL, address="eva@example.org")
    phone = Identity(kind=IdentityKind.PHONE, address=EVA)
    eva = Contact(id=contact_of_first_contact(mail), name="Eva", identities=(mail, phone))
    exchange.know(eva)
    exchange.write(mail, Channel.EMAIL)
    exchange.go("")
    hang_up(exchange)
    exchange.settle()
    assert exchange.head().routing_channel is Channel.EMAIL
    assert exchange.head().channels == (Channel.EMAIL, Channel.VOICE)


def waited(exchange: Exchange, seconds: int) -> str:
    """A caller who has waited, behind a busy agent; answers the address of the next turn."""
    exchange.online("ana")
    exchange.occupy("ana")
    url = in_line(exchange).verb("Enqueue").get("waitUrl")
    exchange.settle()
    calls.lines()()
    exchange.clock.advance(seconds=seconds)
    return url


def test_a_waiting_caller_hears_their_place_now_and_again(exchange: Exchange) -> None:
    turn = exchange.go(waited(exchange, 1))
    assert turn.names == ["Say", "Play", "Redirect"]
    assert turn.words == "Thank you for waiting. You are next in line."
    exchange.clock.advance(seconds=10)
    assert exchange.go(turn.verb("Redirect").words).names == ["Play", "Redirect"]


def test_what_is_not_known_of_the_line_is_not_said(exchange: Exchange) -> None:
    url = waited(exchange, 1)
    exchange.clock.advance(seconds=200)
    assert "next in line" not in exchange.go(url).words


def test_how_long_it_takes_is_said_where_it_is_known(exchange: Exchange) -> None:
    url = waited(exchange, 1)
    now = exchange.clock()
    spells = (Spell(ends=now, seconds=360, left=4),)
    line = Line(routing_class=exchange.head().routing_class, order=("c0", exchange.head().id), spells=spells, at=now)
    calls.store().write_line(line)
    assert exchange.go(url).words == "Thank you for waiting. You are number 2 in line. The wait is about 4 minutes."


def test_a_call_back_is_offered_and_keeps_the_place(exchange: Exchange) -> None:
    turn = exchange.go(waited(exchange, 25))
    assert turn.words.endswith("To be called back without losing your place, press 1.")
    before = exchange.head()
    goodbye = exchange.go(turn.verb("Gather").get("action"), Digits="1")
    assert goodbye.names == ["Say", "Hangup"]
    head, ours = exchange.head(), exchange.call(BACK)
    assert (head.call, head.enqueued, head.version) == (BACK, before.enqueued, before.version)
    assert (ours.purpose, ours.queued, ours.state) == (Purpose.CALL_BACK, exchange.call().queued, "queued")
    assert exchange.state() == "callback_requested"
    hang_up(exchange)
    exchange.settle()
    assert exchange.events() == ["call.queued", "call.callback"]


def test_a_key_that_means_nothing_goes_on_waiting(exchange: Exchange) -> None:
    turn = exchange.go(waited(exchange, 25))
    assert "Redirect" in exchange.go(turn.verb("Gather").get("action"), Digits="5").names
    assert exchange.state() == "queued"


def test_a_call_back_rings_the_agent_first_and_then_the_customer(exchange: Exchange) -> None:
    turn = exchange.go(waited(exchange, 25))
    exchange.go(turn.verb("Gather").get("action"), Digits="1")
    exchange.online("ben")
    exchange.settle()
    assert exchange.pick_up(BACK).words == f"A call-back for Support, about billing, to {EVA}."
    exchange.settle()
    invite = exchange.legs.orders[-1]
    assert (invite.verb, invite.about, invite.detail[0]) == ("invite", EVA, "customer")
    assert exchange.call(BACK).state == "dialling"
    exchange.report(BACK, "customer", CallSid=exchange.call(BACK).parties["customer"].sid, CallStatus="in-progress")
    assert exchange.call(BACK).state == "in_progress"
    exchange.report(BACK, "customer", CallSid=exchange.call(BACK).parties["customer"].sid, CallStatus="completed")
    exchange.settle()
    assert exchange.call(BACK).state == "completed"


def test_a_customer_who_does_not_answer_is_tried_again_later(exchange: Exchange) -> None:
    turn = exchange.go(waited(exchange, 25))
    exchange.go(turn.verb("Gather").get("action"), Digits="1")
    exchange.online("ben")
    exchange.settle()
    exchange.pick_up(BACK)
    exchange.settle()
    exchange.report(BACK, "customer", CallSid=exchange.call(BACK).parties["customer"].sid, CallStatus="no-answer")
    exchange.settle()
    planned = exchange.call(BACK)
    assert (planned.state, planned.tries) == ("planned", 1)
    assert exchange.head().routing_channel is Channel.SMS
    assert not any(party.here for party in planned.parties.values() if party.label.startswith("agent"))


def with_rules(exchange: Exchange, **rules: Any) -> None:
    """The inbox has other rules from now on."""
    inbox = exchange.company.inboxes[0]
    changed = replace(inbox, voice_rules=replace(inbox.voice_rules, **rules))
    exchange.configure(replace(exchange.company, inboxes=(changed, *exchange.company.inboxes[1:])))


def test_where_nobody_is_there_a_call_back_may_be_promised(exchange: Exchange) -> None:
    with_rules(exchange, closed=Closed.CALL_BACK)
    in_line(exchange)
    exchange.settle()
    assert exchange.go(f"/line?call={CALL}").words == "Nobody is there right now. We will call you back. Goodbye."
    assert (exchange.state(), exchange.head().call) == ("callback_requested", BACK)
    exchange.online("ana")
    exchange.settle()
    assert exchange.call(BACK).agent == "ana"
    exchange.pick_up(BACK)
    exchange.settle()
    assert exchange.legs.orders[-1].about == EVA


def test_where_nobody_is_there_a_caller_may_be_sent_away_and_is_to_be_called_back(exchange: Exchange) -> None:
    with_rules(exchange, closed=Closed.MESSAGE)
    in_line(exchange)
    exchange.settle()
    assert exchange.go(f"/line?call={CALL}").names == ["Say", "Hangup"]
    assert exchange.timeline()[-1].text == "Nobody is online to answer. Call back."
    assert exchange.state() == "abandoned"


def test_who_asks_for_a_call_back_in_the_menu_stands_in_line_from_then_on(exchange: Exchange) -> None:
    exchange.online("ana")
    line = CallLine(board=calls.switchboard())
    request = parse_call(read_request(signed("/webhooks/voice", form("call")), public_url=PUBLIC_URL))
    for _ in range(2):
        assert line.ask_call_back(request, exchange.company.inboxes[0], Wish(choice="billing")) == Goodbye()
    exchange.settle()
    assert exchange.state() == "callback_requested"
    assert (exchange.call(BACK).agent, exchange.call(BACK).state) == ("ana", "offering")
    assert exchange.call(BACK).queued == exchange.call().queued


@pytest.mark.parametrize("step", ["hang up", "leave", "call back", "resume", "recorded"])
def test_a_step_out_of_the_line_reads_once_and_writes_once_at_most(exchange: Exchange, step: str) -> None:
    turn = exchange.go(waited(exchange, 25))
    pressed = turn.verb("Gather").get("action")
    exchange.clock.advance(seconds=300)
    steps: dict[str, tuple[str, dict[str, str]]] = {
        "hang up": (f"/dequeued?call={CALL}", {"QueueResult": "hangup", "CallStatus": "completed"}),
        "leave": (f"/dequeued?call={CALL}", {"QueueResult": "leave"}),
        "call back": (pressed, {"Digits": "1"}),
        "resume": (f"/line?call={CALL}", {}),
        "recorded": ("/recorded", {}),
    }
    url, fields = steps[step]
    before = exchange.table.usage.requests.copy()
    exchange.go(url, **fields)
    asked = exchange.table.usage.requests - before
    assert sum(asked[name] for name in ("GetItem", "BatchGetItem", "Query")) <= 1, asked
    assert asked.total() <= 2, asked


def test_a_talk_whose_end_was_never_reported_ends_when_it_can_no_longer_go_on(exchange: Exchange) -> None:
    """Found in review: its agent's place was held for ever."""
    exchange.online("ana")
    talking(exchange)
    exchange.clock.advance(hours=4)
    exchange.settle()
    assert exchange.state() == "in_progress"
    exchange.clock.advance(minutes=6)
    assert phones.due_calls()() == 1
    exchange.settle()
    assert exchange.state() == "completed"
    assert {order.about for order in exchange.legs.orders if order.verb == "end"} == {CALL, "CAleg1"}
    exchange.clock.advance(minutes=1)
    exchange.settle()
    assert routing.presence().state(exchange.agent("ana")).agent.free("voice") == 1


@pytest.mark.parametrize("about", ["leg", "room"])
def test_a_report_about_what_can_be_no_call_is_ignored_and_said(
    exchange: Exchange, about: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Found in use: its id is longer than a key, and it was tried until it lay in the dead-letter queue."""
    exchange.report("x" * 3000, "agent-1", about, StatusCallbackEvent="participant-join", CallStatus="completed")
    assert "report of a call ignored" in caplog.text
    assert exchange.calls() == []
