"""`plan: max` serves as many as a library's maximum matching does, band by band, up to 12 by 12."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.domain.routing.model import Agent, Demand, PlanKind, Policy, Step, Waiting
from heartline.domain.routing.planning import plan
from tests.unit.routing.matching import most

SKILLS = ("x", "y", "z")
CHANNELS = ("email", "sms")

_agents = st.lists(
    st.tuples(st.frozensets(st.sampled_from(SKILLS)), st.integers(0, 2), st.integers(0, 1), st.integers(0, 2)),
    min_size=1,
    max_size=12,
).map(
    lambda rows: [
        Agent(id=f"a{n}", skills=dict.fromkeys(skills, 1), capacity={"email": mails, "sms": texts}, last=last)
        for n, (skills, mails, texts, last) in enumerate(rows)
    ]
)

_heads = st.lists(
    st.tuples(st.sampled_from(CHANNELS), st.frozensets(st.sampled_from(SKILLS), max_size=2), st.integers(1, 2)),
    max_size=12,
).map(
    lambda rows: [
        Waiting(id=f"c{n}", demand=_demand(channel, skills), enqueued=n, band=band)
        for n, (channel, skills, band) in enumerate(rows)
    ]
)


def _demand(channel: str, skills: frozenset[str]) -> Demand:
    return Demand(channel=channel, steps=(Step(needs=tuple((skill, 1) for skill in sorted(skills))),))


@settings(max_examples=150, deadline=None)
@given(heads=_heads, agents=_agents)
def test_each_band_is_served_as_far_as_any_assignment_could(heads: list[Waiting], agents: list[Agent]) -> None:
    claims = {each.head.id: each.agent for each in plan(heads, agents, Policy(plan=PlanKind.MAX), 50) if each.agent}
    taken: Counter[tuple[str, str]] = Counter()

    for band in (1, 2):
        waiting = [head for head in heads if head.band == band]
        served = [head for head in waiting if head.id in claims]
        assert len(served) == most(waiting, agents, taken)
        taken.update((claims[head.id], head.demand.channel) for head in served)
