"""Why an agent is not given a conversation, or how they rank for it, as an agent or a lead would say it. Pure.

Each is worked out from the very facts that the decision was made from, by the decision's own functions. The words go
behind the agent's name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import Final

from heartline.domain.routing.durations import ago, span
from heartline.domain.routing.eligibility import Case, age_of, meets, open_rings, ring_of, step_openings
from heartline.domain.routing.model import Agent, AgentOrder, Needs, Policy, Refusal, Waiting
from heartline.domain.routing.phrasing import MEMBERSHIP, Phrasing
from heartline.domain.routing.ramp import next_place
from heartline.domain.routing.ranking import rested
from heartline.domain.routing.states import AgentState
from heartline.domain.routing_rules import RoutingRules

_PRESENCES: Final = {
    "AWAY": "is away",
    "OFFLINE": "is offline",
    "DRAINING": "is finishing up and gets nothing new",
}

_OUTSIDE: Final = "does not work in this inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The words about the agents of one case.

    `agents` are they as the decision saw them, `states` as they are stored; `now` is in seconds since the epoch.
    """

    head: Waiting
    case: Case
    agents: Mapping[str, Agent]
    states: Mapping[str, AgentState]
    rules: RoutingRules
    words: Phrasing
    now: float

    @property
    def channel(self) -> str:
        return self.head.demand.channel

    @property
    def policy(self) -> Policy:
        return self.rules.policy

    def refused(self, name: str, reason: Refusal) -> str:
        """Such as “has 3 of 3 mails”."""
        return _REFUSALS[reason](self, self.agents[name])

    def ranked(self, name: str) -> str:
        """What an agent who could take it ranks by, such as “has 1 of 3 mails, the last new one 12 min ago”."""
        agent = self.agents[name]
        return ", ".join(part for part in (self._level(agent), self._room(agent), *self._history(agent)) if part)

    def presence(self, agent: Agent) -> str:
        notes = self.states[agent.id].notes
        words = _PRESENCES.get(agent.presence, f"is {agent.presence.lower()}")
        words += f" ({notes.reason})" if notes.reason else ""
        left = notes.returns_at.timestamp() - self.now if notes.returns_at else 0
        return f"{words}, back in {span(left)}" if left > 0 else words

    def switched_off(self, agent: Agent) -> str:
        if self.channel in agent.off:
            return f"has {self.words.pieces(self.channel)} switched off"
        return self._ramping(agent) or f"takes no {self.words.pieces(self.channel)}"

    def elsewhere(self, agent: Agent) -> str:
        age, label = age_of(self.head, self.now), self.words.pool(agent.pool)
        later = [pool.opens - age for pool in self.head.demand.pools if pool.name == agent.pool]
        opens = f"is asked in {span(min(later))}" if later else "is not asked"
        return f"is in the pool {label}, which {opens}"

    def unskilled(self, agent: Agent) -> str:
        asked = [ring.needs for ring in self.case.rings if ring.pool == agent.pool][-1]
        lacking = [(skill, least) for skill, least in asked if agent.skills.get(skill, 0) < least]
        if any(skill.startswith(MEMBERSHIP) for skill, _ in lacking):
            return _OUTSIDE
        return " and ".join(self._lack(agent, skill, least) for skill, least in lacking) + self._later(agent)

    def declined(self, agent: Agent) -> str:
        when = ago(self.now - self.head.declines[agent.id].at)
        return f"declined {when}, and is asked again once all have declined or their presence changes"

    def full(self, agent: Agent) -> str:
        return f"{self._room(agent)}{'; ' if (more := self._ramping(agent)) else ''}{more}"

    def weighed_down(self, agent: Agent) -> str:
        used, weight = agent.used(self.policy), self.policy.weight(self.channel)
        return f"has work of {used:g} units of {agent.units:g}, and this weighs {weight:g}"

    def blocked(self, agent: Agent) -> str:
        open_on = [each for each in self.policy.blockers(self.channel) if agent.load.get(each)]
        has = " and ".join(self._has(agent, each) for each in open_on)
        keeps = self.words.pieces(open_on[0], 1)
        return f"{has}, and a {keeps} keeps {self.words.pieces(self.channel)} away"

    def _has(self, agent: Agent, channel: str) -> str:
        count = agent.load[channel]
        if channel == "voice" and count == 1:
            return "is on a call"
        return f"has {count} {self.words.pieces(channel, count)}"

    def _room(self, agent: Agent) -> str:
        most = agent.capacity.get(self.channel, 0)
        return f"has {agent.load.get(self.channel, 0)} of {most} {self.words.pieces(self.channel, most)}"

    def _level(self, agent: Agent) -> str:
        ring = ring_of(agent, self.case.rings)
        if self.policy.agent_order is not AgentOrder.BEST or ring is None:
            return ""
        return self.words.needs({skill: agent.skills.get(skill, 0) for skill, _ in ring.needs})

    def _history(self, agent: Agent) -> tuple[str, ...]:
        new = f"the last new one {ago(self.now - agent.last)}" if agent.last else "nothing new yet"
        heated = self.head.heated and not rested(agent, self.policy, self.now) and agent.last_heated is not None
        return (new, f"a heated one {ago(self.now - (agent.last_heated or 0))}") if heated else (new,)

    def _lack(self, agent: Agent, skill: str, least: int) -> str:
        level, label = agent.skills.get(skill, 0), self.words.skill(skill)
        return f"has {label} {level}, and {least} is needed" if level else f"does not have {label} (needs {least})"

    def _later(self, agent: Agent) -> str:
        """When they will do, if a step to come asks for less."""
        steps = zip(step_openings(self.head.demand), self.head.demand.steps, strict=False)
        age = age_of(self.head, self.now)
        opens = next((opens for opens, step in steps if opens > age and meets(agent.skills, step.needs)), None)
        fits = ring_of(agent, open_rings(self.head.demand, inf)) is not None
        return f", but will do in {span(opens - age)}" if fits and opens is not None else ""

    def _ramping(self, agent: Agent) -> str:
        """Whether they came back from a break and more places are still to open."""
        state = self.states[agent.id]
        if agent.capacity.get(self.channel, 0) >= state.agent.capacity.get(self.channel, 0):
            return ""
        opens = next_place(state, self.rules, datetime.fromtimestamp(self.now, UTC))
        soon = f", the next in {span(opens.timestamp() - self.now)}" if opens else ""
        return f"is back from a break, and places open bit by bit{soon}"


