"""Callers of the simulated Twilio do what the TwiML says, and what the script says they do."""

from pathlib import Path

import pytest
from aiohttp import web
from twilio.request_validator import RequestValidator

from infra.local.simulators.sound import spoken_in
from infra.local.simulators.twilio.records import Call, new_sid, now
from infra.local.simulators.twilio.store import Store
from tests.unit.simulators.running import (
    AGENT,
    AUTH_TOKEN,
    OURS,
    THEIRS,
    Application,
    Simulator,
    events,
    running,
    wait_until,
)

PAYLOADS = Path(__file__).parents[2] / "data" / "twilio"
GATHER = '<Gather action="/chosen" numDigits="1" timeout="3"><Say>Press 1</Say></Gather>'
DIAL = f'<Dial action="/dialled" timeout="20"><Number url="/whisper">{AGENT}</Number></Dial>'


def names(form: str) -> set[str]:
    return {pair.partition("=")[0] for pair in form.strip().split("&")}


def last(application: Application, path: str) -> dict[str, str]:
    return application.to(path)[-1].fields


def test_the_first_request_of_a_call_has_the_fields_of_a_real_one_and_its_signature(twilio: Simulator) -> None:
    twilio.call()
    [request] = twilio.application.to("/voice")
    assert names(request.body) == names((PAYLOADS / "call_received.form").read_text())
    assert (request.fields["CallStatus"], request.fields["Direction"]) == ("ringing", "inbound")
    signature = request.headers["X-Twilio-Signature"]
    assert RequestValidator(AUTH_TOKEN).validate(twilio.config.voice_webhook, request.fields, signature)


def test_a_call_ends_with_a_completed_callback_to_the_numbers_status_url(twilio: Simulator) -> None:
    twilio.application.say("/voice", "<Say>Goodbye</Say>")
    transcript = twilio.call()
    wait_until(lambda: bool(twilio.application.to("/status")))
    fields = last(twilio.application, "/status")
    assert (fields["CallSid"], fields["CallStatus"]) == (transcript["call_sid"], "completed")
    assert fields["CallDuration"].isdigit()


def test_the_next_digits_of_the_script_answer_each_gather(twilio: Simulator) -> None:
    twilio.application.say("/voice", GATHER)
    twilio.application.say("/chosen", GATHER.replace("/chosen", "/second"))
    transcript = twilio.call(digits=["23", "4"])
    assert last(twilio.application, "/chosen")["Digits"] == "2"
    assert last(twilio.application, "/second")["Digits"] == "4"
    assert [step["digits"] for step in transcript["steps"] if step["event"] == "pressed"] == ["2", "4"]


def test_a_gather_without_an_answer_times_out_and_the_document_goes_on(twilio: Simulator) -> None:
    twilio.application.say("/voice", GATHER + "<Say>No choice</Say>")
    transcript = twilio.call(digits=[""])
    assert events(transcript) == ["calling", "said", "silent", "said", "ended"]
    assert not twilio.application.to("/chosen")


