"""Sends a WhatsApp message: words with at most one file, or a template."""

from heartline.channels.twilio.sending import TwilioMessages
from heartline.channels.whatsapp.render import address_of, variables_of
from heartline.domain.outbound import Intent


class WhatsAppSender:
    """Implements `services.ports.Sender`."""

    def __init__(self, twilio: TwilioMessages) -> None:
        self._twilio = twilio

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        to, sender = address_of(intent.recipient), address_of(intent.sender)
        if not intent.template:
            words = {"body": intent.text} if intent.text else {}
            return self._twilio.create({"to": to, "from_": sender, **words}, files=intent.attachments)
        filled = {"content_variables": variables_of(intent.variables)} if intent.variables else {}
        return self._twilio.create({"to": to, "from_": sender, "content_sid": intent.template, **filled})
