"""The style of one element made harmless: colours, type, space and borders stay, nothing in it loads or runs."""

import re
from typing import Final

_SIDES: Final = ("top", "right", "bottom", "left")
_NAMES: Final = """
    background background-color border border-collapse border-color border-radius border-spacing border-style
    border-width box-sizing caption-side clear color direction display empty-cells float font font-family font-size
    font-style font-variant font-weight height letter-spacing line-height list-style list-style-position
    list-style-type margin max-height max-width min-height min-width opacity overflow overflow-wrap padding
    table-layout text-align text-decoration text-decoration-color text-decoration-line text-decoration-style
    text-indent text-transform vertical-align visibility white-space width word-break word-spacing word-wrap
"""
_PROPERTIES: Final = frozenset(_NAMES.split()).union(
    *((f"border-{side}", f"margin-{side}", f"padding-{side}") for side in _SIDES),
    (f"border-{side}-{part}" for side in _SIDES for part in ("color", "style", "width")),
)
"""Absent on purpose: whatever loads (`cursor`, `content`, `filter`, `behavior`), leaves its place or lies over others
(`position`, `transform`, `z-index`), or moves (`animation`, `transition`); and custom properties."""

_VALUE: Final = re.compile(r"[\w\s#%.,'\"!()/*+-]{1,200}\Z")
_CALL: Final = re.compile(r"[\w-]*\s*\(")
_CALLS: Final = frozenset({"rgb(", "rgba(", "hsl(", "hsla(", "calc(", "linear-gradient("})
_FORBIDDEN: Final = re.compile(
    r"/\*|\*/|\d(?:[sld]?v(?:h|b|min|max))\b|\burl\b|expression|behaviou?r|binding", re.IGNORECASE
)
"""Comments, which hide the rest of a value; the frame's own height, which would make it grow for ever; and the words
with which browsers load, and old ones ran scripts."""

_LOAD: Final = re.compile(r"url\(\s*+['\"]?+\s*+((?:https?:)?//[^'\"\s)]++)['\"]?\s*+\)?", re.IGNORECASE)


def safe_style(style: str) -> str:
    """The harmless declarations of a `style` attribute, in order; empty if there is none.

    What it returns is returned unchanged when given again.
    """
    declarations = (declaration.partition(":") for declaration in _LOAD.sub(" ", style).split(";"))
    kept = ((name.strip().lower(), value.strip()) for name, _, value in declarations)
    return ";".join(f"{name}:{value}" for name, value in kept if name in _PROPERTIES and _is_harmless(value))


def loads(style: str) -> list[str]:
    """The addresses that a `style` attribute would fetch, in order; protocol-relative ones as they stand."""
    return _LOAD.findall(style) if "(" in style else []


def _is_harmless(value: str) -> bool:
    if not _VALUE.match(value) or _FORBIDDEN.search(value):
        return False
    is_whole = value.count('"') % 2 == 0 and value.count("'") % 2 == 0 and value.count("(") == value.count(")")
    calls = _CALL.findall(value.lower()) if "(" in value else ()
    return is_whole and all("".join(call.split()) in _CALLS for call in calls)
