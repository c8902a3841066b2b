"""Tells a decision to a human: who was asked in which order, who was refused by which rule, or why nobody takes it.

What it says beyond the decision is worked out by the domain's own functions, from the agents as they were then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from heartline.domain.routing.eligibility import Case, Ring, case_of, ring_of
from heartline.domain.routing.model import Agent, AgentOrder, Decision, Needs, Policy, Refusal, Waiting, Why
from heartline.domain.routing.ranking import keys, level, rested

Telling = Callable[[Decision, Mapping[str, Agent], int], None]
"""Hears of a decision that is news, with the agents as they were when it was made, and the second."""

_INDENT: Final = "    "

_COLUMNS: Final[dict[AgentOrder, tuple[str, str]]] = {
    AgentOrder.LOAD_IDLE: ("busy", "last"),
    AgentOrder.IDLE: ("last", "busy"),
    AgentOrder.BEST: ("last", ""),
    AgentOrder.SPARE: ("free", "last"),
}
"""What the two keys of `ranking.keys` are, for each order (R3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The tellings of one replay; `write` takes a line."""

    policy: Policy
    write: Callable[[str], object]

    def __call__(self, decision: Decision, agents: Mapping[str, Agent], now: int) -> None:
        case = case_of(decision.head, agents, self.policy, now)
        told = _Told(decision=decision, case=case, agents=agents, policy=self.policy, now=now)
        for line in told.lines():
            self.write(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One decision with all that it was made from."""

    decision: Decision
    case: Case
    agents: Mapping[str, Agent]
    policy: Policy
    now: int

    @property
    def head(self) -> Waiting:
        return self.decision.head

    def lines(self) -> Iterator[str]:
        yield f"t={self.now}  {self._outcome()}"
        yield f"{_INDENT}{self._circumstances()}"
        yield from (_INDENT + remark for remark in self._remarks())
        yield from (_INDENT + row for row in _aligned(self._ranking()))
        yield from (_INDENT + row for row in _aligned(self._refusals()))
        yield ""

    def _outcome(self) -> str:
        if self.decision.agent is None:
            return f"{self.head.id} waits: {self._why()}"
        verb = "is offered" if self.head.demand.channel in self.policy.offers else "goes"
        return f"{self.head.id} {verb} to {self.decision.agent}"

    def _why(self) -> str:
        if self.decision.why is Why.HOURS:
            return f"it is outside business hours (R12), {self._opening()}"
        wish = self.head.preference
        if self.decision.why is Why.PREFERRED and wish is not None:
            return f"it is kept for {wish.agent} until {_number(self.head.enqueued + wish.window)} (R8)"
        return "nobody can take it now, and nobody behind it is held up (R4)"

    def _opening(self) -> str:
        later = [start for start, end in self.head.hours or () if self.now < start < end]
        return f"which begin at {_number(min(later))}" if later else "and none are to come"

    def _circumstances(self) -> str:
        """What places it in the line (R2)."""
        head = self.head
        boost = f", boost {_number(head.boost)}" if head.boost else ""
        heated = ", heated" if head.heated else ""
        age = f"enqueued {_number(head.enqueued)} ({_number(self.now - head.enqueued)} s ago)"
        return f"{head.demand.channel}, band {head.band}, {age}{boost}{heated}, version {head.version}"

    def _remarks(self) -> Iterator[str]:
        wish, agent = self.head.preference, self.decision.agent
        if agent is not None and self.case.only == agent and wish is not None:
            yield f"R8: kept for {agent} until {_number(self.head.enqueued + wish.window)}, so nobody else was asked"
        if self.decision.new_round:
            yield f"R7: all who are qualified have declined, {self.policy.retry_after} s ago or more: a new round"
        if agent is not None and self.decision.order and agent != self.decision.order[0]:
            yield f"R18: {self.decision.order[0]} ranks first, but is left to a later conversation of the plan"
        if self.decision.bounded:
            yield "R18: too many depend on each other for an exact search; planned twelve at a time"

    def _ranking(self) -> Iterator[Sequence[str]]:
        """The eligible agents as they rank: rested (R17), ring (R9), the keys of the policy (R3), id."""
        if not self.decision.order:
            return
        keys = (name for name in ("level" if self._is_best else "", *_COLUMNS[self.policy.agent_order]) if name)
        yield ("rank", "agent", *(("rested",) if self._asks_rest else ()), "ring", *keys)
        for place, name in enumerate(self.decision.order, start=1):
            chosen = "→" if name == self.decision.agent else " "
            yield (f"{chosen} {place}.", name, *self._rank(self.agents[name]))

    @property
    def _is_best(self) -> bool:
        return self.policy.agent_order is AgentOrder.BEST

    @property
    def _asks_rest(self) -> bool:
        return self.head.heated and self.policy.rest is not None

    def _rank(self, agent: Agent) -> Iterator[str]:
        ring = ring_of(agent, self.case.rings)
        if self._asks_rest:
            yield "yes" if rested(agent, self.policy, self.now) else f"no, heated work at {_number(agent.last_heated)}"
        yield _ring(ring)
        if self._is_best:
            yield _number(-level(agent.skills, ring.needs if ring else (), self.policy))
        names = _COLUMNS[self.policy.agent_order]
        ranks = keys(agent, self.head.demand.channel, self.policy)
        yield from (_SHOWN[name](key) for name, key in zip(names, ranks, strict=True) if name)

    def _refusals(self) -> Iterator[Sequence[str]]:
        """Who was refused, by the first rule that applies."""
        if self.decision.refused:
            yield ("refused", "rule", "because")
        for name, reason in self.decision.refused.items():
            rule, because = _REFUSALS[reason]
            yield (name, f"{rule} {reason}", because(self, self.agents[name]))

    def presence(self, agent: Agent) -> str:
        return f"is {agent.presence}, not ONLINE"

    def channel(self, agent: Agent) -> str:
        channel = self.head.demand.channel
        return f"{channel} is switched off" if channel in agent.off else f"has no capacity for {channel}"

    def pool(self, agent: Agent) -> str:
        later = [pool.opens for pool in self.head.demand.pools if pool.name == agent.pool]
        opens = f", which opens at {_number(self.head.enqueued + min(later))}" if later else ", which is not asked"
        return f"is in pool {agent.pool}{opens}"

    def skill(self, agent: Agent) -> str:
        asked = (ring.needs for ring in self.case.rings if ring.pool == agent.pool)
        return f"has {_skills(tuple(agent.skills.items()))}; asked for is {' or '.join(map(_asked, asked))}"

    def excluded(self, agent: Agent) -> str:
        return f"declined at {_number(self.head.declines[agent.id].at)}, and has not changed presence since"

    def slot(self, agent: Agent) -> str:
        channel = self.head.demand.channel
        over = ": over capacity (R14)" if agent.free(channel) < 0 else ""
        return f"{agent.load.get(channel, 0)} of {agent.capacity.get(channel, 0)} places for {channel} are taken{over}"

    def units(self, agent: Agent) -> str:
        used, weight = agent.used(self.policy), self.policy.weight(self.head.demand.channel)
        over = ": over them (R14)" if agent.units is not None and used > agent.units else ""
        return f"{_number(used)} of {_number(agent.units)} units are used, and this weighs {_number(weight)}{over}"

    def blocked(self, agent: Agent) -> str:
        blockers = self.policy.blockers(self.head.demand.channel)
        return f"has open work on {' and '.join(sorted(each for each in blockers if agent.load.get(each)))}"


_REFUSALS: Final[dict[Refusal, tuple[str, Callable[[_Told, Agent], str]]]] = {
    Refusal.PRESENCE: ("R1", _Told.presence),
    Refusal.CHANNEL: ("R1", _Told.channel),
    Refusal.POOL: ("R11", _Told.pool),
    Refusal.SKILL: ("R9", _Told.skill),
    Refusal.EXCLUDED: ("R7", _Told.excluded),
    Refusal.SLOT: ("R1", _Told.slot),
    Refusal.UNITS: ("R1", _Told.units),
    Refusal.BLOCKED: ("R10", _Told.blocked),
}
"""The rule behind each refusal, and how it is told of an agent."""


def _ring(ring: Ring | None) -> str:
    """Who is preferred whatever their skills may stand in no ring."""
    return f"{ring.place + 1}: {ring.pool}, {_asked(ring.needs)}" if ring else "none"


def _asked(needs: Needs) -> str:
    return " ".join(f"{skill}≥{least}" for skill, least in needs) or "no skill"


def _skills(skills: Needs) -> str:
    return " ".join(f"{skill}={have}" for skill, have in sorted(skills)) or "no skill"


def _number(number: float | None) -> str:
    return "never" if number is None else f"{number:g}" if isinstance(number, float) else str(number)


def _aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of equal length under each other."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]


_SHOWN: Final[dict[str, Callable[[float], str]]] = {
    "busy": lambda share: f"{share:.0%}",
    "free": lambda lack: _number(-lack),
    "last": _number,
}
"""How a key of the ranking is shown."""
