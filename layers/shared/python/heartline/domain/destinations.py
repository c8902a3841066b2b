"""Where a text or a call of ours may go: to people in the countries that we serve, and never to a number that earns.

It decides about a `Line`; what a number is, `channels.twilio.lines.line_of` looks up: numbering plans are not here.
Pumped traffic to premium and satellite numbers is the usual fraud: https://www.twilio.com/docs/usage/toll-fraud
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from heartline.domain.errors import Refused
from heartline.domain.phones import E164


class LineKind(StrEnum):
    """What a numbering plan says that a number is for."""

    LANDLINE = "landline"
    MOBILE = "mobile"
    LANDLINE_OR_MOBILE = "landline or mobile"
    TOLL_FREE = "toll-free"
    INTERNET = "internet"
    PREMIUM = "premium rate"
    SHARED_COST = "shared cost"
    SATELLITE = "satellite"
    PERSONAL = "personal number"
    PAGER = "pager"
    COMPANY = "company-wide number"
    VOICEMAIL = "voicemail access"
    UNKNOWN = "unknown"


_EARNS: Final = frozenset({LineKind.PREMIUM, LineKind.SHARED_COST, LineKind.SATELLITE, LineKind.PERSONAL})
"""Whoever owns such a number may earn by every call and text to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number and what its numbering plan says of it.

    `country` is ISO 3166, "001" beyond all countries, and empty if it is unknown.
    """

    number: str
    country: str
    kind: LineKind


LookUp = Callable[[str], Line]
"""Looks a number up; implemented by `channels.twilio.lines.line_of`."""


class NotServed(Refused):
    """A number that nothing of ours may go to; says why."""

    code = "destination"


def why_not(line: Line, countries: Collection[str], *, premium: bool = False) -> str:
    """Why nothing may go to `line`, in one sentence; empty if it may. `countries` are the ones that the company serves.

    `premium` lets numbers that earn pass, in those countries.
    """
    if not E164.fullmatch(line.number):
        return f"“{line.number}” is a short code or a name, which cannot be called or replied to."
    if line.kind in _EARNS and not premium:
        return f"{line.number} is a {line.kind} number: calls and texts there can be dear, so they are blocked."
    if line.country not in countries:
        where = f"in {line.country}" if line.country.isalpha() else "in a country that cannot be told"
        served = ", ".join(sorted(countries))
        return f"{line.number} is {where}, and we write and call to {served} only. An admin can add a country."
    return ""


def check(line: Line, countries: Collection[str], *, premium: bool = False) -> None:
    """Raise `NotServed` if nothing may go to `line`."""
    if reason := why_not(line, countries, premium=premium):
        raise NotServed(reason)
