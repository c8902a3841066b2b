"""How WhatsApp spells addresses, and the values of a template, at Twilio; pure.

Sources: https://www.twilio.com/docs/messaging/channels#channel-addresses and
https://www.twilio.com/docs/content/using-variables-with-content-api
"""

import json
from collections.abc import Mapping

from heartline.channels.twilio.texts import WHATSAPP


def address_of(number: str) -> str:
    """The WhatsApp address of a number in E.164."""
    return f"{WHATSAPP}{number}"


def number_of(address: str) -> str:
    """The number, or what else stands in its place, in a WhatsApp address."""
    return address.removeprefix(WHATSAPP).strip()


def variables_of(values: Mapping[str, str]) -> str:
    """A template's values as Twilio takes them: a JSON object."""
    return json.dumps(dict(values), ensure_ascii=False)
