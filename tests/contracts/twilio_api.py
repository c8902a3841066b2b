"""Twilio's API as its OpenAPI describes it, and its own client with the simulator in the place of the network."""

import json
import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from openapi_schema_validator import OAS30Validator
from twilio.http.response import Response
from twilio.rest import Client

from heartline.channels.twilio.rest import TwilioRest
from tests.unit.simulators.running import ACCOUNT_SID, AGENT, OURS, Reply, Simulator, wait_until

DESCRIPTION: Final = Path(os.environ.get("HEARTLINE_SPECS", "../shared/specs")) / "twilio_api_v2010.json"
ROOT: Final = "/2010-04-01/Accounts/{AccountSid}"

NEEDS_DESCRIPTION: Final = pytest.mark.skipif(
    not DESCRIPTION.is_file(), reason=f"Twilio's OpenAPI is not at {DESCRIPTION}: set HEARTLINE_SPECS to its folder"
)


class Described:
    """Twilio's description of its API, as far as it is checked here."""

    def __init__(self, path: Path) -> None:
        self._document = json.loads(path.read_text())
        # "When a conference is in progress, will be `null`", says its description; its type says otherwise.
        reason = self._document["components"]["schemas"]["conference_enum_reason_conference_ended"]
        reason |= {"nullable": True, "enum": [*reason["enum"], None]}

    def check_answer(self, method: str, path: str, reply: Reply) -> None:
        """The status is a described one, and the body has the described form and no field beyond it."""
        described = self._operation(method, path)["responses"][str(reply.status)]
        if "content" in described:
            self._check(described["content"]["application/json"]["schema"], reply.json)

    def check_request(self, method: str, path: str, form: dict[str, Any]) -> None:
        body = self._operation(method, path)["requestBody"]["content"]["application/x-www-form-urlencoded"]
        self._check(body["schema"], form)

    def _operation(self, method: str, path: str) -> dict[str, Any]:
        operation: dict[str, Any] = self._document["paths"][ROOT + path][method.lower()]
        return operation

    def _check(self, schema: dict[str, Any], value: dict[str, Any]) -> None:
        whole = {**self._resolved(schema), "components": self._document["components"]}
        OAS30Validator(whole).validate(value)
        assert set(value) <= set(whole["properties"]) | {"page_size", "media_list"}

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return schema
        resolved: dict[str, Any] = self._document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return resolved


class Ready(TwilioRest):
    """Answers a client that is there already."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def client(self) -> Client:
        return self._client


class ToTheSimulator:
    """Lets Twilio's client talk to the simulator (in the place of its HttpClient), and keeps what it sent."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self.sent: list[dict[str, Any]] = []

    def request(
        self, method: str, url: str, params: Any = None, data: Any = None, auth: Any = None, **_: Any
    ) -> Response:
        form = {name: value for name, value in (data or {}).items() if value is not None}
        self.sent.append(form)
        query = {name: value for name, value in (params or {}).items() if value is not None}
        path = url.partition(ACCOUNT_SID)[2] + (f"?{urlencode(query)}" if query else "")
        reply = self._simulator.rest(method, path, form, token=auth[1])
        return Response(reply.status, reply.content.decode(), dict(reply.headers))


def conference(twilio: Simulator, name: str) -> str:
    """Begin a recorded conference with a customer and an agent in it; answers its sid."""
    noun = f'<Conference participantLabel="customer" record="record-from-start" waitUrl="">{name}</Conference>'
    twilio.application.say("/voice", f"<Dial>{noun}</Dial>")
    twilio.start_call()
    wait_until(lambda: bool(conferences(twilio, name, "init")))
    [sid] = conferences(twilio, name, "init")
    twilio.rest("POST", f"/Conferences/{sid}/Participants.json", {"From": OURS, "To": AGENT, "Label": "agent-1"})
    wait_until(lambda: bool(conferences(twilio, name, "in-progress")))
    return sid


def conferences(twilio: Simulator, name: str, status: str) -> list[str]:
    """The sids of the conferences of that name and status."""
    listed = twilio.rest("GET", f"/Conferences.json?Status={status}&FriendlyName={name}").json["conferences"]
    return [each["sid"] for each in listed]
