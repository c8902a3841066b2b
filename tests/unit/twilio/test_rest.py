"""Each way in which a call of Twilio can fail says whether the text may have gone out."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest
import requests
from requests.adapters import BaseAdapter

from heartline.channels.sms.send import TextSender
from heartline.channels.twilio.account import Account
from heartline.channels.twilio.rest import TwilioRest
from heartline.channels.twilio.sending import TwilioMessages
from heartline.channels.whatsapp.send import WhatsAppSender
from heartline.domain.errors import HeartlineError, Refused, Throttled, Unavailable, Uncertain
from heartline.domain.messages import Attachment, Channel
from heartline.domain.outbound import Intent

ACCOUNT = Account(sid="AC" + "1" * 32, token="token")
INTENT = Intent(
    id="i1",
    inbox="support",
    conversation="c1",
    message_id="i1",
    at=datetime(2026, 11, 22, tzinfo=UTC),
    channel=Channel.SMS,
    sender="+14155550100",
    sender_name="Support",
    recipient="+14155552671",
    text="</Say> & “hello”",
)


class Wire(BaseAdapter):  # type: ignore[misc]  # requests carries no types
    """Stands where the network is; keeps the request, gives the answer or fails as told."""

    def __init__(
        self,
        status: int = 201,
        body: Any = None,
        failure: Exception | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._status, self._body, self._failure = status, body or {"sid": "SM1"}, failure
        self._headers = headers or {}
        self.seen: requests.PreparedRequest | None = None

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        self.seen = request
        if self._failure:
            raise self._failure
        response = requests.Response()
        response.status_code = self._status
        response.headers.update(self._headers)
        response._content = json.dumps(self._body).encode()
        return response

    def close(self) -> None: ...


def messages(rest: TwilioRest) -> TwilioMessages:
    return TwilioMessages(
        rest,
        status_url="https://inbox.example/webhooks/status",
        link=lambda file: f"https://media.example/{file.key}?s=1",
    )


def connected(wire: Wire) -> TwilioMessages:
    rest = TwilioRest(lambda: ACCOUNT)
    rest._http.session.mount("https://", wire)
    return messages(rest)


def sent_by(wire: Wire) -> dict[str, list[str]]:
    assert wire.seen is not None
    return parse_qs(wire.seen.body, keep_blank_values=True)


def sender(wire: Wire, api_url: str = "") -> TextSender:
    rest = TwilioRest(lambda: ACCOUNT, api_url=api_url)
    rest._http.session.mount("https://", wire)
    rest._http.session.mount("http://", wire)
    return TextSender(messages(rest))


def fault(wire: Wire) -> HeartlineError:
    with pytest.raises(HeartlineError) as caught:
        sender(wire).send(INTENT)
    return caught.value


def test_a_text_is_sent_with_a_way_back_for_its_status() -> None:
    wire = Wire()
    assert sender(wire).send(INTENT) == ("twilio:SM1", ())
    assert wire.seen is not None
    assert wire.seen.url == f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT.sid}/Messages.json"
    assert parse_qs(str(wire.seen.body)) == {
        "To": ["+14155552671"],
        "From": ["+14155550100"],
        "Body": ["</Say> & “hello”"],
        "StatusCallback": ["https://inbox.example/webhooks/status#rc=3&rp=5xx,ct,rt"],
    }


def test_another_address_of_the_api_is_used_where_one_is_configured() -> None:
    wire = Wire()
    sender(wire, "http://127.0.0.1:8401").send(INTENT)
    assert wire.seen is not None
    assert str(wire.seen.url).startswith("http://127.0.0.1:8401/2010-04-01/")


@pytest.mark.parametrize("code", [21610, 21211, 21614, 21606, 21612, 21408, 99999])
def test_a_text_that_twilio_will_never_take_is_refused_with_its_code(code: int) -> None:
    error = fault(Wire(400, {"code": code, "message": "no", "status": 400}))
    assert isinstance(error, Refused)
    assert error.reason == str(code)


def test_an_opt_out_is_said_in_plain_words() -> None:
    error = fault(Wire(400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}))
    assert str(error) == "The customer has opted out of texts from this number."


@pytest.mark.parametrize(("status", "code"), [(429, 20429), (401, 20003), (503, None)])
def test_a_refusal_that_is_about_us_may_be_tried_again(status: int, code: int | None) -> None:
    assert isinstance(fault(Wire(status, {"code": code, "message": "later", "status": status})), Unavailable)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_server_that_failed_in_the_middle_may_have_sent(status: int) -> None:
    assert isinstance(fault(Wire(status, {"message": "oops", "status": status})), Uncertain)


@pytest.mark.parametrize(
    "failure", [requests.exceptions.ConnectTimeout("slow"), requests.exceptions.SSLError("bad certificate")]
)
def test_what_never_reached_twilio_sent_nothing(failure: Exception) -> None:
    assert isinstance(fault(Wire(failure=failure)), Unavailable)


@pytest.mark.parametrize(
    "failure", [requests.exceptions.ReadTimeout("slow"), requests.exceptions.ConnectionError("reset by peer")]
)
def test_a_lost_answer_may_have_sent(failure: Exception) -> None:
    assert isinstance(fault(Wire(failure=failure)), Uncertain)


def test_nobody_listening_sent_nothing() -> None:
    rest = TwilioRest(lambda: ACCOUNT, api_url="http://127.0.0.1:9")
    with pytest.raises(Unavailable):
        TextSender(messages(rest)).send(INTENT)


def test_a_rotated_token_takes_effect_at_once() -> None:
    accounts = [ACCOUNT, Account(sid=ACCOUNT.sid, token="rotated")]
    rest = TwilioRest(lambda: accounts.pop(0))
    assert [rest.client().password for _ in range(2)] == ["token", "rotated"]


FILES = tuple(
    Attachment(filename=f"{name}.png", content_type="image/png", size=9, sha256=name, key=f"attachments/{name}")
    for name in ("one", "two")
)


def test_a_text_with_pictures_names_where_twilio_fetches_them_and_how_long_it_may_wait() -> None:
    wire = Wire()
    TextSender(connected(wire)).send(replace(INTENT, text="", attachments=FILES))
    form = sent_by(wire)
    assert form["MediaUrl"] == [
        "https://media.example/attachments/one?s=1",
        "https://media.example/attachments/two?s=1",
    ]
    assert form["ValidityPeriod"] == ["3600"]
    assert "Body" not in form


def test_a_text_without_pictures_waits_as_long_as_twilio_likes() -> None:
    wire = Wire()
    TextSender(connected(wire)).send(INTENT)
    assert {"MediaUrl", "ValidityPeriod", "MessagingServiceSid", "ShortenUrls"}.isdisjoint(sent_by(wire))


def test_a_messaging_service_sends_from_our_number_and_shortens_links() -> None:
    wire = Wire()
    TextSender(connected(wire)).send(replace(INTENT, service="MG" + "1" * 32, shorten=True))
    form = sent_by(wire)
    assert (form["MessagingServiceSid"], form["From"], form["ShortenUrls"]) == (
        ["MG" + "1" * 32],
        [INTENT.sender],
        ["true"],
    )


def test_a_messaging_service_sends_what_was_counted_and_replaces_no_characters() -> None:
    wire = Wire()
    TextSender(connected(wire)).send(replace(INTENT, service="MG" + "1" * 32))
    assert (sent_by(wire)["SmartEncoded"], sent_by(wire)["ShortenUrls"]) == (["false"], ["false"])


@pytest.mark.parametrize(("told", "seconds"), [("30", 30), ("", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("-5", 0)])
def test_how_long_twilio_wants_to_be_left_alone_is_heard(told: str, seconds: int) -> None:
    wire = Wire(429, {"code": 20429, "message": "Too Many Requests", "status": 429}, headers={"Retry-After": told})
    error = fault(wire)
    assert isinstance(error, Throttled)
    assert (error.retry_after, str(error)) == (seconds, "20429 Twilio asks us to slow down.")


def test_whatsapp_addresses_stand_behind_its_name() -> None:
    wire = Wire()
    assert WhatsAppSender(connected(wire)).send(replace(INTENT, attachments=FILES[:1])) == ("twilio:SM1", ())
    form = sent_by(wire)
    assert (form["To"], form["From"]) == (["whatsapp:+14155552671"], ["whatsapp:+14155550100"])
    assert (form["Body"], len(form["MediaUrl"])) == ([INTENT.text], 1)


def test_a_template_goes_with_its_values_and_without_words() -> None:
    wire = Wire()
    values = {"1": "Eva “E” Lind", "2": '"}, {"x": "'}
    WhatsAppSender(connected(wire)).send(replace(INTENT, template="HX" + "2" * 32, variables=values))
    form = sent_by(wire)
    assert form["ContentSid"] == ["HX" + "2" * 32]
    assert json.loads(form["ContentVariables"][0]) == values
    assert "Body" not in form


def test_a_template_without_places_goes_without_values() -> None:
    wire = Wire()
    WhatsAppSender(connected(wire)).send(replace(INTENT, template="HX" + "2" * 32))
    assert "ContentVariables" not in sent_by(wire)
