"""A conference starts, ends, holds, mutes, kicks and reports as Twilio's documents say, over loopback webhooks."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.unit.simulators.running import AGENT, OURS, Received, Simulator, events, running, wait_until

ROOM = (
    '<Dial action="/left"><Conference participantLabel="{}" endConferenceOnExit="{}" statusCallback="/room"'
    ' statusCallbackEvent="start end join leave mute hold modify" waitUrl="">{}</Conference></Dial>'
)
ASKS = {"number": AGENT, "does": "ask"}


def told(twilio: Simulator) -> list[str]:
    """The events of the conference, in their order."""
    return [each["StatusCallbackEvent"] for each in reports(twilio)]


def reports(twilio: Simulator) -> list[dict[str, str]]:
    forms = [request.fields for request in twilio.application.to("/room")]
    return sorted(forms, key=lambda form: int(form["SequenceNumber"]))


def joined(twilio: Simulator, *, ends: str = "true") -> tuple[str, str]:
    """A caller and an agent in the conference `room`; the caller's leaving ends it if `ends` says so."""
    twilio.control("PUT", "/phones", ASKS)
    twilio.application.say("/voice", ROOM.format("customer", ends, "room"))
    twilio.application.say("/agent", ROOM.format("agent-1", "false", "room"))
    customer = twilio.start_call()
    wait_until(lambda: "participant-join" in told(twilio))
    agent = twilio.ring(AGENT, "/agent")
    twilio.control("POST", f"/devices/{AGENT}/calls/{agent}/accept", {})
    wait_until(lambda: "conference-start" in told(twilio))
    return customer, agent


def room_of(twilio: Simulator) -> str:
    [room] = twilio.rest("GET", "/Conferences.json?Status=in-progress&FriendlyName=room").json["conferences"]
    return str(room["sid"])


def change(twilio: Simulator, who: str, **form: str) -> Any:
    reply = twilio.rest("POST", f"/Conferences/{room_of(twilio)}/Participants/{quote(who)}.json", form)
    assert reply.status == 200, reply.content
    return reply.json


def left(twilio: Simulator) -> list[Received]:
    return twilio.application.to("/left")


def test_a_conference_starts_with_the_second_participant_and_reports_in_order(twilio: Simulator) -> None:
    joined(twilio)
    assert told(twilio) == ["participant-join", "participant-join", "conference-start"]
    first, second, start = reports(twilio)
    assert [form["SequenceNumber"] for form in (first, second, start)] == ["1", "2", "3"]
    assert (first["ParticipantLabel"], second["ParticipantLabel"]) == ("customer", "agent-1")
    assert (first["FriendlyName"], first["EndConferenceOnExit"]) == ("room", "true")
    assert "CallSid" not in start


def test_who_ends_the_conference_by_leaving_sends_the_others_on_to_their_action(twilio: Simulator) -> None:
    customer, agent = joined(twilio)
    twilio.application.say("/left", "<Say>Goodbye</Say>")
    twilio.control("POST", f"/calls/{customer}/hang-up", {})
    transcript = twilio.wait_for_end(agent)
    assert "said" in events(transcript)
    wait_until(lambda: "conference-end" in told(twilio))
    leaves = {form["CallSid"]: form for form in reports(twilio) if form["StatusCallbackEvent"] == "participant-leave"}
    assert leaves[customer]["ReasonParticipantLeft"] == "participant_hung_up"
    assert leaves[customer]["ParticipantCallStatus"] == "completed"
    assert leaves[agent]["ReasonParticipantLeft"] == "moderator_ended_conference"
    end = reports(twilio)[-1]
    assert end["StatusCallbackEvent"] == "conference-end"
    assert (end["CallSidEndingConference"], end["ParticipantLabelEndingConference"]) == (customer, "customer")
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    forms = [request.fields for request in left(twilio)]
    assert {form["DialCallStatus"] for form in forms} == {"answered"}
    assert not any("DialCallSid" in form for form in forms)


def test_an_agent_may_leave_and_the_customer_stays(twilio: Simulator) -> None:
    customer, agent = joined(twilio)
    twilio.control("POST", f"/devices/{AGENT}/calls/{agent}/hang-up", {})
    twilio.wait_for_end(agent)
    assert not twilio.control("GET", f"/calls/{customer}").json["ended"]
    assert "conference-end" not in told(twilio)


