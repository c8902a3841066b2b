"""Reads what SES's configuration set reports of a mail on its way (through EventBridge). Pure.

Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from heartline.domain.errors import Invalid
from heartline.domain.messages import DeliveryStatus

STATUSES: Final = {
    "Send": DeliveryStatus.SENT,
    "Delivery": DeliveryStatus.DELIVERED,
    "Bounce": DeliveryStatus.UNDELIVERED,
    "Complaint": DeliveryStatus.DELIVERED,
    "Reject": DeliveryStatus.FAILED,
    "Rendering Failure": DeliveryStatus.FAILED,
    "DeliveryDelay": DeliveryStatus.SENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReport:
    """How far a mail has come; `reason` is the receiving server's own words, or empty."""

    provider_id: str
    status: DeliveryStatus
    reason: str


def parse_event(detail: Mapping[str, Any]) -> MailReport:
    """Read the `detail` of an event; raises `Invalid` if it names no mail. An event of another kind is `UNKNOWN`."""
    message_id = detail.get("mail", {}).get("messageId")
    if not message_id:
        raise Invalid("The event names no mail.")
    return MailReport(
        provider_id=f"ses:{message_id}",
        status=STATUSES.get(detail.get("eventType", ""), DeliveryStatus.UNKNOWN),
        reason=_reason(detail),
    )


def _reason(detail: Mapping[str, Any]) -> str:
    bounced = detail.get("bounce", {}).get("bouncedRecipients") or [{}]
    diagnostic = bounced[0].get("diagnosticCode") or bounced[0].get("status", "")
    return str(diagnostic or detail.get("reject", {}).get("reason", ""))[:500]
