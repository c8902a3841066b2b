"""What an address looks like: a phone number, or a client; pure."""

import re
from typing import Final
from urllib.parse import parse_qsl

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_CLIENT: Final = re.compile(r"client:[A-Za-z0-9_.@+-]{1,121}")


def is_number(text: str) -> bool:
    """Whether `text` looks like E.164."""
    return _E164.fullmatch(text) is not None


WHATSAPP: Final = "whatsapp:"


def is_whatsapp(text: str) -> bool:
    """Whether `text` is an address of WhatsApp's with a number in it."""
    return text.startswith(WHATSAPP) and is_number(text.removeprefix(WHATSAPP))


def is_client(text: str) -> bool:
    """Whether `text` names a browser or an app.

    Source: https://www.twilio.com/docs/voice/twiml/client
    """
    return _CLIENT.fullmatch(text) is not None


def address_of(recipient: str) -> str:
    """Without the parameters that a client may be given: `client:ana?call=1`."""
    return recipient.partition("?")[0] if recipient.startswith("client:") else recipient


def custom_of(recipient: str) -> dict[str, str]:
    """The parameters that a client is given.

    Source: https://www.twilio.com/docs/voice/sdks/javascript/twiliocall#callcustomparameters
    """
    return dict(parse_qsl(recipient.partition("?")[2])) if recipient.startswith("client:") else {}
