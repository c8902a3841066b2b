"""Who may take a conversation now: qualification, decline memory, the preferred agent and the place (R1, R7 to R14)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from heartline.domain.routing.model import ONLINE, Agent, Decline, Demand, Needs, Policy, Refusal, Waiting


class Ring(NamedTuple):
    """A pool with a step; `place` counts rings in the order in which they rank (R9). A tuple, for its fast hash."""

    place: int
    pool: str
    needs: Needs


class Case(NamedTuple):
    """All that matters of a waiting conversation for the choice of its agent; equal cases have equal answers.

    A tuple, because cases are looked up once for each of many conversations, and its hash is fast. `only` is the
    preferred agent while it is kept for them. `new_round` says that the decline memory is disregarded.
    """

    channel: str
    rings: tuple[Ring, ...]
    heated: bool = False
    excluded: frozenset[str] = frozenset()
    only: str | None = None
    new_round: bool = False


def case_of(head: Waiting, agents: Mapping[str, Agent], policy: Policy, now: float) -> Case:
    """Reduce `head` to what its choice depends on at `now`."""
    return case_in(head, open_rings(head.demand, age_of(head, now)), agents=agents, policy=policy, now=now)


def case_in(head: Waiting, rings: tuple[Ring, ...], *, agents: Mapping[str, Agent], policy: Policy, now: float) -> Case:
    """The same where the open rings are known."""
    channel = head.demand.channel
    if not head.declines and head.preference is None:
        return Case(channel, rings, head.heated)
    remembered = live_declines(head, agents)
    rested = bool(remembered) and now - max(each.at for each in remembered.values()) >= policy.retry_after
    new_round = rested and all(
        name in remembered or unqualified(agent, channel, rings) for name, agent in agents.items()
    )
    excluded = frozenset() if new_round else frozenset(remembered)
    only = _kept_for(head, rings, agents=agents, excluded=excluded, now=now)
    return Case(channel, rings, head.heated, excluded, only, new_round=new_round)


def age_of(head: Waiting, now: float) -> float:
    """Seconds since its enqueueing. A provider's clock may be ahead of ours: nothing is younger than just enqueued."""
    return max(now - head.enqueued, 0)


def inside_hours(head: Waiting, now: float) -> bool:
    """Whether `now` is within business hours (R12)."""
    return head.hours is None or any(start <= now < end for start, end in head.hours)


def step_openings(demand: Demand) -> list[float]:
    """The age at which each step opens; steps behind one that never ends are left out."""
    openings: list[float] = []
    age: float = 0
    for step in demand.steps:
        openings.append(age)
        if step.lasts is None:
            break
        age += step.lasts
    return openings


def open_rings(demand: Demand, age: float) -> tuple[Ring, ...]:
    """The rings that have opened `age` seconds after the enqueueing, in order of rank (R9, R11)."""
    steps = demand.steps[: bisect_right(step_openings(demand), age)]
    pairs = ((pool.name, step.needs) for pool in demand.pools if pool.opens <= age for step in steps)
    return tuple(Ring(place, pool, needs) for place, (pool, needs) in enumerate(pairs))


def ring_of(agent: Agent, rings: Iterable[Ring]) -> Ring | None:
    """The first open ring of the agent's pool whose skills they have."""
    return next((ring for ring in rings if ring.pool == agent.pool and meets(agent.skills, ring.needs)), None)


def meets(skills: Mapping[str, int], needs: Needs) -> bool:
    """Whether `skills` are enough for a step."""
    for skill, least in needs:  # noqa: SIM110 - asked often; a generator takes twice as long
        if skills.get(skill, 0) < least:
            return False
    return True


def unreachable(agent: Agent, channel: str) -> Refusal | None:
    """Why the agent takes no work on `channel` at all, if so."""
    if agent.presence != ONLINE:
        return Refusal.PRESENCE
    if channel in agent.off or agent.capacity.get(channel, 0) < 1:
        return Refusal.CHANNEL
    return None


def unqualified(agent: Agent, channel: str, rings: tuple[Ring, ...]) -> Refusal | None:
    """Why the agent is not one of those asked for, if so; a full agent is qualified (R1)."""
    reason = unreachable(agent, channel)
    if reason is not None or ring_of(agent, rings) is not None:
        return reason
    return Refusal.SKILL if any(ring.pool == agent.pool for ring in rings) else Refusal.POOL


def no_place(agent: Agent, channel: str, policy: Policy) -> Refusal | None:
    """Why the agent has no place for one more piece of work on `channel`, if so (R10, R14)."""
    if agent.capacity.get(channel, 0) - agent.load.get(channel, 0) < 1:
        return Refusal.SLOT
    if agent.units is not None and agent.used(policy) + policy.weight(channel) > agent.units:
        return Refusal.UNITS
    if policy.blocks and agent.load and _blocked(agent, channel, policy):
        return Refusal.BLOCKED
    return None


def _blocked(agent: Agent, channel: str, policy: Policy) -> bool:
    return any(agent.load.get(other) for other in policy.blockers(channel))


def unasked(agent: Agent, case: Case) -> Refusal | None:
    """Why the agent is not to take the case even if they have a place, if so; no agent is named but `case.only`."""
    if case.only is not None:
        return None
    reason = unqualified(agent, case.channel, case.rings)
    if reason is not None:
        return reason
    return Refusal.EXCLUDED if agent.id in case.excluded else None


def refusal(agent: Agent, case: Case, policy: Policy) -> Refusal | None:
    """The rule that keeps this agent from the case, or None if they are eligible."""
    return unasked(agent, case) or no_place(agent, case.channel, policy)


def live_declines(head: Waiting, agents: Mapping[str, Agent]) -> dict[str, Decline]:
    """The decline memory without what a change of presence has made void (R7)."""
    if not head.declines:
        return {}
    known = ((agents.get(name), decline) for name, decline in head.declines.items())
    return {agent.id: decline for agent, decline in known if agent is not None and agent.epoch == decline.epoch}


def _kept_for(
    head: Waiting, rings: tuple[Ring, ...], *, agents: Mapping[str, Agent], excluded: frozenset[str], now: float
) -> str | None:
    wish = head.preference
    if wish is None or not now < head.enqueued + wish.window or wish.agent in excluded:
        return None
    agent = agents.get(wish.agent)
    if agent is None or unreachable(agent, head.demand.channel):
        return None
    return agent.id if wish.ignore_skills or ring_of(agent, rings) else None
