"""What one routing tick decides: which lines are worth reading, and the claims that their plan comes to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.conversations import Conversation
from heartline.domain.routing import lifecycle
from heartline.domain.routing.floor import Floor
from heartline.domain.routing.heads import demand_of, waiting
from heartline.domain.routing.lifecycle import Gate, Move
from heartline.domain.routing.model import Agent, Decision, PlanKind, Policy, Waiting
from heartline.domain.routing.planning import plan_lines
from heartline.domain.routing.timing import next_change
from heartline.services.claims import Claim
from heartline.services.ports import NewId
from heartline.services.routing_ports import Calendar, RoutingClass, RoutingStore
from heartline.services.waiting_lines import Start, WaitingLines

MOST_CLAIMS: Final = 200
"""A tick ends after so many claims and asks for another (I9)."""

READING: Final = 1.0
"""For how many seconds a tick reads on and plans, once the first page of each line is here."""

MOST_HEADS: Final = {PlanKind.GREEDY: 10_000, PlanKind.MAX: 500}
"""How many heads one tick looks at: `max` plans a band as a whole, and its time grows with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The claims to make and who goes on waiting, in the order of the plan.

    `rest` maps the classes of a plan that was cut short to the places behind which it goes on.
    """

    claims: Sequence[Claim]
    waiting: Sequence[Decision]
    rest: Mapping[str, str]

    def moments(self, policy: Policy, now: datetime) -> Iterator[float]:
        """When an offer of it ends, and when time alone may find an agent for somebody who waits."""
        for claim in self.claims:
            if claim.move.after.offer_expires is not None:
                yield claim.move.after.offer_expires.timestamp()
        for decision in self.waiting:
            change = next_change(decision.head, policy, now.timestamp())
            if change is not None:
                yield change


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans for `agents` as they are `now`; a class that nobody has a place for is not read.

    `everyone` are the pools of the company.
    """

    store: RoutingStore
    calendar: Calendar
    policy: Policy
    everyone: Sequence[str]
    agents: Mapping[str, Agent]
    now: datetime
    monotonic: Callable[[], float]
    new_id: NewId
    most: int | None
    threads: int

    def __call__(self, classes: Sequence[RoutingClass], places: Mapping[str, str]) -> Plan:
        floor = Floor(self.agents.values(), self.policy, self.now.timestamp(), most=self.most)
        starts = [self._start(each, places) for each in classes]
        lines = WaitingLines(
            store=self.store,
            starts=[start for start in starts if start.routing_class.personal or floor.may_serve(start.demand)],
            as_waiting=self._waiting,
            monotonic=self.monotonic,
            seconds=READING,
            most=MOST_HEADS[self.policy.plan],
            threads=self.threads,
        )
        return self._decide(floor, lines)

    def _decide(self, floor: Floor, lines: WaitingLines) -> Plan:
        claims: list[Claim] = []
        left: list[Decision] = []
        for decision in plan_lines(floor, lines.lines()):
            if lines.is_behind(decision.head):
                break
            lines.decided(decision.head.id)
            if decision.agent is None:
                left.append(decision)
            else:
                claims.append(self._claim(decision, decision.agent, lines.heads[decision.head.id]))
            if len(claims) >= MOST_CLAIMS:
                break
        cut = len(claims) >= MOST_CLAIMS or lines.border is not None
        return Plan(claims=claims, waiting=left, rest=lines.rest() if cut else {})

    def _start(self, each: RoutingClass, places: Mapping[str, str]) -> Start:
        demand = demand_of(each.channel, each.requires, self.everyone, steps=each.steps, pools=each.pools)
        return Start(routing_class=each, demand=demand, after=places.get(each.name, ""))

    def _waiting(self, head: Conversation) -> Waiting:
        return waiting(
            head,
            self.everyone,
            reply_window=self.calendar.reply_window(head),
            hours=self.calendar.hours(head, self.now),
        )

    def _claim(self, decision: Decision, agent: str, head: Conversation) -> Claim:
        move = claiming(
            head,
            self.agents[agent],
            policy=self.policy,
            now=self.now,
            reservation=self.new_id(),
            new_round=decision.new_round,
        )
        return Claim(decision=decision, agent=agent, reservation=move.after.reservation or "", move=move)


def claiming(
    head: Conversation, agent: Agent, *, policy: Policy, now: datetime, reservation: str, new_round: bool = False
) -> Move:
    """The claim of a waiting head for an agent, both as they were read: an offer where the policy has offers."""
    channel = head.routing_channel.value
    ground = lifecycle.forgiven(head) if new_round else head
    seconds = policy.offers.get(channel)
    if seconds is None:
        after = lifecycle.assigned(ground, agent.id, reservation=reservation)
    else:
        expires = now + timedelta(seconds=seconds)
        after = lifecycle.offered(ground, agent.id, reservation=reservation, expires=expires)
    gate = Gate(epoch=agent.epoch, blockers=policy.blockers(channel))
    return Move(before=head, after=after, begins=now, gate=gate)


def pools_of(classes: Iterable[RoutingClass], everyone: Sequence[str]) -> Sequence[str]:
    """The pools whose agents a plan over `classes` asks: those that they name, and all where one may ask anybody."""
    named: set[str] = set()
    for each in classes:
        if each.personal or not each.pools:
            return everyone
        named.update(pool.name for pool in each.pools)
    return tuple(pool for pool in everyone if pool in named)
