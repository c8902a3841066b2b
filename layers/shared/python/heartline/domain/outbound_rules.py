"""What a company sets for everything that it sends or dials: where to, how much, when, and what it costs.

Every rule has a default that is safe without configuration; `docs/configuration.md` describes the fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from heartline.domain.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundRules:
    """`countries` (ISO 3166) are where texts and calls may go; empty means the countries of the inboxes.

    `premium` lets numbers that earn by a call pass. `texts_per_contact` and `texts_per_day` are how many texts a
    number, and all numbers together, may get in a day (UTC); 0 means no cap. `quiet_hours` and `prices` are by country;
    a price is for one segment, in `currency` (ISO 4217), and only ever an estimate. `retry_after` is how long a text
    waits that is sent once more because the phone was out of reach.
    """

    countries: tuple[str, ...] = ()
    premium: bool = False
    texts_per_contact: int = 50
    texts_per_day: int = 5000
    quiet_hours: Mapping[str, QuietHours] = field(default_factory=dict)
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    currency: str = "USD"
    retry_after: timedelta = timedelta(minutes=5)
