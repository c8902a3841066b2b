"""Classes that nobody of the staff could ever take, and why: a slip in the file, which a report of zeros would hide."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from heartline.domain.routing.eligibility import Ring, meets, open_rings, unqualified
from heartline.domain.routing.model import ONLINE, Agent, Needs, Refusal
from heartline.domain.routing.phrasing import MEMBERSHIP
from infra.local.simulate.workday import Stream, Workday


def unserved(workday: Workday) -> Iterator[str]:
    """A sentence for each class that waits for ever, whoever is at work and however long it waits."""
    staff = [replace(member.agent, presence=ONLINE) for member in workday.staff]
    for stream in workday.streams:
        rings = open_rings(stream.demand, inf)
        refusals = [unqualified(agent, stream.channel, rings) for agent in staff]
        if None not in refusals:
            able = [agent for agent, refusal in zip(staff, refusals, strict=True) if refusal is Refusal.SKILL]
            reached = any(refusal is not Refusal.CHANNEL for refusal in refusals)
            yield f"Nobody could ever take the class {stream.name}: {_why(stream, rings, able, reached=reached)}."


def _why(stream: Stream, rings: Sequence[Ring], able: Sequence[Agent], *, reached: bool) -> str:
    if not reached:
        return f"nobody has a `capacity` for {stream.channel}"
    if not able:
        return (
            f"nobody who takes {stream.channel} stands in the pool {' or '.join(p.name for p in stream.demand.pools)}"
        )
    needs = rings[-1].needs
    missing = [need for need in needs if not any(meets(agent.skills, (need,)) for agent in able)]
    return f"nobody who takes {stream.channel} {_asked(missing or needs)}"


def _asked(needs: Needs | list[tuple[str, int]]) -> str:
    return " and ".join(_has(skill, level) for skill, level in needs)


def _has(skill: str, level: int) -> str:
    """Staff is in an inbox of the company by the id of one of its agents."""
    if skill.startswith(MEMBERSHIP):
        return f"works in {skill.removeprefix(MEMBERSHIP)} (who has the `id` of one of the company's agents there does)"
    return f"has {skill} {level}"
