"""What becomes of a mail by its recipient: the test addresses of SES's mailbox simulator, also with a label. Pure.

Source: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
"""

from enum import StrEnum
from typing import Final

SIMULATOR_DOMAIN: Final = "simulator.amazonses.com"


class Reaction(StrEnum):
    """How the receiving side answers."""

    DELIVERED = "success"
    BOUNCED = "bounce"
    SUPPRESSED = "suppressionlist"
    COMPLAINED = "complaint"
    OUT_OF_OFFICE = "ooto"


def reaction_to(recipient: str) -> Reaction:
    """`bounce+anything@simulator.amazonses.com` bounces, and so on; every other address takes what it gets."""
    local, _, domain = recipient.lower().rpartition("@")
    name = local.partition("+")[0]
    known = domain == SIMULATOR_DOMAIN and name in set(Reaction)
    return Reaction(name) if known else Reaction.DELIVERED
