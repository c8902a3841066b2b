"""Follows what the provider reports of a message on its way; reports come late, twice and out of order."""

from dataclasses import dataclass
from typing import Protocol

from heartline.domain.messages import DeliveryStatus
from heartline.services.ports import Clock, TrackStore


class DeliveryReport(Protocol):
    """One report, read from the provider's form; `provider_id` is in the form of `storage.keys.alias`."""

    @property
    def provider_id(self) -> str: ...

    @property
    def status(self) -> DeliveryStatus: ...

    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Moves a message's state, never backwards."""

    store: TrackStore
    clock: Clock

    def __call__(self, report: DeliveryReport) -> bool:
        """Apply a report; True if it changed the message."""
        return self.store.advance(report.provider_id, report.status, reason=report.reason, at=self.clock())
