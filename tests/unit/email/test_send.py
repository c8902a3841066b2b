"""SES is asked once, and whatever it says comes back as one of our own errors."""

import ssl
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.exceptions import SSLError as UrllibSSLError

from heartline.channels.email.send import SesMail
from heartline.domain.errors import HeartlineError, Refused, Unavailable, Uncertain


class _Ses:
    """A client of SES v2 that answers once, as told."""

    def __init__(self, fault: Exception | None = None) -> None:
        self._fault = fault
        self.asked: list[dict[str, Any]] = []

    def send_email(self, **request: Any) -> dict[str, str]:
        self.asked.append(request)
        if self._fault:
            raise self._fault
        return {"MessageId": "0102-abc"}


def _mail(client: _Ses) -> SesMail:
    return SesMail(client, "events")  # type: ignore[arg-type]


def _answered(code: str, status: int, message: str = "") -> ClientError:
    said = {"Code": code, "Message": message}
    return ClientError({"Error": said, "ResponseMetadata": {"HTTPStatusCode": status}}, "SendEmail")  # type: ignore[typeddict-item]


def test_the_raw_mail_goes_to_its_envelope() -> None:
    client = _Ses()

    assert _mail(client).send(b"raw", sender="s@x", recipients=["a@b"], intent="i1") == "0102-abc"
    assert client.asked == [
        {
            "FromEmailAddress": "s@x",
            "Destination": {"ToAddresses": ["a@b"]},
            "Content": {"Raw": {"Data": b"raw"}},
            "EmailTags": [{"Name": "intent", "Value": "i1"}],
            "ConfigurationSetName": "events",
        }
    ]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (_answered("MessageRejected", 400), Refused),
        (_answered("MailFromDomainNotVerifiedException", 400), Refused),
        (_answered("AccountSuspendedException", 400), Refused),
        (_answered("TooManyRequestsException", 429), Unavailable),
        (_answered("LimitExceededException", 400), Unavailable),
        (_answered("ServiceUnavailable", 503), Unavailable),
        (_answered("InternalFailure", 500), Uncertain),
        (ReadTimeoutError(endpoint_url="x"), Uncertain),
        (ConnectTimeoutError(endpoint_url="x"), Unavailable),
        (EndpointConnectionError(endpoint_url="x"), Unavailable),
        (SSLError(endpoint_url="x", error=UrllibSSLError(ssl.SSLCertVerificationError("self-signed"))), Unavailable),
        (SSLError(endpoint_url="x", error=UrllibSSLError(ssl.SSLEOFError("cut off in the middle"))), Uncertain),
        (SSLError(endpoint_url="x", error=ssl.SSLError("decryption failed")), Uncertain),
        (ConnectionClosedError(endpoint_url="x"), Uncertain),
    ],
)
def test_a_fault_says_whether_the_mail_may_have_gone(fault: Exception, expected: type[HeartlineError]) -> None:
    client = _Ses(fault)
    with pytest.raises(expected):
        _mail(client).send(b"raw", sender="s@x", recipients=["a@b"], intent="i1")

    assert len(client.asked) == 1


@pytest.mark.parametrize("count", [0, 51])
def test_more_recipients_than_ses_takes_are_refused_before_it_is_asked(count: int) -> None:
    client = _Ses()
    with pytest.raises(Refused):
        _mail(client).send(b"raw", sender="s@x", recipients=["a@b"] * count, intent="i1")

    assert client.asked == []


@pytest.mark.parametrize(
    ("code", "message", "advice"),
    [
        (
            "MessageRejected",
            "Email address is not verified. The following identities failed: tom@example.org",
            "production access",
        ),
        ("SendingPausedException", "Sending paused.", "an admin resumes it"),
        ("MessageRejected", "Illegal header.", "Illegal header."),
        ("BadRequestException", "", "SES refused the mail."),
    ],
)
def test_a_refusal_says_what_to_do_where_we_know(code: str, message: str, advice: str) -> None:
    with pytest.raises(Refused, match=advice) as refused:
        _mail(_Ses(_answered(code, 400, message))).send(b"raw", sender="s@x", recipients=["a@b"], intent="i1")
    assert refused.value.reason == code
