"""A message left, from the tone to the timeline: the voice function, the reports, the dialer and the recordings."""

import pytest

from heartline.bootstrap import routing
from heartline.domain.conversations import State
from heartline.domain.messages import Channel, Direction
from heartline.domain.recordings import NO_RECORDING_AFTER
from tests.telephone import CALL, RECORDING, Exchange, hang_up, in_line, recorded, talking


def asked(exchange: Exchange) -> None:
    """A caller who waited as long as the inbox lets them hears the prompt and the tone."""
    exchange.online("ana", "ben", "lea")
    enqueue = in_line(exchange).verb("Enqueue")
    for agent in ("ana", "ben", "lea"):
        routing.presence().choose(exchange.agent(agent), "AWAY")
    exchange.settle()
    exchange.clock.advance(seconds=301)
    assert "Record" in exchange.go(enqueue.get("action"), QueueResult="leave").names
    assert exchange.state() == "recording"
    exchange.settle()


def test_a_message_left_is_the_customer_s_and_waits_for_a_written_answer(exchange: Exchange) -> None:
    asked(exchange)
    hang_up(exchange)
    recorded(exchange)
    exchange.settle()
    message = next(each for each in exchange.timeline() if each.recording)
    assert (message.direction, message.text) == (Direction.INBOUND, "Voicemail, 12 s.")
    assert exchange.state() == "voicemail"
    head = exchange.head()
    assert (head.state, head.routing_channel, head.call) == (State.WAITING, Channel.SMS, "")
    assert head.last_visible == message.id
    assert head.waiting_since is not None


def test_the_recording_may_be_reported_before_the_line_is_closed(exchange: Exchange) -> None:
    asked(exchange)
    recorded(exchange)
    hang_up(exchange)
    exchange.settle()
    assert exchange.state() == "voicemail"
    assert len([each for each in exchange.timeline() if each.recording]) == 1


def test_the_recording_may_be_reported_before_the_dialer_has_looked(exchange: Exchange) -> None:
    in_line(exchange)
    recorded(exchange)
    exchange.settle()
    assert len(exchange.heads()) == 1
    assert len([each for each in exchange.timeline() if each.recording]) == 1


def test_who_hangs_up_between_prompt_and_tone_has_called_and_is_called_back(exchange: Exchange) -> None:
    asked(exchange)
    hang_up(exchange)
    exchange.settle()
    assert exchange.state() == "recording"
    exchange.clock.advance(seconds=NO_RECORDING_AFTER.total_seconds())
    exchange.settle()
    assert exchange.state() == "abandoned"
    assert exchange.timeline()[-1].text == "Left no message. Call back."


def test_a_recording_that_is_reported_very_late_is_kept_all_the_same(exchange: Exchange) -> None:
    asked(exchange)
    hang_up(exchange)
    exchange.clock.advance(hours=2)
    exchange.settle()
    recorded(exchange)
    exchange.settle()
    assert exchange.state() == "abandoned"
    assert exchange.head().last_visible == next(each for each in exchange.timeline() if each.recording).id


@pytest.mark.parametrize("status", ["absent", "failed"])
def test_silence_after_the_tone_is_an_abandoned_call(exchange: Exchange, status: str) -> None:
    asked(exchange)
    exchange.report(CALL, about="recording", RecordingStatus=status, RecordingSource="RecordVerb")
    exchange.settle()
    assert exchange.state() == "abandoned"
    assert [each for each in exchange.timeline() if each.recording] == []


def test_a_recorded_talk_is_a_line_of_its_conversation(exchange: Exchange) -> None:
    exchange.online("ana")
    call = talking(exchange)
    hang_up(exchange)
    exchange.report(
        CALL,
        about="recording",
        RecordingStatus="completed",
        RecordingUrl=RECORDING,
        RecordingSid="RE2",
        RecordingDuration="182",
        RecordingSource="Conference",
        ConferenceSid="CF1",
    )
    message = next(each for each in exchange.timeline() if each.recording)
    assert (message.direction, message.conversation) == (Direction.INTERNAL, call.conversation)
    assert exchange.state() == "completed"
