"""What is held back until a person decides: an event that belongs to no inbox, or an automatic mail over a cap."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from heartline.domain.errors import NotFound
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel, Direction

NO_ADDRESS = "No inbox has this address."
NO_NUMBER = "No inbox has this number."
NO_IDENTITY = "The provider signed it, but gave it no id."


class HeldState(StrEnum):
    """What became of it: one that is `RELEASING` was decided on and is on its way; what has ended is not listed."""

    HELD = "held"
    RELEASING = "releasing"
    RELEASED = "released"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One thing that waits for a decision.

    `key` names it among those of its direction: the event's id (inbound), or `auto:<message id>` of the message that
    would be answered (outbound). `inbox` is empty where none owns it. An inbound one has its raw form: compressed
    bytes, or the key of the raw mail. An outbound one names its `conversation` and the `message` that it answers; a
    text has its words in `raw`.
    `by` is who decided, `goes_to` the inbox that a release takes it to (empty: whichever has its address by then).
    """

    key: str
    channel: Channel
    direction: Direction
    at: datetime
    reason: str
    inbox: str = ""
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    preview: str = ""
    raw: bytes = field(default=b"", repr=False)
    raw_pointer: str = ""
    conversation: str = ""
    message: str = ""
    state: HeldState = HeldState.HELD
    by: str = ""
    goes_to: str = ""

    @property
    def id(self) -> str:
        """The word by which a URL names it: letters, digits, `-` and `_`."""
        channel = self.channel if self.direction is Direction.INBOUND else ""
        return urlsafe_b64encode(f"{channel}#{self.key}".encode()).decode().rstrip("=")


def named_by(held_id: str) -> tuple[str, str]:
    """The channel (empty for an outbound one) and the key in an id; `NotFound` for a word that is no id of ours."""
    try:
        channel, _, key = urlsafe_b64decode(held_id + "=" * (-len(held_id) % 4)).decode().partition("#")
    except ValueError as error:
        raise NotFound("There is nothing held under this id.") from error
    return channel, key


def ending(arrivals: Sequence[Arrival], held: Held) -> tuple[Arrival, ...]:
    """The same arrivals, of which the last ends the held entry: until all are in, it can be released again."""
    if not arrivals:
        return ()
    *others, last = arrivals
    return (*others, replace(last, ends=held.key))
