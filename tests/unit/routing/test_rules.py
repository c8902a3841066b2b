"""The decision says exactly what the rules say, with every reason, however fast it is found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heartline.domain.routing.floor import Floor
from heartline.domain.routing.lines import Line
from heartline.domain.routing.model import Agent, Decision, Demand, PlanKind, Policy, Waiting
from heartline.domain.routing.planning import plan, plan_lines
from heartline.domain.routing.ranking import urgency
from tests.unit.routing.rules import Rules, Told
from tests.unit.routing.worlds import NOW, agents, crowds, heads, policies

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told(decisions: Iterable[Decision]) -> list[Told]:
    return [(each.head.id, each.agent, each.why, each.order, dict(each.refused), each.new_round) for each in decisions]


@thorough
@given(waiting=heads(12), agents=agents, policy=policies)
def test_greedy_says_what_the_rules_say(waiting: list[Waiting], agents: list[Agent], policy: Policy) -> None:
    assert told(plan(waiting, agents, policy, NOW)) == list(Rules(tuple(agents), policy, NOW).plan(waiting))


@settings(thorough, max_examples=60)
@given(waiting=heads(30), agents=crowds, policy=policies)
def test_greedy_says_so_of_a_crowd_too(waiting: list[Waiting], agents: list[Agent], policy: Policy) -> None:
    assert told(plan(waiting, agents, policy, NOW)) == list(Rules(tuple(agents), policy, NOW).plan(waiting))


@thorough
@given(waiting=heads(12), agents=agents, policy=policies, ahead=st.lists(st.integers(0, 9), min_size=10, max_size=10))
def test_work_that_began_ahead_of_our_clock_ranks_anew_with_the_next_claim(
    waiting: list[Waiting], agents: list[Agent], policy: Policy, ahead: list[int]
) -> None:
    agents = [
        replace(agent, last=NOW + last, last_heated=NOW + heated)
        for agent, last, heated in zip(agents, ahead[::2], ahead[1::2], strict=False)
    ]

    assert told(plan(waiting, agents, policy, NOW)) == list(Rules(tuple(agents), policy, NOW).plan(waiting))


@thorough
@given(waiting=heads(5), agents=agents, policy=policies)
def test_max_says_what_the_rules_say(waiting: list[Waiting], agents: list[Agent], policy: Policy) -> None:
    policy = replace(policy, plan=PlanKind.MAX)

    assert told(plan(waiting, agents, policy, NOW)) == list(Rules(tuple(agents), policy, NOW).plan(waiting))


@thorough
@given(waiting=heads(12), agents=agents, policy=policies)
def test_a_short_trace_is_the_beginning_of_the_whole_one(
    waiting: list[Waiting], agents: list[Agent], policy: Policy
) -> None:
    whole, short = (list(plan(waiting, agents, policy, NOW, most=most)) for most in (None, 2))

    for one, other in zip(whole, short, strict=True):
        assert (other.agent, other.order) == (one.agent, one.order[:2])
        assert list(other.refused.items()) == list(islice(one.refused.items(), 2))


@thorough
@given(waiting=heads(12), agents=agents, policy=policies)
def test_lines_give_the_same_claims_and_leave_only_those_whom_nobody_could_serve(
    waiting: list[Waiting], agents: list[Agent], policy: Policy
) -> None:
    for kind in PlanKind:
        policy = replace(policy, plan=kind)
        whole = list(plan(waiting, agents, policy, NOW))
        read = list(plan_lines(Floor(agents, policy, NOW), lines(waiting)))

        assert read == [each for each in whole if each in read], "what is read is decided alike, in the same order"
        assert [each for each in read if each.agent] == [each for each in whole if each.agent]


def lines(waiting: Sequence[Waiting]) -> list[Line]:
    """A line for each class; those who may be kept for an agent without the skills stand in one of their own."""
    classes: dict[tuple[Demand, bool], list[Waiting]] = defaultdict(list)
    for head in sorted(waiting, key=urgency):
        classes[head.demand, bool(head.preference and head.preference.ignore_skills)].append(head)
    return [Line(demand=demand, heads=found, personal=personal) for (demand, personal), found in classes.items()]
