"""The events of a scenario: which there are, which fields each has, and the order they happen in."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from heartline.domain.routing.model import Agent, Waiting
from heartline.services import forms
from infra.local.replay.fields import Node

Argument = str | int

_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "arrive": ("conv",),
    "tick": (),
    "accept": ("conv", "agent"),
    "reject": ("conv", "agent"),
    "close": ("conv",),
    "abandon": ("conv",),
    "snooze": ("conv",),
    "reply": ("conv",),
    "presence": ("agent", "to"),
    "manual": ("conv", "agent"),
    "set_cap": ("agent", "ch", "n"),
    "set_skill": ("agent", "skill", "n"),
    "claim": ("conv", "agent", "ver", "epoch", "token"),
}
"""The fields that each event must have beside `t` and `ev`."""

_OPTIONAL: Final[dict[str, tuple[str, ...]]] = {"reply": ("window",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens at the second `at`; the arguments are checked."""

    at: int
    name: str
    arguments: dict[str, Argument]


def read_events(node: Node, heads: Collection[Waiting], agents: Collection[Agent]) -> tuple[Event, ...]:
    """The events in the order in which they happen: by second, and within one as listed."""
    known = {"conv": {head.id for head in heads}, "agent": {agent.id for agent in agents}}
    events = [_event(each, known) for each in node.items()]
    enqueued = {head.id: head.enqueued for head in heads}
    for each, event in zip(node.items(), events, strict=True):
        if event.name == "arrive" and event.at < enqueued[str(event.arguments["conv"])]:
            raise each.wrong("arrives before it is enqueued")
        if event.name == "set_skill" and any(other.name == "claim" for other in events):
            raise each.wrong("a scenario with raw claims has no set_skill")
    return tuple(sorted(events, key=lambda event: event.at))


def _event(node: Node, known: dict[str, set[str]]) -> Event:
    name = _name(node)
    optional = _OPTIONAL.get(name, ())
    fields = node.fields(required=("t", "ev", *_KINDS[name]), optional=optional)
    names = (*_KINDS[name], *(each for each in optional if each in fields))
    arguments = {each: _READERS.get(each, Node.text)(fields.get(each)) for each in names}
    for kind in known.keys() & arguments.keys():
        if arguments[kind] not in known[kind]:
            raise fields.get(kind).wrong(f"unknown id {arguments[kind]!r}")
    return Event(at=fields.get("t").whole(), name=name, arguments=arguments)


def _name(node: Node) -> str:
    found = node.entries().get("ev")
    if found is None:
        raise node.wrong("the field 'ev' is missing")
    if found.text() not in _KINDS:
        raise found.wrong(f"unknown event {found.value!r}; {forms.known(found.value, _KINDS)}")
    return found.text()


def _count(node: Node) -> int:
    return node.whole(least=0)


def _token(node: Node) -> Argument:
    return node.value if isinstance(node.value, str) else node.whole()


_READERS: Final[dict[str, Callable[[Node], Argument]]] = {
    "n": _count,
    "window": _count,
    "ver": Node.whole,
    "epoch": Node.whole,
    "token": _token,
}
"""How a field is read; one not named here is text."""
