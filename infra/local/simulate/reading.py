"""Reads the YAML of a simulation into nodes that know their place, and the times of day and durations in it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from heartline.domain.errors import Invalid
from infra.local.plain_yaml import loader
from infra.local.replay.fields import Node
from infra.local.simulate.workday import DAY, SECOND, Span

if TYPE_CHECKING:
    import yaml

LONGEST: Final = 7 * 24 * 3600
"""The longest duration that is taken, in seconds: no handle time and no patience of a day needs more."""

_CLOCK: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_PART: Final = re.compile(r"(\d{1,7}(?:\.\d{1,6})?)([smh])", re.ASCII)
_UNITS: Final = {"s": 1, "m": 60, "h": 3600}
_BASE_60: Final = re.compile(r"^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$", re.ASCII)


def read_document(path: Path) -> Node:
    """The whole file; the place of each complaint begins with its name."""
    import yaml

    try:
        document = yaml.load(path.read_text(encoding="utf-8"), _loader())  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise Invalid(f"cannot read {path}: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise Invalid(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    return Node(document, path.name)


def clock(node: Node) -> int:
    """A time of day such as `08:30`, `8:30` or `24:00`, in milliseconds from midnight."""
    found = _CLOCK.fullmatch(node.text())
    at = _seconds(found) * SECOND if found else DAY + 1
    if at > DAY:
        raise node.wrong(f"must be a time of day such as 08:30, from 00:00 to 24:00, not {node.value!r}")
    return at


def span(node: Node) -> Span:
    """An interval such as `08:00-16:30`."""
    start, dash, end = node.text().partition("-")
    if not dash:
        raise node.wrong(f"must be two times such as 08:00-16:30, not {node.value!r}")
    times = clock(Node(start.strip(), node.place)), clock(Node(end.strip(), node.place))
    if times[0] >= times[1]:
        raise node.wrong("must end after it begins; write a shift through midnight as two")
    return times


def seconds(node: Node, *, least: float = 0) -> float:
    """A duration: a number of seconds, or text such as `90s`, `4m`, `1h30m`."""
    length = _spelled(node) if isinstance(node.value, str) else node.number(least=0)
    if not least <= length <= LONGEST:
        raise node.wrong(f"must be between {least:g} seconds and 7 days")
    return length


def share(node: Node) -> float:
    """A part of a whole, from 0 to 1."""
    number = node.number(least=0)
    if number > 1:
        raise node.wrong("must be between 0 and 1")
    return number


def name(node: Node) -> str:
    """A name that a table, a terminal and a spreadsheet can show: one printable line that is no formula."""
    text = node.text()
    if text.startswith(("=", "+", "-", "@")):
        raise node.wrong("must not begin with =, +, - or @: a spreadsheet would take it for a formula")
    if not text or len(text) > 80 or not text.isprintable():
        raise node.wrong("must be text of 1 to 80 printable characters")
    return text


def _seconds(clock: re.Match[str]) -> int:
    hours, minutes, rest = clock.groups(default="0")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def _spelled(node: Node) -> float:
    parts = _PART.findall(node.text())
    if not parts or "".join(number + unit for number, unit in parts) != node.text():
        raise node.wrong(f"must be a duration such as 90s, 4m or 1h30m, not {node.value!r}")
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def _loader() -> "type[yaml.SafeLoader]":
    """Without numbers to the base of 60 either: an unquoted 10:30 is the text that it looks like."""
    plain = loader()

    class Loader(plain):  # type: ignore[valid-type, misc]  # a class that is made when YAML is needed
        yaml_implicit_resolvers = {  # noqa: RUF012 - the form that PyYAML wants
            first: [("tag:yaml.org,2002:str", _BASE_60), *resolvers]
            for first, resolvers in plain.yaml_implicit_resolvers.items()
        }

    return Loader
