"""Sends a text or an MMS."""

from heartline.channels.twilio.sending import TwilioMessages
from heartline.domain.outbound import Intent


class TextSender:
    """Implements `services.ports.Sender`."""

    def __init__(self, twilio: TwilioMessages) -> None:
        self._twilio = twilio

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        fields: dict[str, object] = {"to": intent.recipient, "from_": intent.sender}
        fields |= {"body": intent.text} if intent.text else {}
        return self._twilio.create(fields | (_through(intent) if intent.service else {}), files=intent.attachments)


def _through(intent: Intent) -> dict[str, object]:
    """What a messaging service is told: to shorten links if we want that, and to send the text as it was written.

    A service replaces characters unless it is told not to, and then what was counted is not what is sent. Source:
    SmartEncoded at https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
    """
    return {"messaging_service_sid": intent.service, "shorten_urls": intent.shorten, "smart_encoded": False}
