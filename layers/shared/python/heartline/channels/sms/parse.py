"""Reads Twilio's form of a text that a customer sent; pure.

Source: https://www.twilio.com/docs/messaging/guides/webhook-request
"""

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from heartline.channels.twilio.numbers import canonical, texter
from heartline.channels.twilio.texts import event_of, held_form, media_of
from heartline.channels.twilio.webhook import read_fields
from heartline.domain.consent import Request, pairs_of, request_of
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel
from heartline.domain.subjects import plain_name

_NAMES: Final = {IdentityKind.ANONYMOUS: "Withheld number", IdentityKind.SENDER: "{}"}
"""What a sender without a number is called."""

_NAME_LENGTH: Final = 64


def recipients(body: str, inbox_country: str = "US") -> tuple[str, ...]:
    """Our addresses that a text was sent to, the best first: the number, then the messaging service."""
    form = read_fields(body).first()
    number, service = form.get("To", ""), form.get("MessagingServiceSid", "")
    return tuple(address for address in (canonical(number, inbox_country), service) if address)


def parse_text(body: str, inbox: Inbox, *, at: datetime) -> Arrival:
    """Read the form of an inbound text or MMS; `at` is when it was received."""
    form = read_fields(body).first()
    event = event_of(body)
    written = form.get("From", "")
    sender = texter(written, inbox.country, event=event, ours=form.get("To", ""))
    return Arrival(
        channel=Channel.SMS,
        event=event,
        inbox=inbox,
        sender=sender,
        sender_name=_NAMES.get(sender.kind, "").format(plain_name(written)[:_NAME_LENGTH]),
        at=at,
        text=form.get("Body", ""),
        recipients=recipients(body, inbox.country),
        pending_media=tuple(media_of(form)),
        consent=_consent(form, sender, inbox),
        raw=zlib.compress(body.encode()),
    )


def _consent(form: Mapping[str, str], sender: Identity, inbox: Inbox) -> Request | None:
    """What a keyword asks for: at the number that it came to, and at the messaging service behind that."""
    if sender.kind is not IdentityKind.PHONE:
        return None
    service = form.get("MessagingServiceSid") or inbox.sms_rules.service
    pairs = pairs_of(canonical(form.get("To", ""), inbox.country), service, sender.address)
    return request_of(form.get("Body", ""), form.get("OptOutType", ""), pairs)


def held_text(body: str, *, at: datetime, reason: str, inbox: str = "") -> Held:
    """What the held list shows of a text that cannot be taken in."""
    words = read_fields(body).first().get("Body", "")
    return held_form(body, Channel.SMS, words, at=at, reason=reason, inbox=inbox)