_REFUSALS: Final[dict[Refusal, Callable[[Reasons, Agent], str]]] = {
    Refusal.PRESENCE: Reasons.presence,
    Refusal.CHANNEL: Reasons.switched_off,
    Refusal.POOL: Reasons.elsewhere,
    Refusal.SKILL: Reasons.unskilled,
    Refusal.EXCLUDED: Reasons.declined,
    Refusal.SLOT: Reasons.full,
    Refusal.UNITS: Reasons.weighed_down,
    Refusal.BLOCKED: Reasons.blocked,
}


def level_words(before: Needs, after: Needs, words: Phrasing) -> str:
    """How what is asked for changes, such as “the level of French that is needed falls from 4 to 1”.

    What is asked for only now comes last: the inbox's own language, once that of the customer is given up.
    """
    old, new = dict(before), dict(after)
    differ = (skill for skill in {*old, *new} if old.get(skill, 0) != new.get(skill, 0))
    changed = sorted(differ, key=lambda skill: (skill not in old, skill))
    return " and ".join(_change(words.skill(skill), old.get(skill, 0), new.get(skill, 0)) for skill in changed)


def _change(label: str, before: int, after: int) -> str:
    if not after:
        return f"{label} is not needed any more"
    if not before:
        return f"{label} {after} is asked for instead"
    return f"the level of {label} that is needed falls from {before} to {after}"
