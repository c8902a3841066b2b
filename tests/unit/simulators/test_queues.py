"""Waiting in line: places and times as Twilio tells them, keys pressed meanwhile, and every way out."""

from typing import Any

from aiohttp import web

from tests.unit.simulators.running import THEIRS, Simulator, events, wait_until
from tests.unit.simulators.test_calls import DIAL

LINE = '<Enqueue waitUrl="/wait" action="/dequeued">support</Enqueue>'
ASKED = '<Gather action="/asked" numDigits="1" timeout="30"><Say>Press 1 to be called back.</Say></Gather>'


def waits(twilio: Simulator, sid: str) -> list[dict[str, str]]:
    """What each reading of the wait document was told of one caller."""
    return [form.fields for form in twilio.application.to("/wait") if form.fields["CallSid"] == sid]


def place(twilio: Simulator, sid: str) -> tuple[str, str]:
    wait_until(lambda: bool(waits(twilio, sid)))
    told = waits(twilio, sid)[-1]
    return told["QueuePosition"], told["CurrentQueueSize"]


def dequeued(twilio: Simulator) -> dict[str, Any]:
    wait_until(lambda: bool(twilio.application.to("/dequeued")))
    return twilio.application.to("/dequeued")[-1].fields


def test_everybody_is_told_their_own_place_and_moves_up(twilio: Simulator) -> None:
    twilio.application.say("/voice", LINE)
    twilio.application.say("/wait", '<Pause length="5"/>')
    first, second = twilio.start_call(), twilio.start_call(**{"from": "+14155550177"})
    assert place(twilio, second) == ("2", "2")
    twilio.control("POST", f"/calls/{first}/hang-up", {})
    wait_until(lambda: place(twilio, second) == ("1", "1"))
    told = waits(twilio, second)[-1]
    assert {"QueueSid", "QueueTime", "AvgQueueTime", "MaxQueueSize"} <= set(told)
    assert int(told["QueueTime"]) >= 5
    assert waits(twilio, first)[0]["QueueSid"] == told["QueueSid"]


def test_a_key_pressed_in_line_goes_to_its_action_and_the_caller_stays_in_line(twilio: Simulator) -> None:
    twilio.application.say("/voice", LINE)
    twilio.application.say("/wait", ASKED)
    twilio.application.say("/asked", "<Say>We shall call you.</Say>")
    sid = twilio.start_call()
    wait_until(lambda: bool(waits(twilio, sid)))
    twilio.control("POST", f"/calls/{sid}/digits", {"digits": "1"})
    wait_until(lambda: bool(twilio.application.to("/asked")))
    assert twilio.application.to("/asked")[0].fields["Digits"] == "1"
    wait_until(lambda: len(waits(twilio, sid)) > 1)
    assert not twilio.application.to("/dequeued")


def test_a_key_pressed_in_line_may_lead_out_of_it(twilio: Simulator) -> None:
    twilio.application.say("/voice", LINE)
    twilio.application.say("/wait", ASKED)
    twilio.application.say("/asked", "<Say>We shall call you.</Say><Leave/>")
    twilio.application.say("/dequeued", "<Say>Goodbye</Say><Hangup/>")
    sid = twilio.start_call()
    wait_until(lambda: bool(waits(twilio, sid)))
    twilio.control("POST", f"/calls/{sid}/digits", {"digits": "1"})
    assert events(twilio.wait_for_end(sid))[-3:] == ["said", "hung-up", "ended"]
    assert dequeued(twilio)["QueueResult"] == "leave"


def test_a_redirect_asks_the_action_first_and_throws_its_answer_away(twilio: Simulator) -> None:
    twilio.application.say("/voice", LINE)
    twilio.application.say("/wait", '<Pause length="900"/>')
    twilio.application.say("/dequeued", "<Say>Nobody hears this</Say>")
    twilio.application.say("/join", "<Say>You are connected</Say>")
    sid = twilio.start_call()
    wait_until(lambda: bool(waits(twilio, sid)))
    twilio.rest("POST", f"/Calls/{sid}.json", {"Url": twilio.config.voice_webhook.replace("/voice", "/join")})
    heard = [step["words"] for step in twilio.wait_for_end(sid)["steps"] if step["event"] == "said"]
    assert heard == ["You are connected"]
    assert (dequeued(twilio)["QueueResult"], dequeued(twilio)["CallStatus"]) == ("redirected", "in-progress")
    order = [request.path for request in twilio.application.received]
    assert order.index("/dequeued") < order.index("/join")


def test_a_wait_document_that_cannot_be_had_ends_the_wait_as_an_error(twilio: Simulator) -> None:
    twilio.application.say("/voice", LINE)
    twilio.application.answers["/wait"] = [web.Response(status=500)]
    transcript = twilio.call()
    assert dequeued(twilio)["QueueResult"] == "error"
    assert [step["code"] for step in transcript["steps"] if step["event"] == "error"] == [11200]


