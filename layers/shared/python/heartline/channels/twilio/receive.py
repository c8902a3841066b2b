"""Takes in a message as the webhook queued it: what the channels behind one webhook have in common."""

import zlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from heartline.channels.twilio.texts import names_a_text
from heartline.domain.errors import AlreadyStored
from heartline.domain.held import NO_IDENTITY, NO_NUMBER, Held, ending
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival, matching_inboxes
from heartline.domain.messages import Channel
from heartline.observability import count
from heartline.services.ingest import Ingest
from heartline.services.ports import Configuration, IntakeStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveForm(ABC):
    """From the queued webhook to a stored message; what no inbox owns, and what has no id, is held, never refused.

    A channel says which one it is, and how its form is read.
    """

    channel: ClassVar[Channel]

    configuration: Configuration
    ingest: Ingest
    store: IntakeStore

    def __call__(self, event: Mapping[str, Any]) -> None:
        """`event` is {"body": the form as sent, "received_at": RFC 3339, …}."""
        body, at = event["body"], datetime.fromisoformat(event["received_at"])
        inboxes = self._owners(body)
        if not inboxes:
            self._hold(self.held(body, at=at, reason=NO_NUMBER))
        elif not names_a_text(body):
            self._hold(self.held(body, at=at, reason=NO_IDENTITY, inbox=inboxes[0].id))
        else:
            self.ingest(self.parsed(body, inboxes[0], at=at))

    def release(self, held: Held, inboxes: Sequence[Inbox]) -> tuple[str, ...]:
        """Implements `services.hold.TakeIn`; a message goes to one inbox, as it does when it comes."""
        body = zlib.decompress(held.raw).decode()
        arrivals = tuple(self.parsed(body, inbox, at=held.at) for inbox in (inboxes or self._owners(body))[:1])
        for arrival in ending(arrivals, held):
            self.ingest(arrival)
        return tuple(arrival.event for arrival in arrivals)

    @abstractmethod
    def parsed(self, body: str, inbox: Inbox, *, at: datetime) -> Arrival:
        """Read the form of a message that came to `inbox`."""

    @abstractmethod
    def held(self, body: str, *, at: datetime, reason: str, inbox: str = "") -> Held:
        """What the held list shows of a message that cannot be taken in."""

    @abstractmethod
    def recipients(self, body: str) -> tuple[str, ...]:
        """Our addresses that the message was sent to, the best first."""

    def _owners(self, body: str) -> tuple[Inbox, ...]:
        return matching_inboxes(self.configuration.company().inboxes, self.channel, self.recipients(body))

    def _hold(self, held: Held) -> None:
        try:
            self.store.hold(held)
        except AlreadyStored:
            return
        count("Held")
