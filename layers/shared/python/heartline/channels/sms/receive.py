"""Takes in a text as the webhook queued it."""

from datetime import datetime
from typing import ClassVar

from heartline.channels.sms.parse import held_text, parse_text, recipients
from heartline.channels.twilio.receive import ReceiveForm
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel


class ReceiveText(ReceiveForm):
    """A text or an MMS."""

    __slots__ = ()

    channel: ClassVar[Channel] = Channel.SMS

    def parsed(self, body: str, inbox: Inbox, *, at: datetime) -> Arrival:
        return parse_text(body, inbox, at=at)

    def held(self, body: str, *, at: datetime, reason: str, inbox: str = "") -> Held:
        return held_text(body, at=at, reason=reason, inbox=inbox)

    def recipients(self, body: str) -> tuple[str, ...]:
        return recipients(body)
