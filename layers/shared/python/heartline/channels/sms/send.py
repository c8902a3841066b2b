"""Sends a text through Twilio, once for each call."""

from typing import TYPE_CHECKING

from heartline.channels.twilio.webhook import RETRIES
from heartline.domain.outbound import Intent

if TYPE_CHECKING:
    from heartline.channels.twilio.rest import TwilioRest


class TextSender:
    """Implements `services.ports.Sender`; `status_url` is where Twilio reports how far a text has come."""

    def __init__(self, rest: "TwilioRest", *, status_url: str) -> None:
        self._rest = rest
        self._status_url = status_url + RETRIES

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        """Send, and answer the message's id at Twilio; errors as the port names them."""
        from heartline.channels.twilio.rest import translated

        with translated():
            sent = self._rest.client().messages.create(
                to=intent.recipient, from_=intent.sender, body=intent.text, status_callback=self._status_url
            )
        return f"twilio:{sent.sid}", ()
