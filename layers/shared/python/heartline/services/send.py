"""Carries out intents: claims before it calls the provider, and never calls twice for one intent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from heartline.domain.consent import OptedOut, pairs_of
from heartline.domain.errors import Refused, Throttled, Unavailable, Uncertain
from heartline.domain.messages import Channel, DeliveryStatus
from heartline.domain.outbound import ClaimResult, Intent
from heartline.domain.suppressions import Blocked
from heartline.domain.text_faults import OPT_OUT, THROTTLED
from heartline.services.consent import KeepConsent
from heartline.services.outbound_ports import Suppressions
from heartline.services.ports import Clock, OutboxStore, Sender

LEASE: Final = timedelta(seconds=45)
"""Longer than the sender function may run, shorter than the queue hides a message from the next receiver."""

FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=15)
"""How long a text waits when the provider asks for time: twice as long each time; a queue cannot delay for longer."""

MOST_POSTPONED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """`attempt` draws a random id for each try: it tells our own claim from another's."""

    store: OutboxStore
    suppressions: Suppressions
    consent: KeepConsent
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
            return self._refused(intent, refused)
        except Throttled as throttled:
            return self._postponed(intent, throttled)
        except Unavailable:
            self.store.release(intent)
            raise
        except Uncertain as uncertain:
            return self._end(intent, DeliveryStatus.UNKNOWN, str(uncertain))
        self.store.sent(intent, provider_id=provider_id, aliases=aliases)
        return DeliveryStatus.SENT

    def _check(self, intent: Intent) -> None:
        """Raise `Blocked` or `OptedOut` if that became so of somebody whom it goes to since it was submitted."""
        if intent.channel is Channel.SMS:
            consents = self.consent.store.consents(pairs_of(intent.sender, intent.service, intent.recipient))
            for consent in consents:
                if consent.is_out:
                    raise OptedOut(consent)
        mail = intent.mail
        if mail is None:
            return
        blocked = self.suppressions.blocked([entry.address.lower() for entry in mail.everyone])
        if blocked:
            raise Blocked(blocked)

    def _refused(self, intent: Intent, refused: Refused) -> DeliveryStatus:
        """End it; what Twilio knows of the customer's wish is noted first, for the end is only written once."""
        if refused.reason == OPT_OUT and intent.channel is Channel.SMS:
            pairs = pairs_of(intent.sender, intent.service, intent.recipient)
            self.consent.refused(pairs[:1], once=intent.id)
        reason = f"{refused.reason} {refused}".strip()
        return self._end(intent, DeliveryStatus.FAILED, reason, code=refused.reason or refused.code)

    def _postponed(self, intent: Intent, throttled: Throttled) -> DeliveryStatus:
        """Leave it for as long as the provider asks, and longer each time; it does not go on for ever."""
        if intent.tries >= MOST_POSTPONED:
            return self._end(intent, DeliveryStatus.FAILED, str(throttled), code=THROTTLED)
        seconds = max(throttled.retry_after, FIRST_PAUSE.total_seconds() * 2**intent.tries)
        self.store.postpone(intent, until=self.clock() + min(timedelta(seconds=seconds), LONGEST_PAUSE))
        return DeliveryStatus.QUEUED

    def _end(self, intent: Intent, status: DeliveryStatus, reason: str, *, code: str = "") -> DeliveryStatus:
        self.store.ended(intent, status, reason=reason, code=code)
        return status
