"""The decision itself: which waiting conversation goes to which agent now, and why the others go on waiting."""

from collections.abc import Iterable, Iterator
from typing import Final

from heartline.domain.routing.eligibility import inside_hours
from heartline.domain.routing.floor import Floor
from heartline.domain.routing.lines import Line, merged
from heartline.domain.routing.maximum import plan_bands
from heartline.domain.routing.model import Agent, Decision, PlanKind, Policy, Waiting, Why
from heartline.domain.routing.ranking import urgency

TOLD: Final = 20
"""How many agents of either kind the traces of a tick name."""


def plan(
    waiting: Iterable[Waiting],
    agents: Iterable[Agent],
    policy: Policy,
    now: float,
    *,
    explain: bool = True,
    most: int | None = None,
) -> Iterator[Decision]:
    """Decide about every waiting conversation, in the order in which they are served (R2).

    The decisions with an agent are the claims to make, in this order; each counts before the next is chosen. A
    conversation that nobody can take now keeps its place and holds nobody up (R4). A trace names at most `most` agents
    on either side, all if None: name all only where there are few. With `explain` off there are no traces.
    """
    floor = Floor(agents, policy, now, most=most)
    return _decided(sorted(waiting, key=urgency), floor, explain=explain)


def plan_lines(floor: Floor, lines: Iterable[Line], *, explain: bool = True) -> Iterator[Decision]:
    """The same claims, of conversations that stand in lines: a line is read no further once nobody can serve it.

    So the work depends on how many are assigned, not on how many wait. Those who are not reached have no decision.
    `floor` is new, and may have been asked which lines are worth reading (`Floor.may_serve`).
    """

    def goes_on(line: Line, head: Waiting) -> bool:
        return head is floor.latest or line.personal or floor.may_serve(line.demand)

    return _decided(merged(lines, goes_on), floor, explain=explain)


def _decided(heads: Iterable[Waiting], floor: Floor, *, explain: bool) -> Iterator[Decision]:
    if floor.policy.plan is PlanKind.MAX:
        return plan_bands(heads, floor, explain=explain)
    return (_decide(head, floor, explain=explain) for head in heads)


def _decide(head: Waiting, floor: Floor, *, explain: bool) -> Decision:
    if not inside_hours(head, floor.now):
        return Decision(head=head, agent=None, why=Why.HOURS)
    case = floor.case_of(head)
    order, refused = floor.explain(case) if explain else ((), {})
    chosen = floor.first(case)
    if chosen is None:
        why = Why.NOBODY if case.only is None else Why.PREFERRED
        return Decision(head=head, agent=None, why=why, order=order, refused=refused)
    floor.give(head, chosen)
    return Decision(head=head, agent=chosen, why=None, order=order, refused=refused, new_round=case.new_round)
