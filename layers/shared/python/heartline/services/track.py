"""Follows what the provider reports of a message on its way; reports come late, twice and out of order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from heartline.domain.consent import pairs_of
from heartline.domain.messages import DeliveryStatus
from heartline.domain.phones import E164
from heartline.domain.progress import Progress
from heartline.domain.text_faults import OPT_OUT, RETRIED_ONCE
from heartline.services.consent import KeepConsent
from heartline.services.ports import Clock, Configuration, TrackStore

_FAILURES: Final = frozenset({DeliveryStatus.UNDELIVERED, DeliveryStatus.FAILED})


class DeliveryReport(Protocol):
    """One report, read from the provider's form; `provider_id` is in the form of `storage.keys.alias`.

    `sender` and `recipient` are the numbers of the message, `service` the messaging service that sent it, or empty.
    """

    @property
    def provider_id(self) -> str: ...

    @property
    def status(self) -> DeliveryStatus: ...

    @property
    def reason(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def sender(self) -> str: ...

    @property
    def recipient(self) -> str: ...

    @property
    def service(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Moves a message's state, never backwards; hears from it who has opted out, and what is worth a second try."""

    store: TrackStore
    consent: KeepConsent
    configuration: Configuration
    clock: Clock

    def __call__(self, report: DeliveryReport) -> bool:
        """Apply a report; True if it changed the message."""
        if report.code == OPT_OUT and E164.fullmatch(report.recipient):  # an address of WhatsApp is no text's
            pairs = pairs_of(report.sender, report.service, report.recipient)
            self.consent.refused(pairs[:1], once=report.provider_id)
        now = self.clock()
        return self.store.advance(
            Progress(
                provider_id=report.provider_id,
                status=report.status,
                reason=report.reason,
                at=now,
                code=report.code,
                again_at=self._again_at(report, now),
            )
        )

    def _again_at(self, report: DeliveryReport, now: datetime) -> datetime | None:
        """When a text that failed on the way is sent once more, if that may help."""
        if report.status not in _FAILURES or report.code not in RETRIED_ONCE:
            return None
        return now + self.configuration.company().outbound.retry_after
