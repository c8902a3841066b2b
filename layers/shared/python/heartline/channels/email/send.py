"""Raw mail to SES, once; what SES or the network says comes back as one of our own errors."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from heartline.channels.email.names import INTENT_TAG
from heartline.domain.errors import HeartlineError, Refused, Unavailable, Uncertain
from heartline.domain.recipients import RECIPIENT_LIMIT

if TYPE_CHECKING:
    from botocore.exceptions import ClientError, SSLError
    from mypy_boto3_sesv2 import SESV2Client

_REFUSED: Final = frozenset(
    {
        "AccountSuspendedException",
        "BadRequestException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "MessageTooLongException",
        "NotFoundException",
        "SendingPausedException",
    }
)
"""Answers of SendEmail that repeating does not change (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html)."""

_ADVICE: Final = {
    "address is not verified": (
        "SES only sends to verified addresses yet: an admin asks AWS for production access of this account, "
        "or verifies the address in SES."
    ),
    "AccountSuspendedException": "AWS has suspended sending for this account: an admin finds the reason in SES.",
    "SendingPausedException": "Sending is paused for this account or configuration set: an admin resumes it in SES.",
    "MailFromDomainNotVerifiedException": "The MAIL FROM domain is not verified in SES yet: an admin checks its DNS.",
    "MessageTooLongException": "The mail is larger than SES takes: send it with fewer or smaller files.",
}
"""By SES's own words or code: what to do (https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html)."""

_UNAVAILABLE: Final = frozenset(
    {
        "LimitExceededException",
        "RequestThrottled",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)


class SesMail:
    """Sends through SES v2.

    The client must not retry by itself (`Config(retries={"total_max_attempts": 1})`): SES has no idempotency token,
    so a hidden retry after a lost answer is a second mail.
    """

    def __init__(self, client: "SESV2Client", configuration_set: str = "") -> None:
        self._client = client
        self._configuration = {"ConfigurationSetName": configuration_set} if configuration_set else {}

    def send(self, raw: bytes, *, sender: str, recipients: Sequence[str], intent: str) -> str:
        """Send `raw` to `recipients` (bare addresses, at most 50) and return SES's id of it.

        The envelope decides who gets it. `intent` comes back as a tag with every event about the mail, so that an
        event finds its message even if the answer of this call was lost. Raises `Refused` if SES will never take it,
        `Unavailable` if it was surely not sent, and `Uncertain` if the answer was lost: then it may have been sent, and
        must not be sent again by itself.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        if not 1 <= len(recipients) <= RECIPIENT_LIMIT:
            raise Refused(f"a mail has 1 to {RECIPIENT_LIMIT} recipients, not {len(recipients)}", reason="recipients")
        try:
            answer = self._client.send_email(
                FromEmailAddress=sender,
                Destination={"ToAddresses": list(recipients)},
                Content={"Raw": {"Data": raw}},
                EmailTags=[{"Name": INTENT_TAG, "Value": intent}],
                **self._configuration,  # type: ignore[arg-type]
            )
        except ClientError as error:
            raise _translated(error) from error
        except BotoCoreError as error:
            raise _of_the_network(error) from error
        return answer["MessageId"]


def _translated(error: "ClientError") -> HeartlineError:
    """SES's answer as our error; an internal failure of SES leaves open whether it sent."""
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    if code in _UNAVAILABLE or status in (429, 503):
        return Unavailable(f"SES asks to come back later: {code}")
    if code in _REFUSED or 400 <= status < 500:
        return Refused(_advice(code, str(error.response.get("Error", {}).get("Message", ""))), reason=code)
    return Uncertain(f"SES failed while it took the mail: {code}")


def _advice(code: str, message: str) -> str:
    """What SES said, and what an admin can do about it where we know."""
    for sign, advice in _ADVICE.items():
        if sign in message or sign == code:
            return advice
    return f"SES refused the mail: {message[:300]}" if message else "SES refused the mail."


def _of_the_network(error: Exception) -> HeartlineError:
    """Before a connection stood nothing was sent; after that nobody knows.

    A TLS error may come from the handshake or from the middle of the talk: only a certificate that we do not trust
    is surely the former.
    """
    from botocore import exceptions

    never_sent = (
        exceptions.ConnectTimeoutError,
        exceptions.EndpointConnectionError,
        exceptions.NoCredentialsError,
        exceptions.NoRegionError,
        exceptions.ParamValidationError,
        exceptions.ProxyConnectionError,
    )
    if isinstance(error, never_sent) or (isinstance(error, exceptions.SSLError) and _is_of_the_certificate(error)):
        return Unavailable("SES could not be reached")
    return Uncertain("the answer of SES was lost")


def _is_of_the_certificate(error: "SSLError") -> bool:
    """Botocore keeps urllib3's error under `error`, and that keeps the one of `ssl` as its first argument."""
    import ssl

    cause: object = error.kwargs.get("error")
    while isinstance(cause, BaseException):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.args[0] if cause.args else None
    return False
