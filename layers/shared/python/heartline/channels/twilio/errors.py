"""Twilio's error codes in plain words, and which of them may be tried again.

Source: https://www.twilio.com/docs/api/errors
"""

from typing import Final

MEANINGS: Final = {
    "20003": "Twilio did not accept our credentials.",
    "20429": "Twilio asks us to slow down.",
    "21211": "The number is not a telephone number.",
    "21408": "Texts to this country are not enabled for our account.",
    "21604": "There is no number to send to.",
    "21606": "Our number cannot send texts to this number.",
    "21610": "The customer has opted out of texts from this number.",
    "21612": "Twilio has no way from our number to this one.",
    "21614": "The number is not a mobile number.",
    "21617": "The text is longer than 1600 characters.",
    "30001": "Twilio's queue for our number is full.",
    "30002": "Our Twilio account is suspended.",
    "30003": "The phone is switched off or out of reach.",
    "30004": "The number, or its carrier, blocks messages from us.",
    "30005": "The number is unknown and may no longer exist.",
    "30006": "The number is a landline, or its carrier cannot be reached: a call may work.",
    "30007": "The carrier filtered the text as unwanted.",
    "30008": "The text was not delivered; the carrier gave no reason.",
    "30034": "Our number is not registered for texts to the United States (A2P 10DLC).",
}

AGAIN_LATER: Final = {"20003", "20429", "30001", "30002"}
"""Refusals that are about us and not about the text: nothing was sent, and a later try may succeed."""


def explained(code: str) -> str:
    """The code and its meaning in one line; a code that the table has not is shown as it is, none is empty."""
    return f"{code} {MEANINGS.get(code, '')}".strip()
