"""Arrivals as CSV: those of a real day come in, the drawn ones of a simulated day go out in the same form.

Columns: `at` (time of day, 09:30, 09:30:15 or 09:30:15.250), `class`, and, where known, `handle` and `patience` in
seconds (`never` for one who does not give up) and `heated` (yes or no). An empty cell is drawn as the class says.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from heartline.domain.errors import Invalid
from infra.local.simulate.reading import LONGEST
from infra.local.simulate.streams import MOST
from infra.local.simulate.workday import SECOND, Customer, Recording, Stream, Workday

COLUMNS: Final = ("at", "class", "handle", "patience", "heated")
NEVER: Final = "never"

_AT: Final = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,6}(?:\.\d{1,3})?", re.ASCII)
_HEATED: Final[Mapping[str, bool | None]] = {"": None, "yes": True, "no": False}


def read_recorded(path: Path, workday: Workday) -> tuple[Recording, ...]:
    """The arrivals of a file, by time; `Invalid` names the line. Those outside of the day's hours are an error too."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found = list(_recordings(lines, path.name, workday))
    except OSError as error:
        raise Invalid(f"cannot read {path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid(f"{path}: not CSV: {error}") from error
    return tuple(sorted(found, key=lambda each: each.at))


def write_recorded(path: Path, customers: Iterable[Customer]) -> None:
    """The same customers in the form that `read_recorded` takes."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(COLUMNS)
        for each in customers:
            patience = NEVER if each.patience is None else _seconds(each.patience)
            heated = "yes" if each.heated else "no"
            out.writerow((_clock(each.at), each.stream.name, _seconds(each.handle), patience, heated))


def _recordings(lines: Iterable[str], name: str, workday: Workday) -> Iterator[Recording]:
    rows = csv.DictReader(lines, restkey="", strict=True)
    header = rows.fieldnames or ()
    for wanted in COLUMNS[:2]:
        if wanted not in header:
            raise Invalid(f"{name}, line 1: the column {wanted!r} is missing")
    for each in header:
        if each not in COLUMNS or list(header).count(each) > 1:
            raise Invalid(
                f"{name}, line 1: the column {each!r} is unknown or there twice; known are {', '.join(COLUMNS)}"
            )
    streams = {stream.name: stream for stream in workday.streams}
    for number, row in enumerate(rows, start=1):
        if number > MOST:
            raise Invalid(f"{name}: more than {MOST} arrivals")
        yield _recording(row, f"{name}, line {rows.line_num}", streams, workday)


def _recording(row: Mapping[str, str | None], place: str, streams: Mapping[str, Stream], workday: Workday) -> Recording:
    if "" in row:
        raise Invalid(f"{place}: has more cells than the first line has columns")
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if cells["class"] not in streams:
        raise Invalid(
            f"{place}: there is no class {cells['class']!r}; the file of the simulation has {', '.join(streams)}"
        )
    if cells["heated"] not in _HEATED:
        raise Invalid(f"{place}: heated must be yes or no")
    stays = cells["patience"] == NEVER
    return Recording(
        stream=streams[cells["class"]],
        at=_instant(cells["at"], place, workday),
        handle=_duration(cells["handle"], f"{place}: handle"),
        patience=None if stays else _duration(cells["patience"], f"{place}: patience"),
        stays=stays,
        heated=_HEATED[cells["heated"]],
    )


def _instant(cell: str, place: str, workday: Workday) -> int:
    found = _AT.fullmatch(cell)
    if found is None:
        raise Invalid(f"{place}: at must be a time of day such as 09:30 or 09:30:15.250, not {cell!r}")
    hours, minutes, seconds, fraction = found.groups(default="0")
    at = ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * SECOND + int(fraction.ljust(3, "0"))
    if not workday.opens <= at < workday.closes:
        raise Invalid(f"{place}: {cell} is not within the day, {_clock(workday.opens)} to {_clock(workday.closes)}")
    return at


def _duration(cell: str, what: str) -> int | None:
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell) or float(cell) > LONGEST:
        raise Invalid(f"{what} must be seconds, at most 7 days, not {cell!r}")
    return round(float(cell) * SECOND)


def _clock(at: int) -> str:
    seconds, rest = divmod(at, SECOND)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" + (f".{rest:03}" if rest else "")


def _seconds(duration: int) -> str:
    return f"{duration / SECOND:.3f}"
