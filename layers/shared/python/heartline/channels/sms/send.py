"""Sends a text or an MMS."""

from heartline.channels.twilio.sending import TwilioMessages
from heartline.domain.outbound import Intent


class TextSender:
    """Implements `services.ports.Sender`."""

    def __init__(self, twilio: TwilioMessages) -> None:
        self._twilio = twilio

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        service = {"messaging_service_sid": intent.service, "shorten_urls": intent.shorten} if intent.service else {}
        return self._twilio.create(
            to=intent.recipient, from_=intent.sender, body=intent.text, files=intent.attachments, **service
        )
