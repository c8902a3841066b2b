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

    `chosen` says that a person has to choose it, `back` that it leads to the same or an earlier layer.
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
    return Drawing(
        width=2 * MARGIN + len(layers) * (WIDTH + GAP_X) - GAP_X,
        height=2 * MARGIN + rows * (HEIGHT + GAP_Y) + GAP_Y,
        boxes=boxes,
        arrows=tuple(arrow for box in boxes for arrow in _arrows(ivr.nodes[box.name], places)),
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


def _arrows(node: Node, places: Places) -> list[Arrow]:
    """One arrow for each node that is led to, with the labels of all ways there."""
    ways: dict[str, list[Exit]] = {}
    for exit_ in node.exits():
        if exit_.to in places:
            ways.setdefault(exit_.to, []).append(exit_)
    return [
        _arrow(node.name, to, exits, places, port=(number + 1) / (len(ways) + 1))
        for number, (to, exits) in enumerate(ways.items())
    ]


def _arrow(source: str, to: str, exits: list[Exit], places: Places, *, port: float) -> Arrow:
    (sx, sy), (tx, ty) = places[source], places[to]
    back = tx <= sx
    start = (sx + WIDTH, sy + round(HEIGHT * port)) if not back else (sx + round(WIDTH * port), sy + HEIGHT)
    end = (tx, ty + HEIGHT // 2) if not back else (tx + WIDTH // 2, ty + HEIGHT)
    bend = (start[0] + GAP_X // 2, start[1]) if not back else (start[0], start[1] + GAP_Y)
    turn = (end[0] - GAP_X // 2, end[1]) if not back else (end[0], end[1] + GAP_Y)
    return Arrow(
        source=source,
        to=to,
        label=", ".join(_short(exit_) for exit_ in exits),
        path=f"M{_at(start)} C{_at(bend)} {_at(turn)} {_at(end)}",
        x=start[0] + 6 if not back else start[0],
        y=start[1] - 4 if not back else start[1] + GAP_Y // 2,
        chosen=any(exit_.chosen for exit_ in exits),
        back=back,
    )


def _short(exit_: Exit) -> str:
    """A key alone says which choice it is; the node that it leads to says the rest."""
    return exit_.label.partition(" ")[0] if exit_.chosen else exit_.label


def _at(point: tuple[int, int]) -> str:
    return f"{point[0]},{point[1]}"