def test_a_held_customer_hears_the_hold_music_until_taken_off(twilio: Simulator) -> None:
    twilio.application.play("/hold.mp3")
    joined(twilio)
    music = twilio.config.voice_webhook.replace("/voice", "/hold.mp3")
    held = change(twilio, "customer", Hold="true", HoldUrl=music)
    assert (held["hold"], held["label"]) == (True, "customer")
    wait_until(lambda: bool(twilio.application.to("/hold.mp3")))
    assert twilio.application.to("/hold.mp3")[0].method == "GET"
    assert not change(twilio, "customer", Hold="false")["hold"]
    wait_until(lambda: "participant-unhold" in told(twilio))
    assert [form["Hold"] for form in reports(twilio) if "hold" in form["StatusCallbackEvent"]] == ["true", "false"]


def test_a_participant_is_muted_by_sid_or_label_and_each_change_is_told_once(twilio: Simulator) -> None:
    _, agent = joined(twilio)
    change(twilio, agent, Muted="true")
    change(twilio, "agent-1", Muted="true")
    change(twilio, "agent-1", Muted="false", EndConferenceOnExit="true")
    wait_until(lambda: "participant-modify" in told(twilio))
    assert told(twilio)[3:] == ["participant-mute", "participant-unmute", "participant-modify"]


def test_a_kicked_participant_goes_on_with_the_action(twilio: Simulator) -> None:
    _, agent = joined(twilio)
    twilio.application.say("/left", "<Hangup/>")
    assert twilio.rest("DELETE", f"/Conferences/{room_of(twilio)}/Participants/agent-1.json").status == 204
    assert twilio.wait_for_end(agent)["status"] == "completed"
    assert twilio.rest("GET", f"/Conferences/{room_of(twilio)}/Participants/agent-1.json").json["code"] == 20404


