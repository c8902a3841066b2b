"""`plan: max` is as good as it can be, in thousands of seeded worlds in which greedy often is not.

Where places are independent a library says how many can be served, band by band; where units or blocks tie them, R18
itself is tried out in every way. Each shape of a world must have asked something of the plan: a world in which greedy
serves as many proves little.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from heartline.domain.routing.model import Agent, PlanKind, Policy, Waiting
from heartline.domain.routing.planning import plan
from tests.unit.routing.crossings import NOW, independent, some_agents, some_heads, tied
from tests.unit.routing.matching import most
from tests.unit.routing.rules import Rules


@pytest.mark.parametrize("shape", [(12, 6), (12, 12), (5, 12)], ids=str)
def test_a_band_is_served_as_far_as_any_assignment_could(shape: tuple[int, int]) -> None:
    better = 0
    for seed in range(400):
        random = Random(seed)
        agents, heads = some_agents(random, shape[0]), some_heads(random, shape[1])
        claims = served(heads, agents, independent())

        taken: Counter[tuple[str, str]] = Counter()
        for band in (1, 2):
            waiting = [head for head in heads if head.band == band]
            got = [head for head in waiting if head.id in claims]
            assert len(got) == most(waiting, agents, taken), f"seed {seed}, band {band}"
            taken.update((claims[head.id], head.demand.channel) for head in got)
        better += len(claims) > len(served(heads, agents, greedy(independent())))
    assert better > 10, "worlds in which greedy leaves somebody waiting beside a free agent"


@pytest.mark.parametrize(("shape", "seeds"), [((4, 3), 400), ((4, 4), 300), ((2, 7), 300), ((2, 12), 100)], ids=str)
def test_where_places_are_tied_the_plan_is_the_one_that_the_rule_describes(shape: tuple[int, int], seeds: int) -> None:
    better = 0
    for seed in range(seeds):
        random = Random(seed)
        agents = some_agents(random, shape[0], most=2, units=True)
        heads, policy = some_heads(random, shape[1], bands=1 + seed % 2), tied(random)

        by_the_rule = {head: agent for head, agent, *_ in Rules(tuple(agents), policy, NOW).plan(heads) if agent}
        assert served(heads, agents, policy) == by_the_rule, f"seed {seed}"
        better += len(by_the_rule) > len(served(heads, agents, greedy(policy)))
    assert better > 3, "worlds in which greedy leaves somebody waiting beside a free agent"


@pytest.mark.parametrize("shape", [(20, 30), (6, 60)], ids=str)
def test_a_long_band_of_tied_places_keeps_the_rules_and_leaves_nobody_beside_an_agent_for_them(
    shape: tuple[int, int],
) -> None:
    for seed in range(40):
        random = Random(seed)
        agents = some_agents(random, shape[0], most=3, units=True)
        heads, policy = some_heads(random, shape[1], bands=1), tied(random)

        world = Rules(tuple(agents), policy, NOW)
        decisions = list(plan(heads, agents, policy, NOW))
        for decision in decisions:
            if decision.agent is not None:
                assert decision.agent in world.order(decision.head), f"seed {seed}"
                world = world.given(decision.head, decision.agent)
        assert not any(world.order(each.head) for each in decisions if each.agent is None), f"seed {seed}"
        assert all(each.bounded for each in decisions)


def greedy(policy: Policy) -> Policy:
    return replace(policy, plan=PlanKind.GREEDY)


def served(heads: Sequence[Waiting], agents: Sequence[Agent], policy: Policy) -> dict[str, str]:
    return {each.head.id: each.agent for each in plan(heads, agents, policy, NOW) if each.agent}
