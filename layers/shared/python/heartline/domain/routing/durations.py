"""Spans of time as people say them, rounded. Pure."""

from typing import Final

_UNITS: Final = ((1, "s", 90), (60, "min", 90), (3600, "h", 36))
"""Seconds in a unit, its name, and up to how many of them are told in it."""

_DAY: Final = 24 * 3600


def span(seconds: float) -> str:
    """Such as “40 s”, “12 min”, “3 h” or “5 days”; what has begun is never nothing."""
    for size, name, most in _UNITS:
        count = max(round(seconds / size), 1)
        if count <= most:
            return f"{count} {name}"
    return f"{round(seconds / _DAY)} days"


def ago(seconds: float) -> str:
    """Such as “4 min ago”."""
    return f"{span(seconds)} ago" if seconds >= 1 else "just now"
