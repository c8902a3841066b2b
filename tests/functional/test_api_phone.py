"""An agent's phone through the API: where they are rung, and the token of their browser."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest

from heartline.channels.twilio.account import Account
from heartline.channels.voice.token import LIFE, TwilioVoiceTokens
from heartline.domain.devices import Device, rung
from heartline.domain.errors import Refused
from heartline.storage.devices import DynamoDevices
from tests.functional.calling import ACCOUNT, Api, api_of
from tests.office import NOON, Office


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


def test_a_browser_rings_where_there_is_no_telephone(api: Api) -> None:
    assert api("GET", "/api/me/phone").body == {"device": "browser", "number": ""}


def test_a_telephone_that_is_not_configured_cannot_be_chosen(api: Api) -> None:
    refused = api("PUT", "/api/me/phone", {"device": "phone"})
    assert (refused.status, refused.body["error"]["code"]) == (422, "refused")
    assert "ask an admin" in refused.body["error"]["message"]


def test_the_choice_is_kept_for_each_agent(api: Api) -> None:
    assert api("PUT", "/api/me/phone", {"device": "browser"}).body == {"device": "browser", "number": ""}
    assert DynamoDevices(api.office.table).chosen("ana") is Device.BROWSER
    assert DynamoDevices(api.office.table).chosen("ben") is None


@pytest.mark.parametrize("body", [{"device": "fax"}, {}, {"device": "phone", "number": "+14155550123"}])
def test_nobody_rings_elsewhere_than_where_they_are_configured(api: Api, body: dict[str, str]) -> None:
    assert api("PUT", "/api/me/phone", body).status == 400


def read(token: str) -> dict[str, Any]:
    """The token with its signature checked; its time is the office's and long over."""
    payload = jwt.decode(token, ACCOUNT.api_key_secret, algorithms=["HS256"], options={"verify_exp": False})
    return payload | {"cty": jwt.get_unverified_header(token)["cty"]}


def test_a_token_may_be_rung_and_calls_only_our_own_application() -> None:
    issued = TwilioVoiceTokens(lambda: ACCOUNT).issue("ana", at=NOON)
    token = read(issued.token)
    assert token["cty"] == "twilio-fpa;v=1"
    assert token["grants"] == {
        "identity": "ana",
        "voice": {"incoming": {"allow": True}, "outgoing": {"application_sid": "AP1"}},
    }
    assert (token["iss"], token["sub"]) == ("SK1", "AC1")
    assert token["exp"] - token["nbf"] == LIFE.total_seconds() <= timedelta(hours=1).total_seconds()


def test_without_an_application_a_token_places_no_calls() -> None:
    issued = TwilioVoiceTokens(lambda: replace(ACCOUNT, twiml_app_sid="")).issue("ana", at=NOON)
    grants = read(issued.token)["grants"]
    assert grants["voice"] == {"incoming": {"allow": True}}


def test_the_token_is_the_callers_own(api: Api) -> None:
    body = api("POST", "/api/me/voice-token", agent="ben").body
    assert (body["identity"], body["expires"]) == ("ben", "2026-03-02T12:30:00.000Z")
    assert rung(api.office.agent("ben"), Device.BROWSER).address == f"client:{body['identity']}"


def test_without_a_key_the_token_says_what_to_do() -> None:
    with pytest.raises(Refused, match="api_key_sid"):
        TwilioVoiceTokens(lambda: Account(sid="AC1", token="t")).issue("ana", at=NOON)
