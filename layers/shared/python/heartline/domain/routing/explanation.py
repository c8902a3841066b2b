"""What routing would do with a waiting conversation now, and why: the decision itself, told to agents and leads. Pure.

It asks `planning.plan` about this one conversation, as if it were first in the order, and adds words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from heartline.domain.inboxes import Company
from heartline.domain.routing.durations import span
from heartline.domain.routing.eligibility import case_of
from heartline.domain.routing.model import Agent, Decision, Refusal, Waiting, Why
from heartline.domain.routing.phrasing import Phrasing
from heartline.domain.routing.planning import plan
from heartline.domain.routing.reasons import Reasons
from heartline.domain.routing.states import AgentState

MOST: Final = 20
"""How many agents are named one by one."""

NAMED: Final = 3
"""How many agents of a group are named, and up to how many a sentence speaks of one by one."""

OUTSIDE: Final = "outside"
"""The group of agents of the same pools who do not work in the inbox: counted, not named."""

_GROUPS: Final[dict[str | None, tuple[str, str]]] = {
    None: ("can take it", "can take it"),
    Refusal.BLOCKED: ("has work that keeps it away", "have work that keeps it away"),
    Refusal.UNITS: ("has no units left", "have no units left"),
    Refusal.SLOT: ("has no free place", "have no free place"),
    Refusal.EXCLUDED: ("has declined it", "have declined it"),
    Refusal.SKILL: ("lacks a skill or a level", "lack a skill or a level"),
    Refusal.POOL: ("is in a pool that is not asked", "are in pools that are not asked"),
    Refusal.CHANNEL: ("does not take this channel", "do not take this channel"),
    Refusal.PRESENCE: ("is not online", "are not online"),
    OUTSIDE: ("does not work in this inbox", "do not work in this inbox"),
}
"""What is said of one and of several; who is nearest to taking it comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An agent with their rank among those who can take it (1 is first), or the rule that refuses them.

    `words` go behind the name.
    """

    agent: str
    name: str
    rank: int | None
    refused: Refusal | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """How many agents the same is said of: a refusal, `OUTSIDE`, or None for those who can take it."""

    refused: str | None
    count: int
    words: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The decision about one conversation now, with all that it was made from.

    `names` are those of all agents of the company by id, `members` the ids of those in its pools who work in the inbox.
    """

    decision: Decision
    reasons: Reasons
    names: Mapping[str, str]
    members: frozenset[str]

    @property
    def reachable(self) -> bool:
        """Whether anybody is there who could take it once they have a place."""
        free = (Refusal.SLOT, Refusal.UNITS, Refusal.BLOCKED)
        return bool(self.decision.order) or any(reason in free for reason in self.decision.refused.values())

    @property
    def opens(self) -> datetime | None:
        """When business hours begin, where it waits for them."""
        later = [start for start, _ in self.decision.head.hours or () if start > self.reasons.now]
        return datetime.fromtimestamp(min(later), UTC) if self.decision.why is Why.HOURS and later else None

    def candidates(self) -> tuple[Candidate, ...]:
        """The first by rank, then those who are nearest to taking it."""
        return tuple(islice(self._candidates(), MOST))

    def groups(self) -> tuple[Group, ...]:
        """All agents of the pools, counted by what is said of them."""
        found = self._grouped()
        return tuple(self._group(reason, found[reason]) for reason in _GROUPS if found.get(reason))

    def name(self, agent: str) -> str:
        return self.names.get(agent, agent)

    def sentence(self, opening: str) -> str:
        """The answer in one sentence; `opening` says when business hours begin, empty if they never do."""
        why = self.decision.why
        if why is None:
            return self._taken()
        if why is Why.HOURS:
            return f"It is outside business hours until {opening}." if opening else "Its inbox has no business hours."
        return self._kept() if why is Why.PREFERRED else self._nobody()

    def _taken(self) -> str:
        order = self.decision.order
        first = f", first of {len(order)}" if len(order) > 1 else ""
        return f"{self.name(order[0])} can take it now{first}; routing gives out what is before it in the order first."

    def _kept(self) -> str:
        head, only = self.decision.head, self.reasons.case.only or ""
        left = (head.preference.window if head.preference else 0) + head.enqueued - self.reasons.now
        words = self.reasons.refused(only, self.decision.refused[only])
        return f"It is kept for {self.name(only)} for another {span(left)}: {self.name(only)} {words}."

    def _nobody(self) -> str:
        found = {reason: names for reason, names in self._grouped().items() if reason != OUTSIDE}
        refused = [name for names in found.values() for name in names]
        if not self.members:
            return "Nobody can take it: no agent of the pools that are asked works in this inbox."
        if not refused or (set(found) <= {None, Refusal.PRESENCE} and len(refused) > NAMED):
            return "Nobody can take it now: nobody who works in this inbox is online."
        if len(refused) <= NAMED:
            told = [f"{each.name} {each.words}" for each in self.candidates()]
        else:
            told = [f"{group.count} {group.words}" for group in self.groups() if group.refused != OUTSIDE]
        return f"Nobody can take it now: {'; '.join(told)}."

    def _candidates(self) -> Iterator[Candidate]:
        for rank, agent in enumerate(self.decision.order, start=1):
            yield self._candidate(agent, rank, None, self.reasons.ranked(agent))
        found = self._grouped()
        for reason in (Refusal(each) for each in _GROUPS if each not in {None, OUTSIDE}):
            for agent in found.get(reason, ()):
                yield self._candidate(agent, None, reason, self.reasons.refused(agent, reason))

    def _candidate(self, agent: str, rank: int | None, refused: Refusal | None, words: str) -> Candidate:
        return Candidate(agent=agent, name=self.name(agent), rank=rank, refused=refused, words=words)

    def _grouped(self) -> Mapping[str | None, Sequence[str]]:
        found: dict[str | None, list[str]] = defaultdict(list)
        found[None].extend(self.decision.order)
        for agent, reason in self.decision.refused.items():
            inside = agent in self.members or agent == self.reasons.case.only
            found[reason if inside else OUTSIDE].append(agent)
        return found

    def _group(self, reason: str | None, agents: Sequence[str]) -> Group:
        named = agents[:NAMED] if reason != OUTSIDE else ()
        return Group(
            refused=reason,
            count=len(agents),
            words=_GROUPS[reason][len(agents) != 1],
            names=tuple(self.name(agent) for agent in named),
        )


def look_at(
    head: Waiting,
    agents: Mapping[str, Agent],
    states: Mapping[str, AgentState],
    *,
    company: Company,
    inbox: str,
    now: float,
) -> Look:
    """Decide about one conversation at `now`, for `agents` as a plan has to see them."""
    policy, pools = company.policy, {pool.name for pool in head.demand.pools}
    (decision,) = plan([head], agents.values(), policy, now)
    reasons = Reasons(
        head=head,
        case=case_of(head, agents, policy, now),
        agents=agents,
        states=states,
        rules=company.routing,
        words=Phrasing.of(company),
        now=now,
    )
    return Look(
        decision=decision,
        reasons=reasons,
        names={profile.id: profile.name for profile in company.agents},
        members=frozenset(
            profile.id for profile in company.agents if inbox in profile.inboxes and profile.pool in pools
        ),
    )
