"""Carries out intents: claims before it calls the provider, and never calls twice for one intent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from heartline.domain.errors import Refused, Unavailable, Uncertain
from heartline.domain.messages import Channel, DeliveryStatus
from heartline.domain.outbound import ClaimResult, Intent
from heartline.domain.suppressions import Blocked
from heartline.services.outbound_ports import Suppressions
from heartline.services.ports import Clock, OutboxStore, Sender

LEASE: Final = timedelta(seconds=45)
"""Longer than the sender function may run, shorter than the queue hides a message from the next receiver."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """`attempt` draws a random id for each try: it tells our own claim from another's."""

    store: OutboxStore
    suppressions: Suppressions
    senders: Mapping[Channel, Sender]
    clock: Clock
    attempt: Callable[[], str]

    def __call__(self, intent_id: str) -> DeliveryStatus | None:
        """Send one intent; answers what became of it, or None where there was nothing to do.

        Raises `Unavailable` while another sender holds the intent, or when the provider took nothing and a later try
        may succeed: the queue asks again.
        """
        now, attempt = self.clock(), self.attempt()
        claim = self.store.claim(intent_id, attempt=attempt, now=now, lease_until=now + LEASE)
        match claim.result:
            case ClaimResult.DONE:
                self.store.settle(intent_id)
                return None
            case ClaimResult.BUSY:
                raise Unavailable("another sender holds the intent")
            case ClaimResult.ABANDONED:
                return self._end(claim.intent, DeliveryStatus.UNKNOWN, "The sender stopped in the middle of sending.")
        return self._send(replace(claim.intent, attempt=attempt))

    def _send(self, intent: Intent) -> DeliveryStatus:
        try:
            self._check(intent)
            provider_id, aliases = self.senders[intent.channel].send(intent)
        except Refused as refused:
            return self._end(intent, DeliveryStatus.FAILED, f"{refused.reason} {refused}".strip())
        except Unavailable:
            self.store.release(intent)
            raise
        except Uncertain as uncertain:
            return self._end(intent, DeliveryStatus.UNKNOWN, str(uncertain))
        self.store.sent(intent, provider_id=provider_id, aliases=aliases)
        return DeliveryStatus.SENT

    def _check(self, intent: Intent) -> None:
        """Raise `Blocked` if somebody whom the mail goes to was blocked since it was submitted."""
        mail = intent.mail
        if mail is None:
            return
        blocked = self.suppressions.blocked([entry.address.lower() for entry in mail.everyone])
        if blocked:
            raise Blocked(blocked)

    def _end(self, intent: Intent, status: DeliveryStatus, reason: str) -> DeliveryStatus:
        self.store.ended(intent, status, reason=reason)
        return status
