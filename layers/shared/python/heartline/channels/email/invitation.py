"""An invitation (`text/calendar`, RFC 5545) in a few plain lines, for a mail that says nothing else."""

import re
from typing import Final

_FOLD: Final = re.compile(r"\r?\n[ \t]")
_PROPERTY: Final = re.compile(r"([A-Z-]{1,40})((?:;[^:\"\n]*(?:\"[^\"\n]*\"[^:\"\n]*)*)?):([^\n]*)", re.IGNORECASE)
_TIME: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2}))?(?:\d{2})?(Z?)")
_ZONE: Final = re.compile(r";TZID=\"?([^;:\"]+)", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\(.)")
_LABELS: Final = {"DTSTART": "Begins", "DTEND": "Ends", "LOCATION": "Where", "ORGANIZER": "From"}
_METHODS: Final = {"CANCEL": "Cancelled: ", "REPLY": "Answer: "}
_LONGEST: Final = 64 * 1024


def invitation_text(source: str) -> str:
    """Title, times, place, host and description of the first event; empty if `source` has none."""
    lines = _FOLD.sub("", source[:_LONGEST]).replace("\r", "")
    head, mark, event = lines.partition("BEGIN:VEVENT")
    if not mark:
        return ""
    found = _properties(event.partition("END:VEVENT")[0])
    method = _properties(head).get("METHOD", ("", ""))[1].upper()
    title = _METHODS.get(method, "") + _plain(found.get("SUMMARY", ("", ""))[1])
    facts = [f"{label}: {_shown(name, *found[name])}" for name, label in _LABELS.items() if name in found]
    said = [title, *facts, _plain(found.get("DESCRIPTION", ("", ""))[1])]
    return "\n".join(line for line in said if line.strip())


def _properties(lines: str) -> dict[str, tuple[str, str]]:
    """Parameters and value by upper-case name, the first of equals."""
    found: dict[str, tuple[str, str]] = {}
    for line in lines.split("\n"):
        match = _PROPERTY.match(line)
        if match:
            found.setdefault(match[1].upper(), (match[2], match[3].strip()))
    return found


def _shown(name: str, parameters: str, value: str) -> str:
    """A value for people: a time with its zone, an address without `mailto:`."""
    if name == "ORGANIZER":
        return re.sub("^mailto:", "", value, flags=re.IGNORECASE)
    time = _TIME.match(value) if name.startswith("DT") else None
    if time is None:
        return _plain(value)
    year, month, day, hour, minute, is_utc = time.groups()
    zone = "UTC" if is_utc else (match[1] if (match := _ZONE.search(parameters)) else "")
    return f"{year}-{month}-{day}" + (f" {hour}:{minute} {zone}".rstrip() if hour else "")


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value)
