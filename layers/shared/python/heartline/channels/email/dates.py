"""Date headers, from RFC 5322 to what broken programs write, as aware UTC times."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import Final

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_COMMENT: Final = re.compile(r"\([^()]*\)")
_NESTED_COMMENTS: Final = 3
_AROUND_COLON: Final = re.compile(r"\s*:\s*")
_ZONE: Final = re.compile(r"\s*(?:(?:GMT|UTC)?([+-][01]\d):?(\d{2})|(?:GMT|UTC)([+-]\d)|([A-Z]{3,4})(?:\d[A-Z]{3})?)\Z")
_ZONES: Final = {
    "BST": "+0100", "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300", "JST": "+0900",
    "KST": "+0900", "AEST": "+1000", "AEDT": "+1100", "UTC": "+0000",
}  # fmt: skip
"""Names that the standard library does not know and that mean one thing only in practice."""
_OFFSET_LIMIT: Final = 14 * 3600
_YEARS_SINCE: Final = 1900


def parse_date(text: str) -> datetime | None:
    """The moment in UTC; nothing where the header names none. A missing or impossible zone counts as UTC."""
    plain = text[:200]
    for _ in range(_NESTED_COMMENTS):
        plain = _COMMENT.sub(" ", plain)
    plain = _ZONE.sub(_offset, _AROUND_COLON.sub(":", plain).strip())
    if _ISO.match(plain):
        return _iso(plain)
    try:
        parsed = parsedate_tz(plain)
        return _moment(parsed) if parsed else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _offset(zone: re.Match[str]) -> str:
    """The zone in the form of RFC 5322, section 3.3."""
    hours, minutes, hour, name = zone.groups()
    if name:
        return f" {_ZONES.get(name, name)}"
    return f" {hours}{minutes}" if hours else f" {hour[0]}0{hour[1]}00"


def _iso(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(parsed: tuple[int, int, int, int, int, int, int, int, int, int | None]) -> datetime:
    year, month, day, hour, minute, second = parsed[:6]
    year += _YEARS_SINCE if 100 <= year < 1000 else 0  # years since 1900, by programs that print them raw
    at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    offset = parsed[9] or 0
    return at - timedelta(seconds=offset if abs(offset) <= _OFFSET_LIMIT else 0)
