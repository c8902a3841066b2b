"""`plan: max` keeps the letter of R18: compared with the rule itself, tried out in every possible way."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.domain.routing.model import Agent, Demand, PlanKind, Policy, Step, Waiting
from heartline.domain.routing.planning import plan
from tests.unit.routing.rules import Rules

CHANNELS = ("email", "sms", "voice")

_agents = st.lists(
    st.builds(
        lambda skills, capacity, units, last: Agent(id="", skills=skills, capacity=capacity, units=units, last=last),
        skills=st.fixed_dictionaries({"x": st.integers(0, 1), "y": st.integers(0, 1)}),
        capacity=st.fixed_dictionaries({channel: st.integers(0, 2) for channel in CHANNELS}),
        units=st.none() | st.integers(1, 4),
        last=st.integers(0, 3),
    ),
    min_size=1,
    max_size=3,
).map(lambda agents: [replace(agent, id=f"a{n}") for n, agent in enumerate(agents)])

_heads = st.lists(st.tuples(st.sampled_from(CHANNELS), st.sampled_from(("x", "y")), st.integers(1, 2)), max_size=6).map(
    lambda rows: [
        Waiting(id=f"c{n}", demand=Demand(channel=channel, steps=(Step(needs=((skill, 1),)),)), enqueued=n, band=band)
        for n, (channel, skill, band) in enumerate(rows)
    ]
)

_policies = st.builds(
    lambda blocks, weights: Policy(plan=PlanKind.MAX, blocks=blocks, weights=weights),
    blocks=st.dictionaries(st.sampled_from(CHANNELS), st.frozensets(st.sampled_from(CHANNELS)), max_size=2),
    weights=st.dictionaries(st.sampled_from(CHANNELS), st.integers(0, 3)),
)


@settings(max_examples=300, deadline=None)
@given(heads=_heads, agents=_agents, policy=_policies)
def test_the_plan_is_the_one_that_the_rule_describes(heads: list[Waiting], agents: list[Agent], policy: Policy) -> None:
    planned = [(each.head.id, each.agent) for each in plan(heads, agents, policy, 9)]

    assert planned == [(head, agent) for head, agent, *_ in Rules(tuple(agents), policy, 9).plan(heads)]


def test_twelve_that_depend_on_each_other_are_planned_exactly_and_more_say_that_they_were_not() -> None:
    policy = Policy(plan=PlanKind.MAX, blocks={"voice": frozenset({"email"})})
    agents = [Agent(id=f"a{n}", capacity={"email": 1, "voice": 1}) for n in range(13)]
    heads = [
        Waiting(id=f"c{n:02d}", demand=Demand(channel=CHANNELS[n % 2 * 2], steps=(Step(needs=()),)), enqueued=n)
        for n in range(13)
    ]

    twelve, thirteen = (list(plan(heads[:count], agents, policy, 20)) for count in (12, 13))

    assert not any(decision.bounded for decision in twelve)
    assert all(decision.bounded for decision in thirteen)
    assert all(decision.agent for decision in thirteen)


def test_a_long_queue_of_independent_places_is_planned_exactly() -> None:
    agents = [Agent(id=f"a{n}", capacity={"email": 1}, skills={"x": 1, f"s{n}": 1}) for n in range(40)]
    anyone = [Waiting(id=f"c{n}", demand=_mail("x"), enqueued=n) for n in range(20)]
    picky = [Waiting(id=f"d{n}", demand=_mail(f"s{n}"), enqueued=50 + n) for n in range(20)]

    decisions = list(plan([*anyone, *picky], agents, Policy(plan=PlanKind.MAX), 99))

    assert all(decision.agent for decision in decisions), "greedy would give the first twenty agents away"


def _mail(skill: str) -> Demand:
    return Demand(channel="email", steps=(Step(needs=((skill, 1),)),))
