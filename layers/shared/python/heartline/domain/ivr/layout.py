"""Where the nodes of a menu stand in its diagram: layers by distance from the start, few crossings. Pure.

After Sugiyama's method, in two of its steps: layers from the shortest way, and the order within a layer by the mean
place of what leads there. Source: https://en.wikipedia.org/wiki/Layered_graph_drawing
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from heartline.domain.ivr.describing import KINDS, summary
from heartline.domain.ivr.model import Exit, Ivr, Node
from heartline.domain.ivr.ways import reachable

WIDTH: Final = 184
HEIGHT: Final = 56
GAP_X: Final = 96
GAP_Y: Final = 28
MARGIN: Final = 24

_LOOP: Final = (0.62, 0.38)
"""Where along its side a way leaves a node to which it comes back at once."""

Places = Mapping[str, tuple[int, int]]
"""The left upper corner of each node, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A node in the diagram; `x` and `y` are its left upper corner."""

    name: str
    kind: str
    summary: str
    x: int
    y: int
    layer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A way from one node to another. `path` is in SVG's terms; the label stands at (`x`, `y`).

    `chosen` says that a person has to choose it, `back` that it leads to the same or an earlier layer: its label begins
    there, and that of any other ends there.
    """

    source: str
    to: str
    label: str
    path: str
    x: int
    y: int
    chosen: bool
    back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A diagram in pixels; every box is `WIDTH` by `HEIGHT`."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """All exits from one node to another."""

    source: str
    to: str
    exits: tuple[Exit, ...]
    back: bool


def drawn(ivr: Ivr) -> Drawing:
    """Lay a menu out from left to right, whatever is wrong with it: a way to nowhere has no arrow."""
    layers = _ordered(ivr, _layers(ivr))
    places = {
        name: (MARGIN + layer * (WIDTH + GAP_X), MARGIN + row * (HEIGHT + GAP_Y))
        for layer, names in enumerate(layers)
        for row, name in enumerate(names)
    }
    boxes = tuple(
        _box(ivr.nodes[name], ivr, places[name], layer) for layer, names in enumerate(layers) for name in names
    )
    rows = max(len(names) for names in layers)
    ways = _ways(ivr, places)
    return Drawing(
        width=2 * MARGIN + len(layers) * (WIDTH + GAP_X) - GAP_X,
        height=2 * MARGIN + rows * (HEIGHT + GAP_Y) + GAP_Y,
        boxes=boxes,
        arrows=tuple(_arrow(way, ways, places) for way in ways),
    )


def _box(node: Node, ivr: Ivr, place: tuple[int, int], layer: int) -> Box:
    return Box(name=node.name, kind=KINDS[type(node)], summary=summary(node, ivr), x=place[0], y=place[1], layer=layer)


def _layers(ivr: Ivr) -> list[list[str]]:
    """The nodes by their distance from the start; what nobody can reach stands below the first ones, with its own."""
    layers: list[list[str]] = []
    placed: set[str] = set()
    for root in (ivr.start, *ivr.nodes):
        if root in ivr.nodes and root not in placed:
            for name, depth in _depths(ivr, root).items():
                if name not in placed:
                    placed.add(name)
                    layers.extend([] for _ in range(depth + 1 - len(layers)))
                    layers[depth].append(name)
    return layers


def _depths(ivr: Ivr, root: str) -> dict[str, int]:
    depths = {root: 0}
    for name in reachable(ivr, root):
        for exit_ in ivr.nodes[name].exits():
            if exit_.to in ivr.nodes:
                depths.setdefault(exit_.to, depths[name] + 1)
    return depths


def _ordered(ivr: Ivr, layers: list[list[str]]) -> list[list[str]]:
    """Each layer in the order of the mean place of what leads there; the order of the exits decides a tie."""
    ordered = layers[:1]
    for names in layers[1:]:
        weights = {name: _weight(ivr, name, ordered[-1]) for name in names}
        ordered.append(sorted(names, key=weights.__getitem__))
    return ordered


def _weight(ivr: Ivr, name: str, before: list[str]) -> tuple[float, int]:
    leading = [
        (row, position)
        for row, source in enumerate(before)
        for position, exit_ in enumerate(ivr.nodes[source].exits())
        if exit_.to == name
    ]
    return (fmean(row for row, _ in leading), leading[0][1]) if leading else (float(len(before)), 0)


def _ways(ivr: Ivr, places: Places) -> list[_Way]:
    """One way for each pair of nodes, with the labels of all exits that make it; in the order of the picture."""
    ways: dict[tuple[str, str], list[Exit]] = {}
    for source in sorted(places, key=places.__getitem__):
        for exit_ in ivr.nodes[source].exits():
            if exit_.to in places:
                ways.setdefault((source, exit_.to), []).append(exit_)
    return [
        _Way(source=source, to=to, exits=tuple(exits), back=places[to][0] <= places[source][0])
        for (source, to), exits in ways.items()
    ]


def _arrow(way: _Way, ways: list[_Way], places: Places) -> Arrow:
    (sx, sy), (tx, ty) = places[way.source], places[way.to]
    out = _port(way, [other for other in ways if (other.source, other.back) == (way.source, way.back)])
    into = _port(way, [other for other in ways if (other.to, other.back) == (way.to, way.back)])
    if way.source == way.to:
        out, into = _LOOP
    if way.back:
        start, end = (sx + round(WIDTH * out), sy + HEIGHT), (tx + round(WIDTH * into), ty + HEIGHT)
        bend, turn, label = (start[0], start[1] + GAP_Y), (end[0], end[1] + GAP_Y), (start[0] + 4, start[1] + 14)
    else:
        start, end = (sx + WIDTH, sy + round(HEIGHT * out)), (tx, ty + round(HEIGHT * into))
        half = GAP_X // 2
        bend, turn, label = (start[0] + half, start[1]), (end[0] - half, end[1]), (end[0] - 10, end[1] - 3)
    return Arrow(
        source=way.source,
        to=way.to,
        label=", ".join(_short(exit_) for exit_ in way.exits),
        path=f"M{_at(start)} C{_at(bend)} {_at(turn)} {_at(end)}",
        x=label[0],
        y=label[1],
        chosen=any(exit_.chosen for exit_ in way.exits),
        back=way.back,
    )


def _port(way: _Way, beside: list[_Way]) -> float:
    """Where along its side a way begins or ends, among those that share the side."""
    return (beside.index(way) + 1) / (len(beside) + 1)


def _short(exit_: Exit) -> str:
    """A key alone says which choice it is; the node that it leads to says the rest."""
    return exit_.label.partition(" ")[0] if exit_.chosen else exit_.label


def _at(point: tuple[int, int]) -> str:
    return f"{point[0]},{point[1]}"