def test_a_wait_document_may_be_a_sound_itself(twilio: Simulator) -> None:
    twilio.application.say("/voice", LINE)
    twilio.application.play("/wait", seconds=5)
    sid = twilio.start_call()
    wait_until(lambda: len(waits(twilio, sid)) > 1)
    twilio.control("POST", f"/calls/{sid}/hang-up", {})
    assert events(twilio.wait_for_end(sid)).count("played") == 1, "a hold loop is told once"
    assert {form.method for form in twilio.application.to("/wait")} == {"POST"}, "it is not fetched twice"
    assert dequeued(twilio)["QueueResult"] == "hangup"


def test_a_sound_that_cannot_be_had_is_passed_over_and_noted(twilio: Simulator) -> None:
    twilio.application.answers["/gone.mp3"] = [web.Response(status=404)]
    twilio.application.say("/voice", "<Play>/gone.mp3</Play><Play>/page.html</Play><Say>Hello</Say>")
    transcript = twilio.call()
    assert [step["code"] for step in transcript["steps"] if step["event"] == "error"] == [11200, 12300]
    assert "said" in events(transcript)


def test_a_sound_takes_its_time_unless_the_answer_is_known(twilio: Simulator) -> None:
    twilio.application.play("/prompt.mp3", seconds=50)
    twilio.application.say("/voice", '<Gather action="/asked" numDigits="1"><Play>/prompt.mp3</Play></Gather>')
    twilio.application.say("/asked", "<Play>/prompt.mp3</Play>")
    twilio.call(digits=["1"])
    twilio.application.say("/asked", "<Hangup/>")
    [listened] = twilio.rest("GET", f"/Calls.json?From={THEIRS.replace('+', '%2B')}").json["calls"]
    assert 45 <= int(listened["duration"]) <= 90


def test_a_wait_document_may_lead_to_itself_for_as_long_as_the_caller_waits(twilio: Simulator) -> None:
    twilio.application.say("/voice", LINE)
    twilio.application.say("/wait", "<Redirect>/again</Redirect>")
    twilio.application.say("/again", '<Pause length="1"/><Redirect>/again</Redirect>')
    sid = twilio.start_call()
    wait_until(lambda: len(twilio.application.to("/again")) > 120)
    twilio.control("POST", f"/calls/{sid}/hang-up", {})
    assert "error" not in events(twilio.wait_for_end(sid))


def test_nobody_dials_under_a_number_that_is_not_ours(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Dial callerId="+15005550006" action="/left">+14155550188</Dial>')
    transcript = twilio.call()
    assert [step["code"] for step in transcript["steps"] if step["event"] == "error"] == [13214]
    assert twilio.application.to("/left")[0].fields["DialCallStatus"] == "failed"


def test_speech_comes_with_its_confidence_and_an_empty_answer_is_none(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Gather action="/asked" input="dtmf speech" hints="billing, refund"/>')
    twilio.application.say("/asked", '<Gather action="/asked" input="speech"/>')
    twilio.call(speech=["billing", "something @0.31", ""])
    forms = [(form.fields["SpeechResult"], form.fields["Confidence"]) for form in twilio.application.to("/asked")]
    assert forms == [("billing", "0.97"), ("something", "0.31")]


def test_a_waiting_caller_hears_the_wait_document_until_it_says_leave(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Enqueue waitUrl="/wait" action="/dequeued">support</Enqueue>')
    twilio.application.say("/wait", "<Play>/music.mp3</Play>", "<Play>/music.mp3</Play>", "<Leave/>")
    twilio.application.play("/music.mp3")
    transcript = twilio.call()
    assert {"QueueSid", "QueueTime", "QueuePosition"} <= set(twilio.application.to("/wait")[0].fields)
    assert dequeued(twilio)["QueueResult"] == "leave"
    assert events(transcript).count("played") == 1, "a hold loop is told once"


def test_without_an_action_leaving_the_queue_goes_on_after_enqueue(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Enqueue waitUrl="/wait"/><Say>We are closed</Say>')
    twilio.application.say("/wait", "<Leave/>")
    assert "said" in events(twilio.call())


def test_a_caller_who_hangs_up_in_the_queue_is_reported_and_gone(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Enqueue waitUrl="/wait" action="/dequeued"/>')
    twilio.application.say("/wait", '<Pause length="900"/>')
    sid = twilio.start_call()
    wait_until(lambda: bool(twilio.application.to("/wait")))
    twilio.control("POST", f"/calls/{sid}/hang-up", {})
    transcript = twilio.wait_for_end(sid)
    ended = dequeued(twilio)
    assert (ended["QueueResult"], ended["CallStatus"]) == ("hangup", "completed")
    assert transcript["status"] == "completed"


def test_the_application_moves_a_waiting_call_to_an_agent(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Enqueue waitUrl="/wait" action="/dequeued"/>')
    twilio.application.say("/wait", '<Pause length="10"/>')
    sid = twilio.start_call()
    wait_until(lambda: bool(twilio.application.to("/wait")))
    target = twilio.config.voice_webhook.replace("/voice", "/offer")
    twilio.application.say("/offer", DIAL)
    assert twilio.rest("POST", f"/Calls/{sid}.json", {"Url": target}).status == 200
    wait_until(lambda: bool(twilio.application.to("/dialled")))
    assert dequeued(twilio)["QueueResult"] == "redirected"
