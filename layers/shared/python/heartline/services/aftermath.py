"""What follows from a mail once it is stored: blocked addresses, and an automatic answer.

It runs again when a mail is delivered again, so each part does nothing the second time.
"""

from dataclasses import dataclass
from typing import Protocol

from heartline.domain.intake import Arrival
from heartline.domain.reports import Reported
from heartline.domain.suppressions import Cause, Suppression
from heartline.services.auto_reply import AutoReply


class Blocks(Protocol):
    """Where addresses are blocked."""

    def block(self, suppression: Suppression) -> None:
        """Block an address; one that is blocked already keeps its first reason."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """Called with every mail that is stored, whether now or before, and its conversation."""

    blocks: Blocks
    auto_reply: AutoReply

    def __call__(self, arrival: Arrival, conversation: str) -> None:
        if arrival.reported is not None:
            self._block(arrival, arrival.reported)
        self.auto_reply(arrival, conversation)

    def _block(self, arrival: Arrival, about: Reported) -> None:
        """What a report says of an address counts only for a message that we sent there (`domain.reports`)."""
        for bounce in about.hopeless:
            self.blocks.block(
                Suppression(
                    address=bounce.recipient.lower(),
                    cause=Cause.BOUNCE,
                    at=arrival.at,
                    diagnostic=bounce.diagnostic or bounce.status,
                    conversation=about.after.conversation,
                    message=about.after.id,
                )
            )
