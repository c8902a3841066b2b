"""The form of a text or a WhatsApp message that arrived, as Twilio's webhook has it; pure.

Source: https://www.twilio.com/docs/messaging/guides/webhook-request
"""

from collections.abc import Sequence

from infra.local.simulators.twilio import segments
from infra.local.simulators.twilio.addresses import WHATSAPP
from infra.local.simulators.twilio.configuration import API_VERSION, TwilioSimulatorConfig
from infra.local.simulators.twilio.records import Medium, Message
from infra.local.simulators.twilio.signing import Fields


def arrival_fields(
    config: TwilioSimulatorConfig, message: Message, media: Sequence[Medium], *, opt_out_type: str = ""
) -> Fields:
    """With the empty fields that a number without a known town has; WhatsApp knows of no towns."""
    links = f"{config.url}{config.account_path}/Messages/{message.sid}/Media"
    return (
        *(_of_whatsapp(message) if message.sender.startswith(WHATSAPP) else _PLACES),
        ("SmsMessageSid", message.sid),
        ("NumMedia", str(len(media))),
        ("SmsSid", message.sid),
        ("SmsStatus", "received"),
        ("Body", message.body),
        ("To", message.recipient),
        *((("MessagingServiceSid", message.messaging_service),) if message.messaging_service else ()),
        *((("OptOutType", opt_out_type),) if opt_out_type else ()),
        ("NumSegments", str(segments.count(message.body))),
        ("MessageSid", message.sid),
        ("AccountSid", config.account_sid),
        ("From", message.sender),
        ("ApiVersion", API_VERSION),
        *((f"MediaContentType{index}", medium.content_type) for index, medium in enumerate(media)),
        *((f"MediaUrl{index}", f"{links}/{medium.sid}") for index, medium in enumerate(media)),
    )


_PLACES: Fields = tuple(
    (f"{end}{part}", "US" if part == "Country" else "")
    for end in ("To", "From")
    for part in ("Country", "State", "City", "Zip")
)


def _of_whatsapp(message: Message) -> Fields:
    return (
        ("ProfileName", message.facts.get("ProfileName", "")),
        ("MessageType", "image" if message.media else "text"),
        ("WaId", message.sender.removeprefix(WHATSAPP).removeprefix("+")),
        ("ReferralNumMedia", "0"),
        *((name, value) for name, value in message.facts.items() if name != "ProfileName"),
    )
