"""Promises of every replay, whatever the scenario: the invariants of routing.md, checked at every instant."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from heartline.domain.routing.eligibility import case_of, inside_hours, refusal
from infra.local.replay import clock
from infra.local.replay.clock import replay
from infra.local.replay.scenario import Scenario, read_scenario
from infra.local.replay.work import HOLDING, Stage
from infra.local.replay.world import World
from tests.unit.replay.scenarios import scenarios

thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(document: dict[str, Any]) -> Scenario:
    return read_scenario(json.dumps(document))


class Watched(World):
    """A world that checks itself whenever it has been moved on."""

    def claim(self, decision: Any, agent: str, now: int) -> None:
        super().claim(decision, agent, now)
        after = self.agents[agent]
        assert after.free(decision.head.demand.channel) >= 0, "I1: automatic work takes a slot that is free"
        assert after.units is None or after.used(self.policy) <= after.units, "I1, in units"

    def expire(self, now: int) -> None:
        super().expire(now)
        self.check()

    def apply(self, event: Any) -> bool:
        ages = {work.head.id: work.head.enqueued for work in self.works.values()}
        fitted = super().apply(event)
        if event.name != "reply":
            assert ages == {work.head.id: work.head.enqueued for work in self.works.values()}, "I10: the age is kept"
        self.check()
        return fitted

    def check(self) -> None:
        for agent in self.agents.values():
            for channel, count in agent.load.items():
                held = [w for w in self.works.values() if w.holder == agent.id and w.channel == channel]
                assert count == len(held), "I2 and I6: every slot in use has its one conversation"
        for work in self.works.values():
            assert (work.agent is None) == (work.stage in (Stage.NEW, Stage.WAITING, Stage.CLOSED)), "I3"
            assert (work.ends is None) or work.stage in HOLDING


@thorough
@given(scenarios)
def test_every_instant_keeps_the_books(document: dict[str, Any]) -> None:
    scenario = read(document)
    world = Watched(scenario)

    for event in scenario.events:
        world.expire(event.at)
        world.apply(event)
        clock._match(world, clock.Trace(), event.at)
        world.check()


@thorough
@given(scenarios)
def test_after_a_matching_nobody_waits_beside_an_agent_who_could_take_them(document: dict[str, Any]) -> None:
    scenario = read(document)
    world = World(scenario)
    now = max(event.at for event in scenario.events)
    for event in scenario.events:
        world.apply(event)
    clock._match(world, clock.Trace(), now)

    for work in world.works.values():
        if work.stage is Stage.WAITING and inside_hours(work.head, now):
            case = case_of(work.head, world.agents, world.policy, now)
            asked = world.agents.values() if case.only is None else [world.agents[case.only]]
            assert all(refusal(agent, case, world.policy) for agent in asked), "I8"


@thorough
@given(scenarios)
def test_the_seconds_that_are_skipped_would_have_changed_nothing(document: dict[str, Any]) -> None:
    seconds = [event["t"] for event in document["events"]]
    ticks = [{"t": at, "ev": "tick"} for at in range(min(seconds), max(document["until"], *seconds) + 1)]

    assert replay(read(document)) == replay(read(document | {"events": [*document["events"], *ticks]}))
