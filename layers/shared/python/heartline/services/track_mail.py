"""Follows a mail of ours on its way: its state, each recipient's fate, and who gets no more mail from us."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from heartline.domain.errors import Contended, Unavailable
from heartline.domain.reports import Reported
from heartline.domain.suppressions import Cause, Suppression
from heartline.domain.tracking import MailEvent, tracked
from heartline.services.outbound_ports import SentMails
from heartline.services.ports import Clock

TRIES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackMail:
    """`count` raises a metric by a number: AWS reviews an account by its share of bounces and complaints.

    An event that comes twice is counted twice, which is rare enough for a share.
    """

    store: SentMails
    clock: Clock
    count: Callable[[str, int], None]

    def __call__(self, event: MailEvent) -> bool:
        """Apply an event; True if it changed the message. Raises `Unavailable` if the ground kept moving."""
        if event.metric:
            self.count(event.metric, event.mails)
        for _ in range(TRIES):
            message = self.store.message_of(event.intent)
            head = self.store.head_of(message)
            about = tracked(message, head, event)
            if about.after == about.before:
                return False
            try:
                self.store.note(about, head, tuple(self._blocked(about, event)))
            except Contended:
                continue
            return True
        raise Unavailable("The message keeps changing; the event is tried again.")

    def _blocked(self, about: Reported, event: MailEvent) -> Iterator[Suppression]:
        """Whoever complained, and every address that nothing will ever arrive at; a full mailbox is no reason."""
        message = about.before
        of_ours = {address.lower() for address in message.recipients}
        given_up = tuple(bounce for bounce in event.recipients if bounce.recipient in event.hopeless)
        causes = {bounce.recipient.lower(): bounce.diagnostic for bounce in (*about.hopeless, *given_up)}
        for address, diagnostic in causes.items():
            if address in of_ours:
                yield self._suppression(address, Cause.BOUNCE, about, diagnostic)
        for address in dict.fromkeys(address.lower() for address in event.complaints):
            if address in of_ours and address not in causes:
                yield self._suppression(address, Cause.COMPLAINT, about, "")

    def _suppression(self, address: str, cause: Cause, about: Reported, diagnostic: str) -> Suppression:
        message = about.before
        return Suppression(
            address=address,
            cause=cause,
            at=self.clock(),
            diagnostic=diagnostic,
            conversation=message.conversation,
            message=message.id,
        )
