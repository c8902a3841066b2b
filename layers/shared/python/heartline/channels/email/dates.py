"""Date headers, from RFC 5322 to what broken programs write, as aware UTC times."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import Final

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_COMMENT: Final = re.compile(r"\([^()]*\)")
_AROUND_COLON: Final = re.compile(r"\s*:\s*")
_OFFSET_LIMIT: Final = 14 * 3600


def parse_date(text: str) -> datetime | None:
    """The moment in UTC; nothing where the header names none. A missing or impossible zone counts as UTC."""
    plain = _AROUND_COLON.sub(":", _COMMENT.sub(" ", text[:200])).strip()
    if _ISO.match(plain):
        return _iso(plain)
    try:
        parsed = parsedate_tz(plain)
        return _moment(parsed) if parsed else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(parsed: tuple[int, int, int, int, int, int, int, int, int, int | None]) -> datetime:
    year, month, day, hour, minute, second = parsed[:6]
    at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    offset = parsed[9] or 0
    return at - timedelta(seconds=offset if abs(offset) <= _OFFSET_LIMIT else 0)
