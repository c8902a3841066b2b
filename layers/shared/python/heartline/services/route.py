"""One routing tick: read who is there and who waits, decide, claim. It may run twice at once and stops in time."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended, Unavailable
from heartline.domain.routing import lifecycle
from heartline.domain.routing.eligibility import case_of, refusal
from heartline.domain.routing.heads import demand_of, waiting
from heartline.domain.routing.lifecycle import Gate, Move
from heartline.domain.routing.model import Agent, Decision, Policy, Waiting, Why
from heartline.domain.routing.planning import TOLD, plan
from heartline.services.handover import Handover
from heartline.services.ports import Clock, Configuration, NewId
from heartline.services.routing_ports import RoutingClass, RoutingStore, Waiter, Wake

PAGE: Final = 25
"""How many heads of a class are read at a time."""

MOST_CLAIMS: Final = 200
SECONDS: Final = 2.0
"""A tick ends after so many claims or so much time, and asks for another (I9)."""

MOST_NOTES: Final = 25
"""How many conversations that go on waiting get a new trace in one tick."""

MOST_TOLD: Final = 10_000
"""How many such traces a process remembers."""


@dataclass(slots=True, kw_only=True)
class Budget:
    """What is left of a tick."""

    monotonic: Callable[[], float]
    ends: float
    claims: int = MOST_CLAIMS
    notes: int = MOST_NOTES

    @property
    def spent(self) -> bool:
        return self.claims <= 0 or self.monotonic() >= self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one reading of the table found: pages of the classes that somebody could serve, their heads, the agents."""

    pages: Mapping[str, Sequence[Waiter]]
    heads: Mapping[str, Conversation]
    agents: Mapping[str, Agent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a round's claims came to; a lost one was decided on what had moved."""

    claimed: frozenset[str]
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The tick. `again` asks for another one now, `timers` for one when the offers that it made expire.

    `told` is what the traces of conversations that go on waiting said last, so that only news is written.
    """

    store: RoutingStore
    configuration: Configuration
    handover: Handover
    again: Wake
    timers: Wake
    clock: Clock
    monotonic: Callable[[], float]
    new_id: NewId
    told: dict[str, Why | None] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """How the company routes, as it is configured now."""
        return self.configuration.company().policy

    def __call__(self) -> int:
        """Route what can be routed; answers the number of claims."""
        budget = Budget(monotonic=self.monotonic, ends=self.monotonic() + SECONDS)
        pools = self.configuration.company().pools
        classes = {each.name: each for each in self.store.classes()}
        places = dict.fromkeys(classes, "")
        claims, more = 0, False
        while places and not budget.spent:
            found = self._read([(classes[name], after) for name, after in places.items()], pools, budget)
            outcome = self._claim_all(found, pools, budget)
            claims += len(outcome.claimed)
            more = more or outcome.lost or _goes_on(found, outcome.claimed)
            places = _passed_by(found, outcome.claimed)
        if more or budget.spent:
            self.again.send([{"cause": "continue"}], deduplication=self.new_id())
        return claims

    def _read(self, places: Iterable[tuple[RoutingClass, str]], pools: Mapping[str, str], budget: Budget) -> Round:
        """Agents first: a class that nobody could serve now is not read at all."""
        names = tuple(dict.fromkeys(pools.values()))
        agents = self._agents(names)
        pages: dict[str, Sequence[Waiter]] = {}
        for each, after in places:
            if not budget.spent and self._can_be_served(each, agents, names):
                pages[each.name] = self.store.waiters(each.name, limit=PAGE, after=after)
        versions = {waiter.conversation: waiter.version for page in pages.values() for waiter in page}
        heads = self.store.heads(versions)
        present = {name: head for name, head in heads.items() if _waits(head, versions[name])}
        return Round(pages=pages, heads=present, agents=agents)

    def _agents(self, pools: Sequence[str]) -> dict[str, Agent]:
        """Who is there, once every offer that is over has ended."""
        states = self.store.agents(pools)
        ended = [self.handover.clear(state) for state in states]
        return {state.id: state.agent for state in (self.store.agents(pools) if any(ended) else states)}

    def _can_be_served(self, each: RoutingClass, agents: Mapping[str, Agent], pools: Sequence[str]) -> bool:
        """Whether any agent has a place for a conversation of this class, declines and preferences aside."""
        anyone = Waiting(id="", demand=demand_of(each.channel, each.requires, pools), enqueued=0)
        case = case_of(anyone, agents, self.policy, 0)
        return any(refusal(agent, case, self.policy) is None for agent in agents.values())

    def _claim_all(self, found: Round, pools: Mapping[str, str], budget: Budget) -> Outcome:
        now, names = self.clock(), tuple(dict.fromkeys(pools.values()))
        heads = [waiting(head, names) for head in found.heads.values()]
        claimed: list[Decision] = []
        lost = False
        for decision in plan(heads, found.agents.values(), self.policy, now.timestamp(), most=TOLD):
            if budget.spent:
                break
            if decision.agent is None:
                self._tell(decision, now, budget)
            elif self._claim(decision, decision.agent, found, pools, now):
                claimed.append(decision)
                budget.claims -= 1
            else:
                lost = True
        self._wake_at_expiry(claimed)
        return Outcome(claimed=frozenset(decision.head.id for decision in claimed), lost=lost)

    def _claim(self, decision: Decision, agent: str, found: Round, pools: Mapping[str, str], now: datetime) -> bool:
        """Make one planned claim; whoever was faster has it, and the plan goes on without it."""
        reservation = self.new_id()
        move = self._move(found.heads[decision.head.id], decision, found.agents[agent], reservation, now)
        try:
            self.store.move(move, pools=pools, token=reservation)
        except Contended:
            return False
        self.told.pop(decision.head.id, None)
        with suppress(Unavailable):
            self.store.note(decision, now)
        return True

    def _move(self, head: Conversation, decision: Decision, agent: Agent, reservation: str, now: datetime) -> Move:
        channel = decision.head.demand.channel
        seconds = self.policy.offers.get(channel)
        ground = lifecycle.forgiven(head) if decision.new_round else head
        if seconds is None:
            after = lifecycle.assigned(ground, agent.id, reservation=reservation)
        else:
            expires = now + timedelta(seconds=seconds)
            after = lifecycle.offered(ground, agent.id, reservation=reservation, expires=expires)
        gate = Gate(epoch=agent.epoch, blockers=self.policy.blockers(channel))
        return Move(before=head, after=after, begins=now, gate=gate)

    def _tell(self, decision: Decision, now: datetime, budget: Budget) -> None:
        """Keep why a conversation goes on waiting, if that is news and not too much of it."""
        name = decision.head.id
        if budget.notes <= 0 or (name in self.told and self.told[name] is decision.why):
            return
        budget.notes -= 1
        with suppress(Unavailable):
            self.store.note(decision, now)
        if len(self.told) >= MOST_TOLD:
            self.told.clear()
        self.told[name] = decision.why

    def _wake_at_expiry(self, claimed: Iterable[Decision]) -> None:
        seconds = {self.policy.offers.get(decision.head.demand.channel, 0) for decision in claimed} - {0}
        for each in sorted(seconds):
            self.timers.send([{"due": "offers"}], delay_seconds=each + 1)


def _waits(head: Conversation, version: int) -> bool:
    return head.state is State.WAITING and head.version == version


def _goes_on(found: Round, claimed: Container[str]) -> bool:
    """Whether a full page gave claims: behind it others may wait for the same agents."""
    return any(
        len(page) == PAGE and any(waiter.conversation in claimed for waiter in page) for page in found.pages.values()
    )


def _passed_by(found: Round, claimed: Container[str]) -> dict[str, str]:
    """The full pages of which nobody could be served; they hold nobody behind them up (R4)."""
    return {
        name: page[-1].place
        for name, page in found.pages.items()
        if len(page) == PAGE and not any(waiter.conversation in claimed for waiter in page)
    }
