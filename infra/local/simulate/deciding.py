"""Who decides: the production decision, or a round robin to compare it with."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Protocol

from heartline.domain.routing.eligibility import case_of, inside_hours, refusal
from heartline.domain.routing.model import Agent, Decision, Policy, Waiting, Why
from heartline.domain.routing.planning import plan
from heartline.domain.routing.ranking import urgency


class Decider(Protocol):
    """Decides about waiting conversations; those without an agent go on waiting."""

    def __call__(
        self, waiting: Sequence[Waiting], agents: Sequence[Agent], policy: Policy, now: int
    ) -> Iterable[Decision]: ...


def production(waiting: Sequence[Waiting], agents: Sequence[Agent], policy: Policy, now: int) -> Iterable[Decision]:
    """What runs in production, without the agents whom it could not choose."""
    plain = not any(head.declines or head.heated or head.preference for head in waiting)
    return plan(waiting, foremost(agents, len(waiting)) if plain else agents, policy, now, explain=False)


def foremost(agents: Iterable[Agent], needed: int) -> list[Agent]:
    """Of agents who are alike and equally loaded, those whom `needed` conversations can reach.

    In every order of R3 such agents differ by last-assigned and id alone, so the others' turn cannot come. Alike is who
    shares the very same skills and capacities: the members of a group do.
    """
    alike: dict[object, list[Agent]] = defaultdict(list)
    for agent in agents:
        kind = (id(agent.skills), id(agent.capacity), agent.pool, agent.units, agent.off, agent.presence)
        alike[kind, frozenset(agent.load.items())].append(agent)
    return [each for group in alike.values() for each in nsmallest(needed, group, key=_turn)]


def _turn(agent: Agent) -> tuple[float, str]:
    return agent.last, agent.id


class RoundRobin:
    """The oldest conversation goes to the next agent in turn who may take it; nothing else is asked.

    Who may take it is decided by the production rules: without them a round robin would look worse than it is.
    """

    def __init__(self) -> None:
        self._latest = ""

    def __call__(
        self, waiting: Sequence[Waiting], agents: Sequence[Agent], policy: Policy, now: int
    ) -> Iterator[Decision]:
        present = {agent.id: agent for agent in sorted(agents, key=lambda agent: agent.id)}
        for head in sorted(waiting, key=urgency):
            case = case_of(head, present, policy, now)
            turns = self._turns(present) if inside_hours(head, now) else ()
            chosen = next((agent for agent in turns if refusal(agent, case, policy) is None), None)
            if chosen is None:
                yield Decision(head=head, agent=None, why=Why.NOBODY)
                continue
            self._latest = chosen.id
            present[chosen.id] = chosen.given(head.demand.channel, heated=head.heated, now=now)
            yield Decision(head=head, agent=chosen.id, why=None, new_round=case.new_round)

    def _turns(self, present: dict[str, Agent]) -> Iterator[Agent]:
        """From the one behind the latest on, and then from the start."""
        names = list(present)
        start = bisect_right(names, self._latest)
        return (present[name] for name in names[start:] + names[:start])
