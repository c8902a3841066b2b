"""The report as CSV: one figure a line, so that a spreadsheet can turn it as it likes.

Columns: `run` (the day as it is, or the comparison), `kind` (all, channel, inbox, class, agent, peers, interval),
`name`, `from` (time of day of an interval), `measure`, `mean`, `half` (half of the 95 % interval).
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from infra.local.simulate.confidence import Estimate
from infra.local.simulate.report import Report
from infra.local.simulate.study import Estimates, Summary

COLUMNS: Final = ("run", "kind", "name", "from", "measure", "mean", "half")

Line = tuple[str, str, str, str, str, str, str]


def write_sheet(path: Path, report: Report) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(_lines("as it is", report.summary))
        for each in report.comparisons:
            out.writerows(_lines(each.name, each.summary))


def _lines(run: str, summary: Summary) -> Iterator[Line]:
    for (kind, name), estimates in summary.groups.items():
        yield from _figures((run, kind, name, ""), estimates)
    for agent, estimates in summary.agents.items():
        yield from _figures((run, "agent", agent, ""), estimates)
    for peers, estimates in summary.peers.items():
        yield from _figures((run, "peers", peers, ""), estimates)
    for name, series in summary.series.items():
        for estimates in series:
            yield from _figures((run, "interval", name, _clock(estimates["from"])), estimates)


def _figures(place: tuple[str, str, str, str], estimates: Estimates) -> Iterator[Line]:
    for measure, each in estimates.items():
        if measure != "from":
            yield (*place, measure, _cell(each.mean), _cell(each.half))


def _clock(start: Estimate) -> str:
    minutes = int(start.mean or 0) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _cell(value: float | None) -> str:
    """All digits, so that what is read back is what was written."""
    return "" if value is None else repr(float(value))