def test_an_empty_gather_is_reported_when_the_document_asks_for_it(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Gather action="/chosen" actionOnEmptyResult="true"/>')
    twilio.call()
    assert last(twilio.application, "/chosen")["Digits"] == ""


def test_speech_answers_a_gather_that_listens_to_it(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Gather input="dtmf speech" action="/chosen"/>')
    twilio.call(speech=["billing, please"])
    assert last(twilio.application, "/chosen")["SpeechResult"] == "billing, please"


def test_a_gather_without_an_action_repeats_its_document_until_the_limit(twilio: Simulator) -> None:
    twilio.application.say("/voice", "<Gather numDigits='1'/>")
    transcript = twilio.call(digits=["1"] * 200)
    assert len(twilio.application.to("/voice")) == 100
    assert transcript["status"] == "failed"
    assert "more than 100 documents" in transcript["steps"][-2]["text"]


def test_a_redirect_leads_to_another_document_by_its_relative_url(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Redirect method="GET">/menu?language=es</Redirect><Say>never</Say>')
    assert "said" not in events(twilio.call())
    [request] = twilio.application.to("/menu")
    assert request.method == "GET"
    assert request.url.startswith("/menu?language=es&")
    signed = twilio.config.voice_webhook.removesuffix("/voice") + request.url
    assert RequestValidator(AUTH_TOKEN).validate(signed, {}, request.headers["X-Twilio-Signature"])


def test_an_agent_who_picks_up_hears_the_whisper_and_is_connected(twilio: Simulator) -> None:
    twilio.application.say("/voice", DIAL)
    twilio.application.say(
        "/whisper", '<Gather numDigits="1" action="/accept"><Say>A call for you</Say></Gather><Hangup/>'
    )
    twilio.application.say("/dialled", "<Hangup/>")
    transcript = twilio.call()
    whisper, dialled = last(twilio.application, "/whisper"), last(twilio.application, "/dialled")
    assert whisper["Direction"] == "outbound-dial"
    assert whisper["ParentCallSid"] == transcript["call_sid"]
    assert last(twilio.application, "/accept")["Digits"] == "1"
    assert (dialled["DialCallStatus"], dialled["DialBridged"]) == ("completed", "true")
    assert (dialled["DialCallSid"], dialled["CallSid"]) == (whisper["CallSid"], transcript["call_sid"])
    assert "connected" in events(transcript)


def test_an_agent_who_does_not_accept_is_not_connected(twilio: Simulator) -> None:
    twilio.application.say("/voice", DIAL)
    twilio.application.say("/whisper", '<Gather numDigits="1" action="/accept"/><Hangup/>')
    transcript = twilio.call(agent={"does": "answer", "digits": []})
    assert last(twilio.application, "/dialled")["DialBridged"] == "false"
    assert "connected" not in events(transcript)


@pytest.mark.parametrize("habit", ["no-answer", "busy"])
def test_a_phone_that_nobody_answers_says_why(twilio: Simulator, habit: str) -> None:
    twilio.application.say("/voice", DIAL)
    twilio.call(agent=habit)
    dialled = last(twilio.application, "/dialled")
    assert dialled["DialCallStatus"] == habit
    assert "DialCallDuration" not in dialled
    assert not twilio.application.to("/whisper")


def test_a_number_has_its_own_habit_and_reports_its_progress(twilio: Simulator) -> None:
    twilio.control("PUT", "/phones", {"number": AGENT, "does": "answer", "answer_after": 2, "talk": 1})
    callback = 'statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed"'
    twilio.application.say("/voice", f"<Dial><Number {callback}>{AGENT}</Number></Dial>")
    twilio.call()
    wait_until(lambda: len(twilio.application.to("/leg")) == 4)
    statuses = {request.fields["CallStatus"] for request in twilio.application.to("/leg")}
    assert statuses == {"initiated", "ringing", "in-progress", "completed"}


def test_the_first_phone_to_answer_stops_the_others(twilio: Simulator) -> None:
    slow, fast = "+14155550177", "+14155550166"
    twilio.control("PUT", "/phones", {"number": slow, "answer_after": 19})
    twilio.application.say("/voice", f'<Dial action="/dialled"><Number>{slow}</Number><Number>{fast}</Number></Dial>')
    twilio.call()
    calls = {call["to"]: call["status"] for call in twilio.rest("GET", "/Calls.json").json["calls"]}
    assert (calls[slow], calls[fast]) == ("canceled", "completed")


def test_a_caller_who_hangs_up_while_it_rings_cancels_the_dialled_call(twilio: Simulator) -> None:
    twilio.application.say("/voice", DIAL.replace('"20"', '"900"'))
    sid = twilio.start_call(agent="no-answer")
    twilio.wait_for_step(sid, "dialling")
    twilio.control("POST", f"/calls/{sid}/hang-up", {})
    transcript = twilio.wait_for_end(sid)
    dialled = last(twilio.application, "/dialled")
    assert (dialled["CallStatus"], dialled["DialCallStatus"]) == ("completed", "no-answer")
    leg = twilio.rest("GET", f"/Calls/{dialled['DialCallSid']}.json").json
    assert (leg["status"], leg["parent_call_sid"]) == ("canceled", transcript["call_sid"])


def test_the_application_hangs_up_a_live_call_once(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Pause length="600"/>')
    sid = twilio.start_call()
    wait_until(lambda: bool(twilio.application.to("/voice")))
    assert twilio.rest("POST", f"/Calls/{sid}.json", {"Status": "completed"}).status == 200
    twilio.wait_for_end(sid)
    assert twilio.rest("POST", f"/Calls/{sid}.json", {"Twiml": "<Response/>"}).json["code"] == 21220


def test_a_voicemail_is_recorded_reported_and_can_be_fetched_and_deleted(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Record action="/recorded" recordingStatusCallback="/recording"/>')
    twilio.call(record=7, message="Please call me back. " * 20)
    fields = last(twilio.application, "/recorded")
    assert names(twilio.application.to("/recorded")[-1].body) == names((PAYLOADS / "call_recorded.form").read_text())
    assert (fields["RecordingDuration"], fields["Digits"]) == ("7", "hangup")
    wait_until(lambda: bool(twilio.application.to("/recording")))
    assert last(twilio.application, "/recording")["RecordingStatus"] == "completed"
    path = fields["RecordingUrl"].removeprefix(twilio.account)
    [said] = spoken_in(twilio.rest("GET", path).content)
    assert said.speaker == "the caller"
    assert said.words.startswith("Please call me back. Please")
    assert said.until <= 7
    assert spoken_in(twilio.rest("GET", path + ".mp3").content) == (said,)
    assert twilio.rest("DELETE", path + ".json").status == 204
    assert twilio.rest("GET", path + ".wav").status == 404


def test_an_empty_recording_is_none_and_the_document_goes_on(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Record action="/recorded"/><Say>Nothing heard</Say>')
    transcript = twilio.call(record=0)
    assert not twilio.application.to("/recorded")
    assert events(transcript)[-3:] == ["recorded-nothing", "said", "ended"]


def test_a_voicemail_that_ends_with_a_key_carries_on_with_the_answer(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Record action="/recorded" finishOnKey="#"/>')
    twilio.application.say("/recorded", "<Say>Thank you</Say><Hangup/>")
    transcript = twilio.call(record=2, record_end="#")
    assert last(twilio.application, "/recorded")["Digits"] == "#"
    assert events(transcript)[-3:] == ["said", "hung-up", "ended"]


def test_a_recorded_conversation_comes_with_the_dial_result(twilio: Simulator) -> None:
    twilio.application.say("/voice", f'<Dial action="/dialled" record="record-from-answer">{AGENT}</Dial>')
    twilio.call()
    sid = last(twilio.application, "/dialled")["RecordingSid"]
    assert twilio.rest("GET", f"/Recordings/{sid}.json").json["source"] == "DialVerb"


def test_a_rejected_call_is_never_answered(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Reject reason="busy"/>')
    transcript = twilio.call()
    assert transcript["status"] == "busy"
    assert twilio.rest("GET", f"/Calls/{transcript['call_sid']}.json").json["start_time"] is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (web.Response(status=500, text="oops"), 11200),
        (web.Response(text="hello", content_type="text/plain"), 12300),
        (web.Response(text="<Response><Say>", content_type="text/xml"), 12100),
        (web.Response(text="<Response><Sing/></Response>", content_type="text/xml"), 12200),
    ],
)
def test_a_document_that_cannot_be_carried_out_fails_the_call_with_its_code(
    twilio: Simulator, answer: web.Response, code: int
) -> None:
    twilio.application.answers["/voice"] = [answer]
    transcript = twilio.call()
    assert transcript["status"] == "failed"
    assert [step["code"] for step in transcript["steps"] if step["event"] == "error"] == [code]


def test_a_call_cut_off_by_a_restart_is_over_and_reported_after_it(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        first.application.say("/voice", '<Pause length="3600"/>')
        sid = first.start_call()
        wait_until(lambda: bool(first.application.to("/voice")))
    with running(tmp_path) as second:
        assert second.rest("GET", f"/Calls/{sid}.json").json["status"] == "failed"
        assert second.control("GET", f"/calls/{sid}").json["ended"]


def test_a_call_left_by_a_crash_is_over_and_reported_after_it(tmp_path: Path) -> None:
    at = now()
    store = Store(tmp_path / "twilio.sqlite")
    call = Call(
        sid=new_sid("CA"),
        created=at,
        updated=at,
        sender=THEIRS,
        recipient=OURS,
        direction="inbound",
        status="in-progress",
    )
    store.save(call)
    store.close()
    with running(tmp_path) as twilio:
        assert twilio.control("GET", f"/calls/{call.sid}").json["ended"]
        wait_until(lambda: bool(twilio.application.to("/status")))
        assert last(twilio.application, "/status")["CallStatus"] == "failed"


def test_a_caller_hangs_up_after_the_seconds_of_the_script(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Pause length="900"/>')
    assert events(twilio.call(hang_up_after=3))[-2:] == ["hung-up", "ended"]


def test_a_withheld_number_calls_as_anonymous(twilio: Simulator) -> None:
    twilio.call(**{"from": "anonymous"})
    assert last(twilio.application, "/voice")["From"] == "anonymous"
