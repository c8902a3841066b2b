"""Brings stored messages up to what the present code makes of their raw mails: unread ones, and old HTML."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from heartline.domain.errors import NotFound
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Message
from heartline.domain.rework import improved, is_behind, resanitised
from heartline.services.ports import Configuration, MessageReference

KNOWN: Final = "known"
IMPROVED: Final = "improved"
RESANITISED: Final = "resanitised"


class ReworkStore(Protocol):
    """Messages that are made anew."""

    def message(self, reference: MessageReference) -> Message | None: ...

    def replace(self, before: Message, after: Message, aliases: Sequence[str] = ()) -> bool:
        """Write `after` over `before` under its id, and `aliases` that lead to it; False if it moved meanwhile."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rework:
    """`read` is the mail channel's: a raw mail as it would come to an inbox now, by the sanitiser of `version`."""

    read: Callable[[str, datetime, Inbox], Arrival]
    version: int
    store: ReworkStore
    configuration: Configuration

    def __call__(self, raw_key: str, messages: Mapping[str, MessageReference]) -> str:
        """Rework the messages of a raw mail, by event; answers the greatest of what was done."""
        done = {self._rework(raw_key, event, reference) for event, reference in messages.items()}
        return next((result for result in (IMPROVED, RESANITISED) if result in done), KNOWN)

    def _rework(self, raw_key: str, event: str, reference: MessageReference) -> str:
        stored, inbox = self.store.message(reference), self._inbox(event)
        if stored is None or inbox is None or not is_behind(stored, self.version):
            return KNOWN
        try:
            arrival = self.read(raw_key, stored.at, inbox)
        except NotFound:  # its raw mail was deleted: what is shown stays as it is
            return KNOWN
        better, safer = improved(stored, arrival), resanitised(stored, arrival)
        if better is not None:
            return IMPROVED if self.store.replace(stored, better, arrival.aliases) else KNOWN
        return RESANITISED if safer is not None and self.store.replace(stored, safer) else KNOWN

    def _inbox(self, event: str) -> Inbox | None:
        wanted = event.partition("#")[0]
        return self.configuration.company().inbox(wanted)
