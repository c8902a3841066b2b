"""Whether every way through a menu leads somewhere: missing targets, dead ends, circles, unreachable nodes. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from heartline.domain.ivr.findings import Finding, error, warning
from heartline.domain.ivr.model import Ivr, Menu, Node, Target

Ways = Mapping[str, tuple[str, ...]]


def check_ways(ivr: Ivr) -> Iterator[Finding]:
    """The findings about ways, the missing ones first."""
    yield from _missing(ivr)
    yield from _dead_ends(ivr)
    yield from _circles(ivr)
    yield from _unreachable(ivr)


def reachable(ivr: Ivr, start: str, *, stop: Callable[[Node], bool] = lambda _node: False) -> list[str]:
    """The nodes that a caller can get to from `start`, itself included, nearest first; not beyond where `stop` says."""
    found = [start] if start in ivr.nodes else []
    for name in found:
        node = ivr.nodes[name]
        if name == start or not stop(node):
            ahead = (exit_.to for exit_ in node.exits())
            found.extend(to for to in dict.fromkeys(ahead) if to in ivr.nodes and to not in found)
    return found


def _missing(ivr: Ivr) -> Iterator[Finding]:
    if ivr.start not in ivr.nodes:
        yield error(_nowhere(ivr.start, "the menu begins"), field="start")
    for node in ivr.nodes.values():
        for exit_ in node.exits():
            if exit_.to not in ivr.nodes:
                yield error(_nowhere(exit_.to, f"“{exit_.label}” leads"), node=node.name, field=exit_.field)


def _nowhere(to: str, what: str) -> str:
    return f"{what} to “{to}”, and there is no such node" if to else f"{what} nowhere"


def _dead_ends(ivr: Ivr) -> Iterator[Finding]:
    """Nodes from which no way ends anywhere, although every exit is there; a circle of silence is told as a circle."""
    ending = _ending(ivr)
    for node in ivr.nodes.values():
        if isinstance(node, Menu) and not node.choices:
            yield error("there is nothing to choose here", node=node.name, field="choices")
        elif node.name not in ending and all(exit_.to in ivr.nodes for exit_ in node.exits()):
            yield error("no way from here ends with an agent, a message or a goodbye", node=node.name)


def _ending(ivr: Ivr) -> set[str]:
    ending = {node.name for node in ivr.nodes.values() if isinstance(node, Target)}
    grown = True
    while grown:
        more = {n.name for n in ivr.nodes.values() if any(exit_.to in ending for exit_ in n.exits())} - ending
        ending |= more
        grown = bool(more)
    return ending


def _circles(ivr: Ivr) -> Iterator[Finding]:
    """Circles that a caller goes round without doing anything; each is told once."""
    ways = {node.name: _silent(node) for node in ivr.nodes.values()}
    told: set[frozenset[str]] = set()
    for name in ways:
        circle = _way_back(ways, name)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield error(
                f"a caller who does nothing goes round and round: {' → '.join((*circle, circle[0]))}", node=name
            )


def _silent(node: Node) -> tuple[str, ...]:
    """Where a caller gets to without doing anything."""
    if isinstance(node, Menu):
        return (node.no_input or node.otherwise,)
    return tuple(exit_.to for exit_ in node.exits())


def _way_back(ways: Ways, start: str) -> tuple[str, ...]:
    """The shortest way from a node to itself, without its end; empty if there is none."""
    before: dict[str, str] = {}
    for name in _spreading(ways, start, before):
        if start in ways[name]:
            return _trail(before, start, name)
    return ()


def _spreading(ways: Ways, start: str, before: dict[str, str]) -> Iterable[str]:
    found = [start]
    for name in found:
        yield name
        for to in ways[name]:
            if to in ways and to not in found:
                before[to] = name
                found.append(to)


def _trail(before: Mapping[str, str], start: str, last: str) -> tuple[str, ...]:
    trail = [last]
    while trail[-1] != start:
        trail.append(before[trail[-1]])
    return tuple(reversed(trail))


def _unreachable(ivr: Ivr) -> Iterator[Finding]:
    seen = set(reachable(ivr, ivr.start))
    if seen:
        for name in ivr.nodes.keys() - seen:
            yield warning("no caller can get here", node=name)
