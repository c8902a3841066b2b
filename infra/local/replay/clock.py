"""Runs a scenario: expiries, events, one matching, instant after instant, and writes down what came out."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, Protocol

from heartline.domain.routing.model import Agent, Decision, Policy, Waiting
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


class Replayed(Protocol):
    """A world that scenarios run in. `waiting` are the heads that wait now, `timed` when an offer or wrap-up ends.

    `log` has each offer, assignment and return to an owner. `stages` says of each conversation where it stands and,
    if it is on offer or assigned, at whom.
    """

    @property
    def policy(self) -> Policy: ...

    @property
    def log(self) -> Sequence[tuple[int, str, str]]: ...

    @property
    def agents(self) -> Mapping[str, Agent]: ...

    @property
    def waiting(self) -> Mapping[str, Waiting]: ...

    @property
    def timed(self) -> Mapping[str, int]: ...

    def expire(self, now: int) -> None:
        """End the offers and wrap-ups whose time is over."""
        ...

    def apply(self, event: Event) -> bool:
        """Let something happen; False if it did not fit the state, which it has not changed then."""
        ...

    def match(self, decisions: Sequence[Decision], now: int) -> None:
        """Carry out one matching, which was decided so."""
        ...

    def stages(self) -> Mapping[str, tuple[Stage, str | None]]: ...


def replay(scenario: Scenario, tell: Telling | None = None, *, world: Replayed | None = None) -> dict[str, Any]:
    """Run a scenario from its first event to its end; the shape of the output is in routing.md.

    `tell` hears of each decision of the trace as it is made. `world` is one in memory, unless another is given.
    """
    world, trace = world or World(scenario), Trace(tell)
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


def _match(world: Replayed, trace: Trace, now: int) -> None:
    """Each claim counts for the decisions after it; the trace tells of them as they were made."""
    agents = dict(world.agents)
    decisions = list(plan(world.waiting.values(), agents.values(), world.policy, now))
    for decision in decisions:
        trace.note(decision, agents, now)
        if decision.agent is not None:
            given = agents[decision.agent].given(decision.head.demand.channel, heated=decision.head.heated, now=now)
            agents[decision.agent] = given
    world.match(decisions, now)


def _instants(world: Replayed, agenda: Agenda, until: int) -> Iterator[int]:
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


def _upcoming(world: Replayed, now: int, *, raw: bool) -> Iterator[int]:
    """Work that has begun may refuse those who were asked before it, and so give them other reasons to wait."""
    if raw or (world.waiting and _has_begun(world, now)):
        yield now + 1
    for ends in world.timed.values():
        yield max(ends, now + 1)
    for head in world.waiting.values():
        change = next_change(head, world.policy, now)
        if change is not None:
            yield int(change)


def _is_raw(agenda: Agenda, now: int) -> bool:
    return any(event.name == RAW for event in agenda.get(now, []))


def _has_begun(world: Replayed, now: int) -> bool:
    """Whether an offer or assignment began at `now`."""
    return bool(world.log) and world.log[-1][0] == now


def _outcome(world: Replayed) -> dict[str, Any]:
    agents = world.agents.values()
    held = {conv: stage if agent is None else agent for conv, (stage, agent) in world.stages().items()}
    load = {agent.id: {channel: count for channel, count in agent.load.items() if count} for agent in agents}
    return {"held": held, "presence": {agent.id: agent.presence for agent in agents}, "load": load}
