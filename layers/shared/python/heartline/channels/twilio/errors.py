"""Twilio's error codes in plain words, and which of them may be tried again.

Source: https://www.twilio.com/docs/api/errors
"""

from typing import Final

from heartline.domain.text_faults import FAULTS

AGAIN_LATER: Final = {"20003", "20429", "30001", "30002"}
"""Refusals that are about us and not about the text: nothing was sent, and a later try may succeed."""


def explained(code: str) -> str:
    """The code and its meaning in one line; a code that the table has not is shown as it is, none is empty."""
    return f"{code} {meaning_of(code)}".strip()


def meaning_of(code: str) -> str:
    """What a code means, or nothing where the table has it not."""
    return FAULTS[code].meaning if code in FAULTS else ""
