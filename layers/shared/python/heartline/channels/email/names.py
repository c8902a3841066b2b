"""What our own mail is known by when it, or an answer to it, comes back: names that reading and sending share."""

from hashlib import sha256
from typing import Final

from heartline.domain.threading import normalised_subject

LOOP_HEADER: Final = "X-Heartline-Loop"
"""The header of an automatic mail of ours; its value is signed."""

INTENT_TAG: Final = "intent"
"""The tag that a mail is sent with; SES repeats it in every event about the mail."""


def alias(inbox: str, message_id: str) -> str:
    """The name by which a later mail to this inbox finds a message."""
    return f"mail:{inbox}:{message_id}"


def subject_alias(inbox: str, sender: str, subject: str) -> str:
    """The name by which the subject rule finds the sender's latest mail; a digest, for both are the sender's words."""
    words = f"{sender.lower()}\x00{normalised_subject(subject)}"
    return f"mail-subject:{inbox}:{sha256(words.encode(errors='surrogatepass')).hexdigest()[:40]}"
