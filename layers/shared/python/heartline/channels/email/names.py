"""What our own mail is known by when it, or an answer to it, comes back: names that reading and sending share."""

from typing import Final

LOOP_HEADER: Final = "X-Heartline-Loop"
"""The header of an automatic mail of ours; its value is signed."""


def alias(inbox: str, message_id: str) -> str:
    """The name by which a later mail to this inbox finds a message."""
    return f"mail:{inbox}:{message_id}"
