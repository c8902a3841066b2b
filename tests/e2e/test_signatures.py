"""The deployed webhooks take what Twilio signed, and nothing that differs from it in one field."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
import requests
from twilio.request_validator import RequestValidator

from infra.local.description import LocalStack
from tests.e2e.people import Phone

pytestmark = pytest.mark.stack


def signed(stack: LocalStack, url: str, form: Mapping[str, str]) -> str:
    return str(RequestValidator(stack.twilio.auth_token).compute_signature(url, dict(form)))


def posted(url: str, form: Mapping[str, str], signature: str) -> int:
    headers = {"X-Twilio-Signature": signature}
    return int(requests.post(url, data=dict(form), headers=headers, timeout=30).status_code)


def forms(stack: LocalStack, customer: Phone) -> Iterator[tuple[str, dict[str, str]]]:
    """A request to each webhook, with a query where ours have one."""
    account = {"AccountSid": stack.twilio.account_sid, "ApiVersion": "2010-04-01"}
    call = {**account, "CallSid": "CA" + "5" * 32, "From": customer.number, "To": stack.voice_number}
    status = {**call, "CallStatus": "completed", "Direction": "inbound", "CallDuration": "3", "SequenceNumber": "0"}
    text = {**account, "From": customer.number, "To": stack.sms_number, "Body": "Größe & 1+1?", "NumMedia": "0"}
    yield stack.webhooks["voice"], {**call, "CallStatus": "ringing", "Direction": "inbound", "FromCity": ""}
    yield stack.webhooks["status"], status
    leg = urlencode({"call": call["CallSid"], "leg": "agent-1", "about": "leg"})
    yield f"{stack.webhooks['status']}?{leg}", status
    yield stack.webhooks["sms"], {**text, "MessageSid": "SM" + "5" * 32}


def test_each_webhook_takes_the_signed_request_and_none_with_one_field_changed(
    stack: LocalStack, customer: Phone
) -> None:
    for url, form in forms(stack, customer):
        signature = signed(stack, url, form)
        assert posted(url, form, signature) == 200, url
        for name, value in form.items():
            assert posted(url, {**form, name: value + "1"}, signature) == 403, (url, name)
        assert posted(url, {**form, "Added": "1"}, signature) == 403, url
        assert posted(url, form, signature.swapcase()) == 403, url
        assert posted(f"{url}{'&' if '?' in url else '?'}a=1", form, signature) == 403, url


def test_a_request_without_a_signature_is_refused(stack: LocalStack, customer: Phone) -> None:
    for url, form in forms(stack, customer):
        assert requests.post(url, data=form, timeout=30).status_code == 403
