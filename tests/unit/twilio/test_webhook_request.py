"""What API Gateway hands over is read to the letter, or refused."""

import base64
from typing import Any

import pytest

from heartline.channels.twilio.webhook import MOST_FIELDS, read_request
from heartline.domain.errors import Invalid
from tests.twilio_requests import PUBLIC_URL, form, request


def read(event: dict[str, Any]) -> Any:
    return read_request(event, public_url=PUBLIC_URL)


def test_the_url_is_our_public_one_whatever_the_headers_say() -> None:
    event = request("/webhooks/voice/ivr", form("sms"), query="attempt=1")
    event["headers"]["x-forwarded-host"] = "evil.example"
    assert read(event).url == "https://inbox.example/webhooks/voice/ivr?attempt=1"


def test_the_body_is_kept_as_it_was_sent() -> None:
    event = {**request("/webhooks/sms", {}), "body": base64.b64encode(b"Body=a+b&ToCity=&x=%e2%98%8e").decode()}
    assert read(event).body == "Body=a+b&ToCity=&x=%e2%98%8e"
    assert read(event).fields == {"Body": ["a b"], "ToCity": [""], "x": ["☎"]}


def test_a_body_that_api_gateway_did_not_encode_is_read_too() -> None:
    assert read({**request("/", {}), "body": "Body=hi", "isBase64Encoded": False}).fields == {"Body": ["hi"]}


def test_no_body_is_an_empty_form() -> None:
    event = request("/webhooks/sms", {})
    del event["body"]
    assert read(event).fields == {}


@pytest.mark.parametrize(
    "body",
    [
        "not base64!",
        base64.b64encode(b"\xff\xfe").decode(),
        base64.b64encode(b"&".join(b"a=1" for _ in range(MOST_FIELDS + 1))).decode(),
    ],
)
def test_what_is_no_form_is_invalid(body: str) -> None:
    with pytest.raises(Invalid):
        read({**request("/webhooks/sms", {}), "body": body})
