"""The work-conserving plan: each band as a whole, first who is served, then by whom (R18)."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, Protocol

from heartline.domain.routing.bundles import Bundles
from heartline.domain.routing.eligibility import Case, inside_hours
from heartline.domain.routing.floor import Floor
from heartline.domain.routing.model import Decision, Waiting, Why
from heartline.domain.routing.seats import Seats

EXACT: Final = 12
"""How many conversations are planned together where one agent's places depend on each other."""

Cases = Mapping[str, Case]


class Seating(Protocol):
    """Who can be served together; conversations are admitted, and then settled, in R2 order."""

    def admit(self, head: Waiting) -> bool:
        """Add `head` to the plan if it can be served together with all that were admitted before."""

    def settle(self, head: Waiting, agent: str) -> bool:
        """Give `head` to `agent` if that leaves all later ones of the plan a place."""


def plan_bands(heads: Iterable[Waiting], floor: Floor, *, explain: bool) -> Iterator[Decision]:
    """Plan band after band; `heads` are in R2 order, and the plan of a better band is fixed before the next."""
    for _, band in groupby(heads, key=lambda head: head.band):
        yield from _plan_band(list(band), floor, explain=explain)


def _plan_band(band: Sequence[Waiting], floor: Floor, *, explain: bool) -> Iterator[Decision]:
    """All of the band is planned together where places are independent, else a part of it at a time.

    Whoever nobody has a place for when their part begins is no part of it, so there are no more parts than claims.
    """
    cases = {head.id: floor.case_of(head) for head in band if inside_hours(head, floor.now)}
    hopeful = [head for head in band if _is_hopeful(head, cases, floor)]
    dependent = _depend(hopeful, cases, floor)
    seating: Seating = Bundles(floor, cases) if dependent else Seats(floor, cases)
    size = EXACT if dependent else len(band)
    rest = deque(band)
    while rest:
        heads, part = _part(rest, size, cases, floor)
        served = {head.id for head in part if seating.admit(head)}
        for head in heads:
            chosen = seating if head.id in served else None
            yield _decide(head, cases.get(head.id), floor, chosen, explain=explain, bounded=len(hopeful) > size)


def _part(rest: deque[Waiting], size: int, cases: Cases, floor: Floor) -> tuple[list[Waiting], list[Waiting]]:
    """Take heads from `rest` until `size` of them may be served; all of them, and those."""
    heads: list[Waiting] = []
    part: list[Waiting] = []
    while rest and len(part) < size:
        head = rest.popleft()
        heads.append(head)
        if _is_hopeful(head, cases, floor):
            part.append(head)
    return heads, part


def _is_hopeful(head: Waiting, cases: Cases, floor: Floor) -> bool:
    return head.id in cases and floor.first(cases[head.id]) is not None


def _decide(
    head: Waiting, case: Case | None, floor: Floor, seating: Seating | None, *, explain: bool, bounded: bool
) -> Decision:
    if case is None:
        return Decision(head=head, agent=None, why=Why.HOURS)
    order, refused = floor.explain(case) if explain else ((), {})
    if seating is None:
        why = Why.NOBODY if case.only is None else Why.PREFERRED
        return Decision(head=head, agent=None, why=why, order=order, refused=refused, bounded=bounded)
    agent = next(agent for agent in floor.in_order(case) if seating.settle(head, agent))
    floor.give(head, agent)
    return Decision(
        head=head, agent=agent, why=None, order=order, refused=refused, new_round=case.new_round, bounded=bounded
    )


def _depend(heads: Sequence[Waiting], cases: Cases, floor: Floor) -> bool:
    """Whether taking one of `heads` may cost an agent their place for another on a different channel."""
    channels = {head.demand.channel for head in heads}
    if any(other in channels for channel in channels for other in floor.policy.blockers(channel)):
        return True
    weighed = {name for name, agent in floor.agents.items() if agent.units is not None}
    asked = {cases[head.id] for head in heads} if weighed else ()
    return any(not weighed.isdisjoint(floor.candidates(case)) for case in asked)
