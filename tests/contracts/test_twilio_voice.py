"""Conferences, participants and their recordings at the simulator are what Twilio's OpenAPI and client say they are."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.twiml.voice_response import Client as ClientNoun
from twilio.twiml.voice_response import Dial, VoiceResponse

from infra.local.simulators.twilio import twiml
from infra.local.simulators.twilio.exchange import CALLING
from tests.contracts.twilio_api import NEEDS_DESCRIPTION, Described, ToTheSimulator, conference
from tests.unit.simulators.running import AGENT, OURS, Simulator, wait_until

PARTICIPANTS = "/Conferences/{ConferenceSid}/Participants.json"
PARTICIPANT = "/Conferences/{ConferenceSid}/Participants/{CallSid}.json"
RECORDING = "/Conferences/{ConferenceSid}/Recordings/{Sid}.json"

pytestmark = NEEDS_DESCRIPTION


@pytest.fixture
def room(twilio: Simulator) -> str:
    return conference(twilio, "talk")


def test_a_conference_is_listed_fetched_and_ended_as_described(
    twilio: Simulator, room: str, described: Described
) -> None:
    for method, path, actual, form in (
        ("GET", "/Conferences.json", "/Conferences.json", None),
        ("GET", "/Conferences/{Sid}.json", f"/Conferences/{room}.json", None),
        ("POST", "/Conferences/{Sid}.json", f"/Conferences/{room}.json", {"Status": "completed"}),
        ("GET", "/Conferences/{Sid}.json", f"/Conferences/{room}.json", None),
    ):
        described.check_answer(method, path, twilio.rest(method, actual, form))
    assert twilio.rest("GET", f"/Conferences/{room}.json").json["reason_conference_ended"] == "conference-ended-via-api"


def test_participants_are_added_changed_listed_and_kicked_as_described(
    twilio: Simulator, room: str, described: Described
) -> None:
    one = f"/Conferences/{room}/Participants/agent-1.json"
    for method, path, actual, form in (
        ("POST", PARTICIPANTS, f"/Conferences/{room}/Participants.json", {"From": OURS, "To": "client:ana"}),
        ("GET", PARTICIPANTS, f"/Conferences/{room}/Participants.json", None),
        ("GET", PARTICIPANT, one, None),
        ("POST", PARTICIPANT, one, {"Muted": "true", "Hold": "true"}),
        ("DELETE", PARTICIPANT, one, None),
    ):
        described.check_answer(method, path, twilio.rest(method, actual, form))


def test_a_conferences_recording_is_paused_listed_fetched_and_deleted_as_described(
    twilio: Simulator, room: str, described: Described
) -> None:
    listed = twilio.rest("GET", f"/Conferences/{room}/Recordings.json")
    described.check_answer("GET", "/Conferences/{ConferenceSid}/Recordings.json", listed)
    [recording] = listed.json["recordings"]
    one = f"/Conferences/{room}/Recordings/{recording['sid']}.json"
    for method, actual, form in (
        ("POST", f"/Conferences/{room}/Recordings/Twilio.CURRENT.json", {"Status": "paused"}),
        ("POST", one, {"Status": "in-progress"}),
        ("GET", one, None),
        ("DELETE", one, None),
    ):
        described.check_answer(method, RECORDING, twilio.rest(method, actual, form))


def test_twilios_client_steers_a_conference(
    client: Client, wire: ToTheSimulator, room: str, described: Described
) -> None:
    [conference] = client.conferences.list(friendly_name="talk", status="in-progress")
    assert conference.sid == room
    customer = client.conferences(room).participants("customer").update(hold=True, hold_url="http://127.0.0.1:9/music")
    assert (customer.hold, customer.label) == (True, "customer")
    paused = client.conferences(room).recordings("Twilio.CURRENT").update(status="paused", pause_behavior="skip")
    assert paused.status == "paused"
    added = client.conferences(room).participants.create(
        from_=OURS,
        to=AGENT,
        label="consult-1",
        timeout=20,
        early_media=True,
        beep="false",
        end_conference_on_exit=False,
        status_callback="http://127.0.0.1:9/status",
        status_callback_event=["initiated", "answered", "completed"],
        conference_status_callback="http://127.0.0.1:9/room",
        conference_status_callback_event=["start", "end", "join", "leave"],
    )
    assert (added.status, added.label) == ("queued", "consult-1")
    assert {each.label for each in client.conferences(room).participants.list()} == {"customer", "agent-1", "consult-1"}
    assert client.conferences(room).participants("consult-1").delete()
    requests = [form for form in wire.sent if form]
    for path, form in zip(
        (PARTICIPANT, RECORDING, PARTICIPANTS), [r for r in requests if "FriendlyName" not in r], strict=True
    ):
        described.check_request("POST", path, _typed(form))


def _typed(form: dict[str, object]) -> dict[str, object]:
    """Numbers and truth as the schema has them: a form has only text."""
    return {name: {"true": True, "false": False}.get(str(value), value) if name != "Beep" else value
            for name, value in form.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "form", "code", "status"),
    [
        ("/Conferences/CF" + "0" * 32 + ".json", {"Status": "completed"}, 20404, 404),
        ("/Conferences/CF" + "0" * 32 + "/Participants/agent-1.json", {"Muted": "true"}, 20404, 404),
        ("/Conferences/talk/Participants.json", {"From": AGENT, "To": AGENT}, 21210, 400),
        ("/Conferences/talk/Participants.json", {"From": OURS, "To": "911"}, 21211, 400),
        ("/Conferences/talk/Participants.json", {"From": OURS}, 21201, 400),
        ("/Conferences/talk/Participants.json", {"From": "client:ana", "To": AGENT}, 21212, 400),
        ("/Calls/CA" + "0" * 32 + ".json", {"Status": "completed"}, 20404, 404),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    twilio: Simulator, path: str, form: dict[str, str], code: int, status: int
) -> None:
    refused = twilio.rest("POST", path, form)
    assert (refused.json["code"], refused.json["status"], refused.status) == (code, status, status)


def test_what_is_over_is_not_found(client: Client, room: str) -> None:
    client.conferences(room).update(status="completed")
    wait_until(lambda: not client.calls.list(status="in-progress"))
    for act in (
        lambda: client.conferences(room).participants("customer").fetch(),
        lambda: client.conferences(room).participants("customer").update(muted=True),
        lambda: client.conferences(room).participants("customer").delete(),
        lambda: client.conferences(room).recordings("Twilio.CURRENT").update(status="paused"),
        lambda: client.conferences(room).participants.create(from_=OURS, to=AGENT),
    ):
        with pytest.raises(TwilioRestException) as refusal:
            act()  # type: ignore[no-untyped-call]  # the lambdas of a tuple have no types
        assert (refusal.value.status, refusal.value.code) == (404, 20404)


def test_what_the_library_writes_of_conferences_and_clients_is_read_back() -> None:
    response = VoiceResponse()
    response.dial(action="/left").conference(
        "CA1",
        start_conference_on_enter=True,
        end_conference_on_exit=True,
        beep=False,
        muted=False,
        wait_url="",
        status_callback="/status?about=conference",
        status_callback_event="start end join leave mute hold modify",
        record="record-from-start",
        recording_status_callback="/status?about=recording",
        recording_status_callback_event="in-progress completed absent",
        participant_label="customer",
        max_participants=10,
    )
    noun = ClientNoun()
    noun.identity("ana")
    noun.parameter(name="call", value="CA1")
    dial = Dial(caller_id=OURS)
    dial.append(noun)
    response.append(dial)
    conference, clients = twiml.read(str(response).encode(), frozenset(CALLING))
    assert conference.children[0].get("participantLabel") == "customer"
    assert [child.name for child in clients.children[0].children] == ["Identity", "Parameter"]


@pytest.mark.parametrize(
    "noun",
    [
        "<Conference/>",
        "<Conference record='record-from-answer'>a</Conference>",
        "<Conference statusCallbackEvent='started'>a</Conference>",
        "<Conference maxParticipants='251'>a</Conference>",
        "<Conference participantLabel='a b'>a</Conference>",
        "<Conference startOnEnter='true'>a</Conference>",
        "<Conference><Say>a</Say></Conference>",
        "<Client><Number>+14155550123</Number></Client>",
    ],
)
def test_a_conference_that_twilio_would_refuse_is_refused(noun: str) -> None:
    with pytest.raises(twiml.Malformed) as refusal:
        twiml.read(f"<Response><Dial>{noun}</Dial></Response>".encode(), frozenset(CALLING))
    assert refusal.value.code == twiml.SCHEMA_VIOLATION