def test_a_redirected_participant_leaves_without_its_action_being_asked(twilio: Simulator) -> None:
    customer, _ = joined(twilio, ends="false")
    twilio.application.say("/elsewhere", '<Pause length="900"/>')
    target = twilio.config.voice_webhook.replace("/voice", "/elsewhere")
    assert twilio.rest("POST", f"/Calls/{customer}.json", {"Url": target}).status == 200
    wait_until(lambda: bool(twilio.application.to("/elsewhere")))
    wait_until(lambda: "participant-leave" in told(twilio))
    assert reports(twilio)[-1]["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert not left(twilio)


def test_the_api_ends_a_conference_for_everybody(twilio: Simulator) -> None:
    customer, agent = joined(twilio)
    sid = room_of(twilio)
    assert twilio.rest("POST", f"/Conferences/{sid}.json", {"Status": "completed"}).json["status"] == "completed"
    for call in (customer, agent):
        twilio.wait_for_end(call)
    ended = twilio.rest("GET", f"/Conferences/{sid}.json").json
    assert (ended["status"], ended["reason_conference_ended"]) == ("completed", "conference-ended-via-api")
    assert twilio.rest("POST", f"/Conferences/{sid}.json", {"Status": "completed"}).json["code"] == 20404


def test_somebody_is_rung_into_a_conference(twilio: Simulator) -> None:
    customer, _ = joined(twilio)
    twilio.control("PUT", "/phones", {"number": "+14155550199", "does": "answer", "talk": None})
    form = {"From": OURS, "To": "+14155550199", "Label": "consult-1", "EarlyMedia": "true"}
    added = twilio.rest("POST", f"/Conferences/{room_of(twilio)}/Participants.json", form)
    assert (added.status, added.json["status"], added.json["label"]) == (201, "queued", "consult-1")
    wait_until(lambda: told(twilio).count("participant-join") == 3)
    listed = twilio.rest("GET", f"/Conferences/{room_of(twilio)}/Participants.json").json["participants"]
    assert {each["label"] for each in listed} == {"customer", "agent-1", "consult-1"}
    again = twilio.rest("POST", f"/Conferences/{room_of(twilio)}/Participants.json", form)
    assert again.json["code"] == 16025
    twilio.control("POST", f"/calls/{customer}/hang-up", {})
    assert twilio.wait_for_end(added.json["call_sid"])["status"] == "completed"


@pytest.mark.parametrize(("habit", "status"), [("busy", "busy"), ("no-answer", "no-answer")])
def test_who_cannot_be_rung_into_a_conference_is_told_as_a_failed_participant(
    twilio: Simulator, habit: str, status: str
) -> None:
    joined(twilio)
    twilio.control("PUT", "/phones", {"number": "+14155550199", "does": habit})
    form = {"From": OURS, "To": "+14155550199", "Label": "consult-1", "Timeout": "5"}
    twilio.rest("POST", f"/Conferences/{room_of(twilio)}/Participants.json", form)
    wait_until(lambda: "participant-leave" in told(twilio))
    leave = reports(twilio)[-1]
    assert (leave["ReasonParticipantLeft"], leave["ParticipantCallStatus"]) == ("participant_add_failed", status)
    assert leave["ParticipantLabel"] == "consult-1"


def test_a_label_that_is_taken_sends_the_leg_on(twilio: Simulator) -> None:
    joined(twilio)
    twilio.application.say("/voice", ROOM.format("customer", "true", "room") + "<Say>Sorry</Say>")
    second = twilio.call()
    assert [step["code"] for step in second["steps"] if step["event"] == "error"] == [16025]
    assert "said" in events(second)


def test_a_conference_that_has_not_started_plays_its_wait_document(twilio: Simulator) -> None:
    twilio.application.play("/music.mp3")
    twilio.application.say("/music", '<Play>/music.mp3</Play><Redirect method="POST">/music</Redirect>')
    twilio.application.say("/voice", '<Dial><Conference waitUrl="/music">alone</Conference></Dial>')
    sid = twilio.start_call()
    wait_until(lambda: len(twilio.application.to("/music")) > 1)
    twilio.control("POST", f"/calls/{sid}/hang-up", {})
    assert events(twilio.wait_for_end(sid)).count("played") == 1, "a hold loop is told once"


def test_who_waits_or_is_held_without_music_of_ours_hears_twilios(twilio: Simulator) -> None:
    customer, _ = joined(twilio)
    assert "played" not in events(twilio.control("GET", f"/calls/{customer}").json), "an empty waitUrl is silence"
    change(twilio, "customer", Hold="true")
    twilio.wait_for_step(customer, "played")


def test_a_conference_whose_wait_document_cannot_be_had_is_not_entered(twilio: Simulator) -> None:
    twilio.application.say("/voice", '<Dial><Conference waitUrl="/none">alone</Conference></Dial><Say>Sorry</Say>')
    twilio.application.say("/none", "<Sing/>")
    assert "said" in events(twilio.call())


def test_a_recording_runs_from_the_start_without_its_skipped_pause(twilio: Simulator) -> None:
    record = (
        'record="record-from-start" recordingStatusCallback="/taped"'
        ' recordingStatusCallbackEvent="in-progress completed" '
    )
    twilio.control("PUT", "/phones", ASKS)
    twilio.application.say("/voice", ROOM.format("customer", "true", "room").replace("waitUrl", record + "waitUrl"))
    twilio.application.say("/agent", ROOM.format("agent-1", "false", "room"))
    customer = twilio.start_call(says=["My card is 4242."])
    agent = twilio.ring(AGENT, "/agent")
    twilio.control("POST", f"/devices/{AGENT}/calls/{agent}/accept", {})
    wait_until(lambda: bool(twilio.application.to("/taped")))
    started = twilio.application.to("/taped")[0].fields
    assert (started["RecordingStatus"], started["RecordingSource"]) == ("in-progress", "Conference")
    assert "CallSid" not in started
    current = f"/Conferences/{started['ConferenceSid']}/Recordings/Twilio.CURRENT.json"
    paused = twilio.rest("POST", current, {"Status": "paused", "PauseBehavior": "skip"})
    assert (paused.status, paused.json["status"]) == (200, "paused")
    resumed = twilio.rest("POST", current, {"Status": "in-progress"})
    assert resumed.json["status"] == "in-progress"
    twilio.control("POST", f"/calls/{customer}/hang-up", {})
    wait_until(lambda: len(twilio.application.to("/taped")) == 2)
    done = twilio.application.to("/taped")[1].fields
    assert done["RecordingStatus"] == "completed"
    assert done["RecordingUrl"].endswith(done["RecordingSid"])
    assert twilio.rest("GET", f"/Recordings/{done['RecordingSid']}.wav").content[:4] == b"RIFF"
    assert twilio.rest("POST", current, {"Status": "paused"}).json["code"] == 20404


def test_a_room_left_by_a_restart_is_over_after_it(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        joined(first)
        sid = room_of(first)
    with running(tmp_path) as second:
        assert second.rest("GET", f"/Conferences/{sid}.json").json["status"] == "completed"
