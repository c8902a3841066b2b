"""Takes in a call that was held: the missed call that it was, for whoever has its number now."""

from collections.abc import Sequence
from dataclasses import dataclass

from heartline.channels.voice.parse import parse_held
from heartline.domain.held import Held, ending
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import matching_inboxes
from heartline.domain.messages import Channel
from heartline.services.call_held import missed_call
from heartline.services.ingest import Ingest
from heartline.services.ports import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCall:
    """Implements `services.hold.TakeIn`."""

    configuration: Configuration
    ingest: Ingest

    def __call__(self, held: Held, inboxes: Sequence[Inbox]) -> tuple[str, ...]:
        request = parse_held(held.raw)
        owners = matching_inboxes(self.configuration.company().inboxes, Channel.VOICE, [request.number])
        arrivals = tuple(missed_call(held, request, inbox) for inbox in (inboxes or owners)[:1])
        for arrival in ending(arrivals, held):
            self.ingest(arrival)
        return tuple(arrival.event for arrival in arrivals)
