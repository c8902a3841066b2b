"""Seeded worlds in which who goes to whom matters: few places, and agents who can do what others cannot."""

from random import Random
from typing import Final

from heartline.domain.routing.model import Agent, Demand, PlanKind, Policy, Step, Waiting

SKILLS: Final = ("x", "y", "z")
CHANNELS: Final = ("email", "sms", "voice")
NOW: Final = 99


def some_agents(random: Random, count: int, *, most: int = 1, units: bool = False) -> list[Agent]:
    """Each has at most `most` places on a channel."""
    return [
        Agent(
            id=f"a{n}",
            skills=dict.fromkeys(random.sample(SKILLS, random.randint(1, 3)), 1),
            capacity={channel: random.randint(0, most) for channel in CHANNELS},
            units=random.randint(1, 4) if units and random.random() < 0.7 else None,
            last=random.randint(0, 3),
        )
        for n in range(count)
    ]


def some_heads(random: Random, count: int, *, bands: int = 2) -> list[Waiting]:
    return [
        Waiting(
            id=f"c{n}",
            demand=Demand(channel=random.choice(CHANNELS), steps=(Step(needs=((random.choice(SKILLS), 1),)),)),
            enqueued=random.randint(0, 20),
            band=random.randint(1, bands),
        )
        for n in range(count)
    ]


def independent() -> Policy:
    """No agent's place on one channel depends on another: neither units nor blocks."""
    return Policy(plan=PlanKind.MAX)


def tied(random: Random) -> Policy:
    """Calls block what is written, or what is written blocks calls, and channels differ in weight."""
    blocks = {"voice": frozenset({"email"})} if random.random() < 0.5 else {"email": frozenset({"voice", "sms"})}
    weights = {channel: random.randint(1, 3) for channel in CHANNELS}
    return Policy(plan=PlanKind.MAX, blocks=blocks, weights=weights)
