"""The report for a terminal: plain columns, no colours, the interval beside what is judged by it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from infra.local.simulate.confidence import Estimate
from infra.local.simulate.reference import Reference
from infra.local.simulate.report import Comparison, Report
from infra.local.simulate.study import Estimates
from infra.local.simulate.unserved import unserved
from infra.local.simulate.workday import SECOND, Stream

Row = Sequence[str]

_COUNTS: Final = {"arrived": "arrived", "answered": "answered", "gave up": "abandoned", "waiting": "waiting"}
_TIMES: Final = ("p50", "p90", "p99", "longest")
_MOST: Final = 30
"""So many agents are listed; `--csv` and `--json` have them all."""


def table(report: Report) -> str:
    """The whole report, ready to print."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    workday, policy = report.workday, report.workday.policy
    days = "1 day" if report.days == 1 else f"{report.days} days, ± is 95 % confidence"
    yield f"{report.source}: {_clock(workday.opens)} to {_clock(workday.closes)}, {len(workday.staff)} agents, {days}"
    yield f"seed {report.seed}, agents by {policy.agent_order}, plan {policy.plan}"
    yield from unserved(workday)
    yield ""
    yield from _columns(
        [
            ("who", *_COUNTS, "in time", "target", "mean wait", *_TIMES),
            *(_group(name, each, report) for name, each in report.summary.groups.items()),
        ]
    )
    yield from _section("Fairness among agents who can do the same", _peers(report.summary.peers))
    yield from _section("Agents", _agents(report))
    yield from _section("Line over the day (waiting at the end of each interval)", _series(report))
    yield from _section(report.reference.formula, _reference(report))
    for each in report.comparisons:
        yield from _section(f"{each.name}, on the same customers (difference to the above)", _comparison(each, report))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *found)


def _group(key: tuple[str, str], each: Estimates, report: Report) -> Row:
    kind, name = key
    counts = (_count(each[measure]) for measure in _COUNTS.values())
    times = (_time(each[measure].mean) for measure in _TIMES)
    judged = _percent(each["level"]), _target(key, report), _spread(each["mean"])
    return ("all" if kind == "all" else f"{kind} {name}", *counts, *judged, *times)


def _target(key: tuple[str, str], report: Report) -> str:
    """What the group is to reach, and whether it does; a group of several classes has no one target."""
    if key[0] != "class":
        return ""
    stream = next(stream for stream in report.workday.streams if stream.name == key[1])
    level = report.summary.groups[key]["level"].mean
    met = "" if level is None else " met" if level >= stream.target.share else " missed"
    return f"{stream.target.share:.0%} in {_time(stream.target.within / SECOND)}{met}"


def _peers(peers: dict[str, Estimates]) -> Iterator[str]:
    rows: list[Row] = [("group", "busy", "least", "most", "Jain, work", "Gini, work", "Jain, busy", "Gini, busy")]
    for name, each in peers.items():
        busy = tuple(_percent(each[measure]) for measure in ("occupancy", "least", "most"))
        even = (each[f"{index}_{what}"] for what in ("given", "occupancy") for index in ("jain", "gini"))
        rows.append((name, *busy, *(_index(index) for index in even)))
    return _columns(rows) if peers else iter(())


def _agents(report: Report) -> Iterator[str]:
    rows = [("agent", "given", "per hour", "at work", "busy", "overtime")]
    agents = list(report.summary.agents.items())
    for name, each in agents[:_MOST]:
        duty, overtime = _time(each["duty"].mean), _time(each["overtime"].mean)
        rows.append(
            (name, _count(each["given"]), _count(each["per_hour"]), duty, _percent(each["occupancy"]), overtime)
        )
    yield from _columns(rows)
    if len(agents) > _MOST:
        yield f"... and {len(agents) - _MOST} more: --csv and --json have them all"


def _series(report: Report) -> Iterator[str]:
    names = list(report.summary.series)
    if not names:
        return iter(())
    rows = [("from", "agents", *names)]
    for places in zip(*report.summary.series.values(), strict=True):
        start, agents = _clock(int((places[0]["from"].mean or 0) * SECOND)), _count(places[0]["agents"])
        rows.append((start, agents, *(_count(each["waiting"]) for each in places)))
    return _columns(rows)


def _reference(report: Report) -> Iterator[str]:
    said, stream = report.reference, report.workday.streams[0] if report.workday.streams else None
    if said.steady is None or stream is None:
        yield "not asked: " + "; ".join(said.notes)
        return
    yield from _columns(_compared(said, report.summary.groups["class", stream.name], stream))
    yield from (f"note: {note}" for note in said.notes)


def _compared(said: Reference, found: Estimates, stream: Stream) -> list[Row]:
    steady = said.steady
    if steady is None:
        return []
    within = _time(stream.target.within / SECOND)
    rows: list[Row] = [("", said.formula, "simulated", "")]
    rows.append(
        (f"in time ({within})", f"{steady.level:.1%}", _percent(found["level"]), _agrees(found["level"], steady.level))
    )
    rows.append(("mean wait", _time(steady.wait), _spread(found["mean"]), _agrees(found["mean"], steady.wait)))
    if stream.patience is not None:
        share = f"{steady.abandoned:.1%}"
        rows.append(("gave up", share, _percent(found["abandonment"]), _agrees(found["abandonment"], steady.abandoned)))
    return rows


def _agrees(found: Estimate, value: float) -> str:
    if found.half is None:
        return ""
    return "within the interval" if found.holds(value) else "outside of the interval"


def _comparison(each: Comparison, report: Report) -> Iterator[str]:
    rows: list[Row] = [("who", "in time", "", "mean wait", "", "gave up", "")]
    for key, estimates in each.summary.groups.items():
        name, more = "all" if key[0] == "all" else " ".join(key), each.more.get(key, {})
        values = _percent(estimates["level"]), _spread(estimates["mean"]), _count(estimates["abandoned"])
        signed = (_signed(more, "level", 100, " %"), _signed(more, "mean", 1, " s"), _signed(more, "abandoned", 1, ""))
        rows.append((name, *(cell for pair in zip(values, signed, strict=True) for cell in pair)))
    yield from _columns(rows)
    yield from _evened(each, report)


def _evened(each: Comparison, report: Report) -> Iterator[str]:
    for name, found in each.summary.peers.items():
        if name in report.summary.peers:
            here = report.summary.peers[name]
            now, then = (_index(of["gini_occupancy"]) for of in (found, here))
            yield f"Gini of busy time, {name}: {now} (above: {then})"


def _signed(more: Estimates, measure: str, factor: float, unit: str) -> str:
    found = more.get(measure)
    if found is None or found.mean is None:
        return ""
    half = "" if found.half is None else f" ±{found.half * factor:.1f}"
    return f"({found.mean * factor:+.1f}{half}{unit})"


def _columns(rows: Sequence[Row]) -> Iterator[str]:
    """The first column to the left, all others to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def _count(each: Estimate) -> str:
    if each.mean is None:
        return "-"
    return f"{each.mean:.0f}" if each.mean >= 100 or each.mean == int(each.mean) else f"{each.mean:.1f}"


def _percent(each: Estimate) -> str:
    if each.mean is None:
        return "-"
    return f"{each.mean:.1%}" + ("" if each.half is None else f" ±{each.half * 100:.1f}")


def _spread(each: Estimate) -> str:
    return _time(each.mean) + ("" if each.half is None else f" ±{_time(each.half)}")


def _index(each: Estimate) -> str:
    return "-" if each.mean is None else f"{each.mean:.3f}"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02} m" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02} h"


def _clock(at: int) -> str:
    minutes = at // SECOND // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"
