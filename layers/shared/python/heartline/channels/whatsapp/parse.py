"""Reads Twilio's form of a WhatsApp message that a customer sent; pure.

Source: https://www.twilio.com/docs/messaging/guides/webhook-request#whatsapp-specific-parameters
"""

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from heartline.channels.twilio.numbers import canonical, texter
from heartline.channels.twilio.texts import event_of, held_form, media_of
from heartline.channels.twilio.webhook import read_fields
from heartline.channels.whatsapp.render import number_of
from heartline.domain.contacts import IdentityKind
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel
from heartline.domain.phones import E164
from heartline.domain.subjects import plain_name

_NAME_LENGTH: Final = 200
_PLACE: Final = ("Label", "Address")


def recipients(body: str, inbox_country: str = "US") -> tuple[str, ...]:
    """Our number that a message was sent to."""
    number = canonical(number_of(read_fields(body).first().get("To", "")), inbox_country)
    return (number,) if number else ()


def parse_message(body: str, inbox: Inbox, *, at: datetime) -> Arrival:
    """Read the form of an inbound message; the number is the one of the customer's texts and calls."""
    form = read_fields(body).first()
    event, written = event_of(body), number_of(form.get("From", ""))
    sender = texter(written, inbox.country, event=event, ours=number_of(form.get("To", "")))
    spelled = written if sender.kind is IdentityKind.PHONE and E164.fullmatch(written) else ""
    return Arrival(
        channel=Channel.WHATSAPP,
        event=event,
        inbox=inbox,
        sender=sender,
        sender_name=plain_name(form.get("ProfileName", ""))[:_NAME_LENGTH],
        at=at,
        text=_words(form),
        recipients=recipients(body, inbox.country),
        pending_media=tuple(media_of(form)),
        raw=zlib.compress(body.encode()),
        answer_to=spelled,
    )


def held_message(body: str, *, at: datetime, reason: str, inbox: str = "") -> Held:
    """What the held list shows of a message that cannot be taken in."""
    return held_form(body, Channel.WHATSAPP, _words(read_fields(body).first()), at=at, reason=reason, inbox=inbox)


def _words(form: Mapping[str, str]) -> str:
    """What was said; a place that was shared is told in words, for its message has none."""
    body, latitude, longitude = (form.get(name, "") for name in ("Body", "Latitude", "Longitude"))
    if not (latitude and longitude):
        return body
    named = [form[name] for name in _PLACE if form.get(name)]
    place = ", ".join([*dict.fromkeys(named), f"{latitude}, {longitude}"])
    return f"{body}\n\nLocation: {place}".strip()
