"""What a text's error code means in plain words, and what to do next. A table; an unknown code is shown as it is.

Source: https://www.twilio.com/docs/api/errors
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Action(StrEnum):
    """What an agent does about a text that failed; `RETRIED` is said while our own second try is on its way."""

    NONE = "none"
    CALL_INSTEAD = "call_instead"
    ASK_OTHER_NUMBER = "ask_other_number"
    TELL_ADMIN = "tell_admin"
    SHORTEN = "shorten"
    OPTED_OUT = "opted_out"
    WAIT = "wait"
    USE_TEMPLATE = "use_template"
    CHANGE_FILE = "change_file"
    RETRIED = "retried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A code's meaning in one sentence, and the next action."""

    meaning: str
    action: Action


def _fault(meaning: str, action: Action) -> Fault:
    return Fault(meaning=meaning, action=action)


FAULTS: Final = {
    "11200": _fault("Twilio could not fetch the file in time: send it again.", Action.CHANGE_FILE),
    "12300": _fault("Twilio takes no file of this type.", Action.CHANGE_FILE),
    "20003": _fault("Twilio did not accept our credentials.", Action.TELL_ADMIN),
    "20429": _fault("Twilio asks us to slow down.", Action.WAIT),
    "21211": _fault("The number is not a telephone number.", Action.ASK_OTHER_NUMBER),
    "21408": _fault("Texts to this country are not enabled for our account.", Action.TELL_ADMIN),
    "21604": _fault("There is no number to send to.", Action.ASK_OTHER_NUMBER),
    "21606": _fault("Our number cannot send texts to this number.", Action.TELL_ADMIN),
    "21610": _fault("The customer has opted out of texts from this number.", Action.OPTED_OUT),
    "21611": _fault("Twilio's queue for our number is full.", Action.WAIT),
    "21612": _fault("Twilio has no way from our number to this one.", Action.CALL_INSTEAD),
    "21614": _fault("The number is not a mobile number.", Action.CALL_INSTEAD),
    "21620": _fault("Twilio takes no file from where ours is.", Action.TELL_ADMIN),
    "21623": _fault("The message has more files than Twilio takes.", Action.CHANGE_FILE),
    "21655": _fault("Twilio does not know the template.", Action.TELL_ADMIN),
    "21656": _fault("The template's values do not fit it.", Action.TELL_ADMIN),
    "21617": _fault("The text is longer than 1600 characters.", Action.SHORTEN),
    "21703": _fault("The messaging service has no number to send from.", Action.TELL_ADMIN),
    "21712": _fault("Our number does not belong to the messaging service.", Action.TELL_ADMIN),
    "30001": _fault("Twilio's queue for our number is full.", Action.WAIT),
    "30002": _fault("Our Twilio account is suspended.", Action.TELL_ADMIN),
    "30003": _fault("The phone is switched off or out of reach.", Action.CALL_INSTEAD),
    "30004": _fault("The number, or its carrier, blocks messages from us.", Action.CALL_INSTEAD),
    "30005": _fault("The number is unknown and may no longer exist.", Action.ASK_OTHER_NUMBER),
    "30006": _fault(
        "The number is a landline, or its carrier cannot be reached: a call may work.", Action.CALL_INSTEAD
    ),
    "30007": _fault("The carrier filtered the text as unwanted.", Action.TELL_ADMIN),
    "30008": _fault("The text was not delivered; the carrier gave no reason.", Action.CALL_INSTEAD),
    "30011": _fault("Pictures cannot be sent to this number as a text.", Action.CHANGE_FILE),
    "30019": _fault("The files are larger than the carrier takes.", Action.CHANGE_FILE),
    "30022": _fault("Our campaign sends more texts than the carrier allows.", Action.WAIT),
    "30032": _fault("Our toll-free number is not verified.", Action.TELL_ADMIN),
    "30034": _fault("Our number is not registered for texts to the United States (A2P 10DLC).", Action.TELL_ADMIN),
    "63003": _fault("The number is not on WhatsApp.", Action.CALL_INSTEAD),
    "63005": _fault("WhatsApp does not take this content.", Action.CHANGE_FILE),
    "63007": _fault("Our number is no WhatsApp sender of our Twilio account.", Action.TELL_ADMIN),
    "63013": _fault("The message is against WhatsApp's policy.", Action.TELL_ADMIN),
    "63016": _fault("The customer has not written on WhatsApp for 24 hours.", Action.USE_TEMPLATE),
    "63018": _fault("WhatsApp asks our number to slow down.", Action.WAIT),
    "63019": _fault("WhatsApp could not fetch the file: send it again.", Action.CHANGE_FILE),
    "63021": _fault("WhatsApp found something wrong with the content.", Action.CHANGE_FILE),
    "63024": _fault("The number cannot get WhatsApp messages.", Action.CALL_INSTEAD),
    "63032": _fault("WhatsApp does not let us write to this customer now.", Action.CALL_INSTEAD),
    "63041": _fault("WhatsApp has paused the template.", Action.TELL_ADMIN),
    "63042": _fault("WhatsApp has disabled the template.", Action.TELL_ADMIN),
    "63049": _fault("WhatsApp held the message back: the customer gets enough of this kind.", Action.WAIT),
}

RETRIED_ONCE: Final = frozenset({"30003", "30008"})
"""Failures on the way that may pass: such a text is sent a second time, later, and never a third time."""

OPT_OUT: Final = "21610"
THROTTLED: Final = "20429"

_REFUSED_HERE: Final = "opted_out"
"""`domain.consent.OptedOut.code`: our own ledger refused the text before Twilio was asked."""


def action_for(code: str, *, is_retried: bool) -> Action:
    """What to do about a text with `code`; nothing, where there is none. `is_retried`: our second try is on its way."""
    if is_retried:
        return Action.RETRIED
    if code == _REFUSED_HERE:
        return Action.OPTED_OUT
    fault = FAULTS.get(code)
    return fault.action if fault else Action.NONE
