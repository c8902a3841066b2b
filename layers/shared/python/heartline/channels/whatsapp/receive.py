"""Takes in a WhatsApp message as the webhook queued it."""

from datetime import datetime
from typing import ClassVar

from heartline.channels.twilio.receive import ReceiveForm
from heartline.channels.whatsapp.parse import held_message, parse_message, recipients
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel


class ReceiveWhatsApp(ReceiveForm):
    """A WhatsApp message, with or without a file."""

    __slots__ = ()

    channel: ClassVar[Channel] = Channel.WHATSAPP

    def parsed(self, body: str, inbox: Inbox, *, at: datetime) -> Arrival:
        return parse_message(body, inbox, at=at)

    def held(self, body: str, *, at: datetime, reason: str, inbox: str = "") -> Held:
        return held_message(body, at=at, reason=reason, inbox=inbox)

    def recipients(self, body: str) -> tuple[str, ...]:
        return recipients(body)
