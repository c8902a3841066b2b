"""What time alone will change for a waiting conversation: steps, pools, the preferred agent, who declined. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from heartline.domain.routing.durations import span
from heartline.domain.routing.eligibility import Case, age_of, live_declines, step_openings, unqualified
from heartline.domain.routing.model import Agent, Needs, Policy, Waiting
from heartline.domain.routing.phrasing import Phrasing
from heartline.domain.routing.reasons import level_words


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNow:
    """The step that is open, and what the next asks for, in so many seconds; `words` say what that changes."""

    index: int
    needs: Needs
    opens_in: float
    following: Needs
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolNow:
    """A pool that may serve the conversation, in so many seconds from now; 0 once it does."""

    name: str
    label: str
    opens_in: float


def asked_now(head: Waiting, now: float) -> Needs:
    """What the latest step that is open asks for."""
    return head.demand.steps[_opened(head, now) - 1].needs


def step_now(head: Waiting, words: Phrasing, now: float) -> StepNow | None:
    """None once nothing relaxes any more."""
    opened, openings = _opened(head, now), step_openings(head.demand)
    if opened >= len(openings):
        return None
    needs, following = head.demand.steps[opened - 1].needs, head.demand.steps[opened].needs
    opens_in = openings[opened] - age_of(head, now)
    changes = level_words(needs, following, words)
    return StepNow(
        index=opened - 1,
        needs=needs,
        opens_in=opens_in,
        following=following,
        words=f"In {span(opens_in)} {changes}." if changes else "",
    )


def pools_now(head: Waiting, words: Phrasing, now: float) -> tuple[PoolNow, ...]:
    """The pools in the order in which they are asked."""
    age = age_of(head, now)
    return tuple(
        PoolNow(name=pool.name, label=words.pool(pool.name), opens_in=max(pool.opens - age, 0))
        for pool in head.demand.pools
    )


def kept_until(head: Waiting, case: Case) -> float | None:
    """Until when it is kept for its preferred agent; None if it is not."""
    return head.enqueued + head.preference.window if case.only is not None and head.preference else None


def asked_again(head: Waiting, case: Case, agents: Mapping[str, Agent], policy: Policy) -> float | None:
    """When those who declined are asked again although nothing happens; None while somebody else is left (R7)."""
    declines = live_declines(head, agents)
    others = (agent for name, agent in agents.items() if name not in declines)
    if not declines or case.new_round or any(unqualified(agent, case.channel, case.rings) is None for agent in others):
        return None
    return max(decline.at for decline in declines.values()) + policy.retry_after


def coming(
    head: Waiting, case: Case, agents: Mapping[str, Agent], *, policy: Policy, words: Phrasing, now: float
) -> Iterator[str]:
    """A sentence for each thing that waiting alone will change."""
    step = step_now(head, words, now)
    if step is not None and step.words:
        yield step.words
    for pool in pools_now(head, words, now):
        if pool.opens_in > 0:
            yield f"In {span(pool.opens_in)} the pool {pool.label} is asked as well."
    until = kept_until(head, case)
    if until is not None:
        yield f"In {span(until - now)} it is everybody's."
    again = asked_again(head, case, agents, policy)
    if again is not None and again > now:
        yield f"All who could take it have declined; in {span(again - now)} they are asked again."


def _opened(head: Waiting, now: float) -> int:
    """How many steps are open; the first always is."""
    return sum(1 for opens in step_openings(head.demand) if opens <= age_of(head, now))
