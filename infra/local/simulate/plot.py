"""Draws the day as an SVG: who came and who waited over the day, with the agents at work. No library, no script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from heartline.domain.errors import Invalid
from infra.local.simulate.report import Report
from infra.local.simulate.study import Estimates
from infra.local.simulate.workday import SECOND

_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
"""Okabe and Ito's, which colour-blind people can tell apart; lines are dashed too once the colours repeat."""

_WIDTH: Final = 860
_LEFT: Final = 60
_RIGHT: Final = 840
_HEIGHT: Final = 150
_GAP: Final = 56
_TOP: Final = 60

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One diagram; `lines` are points of seconds of the day and a value, by name, in the colours from `colour` on."""

    title: str
    lines: dict[str, Points]
    colour: int = 0


def write_plot(path: Path, report: Report) -> None:
    """Write the drawing. Only SVG: a PNG would need a rasterizer, which is too much to carry for one picture."""
    refuse_unless_svg(path)
    path.write_text(drawing(report), encoding="utf-8")


def refuse_unless_svg(path: Path) -> None:
    if path.suffix.lower() != ".svg":
        raise Invalid(f"--plot {path}: only .svg is drawn; a browser, Inkscape or rsvg-convert makes a PNG of it")


def drawing(report: Report) -> str:
    panels = _panels(report)
    height = _TOP + len(panels) * (_HEIGHT + _GAP) + 24 * (1 + len(report.workday.streams) // 4)
    return "\n".join([*_head(report, height), *_body(panels, report), *_legend(report, height), "</svg>"]) + "\n"


def _panels(report: Report) -> list[Panel]:
    series = report.summary.series
    arrived = {name: _points(each, "arrived") for name, each in series.items()}
    waiting = {name: _points(each, "waiting", late=True) for name, each in series.items()}
    agents = {name: _points(each, "agents", late=True) for name, each in list(series.items())[:1]}
    return [
        Panel(title="Came in each interval", lines=arrived),
        Panel(title="Waiting at the end of each interval", lines=waiting),
        Panel(title="Agents at work at the end of each interval", lines=agents, colour=len(_COLOURS) - 1),
    ]


def _points(series: Sequence[Estimates], measure: str, *, late: bool = False) -> Points:
    """`late` values are those of an interval's end, where the next one begins."""
    starts = [each["from"].mean or 0 for each in series]
    width = starts[1] - starts[0] if len(starts) > 1 else 0
    shift = width if late else width / 2
    return [(start + shift, each[measure].mean or 0) for start, each in zip(starts, series, strict=True)]


def _head(report: Report, height: int) -> Iterator[str]:
    title = escape(f"A simulated day: {report.source}")
    about = f"{report.days} replications, seed {report.seed}, agents by {report.workday.policy.agent_order}"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
    yield 'font-family="sans-serif" font-size="12" role="img">'
    yield f"<title>{title}</title>"
    yield f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    yield f'<text x="{_LEFT}" y="22" font-size="15" font-weight="bold">{title}</text>'
    yield f'<text x="{_LEFT}" y="39" fill="#555555">{escape(about)}</text>'


def _body(panels: Sequence[Panel], report: Report) -> Iterator[str]:
    opens, closes = report.workday.opens / SECOND, report.workday.closes / SECOND
    for place, panel in enumerate(panels):
        top = _TOP + place * (_HEIGHT + _GAP) + 16
        highest = _round_up(max((value for points in panel.lines.values() for _, value in points), default=0))
        yield f'<text x="{_LEFT}" y="{top - 8}" font-weight="bold">{escape(panel.title)}</text>'
        yield from _grid(top, highest)
        yield from _hours(top + _HEIGHT, opens, closes)
        for number, points in enumerate(panel.lines.values()):
            places = (
                f"{_across(at, opens, closes):.1f},{top + _HEIGHT * (1 - value / highest):.1f}" for at, value in points
            )
            stroke = _stroke(panel.colour + number)
            yield f'<polyline fill="none" stroke-width="2" {stroke} points="{" ".join(places)}"/>'


def _grid(top: int, highest: float) -> Iterator[str]:
    for part in (0, 0.25, 0.5, 0.75, 1):
        y = top + _HEIGHT * (1 - part)
        yield f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{y:g}" y2="{y:g}" stroke="#dddddd"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:g}" text-anchor="end" fill="#555555">{highest * part:g}</text>'


def _hours(bottom: int, opens: float, closes: float) -> Iterator[str]:
    step = 3600 * max(1, round((closes - opens) / 3600 / 12))
    at = opens + -opens % step
    while at <= closes:
        minutes = int(at) // 60
        label = f"{minutes // 60:02}:{minutes % 60:02}"
        x = _across(at, opens, closes)
        yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" fill="#555555">{label}</text>'
        at += step


def _legend(report: Report, height: int) -> Iterator[str]:
    for number, stream in enumerate(report.workday.streams):
        x, y = _LEFT + number % 4 * 195, height - 14 - 20 * (len(report.workday.streams) // 4 - number // 4)
        yield f'<line x1="{x}" x2="{x + 24}" y1="{y - 4}" y2="{y - 4}" stroke-width="2" {_stroke(number)}/>'
        yield f'<text x="{x + 30}" y="{y}">{escape(stream.name)}</text>'


def _stroke(number: int) -> str:
    dashes = number // len(_COLOURS)
    dashed = f' stroke-dasharray="{3 + 3 * dashes} 3"' if dashes else ""
    return f'stroke="{_COLOURS[number % len(_COLOURS)]}"{dashed}'


def _across(at: float, opens: float, closes: float) -> float:
    return _LEFT + (at - opens) / (closes - opens) * (_RIGHT - _LEFT)


def _round_up(value: float) -> float:
    """The next of 4, 8, 20, 40, 80, 200 ..., which have quarters that are easy to read."""
    top = 4.0
    for factor in _steps():
        if top >= value:
            return top
        top *= factor
    return top


def _steps() -> Iterator[float]:
    while True:
        yield from (2, 2.5, 2)
