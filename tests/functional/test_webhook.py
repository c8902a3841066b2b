"""The webhook for texts: durable before it is acknowledged, and nothing that Twilio did not sign."""

import json
import logging
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests import handlers
from tests.twilio_requests import ACCOUNT, PUBLIC_URL, TOKEN, form, request

SMS, STATUS = "/webhooks/sms", "/webhooks/status"


@pytest.fixture(scope="module")
def world() -> Iterator[None]:
    """The queues and the secret, made once."""
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        sqs, secrets = boto3.client("sqs", "us-east-1"), boto3.client("secretsmanager", "us-east-1")
        secret = json.dumps({"account_sid": ACCOUNT, "auth_token": TOKEN, "secondary_token": ""})
        arn = secrets.create_secret(Name="twilio", SecretString=secret)["ARN"]
        environment.setenv("HEARTLINE_TWILIO_SECRET_ARN", arn)
        environment.setenv("HEARTLINE_PUBLIC_URL", PUBLIC_URL)
        for name in ("INBOUND", "DELIVERY"):
            environment.setenv(f"HEARTLINE_{name}_QUEUE_URL", sqs.create_queue(QueueName=name)["QueueUrl"])
        handlers.forget()
        yield
        handlers.forget()


@pytest.fixture
def webhook(world: None) -> Iterator[ModuleType]:  # noqa: ARG001 - it makes what the handler talks to
    yield handlers.load("twilio_webhook")
    queued("INBOUND")
    queued("DELIVERY")


def queued(name: str) -> list[Any]:
    """Take what is in a queue out of it."""
    sqs = boto3.client("sqs", "us-east-1")
    url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in messages]


def test_a_text_is_queued_whole_and_answered_with_empty_twiml(webhook: ModuleType) -> None:
    event = request(SMS, form("sms"))
    answer = webhook.handler(event, None)
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"].startswith("text/xml")
    assert answer["body"].endswith("<Response/>")
    (received,) = queued("INBOUND")
    assert received["source"] == "twilio"
    assert received["url"] == "https://inbox.example/webhooks/sms"
    assert received["signature"] == event["headers"]["x-twilio-signature"]
    assert "Body=Where+is+my+order%3F+%26+when+%E2%98%8E" in received["body"]
    assert received["received_at"].endswith("+00:00")


def test_a_status_goes_to_the_delivery_queue(webhook: ModuleType) -> None:
    assert webhook.handler(request(STATUS, form("status")), None)["statusCode"] == 200
    assert len(queued("DELIVERY")) == 1
    assert queued("INBOUND") == []


def test_a_text_to_a_number_that_nobody_has_is_kept_all_the_same(webhook: ModuleType) -> None:
    assert webhook.handler(request(SMS, form("sms", To="+19995550000")), None)["statusCode"] == 200
    assert len(queued("INBOUND")) == 1


@pytest.mark.parametrize("name", sorted(form("mms")))
def test_a_change_of_any_field_is_forbidden_and_not_queued(webhook: ModuleType, name: str) -> None:
    event = request(SMS, form("mms"))
    event["body"] = request(SMS, form("mms", **{name: "changed"}))["body"]
    answer = webhook.handler(event, None)
    assert answer["statusCode"] == 403
    assert json.loads(answer["body"])["error"] == {
        "code": "forbidden",
        "message": "The signature is missing or wrong.",
        "request_id": "request-1",
    }
    assert queued("INBOUND") == []


def test_an_unsigned_request_is_forbidden(webhook: ModuleType) -> None:
    event = request(SMS, form("sms"))
    del event["headers"]["x-twilio-signature"]
    assert webhook.handler(event, None)["statusCode"] == 403


def test_what_is_no_form_is_forbidden(webhook: ModuleType) -> None:
    assert webhook.handler({**request(SMS, form("sms")), "body": "%%%"}, None)["statusCode"] == 403


@pytest.mark.parametrize("words", ["</Say><Dial>+1</Dial>", "a\r\nX: y", "\x00\x01", "“ß😀", "x" * 1600])
def test_any_words_survive_the_queue(webhook: ModuleType, words: str) -> None:
    assert webhook.handler(request(SMS, form("sms", Body=words)), None)["statusCode"] == 200
    assert len(queued("INBOUND")) == 1


def test_a_queue_that_refuses_makes_twilio_repeat(webhook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTLINE_INBOUND_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/123456789012/gone")
    handlers.forget()
    answer = webhook.handler(request(SMS, form("sms")), None)
    handlers.forget()
    assert answer["statusCode"] == 503
    assert json.loads(answer["body"])["error"]["code"] == "unavailable"


def test_the_log_names_nobody(webhook: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        webhook.handler(request(SMS, form("sms")), None)
        webhook.handler(request(SMS, form("sms"), token="wrong"), None)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("heartline")]
    assert len(lines) == 2
    assert all("request=request-1" in line for line in lines)
    assert not any("+1415" in line or "order" in line for line in lines)
