"""What our own mail is known by when it, or an answer to it, comes back: names that reading and sending share."""

from typing import Final

LOOP_HEADER: Final = "X-Heartline-Loop"
"""The header of an automatic mail of ours; its value is signed."""

INTENT_TAG: Final = "intent"
"""The tag that a mail is sent with; SES repeats it in every event about the mail."""
