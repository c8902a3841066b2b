"""Takes in what was held of a call: the missed call that it was, or its recording, for whoever wants it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from heartline.channels.voice.parse import parse_held
from heartline.channels.voice.recording import parse_held_recording
from heartline.domain.held import Held, ending
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival, matching_inboxes
from heartline.domain.messages import Channel
from heartline.services.call_held import missed_call
from heartline.services.ingest import Ingest
from heartline.services.ports import Configuration
from heartline.services.recording_ports import KnownCalls, RecordingReport
from heartline.services.recordings import recorded, recording_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCall:
    """Implements `services.hold.TakeIn`."""

    configuration: Configuration
    ingest: Ingest
    calls: KnownCalls

    def __call__(self, held: Held, inboxes: Sequence[Inbox]) -> tuple[str, ...]:
        report = parse_held_recording(held.raw)
        arrivals = self._recording(held, report, inboxes) if report else self._missed_call(held, inboxes)
        for arrival in ending(arrivals, held):
            self.ingest(arrival)
        return tuple(arrival.event for arrival in arrivals)

    def _missed_call(self, held: Held, inboxes: Sequence[Inbox]) -> tuple[Arrival, ...]:
        request = parse_held(held.raw)
        owners = matching_inboxes(self.configuration.company().inboxes, Channel.VOICE, [request.number])
        return tuple(missed_call(held, request, inbox) for inbox in (inboxes or owners)[:1])

    def _recording(self, held: Held, report: RecordingReport, inboxes: Sequence[Inbox]) -> tuple[Arrival, ...]:
        """Its call may be known by now; an inbox of its own it has then, but a person may name another."""
        call = self.calls.call(report.call)
        owners = [inbox for inbox in self.configuration.company().inboxes if call and inbox.id == call.inbox]
        return tuple(
            recorded(
                report,
                recording_of(call, report, inbox=inbox.id, rules=inbox.voice_rules.recording, at=held.at),
                inbox=inbox,
                call=call,
            )
            for inbox in (inboxes or owners)[:1]
        )
