"""What texts cost, as far as the configuration says; only ever an estimate, for carriers and Twilio decide. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """`amount` in units of `currency` (ISO 4217)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def estimate(segments: int, country: str, prices: Mapping[str, Decimal], currency: str) -> Money | None:
    """What a text of so many segments costs there; None where no price is configured."""
    price = prices.get(country)
    return None if price is None else Money(amount=price * segments, currency=currency)
