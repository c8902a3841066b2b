"""Reads what SES's configuration set reports of a mail on its way (through EventBridge). Pure.

Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from heartline.channels.email.names import INTENT_TAG
from heartline.domain.errors import Invalid
from heartline.domain.mail import Bounce
from heartline.domain.messages import DeliveryStatus
from heartline.domain.tracking import MailEvent

Detail = Mapping[str, Any]

STATUSES: Final = {
    "Send": DeliveryStatus.SENT,
    "Delivery": DeliveryStatus.DELIVERED,
    "Bounce": DeliveryStatus.SENT,
    "Complaint": DeliveryStatus.DELIVERED,
    "Reject": DeliveryStatus.FAILED,
    "Rendering Failure": DeliveryStatus.FAILED,
    "DeliveryDelay": DeliveryStatus.SENT,
}
"""How far the mail has come; a bounce says more of its recipients, and whether all of them are lost."""

_NO_SUCH_ADDRESS: Final = {"NoEmail", "Suppressed", "OnAccountSuppressionList"}
"""Subtypes of a permanent bounce by which SES itself gives the address up."""

_DELAYS: Final = {
    "InternalFailure": "SES has a fault of its own.",
    "General": "The receiving server asks to try later.",
    "MailboxFull": "The mailbox is full.",
    "SpamDetected": "The receiving server takes us for a sender of spam.",
    "RecipientServerError": "The receiving server has a fault.",
    "IPFailure": "The receiving server limits the address that SES sends from.",
    "TransientCommunicationFailure": "The connection to the receiving server failed.",
    "BYOIPHostNameLookupUnavailable": "The name of our own sending address cannot be looked up.",
    "SendingDeferral": "SES holds the mail back, to send it later.",
}


def parse_event(detail: Detail) -> MailEvent:
    """Read the `detail` of an event; raises `Invalid` if it names no mail of ours. One of another kind is `UNKNOWN`."""
    intents = detail.get("mail", {}).get("tags", {}).get(INTENT_TAG)
    if not intents:
        raise Invalid("The event is about no mail of ours.")
    kind = detail.get("eventType", "")
    complaints = tuple(_addresses(detail.get("complaint", {}).get("complainedRecipients")))
    return MailEvent(
        intent=intents[0],
        status=STATUSES.get(kind, DeliveryStatus.UNKNOWN),
        reason=_reason(detail, complaints),
        recipients=(*_bounced(detail), *_delayed(detail), *_delivered(detail)),
        complaints=complaints,
        hopeless=_hopeless(detail.get("bounce", {})),
        **_counted(detail),
    )


def _bounced(detail: Detail) -> Iterable[Bounce]:
    bounce = detail.get("bounce", {})
    otherwise = "5.0.0" if bounce.get("bounceType") == "Permanent" else "4.0.0"
    for recipient in bounce.get("bouncedRecipients", ()):
        yield _entry(recipient, action="failed", status=recipient.get("status") or otherwise)


def _delayed(detail: Detail) -> Iterable[Bounce]:
    for recipient in detail.get("deliveryDelay", {}).get("delayedRecipients", ()):
        yield _entry(recipient, action="delayed", status=recipient.get("status", ""))


def _delivered(detail: Detail) -> Iterable[Bounce]:
    for address in detail.get("delivery", {}).get("recipients", ()):
        yield Bounce(recipient=address, action="delivered")


def _entry(recipient: Detail, *, action: str, status: str) -> Bounce:
    diagnostic = str(recipient.get("diagnosticCode", "")).removeprefix("smtp;").strip()
    return Bounce(recipient=recipient["emailAddress"], action=action, status=status, diagnostic=diagnostic[:500])


def _hopeless(bounce: Detail) -> tuple[str, ...]:
    gone = bounce.get("bounceType") == "Permanent" and bounce.get("bounceSubType") in _NO_SUCH_ADDRESS
    return tuple(_addresses(bounce.get("bouncedRecipients"))) if gone else ()


def _counted(detail: Detail) -> dict[str, Any]:
    """What AWS judges an account by: mails, permanent bounces and complaints, each by recipient."""
    bounce, complaint = detail.get("bounce", {}), detail.get("complaint", {})
    if detail.get("eventType") == "Send":
        return {"metric": "MailSent", "mails": len(detail["mail"].get("destination", ()))}
    if bounce.get("bounceType") == "Permanent":
        return {"metric": "MailBounced", "mails": len(bounce.get("bouncedRecipients", ()))}
    return {"metric": "MailComplained", "mails": len(complaint["complainedRecipients"])} if complaint else {}


def _addresses(recipients: Iterable[Detail] | None) -> Iterable[str]:
    return (recipient["emailAddress"] for recipient in recipients or ())


def _reason(detail: Detail, complaints: tuple[str, ...]) -> str:
    """Why the mail is where it is, in plain words; empty where that goes without saying."""
    if complaints:
        return f"Reported as spam by {', '.join(complaints)}."
    if delay := detail.get("deliveryDelay"):
        return f"Delayed, and tried again. {_DELAYS.get(delay.get('delayType', ''), '')}".strip()
    if reject := detail.get("reject"):
        return f"SES rejected the mail: {reject.get('reason', 'it did not say why')}."
    if failure := detail.get("failure"):
        return f"SES could not build the mail: {str(failure.get('errorMessage', ''))[:300]}".strip()
    return ""
