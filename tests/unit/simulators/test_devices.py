"""Agents' phones and browsers do what their owners do at the control API; a browser needs a token that Twilio takes."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from infra.local.simulators.twilio import device_control, devices
from tests.unit.simulators.running import (
    ACCOUNT_SID,
    AGENT,
    API_KEY,
    API_SECRET,
    OURS,
    Reply,
    Simulator,
    ask,
    events,
    running,
    wait_until,
)

ANA = "client:ana"
CLIENT = "/devices/client:ana"


@pytest.fixture
def agent(twilio: Simulator) -> str:
    """The sid of a call that rings the agent's phone, which asks."""
    twilio.control("PUT", "/phones", {"number": AGENT, "does": "ask"})
    twilio.application.say("/agent", "<Gather action='/chosen' numDigits='1' timeout='600'/>")
    return twilio.ring(AGENT, "/agent")


def device(twilio: Simulator, sid: str, what: str, given: object = None) -> Reply:
    return twilio.control("POST", f"/devices/{AGENT}/calls/{sid}/{what}", given or {})


def status(twilio: Simulator, sid: str) -> str:
    return str(twilio.rest("GET", f"/Calls/{sid}.json").json["status"])


def token(
    *, secret: str = API_SECRET, key: str = API_KEY, ttl: int = 600, incoming: bool = True, who: str = "ana"
) -> str:
    made = AccessToken(ACCOUNT_SID, key, secret, identity=who, ttl=ttl)
    made.add_grant(VoiceGrant(incoming_allow=incoming))
    return str(made.to_jwt())


def as_client(twilio: Simulator, path: str, bearer: str) -> Reply:
    return ask("GET", f"{twilio.config.url}/simulator{path}", None, {"Authorization": f"Bearer {bearer}"})


def test_a_phone_that_asks_rings_until_its_owner_takes_the_call(twilio: Simulator, agent: str) -> None:
    [shown] = twilio.control("GET", f"/devices/{AGENT}/calls").json["calls"]
    assert (shown["sid"], shown["state"], shown["from"]) == (agent, "ringing", OURS)
    assert device(twilio, agent, "accept").status == 200
    wait_until(lambda: bool(twilio.application.to("/agent")))
    assert status(twilio, agent) == "in-progress"
    assert device(twilio, agent, "accept").json["error"] == "this call does not ring any more"


def test_keys_pressed_at_a_phone_reach_the_question_that_is_open(twilio: Simulator, agent: str) -> None:
    device(twilio, agent, "accept")
    wait_until(lambda: bool(twilio.application.to("/agent")))
    device(twilio, agent, "digits", {"digits": "2"})
    wait_until(lambda: bool(twilio.application.to("/chosen")))
    assert twilio.application.to("/chosen")[0].fields["Digits"] == "2"


def test_a_declined_call_is_busy_and_one_that_is_hung_up_is_completed(twilio: Simulator, agent: str) -> None:
    device(twilio, agent, "reject")
    wait_until(lambda: status(twilio, agent) == "busy")
    second = twilio.ring(AGENT, "/agent")
    device(twilio, second, "accept")
    wait_until(lambda: status(twilio, second) == "in-progress")
    device(twilio, second, "hang-up")
    wait_until(lambda: status(twilio, second) == "completed")


def test_a_call_that_nobody_takes_rings_five_seconds_longer_than_its_timeout(twilio: Simulator) -> None:
    twilio.control("PUT", "/phones", {"number": AGENT, "does": "ask"})
    sid = twilio.ring(AGENT, "/agent", Timeout="20")
    transcript = twilio.wait_for_end(sid)
    assert transcript["status"] == "no-answer"
    assert f"{AGENT} does not answer within 25 s" in [step["text"] for step in transcript["steps"]]


@pytest.mark.parametrize("wanted", ["completed", "canceled"])
def test_the_application_takes_a_ringing_call_back(twilio: Simulator, agent: str, wanted: str) -> None:
    assert twilio.rest("POST", f"/Calls/{agent}.json", {"Status": wanted}).status == 200
    assert twilio.wait_for_end(agent)["status"] == "canceled"
    assert device(twilio, agent, "accept").status == 400


def test_a_ringing_call_cannot_be_redirected_and_a_live_one_not_cancelled(twilio: Simulator, agent: str) -> None:
    url = twilio.config.voice_webhook
    assert twilio.rest("POST", f"/Calls/{agent}.json", {"Url": url}).json["code"] == 21220
    device(twilio, agent, "accept")
    wait_until(lambda: status(twilio, agent) == "in-progress")
    assert twilio.rest("POST", f"/Calls/{agent}.json", {"Status": "canceled"}).json["status"] == "in-progress"
    assert twilio.rest("POST", f"/Calls/{agent}.json", {"Status": "completed"}).status == 200
    assert twilio.wait_for_end(agent)["status"] == "completed"


def test_a_poll_waits_for_the_next_change(twilio: Simulator, agent: str) -> None:
    version = twilio.control("GET", f"/devices/{AGENT}/calls").json["version"]
    later: list[Any] = []
    poll = threading.Thread(
        target=lambda: later.append(twilio.control("GET", f"/devices/{AGENT}/calls?after={version}").json)
    )
    poll.start()
    time.sleep(0.2)
    assert not later
    device(twilio, agent, "accept")
    poll.join(timeout=10)
    assert (later[0]["version"] > version, later[0]["calls"][0]["state"]) == (True, "live")


