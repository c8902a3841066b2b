"""Reads Twilio's forms for texts: what a customer sent, and how far a message of ours has come. Pure.

Sources: https://www.twilio.com/docs/messaging/guides/webhook-request and
https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Final

from heartline.channels.twilio.errors import explained
from heartline.channels.twilio.numbers import canonical, identity_of
from heartline.channels.twilio.webhook import read_fields
from heartline.domain.contacts import IdentityKind
from heartline.domain.errors import Invalid
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival, preview_of
from heartline.domain.messages import Channel, DeliveryStatus, Direction, PendingMedia

STATUSES: Final = {
    "accepted": DeliveryStatus.SENDING,
    "scheduled": DeliveryStatus.SENDING,
    "queued": DeliveryStatus.SENDING,
    "sending": DeliveryStatus.SENDING,
    "sent": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "read": DeliveryStatus.READ,
    "undelivered": DeliveryStatus.UNDELIVERED,
    "failed": DeliveryStatus.FAILED,
    "canceled": DeliveryStatus.FAILED,
}
"""https://www.twilio.com/docs/messaging/api/message-resource#message-status-values ("queued" is in Twilio's queue)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """How far a message has come; `reason` is Twilio's error code and what it means, or empty."""

    provider_id: str
    status: DeliveryStatus
    reason: str


def recipients(body: str, inbox_country: str = "US") -> tuple[str, ...]:
    """Our addresses that a text was sent to, the best first: the number, then the messaging service."""
    form = read_fields(body).first()
    number, service = form.get("To", ""), form.get("MessagingServiceSid", "")
    return tuple(address for address in (canonical(number, inbox_country), service) if address)


def parse_text(body: str, inbox: Inbox, *, at: datetime) -> Arrival:
    """Read the form of an inbound text or MMS; `at` is when it was received."""
    form = read_fields(body).first()
    event = event_of(body)
    sender = identity_of(form.get("From", ""), inbox.country, event=event)
    return Arrival(
        channel=Channel.SMS,
        event=event,
        inbox=inbox,
        sender=sender,
        sender_name="Withheld number" if sender.kind is IdentityKind.ANONYMOUS else "",
        at=at,
        text=form.get("Body", ""),
        recipients=recipients(body, inbox.country),
        pending_media=tuple(_media(form)),
        raw=zlib.compress(body.encode()),
    )


def held_text(body: str, *, at: datetime, reason: str, inbox: str = "") -> Held:
    """What the held list shows of a text that cannot be taken in."""
    form = read_fields(body).first()
    return Held(
        key=event_of(body),
        channel=Channel.SMS,
        direction=Direction.INBOUND,
        at=at,
        reason=reason,
        inbox=inbox,
        sender=form.get("From", ""),
        recipient=form.get("To", ""),
        preview=preview_of(form.get("Body", "")),
        raw=zlib.compress(body.encode()),
    )


def parse_status(body: str) -> StatusReport:
    """Read the form of a status callback; raises `Invalid` if it names no message.

    A status that Twilio has not had so far is `UNKNOWN`, which never hides a better known one.
    """
    form = read_fields(body).first()
    status = form.get("MessageStatus") or form.get("SmsStatus", "")
    return StatusReport(
        provider_id=f"twilio:{_sid(form)}",
        status=STATUSES.get(status, DeliveryStatus.UNKNOWN),
        reason=explained(form.get("ErrorCode", "")),
    )


def event_of(body: str) -> str:
    """The id of the text that a form is about; a form without one is known by its own digest."""
    form = read_fields(body).first()
    return _named(form) or f"sha256:{sha256(body.encode()).hexdigest()[:40]}"


def names_a_text(body: str) -> bool:
    """Whether a form says which text it is about."""
    return bool(_named(read_fields(body).first()))


def _named(form: Mapping[str, str]) -> str:
    return form.get("MessageSid") or form.get("SmsSid") or ""


def _sid(form: Mapping[str, str]) -> str:
    sid = _named(form)
    if not sid:
        raise Invalid("The form has no MessageSid.")
    return sid


def _media(form: Mapping[str, str]) -> Iterator[PendingMedia]:
    """Every medium that the form has: a wrong NumMedia must not lose one."""
    for position in count():
        url = form.get(f"MediaUrl{position}")
        if not url:
            return
        yield PendingMedia(
            url=url,
            content_type=form.get(f"MediaContentType{position}", ""),
            provider_id=url.rsplit("/", 1)[-1],
        )
