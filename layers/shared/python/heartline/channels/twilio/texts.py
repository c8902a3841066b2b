"""What Twilio's forms of texts and WhatsApp messages have in common: ids, media, how far a message has come. Pure.

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
from heartline.channels.twilio.webhook import read_fields
from heartline.domain.errors import Invalid
from heartline.domain.held import Held
from heartline.domain.intake import preview_of
from heartline.domain.messages import Channel, DeliveryStatus, Direction, PendingMedia
from heartline.domain.phones import unified

WHATSAPP: Final = "whatsapp:"
"""How an address of WhatsApp begins (https://www.twilio.com/docs/messaging/channels#channel-addresses)."""

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
    """How far a message has come; `reason` is Twilio's error code (`code`) and what it means, or empty.

    `sender` and `recipient` are the numbers as identities have them, or addresses of WhatsApp as the form has them;
    `service` is the messaging service, or empty.
    """

    provider_id: str
    status: DeliveryStatus
    reason: str
    code: str = ""
    sender: str = ""
    recipient: str = ""
    service: str = ""


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
        code=form.get("ErrorCode", ""),
        sender=unified(form.get("From", "")),
        recipient=unified(form.get("To", "")),
        service=form.get("MessagingServiceSid", ""),
    )


def event_of(body: str) -> str:
    """The id of the text that a form is about; a form without one is known by its own digest."""
    form = read_fields(body).first()
    return _named(form) or f"sha256:{sha256(body.encode()).hexdigest()[:40]}"


def channel_of(address: str) -> Channel:
    """What an address of a form belongs to: one webhook takes texts and WhatsApp messages."""
    return Channel.WHATSAPP if address.startswith(WHATSAPP) else Channel.SMS


def is_whatsapp(body: str) -> bool:
    """Whether a form came through WhatsApp."""
    form = read_fields(body).first()
    return Channel.WHATSAPP in {channel_of(form.get(name, "")) for name in ("From", "To")}


def names_a_text(body: str) -> bool:
    """Whether a form says which text it is about."""
    return bool(_named(read_fields(body).first()))


def held_form(body: str, channel: Channel, words: str, *, at: datetime, reason: str, inbox: str) -> Held:
    """What the held list shows of a form that cannot be taken in; `words` are what it says."""
    form = read_fields(body).first()
    return Held(
        key=event_of(body),
        channel=channel,
        direction=Direction.INBOUND,
        at=at,
        reason=reason,
        inbox=inbox,
        sender=form.get("From", ""),
        recipient=form.get("To", ""),
        preview=preview_of(words),
        raw=zlib.compress(body.encode()),
    )


def _named(form: Mapping[str, str]) -> str:
    return form.get("MessageSid") or form.get("SmsSid") or ""


def _sid(form: Mapping[str, str]) -> str:
    sid = _named(form)
    if not sid:
        raise Invalid("The form has no MessageSid.")
    return sid


def media_of(form: Mapping[str, str]) -> Iterator[PendingMedia]:
    """Every medium that the form has: a wrong NumMedia must not lose one."""
    for position in count():
        url = form.get(f"MediaUrl{position}")
        if not url:
            return
        yield PendingMedia(
            url=url,
            content_type=form.get(f"MediaContentType{position}", ""),
            provider_id=url.rsplit("/", 1)[-1],
            position=position + 1,
        )