def test_the_microphone_of_a_device_is_its_own(twilio: Simulator, agent: str) -> None:
    device(twilio, agent, "accept")
    assert device(twilio, agent, "mute", {"on": True}).json["muted"]
    assert not device(twilio, agent, "mute", {"on": False}).json["muted"]
    assert device(twilio, agent, "mute", {"on": "yes"}).status == 400


def test_a_client_without_a_browser_is_not_reached(twilio: Simulator) -> None:
    ended = twilio.wait_for_end(twilio.ring(ANA, "/agent"))
    assert ended["status"] == "no-answer"
    assert f"{ANA} is not registered: no browser is signed in" in [step["text"] for step in ended["steps"]]


def test_a_browser_that_goes_is_gone_at_once_though_its_poll_lingers(twilio: Simulator) -> None:
    version = as_client(twilio, f"{CLIENT}/calls", token()).json["version"]
    poll = threading.Thread(target=as_client, args=(twilio, f"{CLIENT}/calls?after={version}", token()))
    poll.start()
    time.sleep(0.2)
    twilio.control("DELETE", CLIENT)
    poll.join(timeout=10)
    assert not poll.is_alive()
    assert twilio.control("GET", "/devices").json["devices"] == []


def test_a_registered_browser_rings_and_is_given_its_parameters(twilio: Simulator) -> None:
    version = as_client(twilio, f"{CLIENT}/calls", token()).json["version"]
    poll = threading.Thread(target=as_client, args=(twilio, f"{CLIENT}/calls?after={version}", token()))
    poll.start()
    twilio.ring(f"{ANA}?conversation=c1", "/agent")
    poll.join(timeout=10)
    [shown] = twilio.control("GET", f"{CLIENT}/calls").json["calls"]
    assert (shown["state"], shown["custom"]) == ("ringing", {"conversation": "c1"})


def test_the_talk_of_a_browser_that_died_ends_and_that_of_one_that_polls_goes_on(
    twilio: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found in use: a browser was killed, and its customer sat in the conference for seven minutes."""
    for module in (devices, device_control):
        monkeypatch.setattr(module, "STAYS_REGISTERED", 0.5)
    as_client(twilio, f"{CLIENT}/calls", token())
    twilio.application.say("/agent", "<Gather action='/chosen' numDigits='1' timeout='600'/>")
    sid = twilio.ring(ANA, "/agent")
    wait_until(lambda: status(twilio, sid) == "ringing")
    twilio.control("POST", f"{CLIENT}/calls/{sid}/accept", {})
    for _ in range(8):
        as_client(twilio, f"{CLIENT}/calls", token())
        time.sleep(0.1)
    assert status(twilio, sid) == "in-progress"
    wait_until(lambda: status(twilio, sid) == "completed")


def test_a_registered_browser_is_listed_until_it_goes(twilio: Simulator) -> None:
    as_client(twilio, f"{CLIENT}/calls", token())
    [listed] = twilio.control("GET", "/devices").json["devices"]
    assert (listed["address"], listed["registered"], listed["does"]) == (ANA, True, None)
    assert twilio.control("DELETE", CLIENT).status == 204
    assert twilio.control("GET", "/devices").json["devices"] == []


def test_a_client_that_is_dialled_is_told_where_the_call_is_from(twilio: Simulator) -> None:
    twilio.control("PUT", "/phones", {"number": ANA, "does": "answer", "talk": 1})
    noun = "<Client><Identity>ana</Identity><Parameter name='call' value='1'/></Client>"
    twilio.application.say("/voice", f"<Dial action='/dialled'>{noun}</Dial>")
    assert "connected" in events(twilio.call())
    assert twilio.application.to("/dialled")[0].fields["DialCallStatus"] == "completed"


@pytest.mark.parametrize(
    ("bearer", "code"),
    [
        ("nonsense", 20101),
        (token(secret="another-secret-of-thirty-two-bytes"), 20101),
        (token(key="SK" + "f" * 32), 20101),
        (token(ttl=-60), 20104),
        (token(incoming=False), 31201),
    ],
)
def test_a_token_that_twilio_would_refuse_is_refused_with_its_code(twilio: Simulator, bearer: str, code: int) -> None:
    refused = as_client(twilio, f"{CLIENT}/calls", bearer)
    assert (refused.status, refused.json["code"]) == (401, code)


def test_a_token_opens_the_calls_of_its_identity_only(twilio: Simulator) -> None:
    assert as_client(twilio, f"{CLIENT}/calls", token(who="ben")).status == 403
    assert as_client(twilio, "/devices", token()).status == 403
    assert as_client(twilio, f"{CLIENT}/calls", token()).status == 200


def test_habits_can_be_forgotten(twilio: Simulator) -> None:
    twilio.control("PUT", "/phones", {"number": AGENT, "does": "busy"})
    [known] = twilio.control("GET", "/devices").json["devices"]
    assert (known["address"], known["does"]) == (AGENT, "busy")
    twilio.control("PUT", "/phones", {"number": AGENT, "does": None})
    assert twilio.control("GET", "/devices").json["devices"] == []


@pytest.mark.parametrize(
    "given", [{"number": "911", "does": "ask"}, {"number": "client:", "does": "ask"}, {"number": AGENT, "does": "sing"}]
)
def test_habits_that_make_no_sense_are_refused_with_a_sentence(twilio: Simulator, given: dict[str, str]) -> None:
    refused = twilio.control("PUT", "/phones", given)
    assert (refused.status, len(refused.json["error"]) > 20) == (400, True)


def test_what_was_set_survives_a_restart(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        first.control("PUT", "/phones", {"number": ANA, "does": "ask"})
    with running(tmp_path) as second:
        assert second.control("GET", "/devices").json["devices"][0]["does"] == "ask"
