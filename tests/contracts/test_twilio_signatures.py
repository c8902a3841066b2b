"""Every request that the simulator makes passes Twilio's own validator, and none does with anything of it changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from tests.unit.simulators.running import AGENT, AUTH_TOKEN, OURS, THEIRS, Received, Simulator, running, wait_until

ROOM = (
    '<Dial action="/left?call=1"><Conference participantLabel="{}" endConferenceOnExit="true"'
    ' record="record-from-start" statusCallback="/room?call=1&amp;about=conference"'
    ' statusCallbackEvent="start end join leave hold"'
    ' recordingStatusCallback="/taped" waitUrl="">talk</Conference></Dial>'
)
KINDS = {
    "/sms", "/texted", "/voice", "/chosen", "/said", "/wait", "/dequeued", "/agent", "/join", "/left", "/room",
    "/taped", "/status", "/recorded", "/recording", "/hold",
}  # fmt: skip
"""Every kind of request that the application is made."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Received]]]:
    """The application's address, and one request of each kind."""
    with running(Path(tmp_path_factory.mktemp("twilio"))) as twilio:
        _everything(twilio)
        kinds = {request.path: request for request in twilio.application.received}
        yield twilio.config.voice_webhook.removesuffix("/voice"), kinds


def _everything(twilio: Simulator) -> None:
    """A text each way; a call through questions, the line and a conference on hold; a voicemail."""
    address = twilio.config.voice_webhook.removesuffix("/voice")
    twilio.control("POST", "/messages", {"from": THEIRS, "body": "Größe & Ärger = 1+1?"})
    twilio.send(Body="Hello", StatusCallback=f"{address}/texted?id=a%20b")
    twilio.control("PUT", "/phones", {"number": AGENT, "does": "answer", "talk": None})
    twilio.application.say("/voice", '<Gather action="/chosen?node=a&amp;language=es" numDigits="1"/>')
    twilio.application.say("/chosen", '<Gather action="/said" input="speech" hints="Größe, factura"/>')
    twilio.application.say("/said", '<Enqueue waitUrl="/wait?x=1+2" action="/dequeued">support</Enqueue>')
    twilio.application.say("/wait", '<Pause length="2"/>')
    twilio.application.say("/agent", ROOM.format("agent-1"))
    twilio.application.say("/join", ROOM.format("customer"))
    twilio.application.say("/hold", '<Pause length="2"/>')
    facts = {"caller_name": "MARÍA & CO", "forwarded_from": "+14155550177", "verstat": "TN-Validation-Passed-A"}
    sid = twilio.start_call(digits=["1"], speech=["La factura, señora"], **facts)
    wait_until(lambda: bool(twilio.application.to("/wait")))
    callback = {"StatusCallback": f"{address}/status?leg=agent-1&attempt=1", "StatusCallbackEvent": "initiated"}
    twilio.ring(AGENT, "/agent", **callback)
    twilio.rest("POST", f"/Calls/{sid}.json", {"Url": f"{address}/join"})
    wait_until(lambda: len(twilio.application.to("/room")) > 2)
    [room] = twilio.rest("GET", "/Conferences.json?Status=in-progress").json["conferences"]
    held = f"/Conferences/{room['sid']}/Participants/customer.json"
    twilio.rest("POST", held, {"Hold": "true", "HoldUrl": f"{address}/hold?call=1"})
    wait_until(lambda: bool(twilio.application.to("/hold")))
    twilio.control("POST", f"/calls/{sid}/hang-up", {})
    wait_until(lambda: bool(twilio.application.to("/taped")))
    twilio.application.say("/voice", '<Record action="/recorded" recordingStatusCallback="/recording"/>')
    twilio.call()
    wait_until(lambda: {request.path for request in twilio.application.received} >= KINDS)


def accepted(address: str, request: Received, **changes: Any) -> bool:
    """What the library says of a request, with some of it changed."""
    url = changes.get("url", address + request.url)
    fields = changes.get("fields", dict(parse_qsl(request.body, keep_blank_values=True)))
    signature = changes.get("signature", request.headers["X-Twilio-Signature"])
    return bool(RequestValidator(AUTH_TOKEN).validate(url, fields, signature))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_librarys_validator_accepts_every_kind_of_request(made: tuple[str, dict[str, Received]], kind: str) -> None:
    address, requests = made
    assert accepted(address, requests[kind])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_request_is_accepted_with_one_thing_changed(made: tuple[str, dict[str, Received]], kind: str) -> None:
    address, requests = made
    request = requests[kind]
    fields = request.fields
    assert fields or request.method == "GET"
    changed = [
        *({**fields, name: value + "x"} for name, value in fields.items()),
        *({other: of for other, of in fields.items() if other != name} for name, value in fields.items() if value),
        {**fields, "Added": "1"},
    ]
    assert not [each for each in changed if accepted(address, request, fields=each)]
    for url in (request.url + "&a=1", request.url + "/", request.url.upper(), "/other"):
        assert not accepted(address, request, url=address + url)
    right = request.headers["X-Twilio-Signature"]
    for signature in ("", right.swapcase(), "x" * 28):
        assert not accepted(address, request, signature=signature)


def test_a_request_of_another_account_is_not_accepted(made: tuple[str, dict[str, Received]]) -> None:
    address, requests = made
    request = requests["/voice"]
    assert request.fields["To"] == OURS
    validator = RequestValidator("another-token")
    assert not validator.validate(address + request.url, request.fields, request.headers["X-Twilio-Signature"])
