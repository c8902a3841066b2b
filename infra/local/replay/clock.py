"""Runs a scenario: expiries, events, one matching, instant after instant, and writes down what came out."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from heartline.domain.routing.model import Decision
from heartline.domain.routing.planning import plan
from heartline.domain.routing.timing import next_change
from infra.local.replay.events import Event
from infra.local.replay.scenario import Scenario
from infra.local.replay.work import Stage
from infra.local.replay.world import World

RAW: Final = "claim"
"""The event in whose instant there is no matching."""

_ANSWERED: Final = frozenset({"accept", "reject", "close", RAW})
"""The events whose outcome is part of the output."""

Agenda = Mapping[int, list[Event]]


def replay(scenario: Scenario) -> dict[str, Any]:
    """Run a scenario from its first event to its end; the shape of the output is in routing.md."""
    world, trace = World(scenario), Trace()
    results: list[bool] = []
    agenda = {at: list(events) for at, events in groupby(scenario.events, key=lambda event: event.at)}
    for now in _instants(world, agenda, scenario.until):
        world.expire(now)
        happened = [(event.name, world.apply(event)) for event in agenda.get(now, [])]
        results += [fitted for name, fitted in happened if name in _ANSWERED]
        if not _is_raw(agenda, now):
            _match(world, trace, now)
    return _outcome(world) | {"log": world.log, "results": results, "trace": trace.entries}


class Trace:
    """What was decided about each conversation, written down when it is new."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self._latest: dict[str, dict[str, Any]] = {}

    def note(self, decision: Decision, now: int) -> None:
        """An agent is always news; to go on waiting is, if the reasons have changed."""
        told: dict[str, Any] = {"agent": decision.agent, "order": decision.order, "refused": decision.refused}
        told |= {"why": decision.why} | ({"bounded": True} if decision.bounded else {})
        conversation = decision.head.id
        if decision.agent is not None or self._latest.get(conversation) != told:
            self.entries.append({"t": now, "conv": conversation, **told})
        self._latest[conversation] = told


def _match(world: World, trace: Trace, now: int) -> None:
    waiting = [work.head for work in world.works.values() if work.stage is Stage.WAITING]
    for decision in list(plan(waiting, world.agents.values(), world.policy, now)):
        trace.note(decision, now)
        if decision.agent is not None:
            world.claim(decision, decision.agent, now)


def _instants(world: World, agenda: Agenda, until: int) -> Iterator[int]:
    """The seconds at which anything may change; in all others a matching would find what it found before.

    The next one is looked for when it is asked for, in the world as it is then.
    """
    if not agenda:
        return
    now, end = min(agenda), max(until, *agenda)
    while now <= end:
        yield now
        now = min((at for at in _upcoming(world, agenda, now) if at > now), default=end + 1)


def _upcoming(world: World, agenda: Agenda, now: int) -> Iterator[int]:
    yield from agenda
    if _is_raw(agenda, now):
        yield now + 1
    for work in world.works.values():
        if work.ends is not None:
            yield max(work.ends, now + 1)
        elif work.stage is Stage.WAITING:
            change = next_change(work.head, world.policy, now)
            if change is not None:
                yield int(change)


def _is_raw(agenda: Agenda, now: int) -> bool:
    return any(event.name == RAW for event in agenda.get(now, []))


def _outcome(world: World) -> dict[str, Any]:
    agents = world.agents.values()
    held = {conv: work.agent if _is_held(work.stage) else work.stage for conv, work in world.works.items()}
    load = {agent.id: {channel: count for channel, count in agent.load.items() if count} for agent in agents}
    return {"held": held, "presence": {agent.id: agent.presence for agent in agents}, "load": load}


def _is_held(stage: Stage) -> bool:
    return stage in (Stage.OFFERED, Stage.ASSIGNED)
