"""Runs a scenario: expiries, events, one matching, instant after instant, and writes down what came out."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from heartline.domain.routing.model import Agent, Decision
from heartline.domain.routing.planning import plan
from heartline.domain.routing.timing import next_change
from infra.local.replay.events import Event
from infra.local.replay.explanation import Telling
from infra.local.replay.scenario import Scenario
from infra.local.replay.work import Stage
from infra.local.replay.world import World

RAW: Final = "claim"
"""The event in whose instant there is no matching."""

_ANSWERED: Final = frozenset({"accept", "reject", "close", RAW})
"""The events whose outcome is part of the output."""

Agenda = Mapping[int, list[Event]]


def replay(scenario: Scenario, tell: Telling | None = None) -> dict[str, Any]:
    """Run a scenario from its first event to its end; the shape of the output is in routing.md.

    `tell` hears of each decision of the trace as it is made.
    """
    world, trace = World(scenario), Trace(tell)
    results: list[bool] = []
    agenda = {at: list(events) for at, events in groupby(scenario.events, key=lambda event: event.at)}
    for now in _instants(world, agenda, scenario.until):
        world.expire(now)
        happened = [(event.name, world.apply(event)) for event in agenda.get(now, [])]
        results += [fitted for name, fitted in happened if name in _ANSWERED]
        if not _is_raw(agenda, now):
            _match(world, trace, now)
    return {"log": world.log, **_outcome(world), "results": results, "trace": trace.entries}


class Trace:
    """What was decided about each conversation, written down when it is new."""

    def __init__(self, tell: Telling | None = None) -> None:
        self.entries: list[dict[str, Any]] = []
        self._latest: dict[str, dict[str, Any]] = {}
        self._tell = tell

    def note(self, decision: Decision, agents: Mapping[str, Agent], now: int) -> None:
        """An agent is always news; to go on waiting is, if the reasons have changed."""
        told: dict[str, Any] = {"agent": decision.agent, "order": decision.order, "refused": decision.refused}
        told |= {"why": decision.why} | ({"bounded": True} if decision.bounded else {})
        conversation = decision.head.id
        if decision.agent is not None or self._latest.get(conversation) != told:
            self.entries.append({"t": now, "conv": conversation, **told})
            if self._tell is not None:
                self._tell(decision, agents, now)
        self._latest[conversation] = told


def _match(world: World, trace: Trace, now: int) -> None:
    for decision in list(plan(world.waiting.values(), world.agents.values(), world.policy, now)):
        trace.note(decision, world.agents, now)
        if decision.agent is not None:
            world.claim(decision, decision.agent, now)


def _instants(world: World, agenda: Agenda, until: int) -> Iterator[int]:
    """The seconds at which anything may change; in all others a matching would find what it found before.

    The next one is looked for when it is asked for, in the world as it is then.
    """
    seconds = sorted(agenda)
    now, end = (seconds[0], max(until, seconds[-1])) if seconds else (1, 0)
    while now <= end:
        yield now
        following = bisect_right(seconds, now)
        planned = seconds[following : following + 1]
        now = min([*planned, *_upcoming(world, now, raw=_is_raw(agenda, now))], default=end + 1)


def _upcoming(world: World, now: int, *, raw: bool) -> Iterator[int]:
    """Work that has begun may refuse those who were asked before it, and so give them other reasons to wait."""
    if raw or (world.waiting and world.has_begun(now)):
        yield now + 1
    for ends in world.timed.values():
        yield max(ends, now + 1)
    for head in world.waiting.values():
        change = next_change(head, world.policy, now)
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
