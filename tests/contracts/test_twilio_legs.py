"""What the dialer asks of Twilio is what Twilio's OpenAPI describes, and does at the simulator what it is asked for."""

from dataclasses import replace

import pytest
from twilio.rest import Client

from heartline.channels.voice.legs import TwilioLegs
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.errors import Refused
from tests.contracts.test_twilio_voice import PARTICIPANT, PARTICIPANTS, RECORDING
from tests.contracts.twilio_api import NEEDS_DESCRIPTION, Described, Ready, ToTheSimulator, conference, conferences
from tests.unit.simulators.running import ACCOUNT_SID, AGENT, AUTH_TOKEN, OURS, Simulator
from tests.unit.voice.test_calls import call

pytestmark = NEEDS_DESCRIPTION

LEG = "/Calls/{Sid}.json"


@pytest.fixture
def legs(twilio: Simulator, wire: ToTheSimulator) -> TwilioLegs:
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=wire)
    return TwilioLegs(Ready(client), base=twilio.config.voice_webhook.rsplit("/", 1)[0])


@pytest.fixture
def talk(twilio: Simulator) -> Call:
    """A customer in the call's recorded conference, with an agent."""
    conference(twilio, "CA1")
    return replace(call(CallState.IN_PROGRESS), number=OURS)


def _typed(form: dict[str, object]) -> dict[str, object]:
    """Numbers and truth as the schema has them: a form has only text. `beep` is a word."""
    truth = {"true": True, "false": False}
    return {name: value if name == "Beep" else truth.get(str(value), value) for name, value in form.items()}


def _checked(described: Described, wire: ToTheSimulator, path: str) -> dict[str, object]:
    form = _typed(wire.sent[-1])
    described.check_request("POST", path, form)
    return form


@pytest.mark.parametrize("to", [AGENT, "client:ana"])
def test_an_agent_is_rung_and_told_which_call_it_is(
    legs: TwilioLegs, wire: ToTheSimulator, described: Described, to: str
) -> None:
    offered = replace(call(CallState.OFFERING), number=OURS)
    assert legs.ring(offered, to=to, seconds=18).startswith("CA")
    form = _checked(described, wire, "/Calls.json")
    assert form["To"] == (f"{to}?call=CA1" if to.startswith("client:") else to)
    assert "/agent?call=CA1&conversation=c1&attempt=1#rc=3" in str(form["Url"])
    assert "/status?call=CA1&leg=agent-1&about=leg#rc=3" in str(form["StatusCallback"])
    assert (form["Timeout"], form["StatusCallbackEvent"]) == (18, ["ringing", "answered", "completed"])


def test_a_customer_who_is_to_be_told_something_first_has_a_document_of_their_own(
    legs: TwilioLegs, wire: ToTheSimulator, described: Described
) -> None:
    assert legs.call_up(replace(call(CallState.DIALLING), number=OURS), to=AGENT, seconds=40).startswith("CA")
    form = _checked(described, wire, "/Calls.json")
    assert (form["To"], form["Timeout"]) == (AGENT, 40)
    assert "/called?call=CA1#rc=3" in str(form["Url"])
    assert "/status?call=CA1&leg=customer&about=leg#rc=3" in str(form["StatusCallback"])


def test_somebody_is_asked_into_the_conference(
    legs: TwilioLegs, wire: ToTheSimulator, described: Described, talk: Call
) -> None:
    assert legs.invite(talk, label="consult-1", to=AGENT, seconds=20).startswith("CA")
    form = _checked(described, wire, PARTICIPANTS)
    assert (form["Label"], form["EndConferenceOnExit"], form["EarlyMedia"]) == ("consult-1", False, True)


def test_a_customer_is_held_and_an_agent_muted_in_a_conference_that_is_looked_up(
    twilio: Simulator, legs: TwilioLegs, wire: ToTheSimulator, described: Described, talk: Call
) -> None:
    [room] = conferences(twilio, talk.id, "in-progress")
    legs.hold(talk, "customer", on=True)
    assert "/music?inbox=support" in str(_checked(described, wire, PARTICIPANT)["HoldUrl"])
    legs.mute(replace(talk, conference=room), "agent-1", on=True)
    _checked(described, wire, PARTICIPANT)
    people = twilio.rest("GET", f"/Conferences/{room}/Participants.json").json["participants"]
    assert {each["label"]: (each["hold"], each["muted"]) for each in people} == {
        "customer": (True, False),
        "agent-1": (False, True),
    }


def test_a_recording_is_paused_and_goes_on(
    legs: TwilioLegs, wire: ToTheSimulator, described: Described, talk: Call
) -> None:
    legs.record(talk, on=False)
    assert _checked(described, wire, RECORDING) == {"Status": "paused", "PauseBehavior": "skip"}
    legs.record(talk, on=True)
    assert _checked(described, wire, RECORDING) == {"Status": "in-progress"}


def test_legs_are_moved_and_ended_and_what_is_gone_is_no_error(
    twilio: Simulator, legs: TwilioLegs, wire: ToTheSimulator, described: Described, talk: Call
) -> None:
    twilio.application.say("/join", '<Pause length="900"/>')
    [leg] = [each for each in twilio.rest("GET", "/Calls.json").json["calls"] if each["direction"] == "inbound"]
    legs.connect(talk, leg["sid"])
    assert "/join?call=CA1" in str(_checked(described, wire, LEG)["Url"])
    legs.end(leg["sid"])
    assert _checked(described, wire, LEG) == {"Status": "completed"}
    legs.end(leg["sid"])
    legs.line_up(talk, leg["sid"])
    legs.end("CA" + "0" * 32)


def test_what_needs_a_conference_says_so_where_there_is_none(legs: TwilioLegs) -> None:
    with pytest.raises(Refused, match="Nobody is in the call's conference yet"):
        legs.hold(replace(call(CallState.IN_PROGRESS), id="CA9"), "customer", on=True)
