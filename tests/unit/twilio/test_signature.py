"""A webhook counts only if Twilio signed it: this URL, these fields, one of our tokens."""

import pytest

from heartline.channels.twilio.account import Account
from heartline.channels.twilio.signature import is_genuine
from heartline.channels.twilio.webhook import read_request
from tests.twilio_requests import ACCOUNT, PUBLIC_URL, TOKEN, form, request, sign

OURS = Account(sid=ACCOUNT, token=TOKEN)


def genuine(event: dict[str, object], account: Account = OURS) -> bool:
    return is_genuine(read_request(event, public_url=PUBLIC_URL), account)


def test_the_published_example_is_signed_as_published() -> None:
    # https://github.com/twilio/twilio-python, tests/unit/test_request_validator.py
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
        "Caller": "+14158675309",
    }
    assert sign("https://mycompany.com/myapp.php?foo=1&bar=2", fields, "12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_request_of_twilio_is_genuine() -> None:
    assert genuine(request("/webhooks/sms", form("sms")))


def test_the_query_is_signed_too() -> None:
    event = request("/webhooks/voice/ivr", form("sms"), query="attempt=1")
    assert genuine(event)
    assert not genuine({**event, "rawQueryString": "attempt=2"})


def test_empty_fields_are_signed_too() -> None:
    fields = form("sms")
    event = request("/webhooks/sms", {name: value for name, value in fields.items() if value})
    event["headers"]["x-twilio-signature"] = sign(f"{PUBLIC_URL}/webhooks/sms", fields)
    assert not genuine(event)


@pytest.mark.parametrize("name", sorted(form("sms")))
def test_no_field_can_be_changed(name: str) -> None:
    fields = form("sms")
    changed = request("/webhooks/sms", {**fields, name: fields[name] + "x"})
    changed["headers"]["x-twilio-signature"] = sign(f"{PUBLIC_URL}/webhooks/sms", fields)
    assert not genuine(changed)


def test_another_path_is_another_request() -> None:
    assert not genuine({**request("/webhooks/sms", form("sms")), "rawPath": "/webhooks/status"})


def test_a_missing_signature_is_no_signature() -> None:
    event = request("/webhooks/sms", form("sms"))
    del event["headers"]["x-twilio-signature"]
    assert not genuine(event)


@pytest.mark.parametrize("signature", ["", "x", "ÿ" * 28, "=" * 28, "A" * 10_000])
def test_a_nonsense_signature_is_refused(signature: str) -> None:
    event = request("/webhooks/sms", form("sms"))
    event["headers"]["x-twilio-signature"] = signature
    assert not genuine(event)


def test_the_secondary_token_signs_while_tokens_are_rotated() -> None:
    rotating = Account(sid=ACCOUNT, token="new", secondary_token=TOKEN)
    assert genuine(request("/webhooks/sms", form("sms")), rotating)
    assert not genuine(request("/webhooks/sms", form("sms"), token="other"), rotating)


def test_an_empty_secondary_token_signs_nothing() -> None:
    assert not genuine(request("/webhooks/sms", form("sms"), token=""))


def test_another_account_is_not_ours_whatever_signed_it() -> None:
    assert not genuine(request("/webhooks/sms", form("sms", AccountSid="AC" + "9" * 32)))


def test_a_repeated_field_is_signed_with_all_its_values() -> None:
    event = request("/webhooks/sms", {"AccountSid": ACCOUNT, "Body": "one"})
    event |= {"isBase64Encoded": False, "body": f"AccountSid={ACCOUNT}&Body=one&Body=two"}
    assert not genuine(event)
    event["headers"]["x-twilio-signature"] = sign(
        f"{PUBLIC_URL}/webhooks/sms", {"AccountSid": ACCOUNT, "Body": "oneBodytwo"}
    )
    assert genuine(event)
