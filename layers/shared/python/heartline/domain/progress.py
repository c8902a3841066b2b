"""How far the provider says that a message has come."""

from dataclasses import dataclass
from datetime import datetime

from heartline.domain.messages import DeliveryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One report, received `at`. `code` is the provider's word for a failure, `reason` that and its meaning, or empty.

    `again_at` is when a message that failed so is sent once more; None where that would be of no use.
    """

    provider_id: str
    status: DeliveryStatus
    reason: str
    at: datetime
    code: str = ""
    again_at: datetime | None = None
