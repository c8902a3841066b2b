"""Takes in a text as the webhook queued it."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heartline.channels.sms.parse import message_sid, parse_text, recipients
from heartline.domain.errors import AlreadyStored
from heartline.domain.intake import matching_inboxes
from heartline.domain.messages import Channel
from heartline.observability import count
from heartline.services.ingest import Ingest
from heartline.services.ports import Configuration, IntakeStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveText:
    """From the queued webhook to a stored message; what no inbox owns is held, never refused."""

    configuration: Configuration
    ingest: Ingest
    store: IntakeStore

    def __call__(self, event: Mapping[str, Any]) -> None:
        """`event` is {"body": the form as sent, "received_at": RFC 3339, …}."""
        body, at = event["body"], datetime.fromisoformat(event["received_at"])
        inboxes = matching_inboxes(self.configuration.company().inboxes, Channel.SMS, recipients(body))
        if not inboxes:
            self._hold(body, at)
        else:
            self.ingest(parse_text(body, inboxes[0], at=at))

    def _hold(self, body: str, at: datetime) -> None:
        raw = zlib.compress(body.encode())
        try:
            self.store.hold(
                channel=Channel.SMS,
                event=message_sid(body),
                raw=raw,
                raw_pointer="",
                reason="No inbox has this number.",
                at=at,
            )
        except AlreadyStored:
            return
        count("Held")
