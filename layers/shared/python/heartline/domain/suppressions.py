"""Addresses that get no mail from us any more: nothing arrives there, or its owner called our mail spam."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from heartline.domain.errors import Refused


class Cause(StrEnum):
    """Why an address is blocked."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A blocked address, in lower case. `conversation` and `message` name the mail of ours that brought it about."""

    address: str
    cause: Cause
    at: datetime
    diagnostic: str = ""
    conversation: str = ""
    message: str = ""

    @property
    def reason(self) -> str:
        """Why and since when, in plain words."""
        day = self.at.strftime("%Y-%m-%d")
        if self.cause is Cause.COMPLAINT:
            return f"its owner reported our mail as spam on {day}"
        told = f": {self.diagnostic}" if self.diagnostic else ""
        return f"a mail to it came back for good on {day}{told}"


class Blocked(Refused):
    """A mail has recipients that are blocked; it says who, why, and what to do."""

    code = "blocked"

    def __init__(self, blocked: tuple[Suppression, ...]) -> None:
        told = "; ".join(f"{entry.address} ({entry.reason})" for entry in blocked)
        super().__init__(f"Blocked: {told}. Leave the address out, or ask a lead to lift the block.")
        self.blocked = blocked
