"""Who could serve work at all is what the production plan would do, were everybody online and idle and all open."""

import random

import pytest

from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.model import Policy, Pool, Waiting
from heartline.domain.routing.planning import plan
from heartline.domain.routing.serving import Staffing, as_online, demand, serving
from heartline.domain.routing_rules import IntakeRule, Match, Relaxation, RoutingRules, Terms
from heartline.domain.terms import Facts, Sorting

SKILLS = ("en", "es", "fr", "billing")
POOLS = ("main", "over", "night")
CHANNELS = (Channel.EMAIL, Channel.SMS, Channel.VOICE)
LATE = 1e9
"""An age at which every step and pool is open."""


def levels(draw: random.Random, most: int = 3, least: int = 1) -> dict[str, int]:
    return {skill: draw.randint(least, most) for skill in draw.sample(SKILLS, draw.randint(0, 2))}


def agents(draw: random.Random) -> tuple[AgentProfile, ...]:
    return tuple(
        AgentProfile(
            id=f"a{number}",
            name="",
            skills=levels(draw),
            capacity={channel: draw.randint(0, 2) for channel in CHANNELS},
            inboxes=("support",) if draw.random() < 0.8 else (),
            pool=draw.choice(POOLS),
        )
        for number in range(draw.randint(0, 6))
    )


def relaxing(draw: random.Random) -> tuple[Relaxation, ...]:
    ages = sorted(draw.sample(range(1, 600), draw.randint(0, 3)))
    return tuple(Relaxation(after=age, requires=levels(draw, least=0)) for age in ages)


def asked_by(draw: random.Random, staff: tuple[AgentProfile, ...]) -> tuple[Asked, Channel]:
    inbox = Inbox(id="support", name="", requires=levels(draw), terms=Terms(relax=relaxing(draw)))
    pools = tuple(Pool(name=pool, opens=draw.choice([0, 60])) for pool in draw.sample(POOLS, draw.randint(0, 3)))
    rule = IntakeRule(name="r", when=Match(), then=Terms(requires=levels(draw), relax=relaxing(draw), pools=pools))
    channel, language = draw.choice(CHANNELS), draw.choice(["", "es", "en"])
    sorting = Sorting(
        rules=RoutingRules(intake=(rule,) if draw.random() < 0.6 else ()),
        agents=staff,
        tongue=lambda _text, among: language if language in among else None,
    )
    return sorting.asked(Facts(inbox=inbox, channel=channel, text="words")), channel


@pytest.mark.parametrize("seed", range(400))
def test_somebody_could_serve_exactly_what_the_plan_places_in_the_end(seed: int) -> None:
    draw = random.Random(seed)
    staff = agents(draw)
    asked, channel = asked_by(draw, staff)
    wanted = demand(asked, channel, tuple(dict.fromkeys(agent.pool for agent in staff)))
    (decision,) = plan([Waiting(id="c", demand=wanted, enqueued=0)], as_online(staff), Policy(), LATE)
    assert set(serving(wanted, as_online(staff))) == set(decision.order)
    staffing = Staffing(Company(inboxes=(), agents=staff))
    assert staffing.takers(asked, channel) == len(decision.order), "counted by kind"


@pytest.mark.parametrize("seed", range(400))
def test_steps_follow_each_other_end_nowhere_and_keep_the_right_to_work_in_the_inbox(seed: int) -> None:
    draw = random.Random(seed)
    asked, _ = asked_by(draw, agents(draw))
    assert asked.requires["inbox:support"] == 1
    assert not asked.steps or dict(asked.steps[0].needs) == asked.requires
    assert all(step.lasts is not None and step.lasts > 0 for step in asked.steps[:-1])
    assert all(step.lasts is None for step in asked.steps[-1:])
    assert all(("inbox:support", 1) in step.needs for step in asked.steps)
    assert all(level > 0 for step in asked.steps for _, level in step.needs)
    assert all(before.needs != after.needs for before, after in zip(asked.steps, asked.steps[1:], strict=False))
