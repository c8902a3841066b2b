"""Times as the table stores them, both directions."""

from datetime import UTC, datetime

from heartline.storage import keys


def instant(at: datetime | None) -> str | None:
    """`keys.instant`, where there may be no time."""
    return keys.instant(at) if at else None


def moment(text: str) -> datetime:
    """Read what `keys.instant` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
