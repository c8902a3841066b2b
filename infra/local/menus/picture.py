"""A voice menu as an SVG picture, built as a document and never by joining strings. Pure."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from heartline.domain.ivr.layout import HEIGHT, WIDTH, Arrow, Box, drawn
from heartline.domain.ivr.model import Ivr

_STYLE: Final = """
text { font: 12px system-ui, sans-serif; fill: #33363d } .name { font-weight: 600; font-size: 13px } .kind { text-anchor: end; fill: #666b75 }
rect { fill: #fff; stroke: #80858f } .queue rect, .voicemail rect, .call_back rect, .message rect, .transfer rect { fill: #e8eefc }
path { fill: none; stroke: #80858f } .back path { stroke-dasharray: 5 4 } .label { paint-order: stroke; stroke: #f7f7f8; stroke-width: 4px } .way .label { text-anchor: end }
marker path { fill: #80858f; stroke: none }
"""  # noqa: E501 - one rule a line
_LONGEST: Final = 25


def picture(ivr: Ivr, title: str) -> str:
    """The diagram that the inbox shows, with a title for those who hear it."""
    drawing = drawn(ivr)
    size = {"width": str(drawing.width), "height": str(drawing.height)}
    frame = {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "viewBox": f"0 0 {drawing.width} {drawing.height}"}
    svg = Element("svg", frame | size)
    SubElement(svg, "title").text = _sayable(title)
    SubElement(svg, "style").text = _STYLE
    SubElement(svg, "rect", size | {"style": "fill:#f7f7f8;stroke:none"})
    _tip(svg)
    for arrow in drawing.arrows:
        _way(svg, arrow)
    for box in drawing.boxes:
        _box(svg, box)
    indent(svg)
    return tostring(svg, encoding="unicode") + "\n"


def _tip(svg: Element) -> None:
    shape = {"id": "tip", "viewBox": "0 0 8 8", "refX": "7", "refY": "4", "orient": "auto"}
    size = {"markerUnits": "userSpaceOnUse", "markerWidth": "9", "markerHeight": "9"}
    marker = SubElement(SubElement(svg, "defs"), "marker", shape | size)
    SubElement(marker, "path", d="M0,0 L8,4 L0,8 z")


def _way(svg: Element, arrow: Arrow) -> None:
    group = SubElement(svg, "g", {"class": "back" if arrow.back else "way"})
    SubElement(group, "path", {"d": arrow.path, "marker-end": "url(#tip)"})
    _text(group, arrow.label, arrow.x, arrow.y, "label")


def _box(svg: Element, box: Box) -> None:
    group = SubElement(svg, "g", {"class": box.kind, "transform": f"translate({box.x} {box.y})"})
    SubElement(group, "rect", width=str(WIDTH), height=str(HEIGHT), rx="8")
    _text(group, box.name, 12, 22, "name")
    _text(group, box.kind.replace("_", "-"), WIDTH - 12, 22, "kind")
    _text(
        group, box.summary if len(box.summary) <= _LONGEST else f"{box.summary[: _LONGEST - 1].rstrip()}…", 12, 42, ""
    )


def _text(group: Element, words: str, x: int, y: int, role: str) -> None:
    SubElement(group, "text", {"class": role, "x": str(x), "y": str(y)}).text = _sayable(words)


def _sayable(words: str) -> str:
    """Without what XML cannot say."""
    return "".join(mark if mark.isprintable() else " " for mark in words)
