"""R1 to R18 as they are written, tried out pair by pair: slow, and apart from the code that is compared with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from heartline.domain.routing.model import Agent, AgentOrder, Needs, PlanKind, Policy, Refusal, Waiting, Why

Told = tuple[str, str | None, Why | None, tuple[str, ...], dict[str, Refusal], bool]
"""Conversation, agent, why not, who was eligible by rank, who was refused why, whether a new round begins."""


@dataclass(frozen=True)
class Rules:
    """What the rules say of these agents now."""

    agents: tuple[Agent, ...]
    policy: Policy
    now: float

    def plan(self, heads: Sequence[Waiting]) -> Iterator[Told]:
        world = self
        ordered = sorted(heads, key=lambda head: (head.band, head.enqueued - head.boost, head.id))
        for _, members in groupby(ordered, key=lambda head: head.band):
            band = list(members)
            chosen = world._chosen(band) if self.policy.plan is PlanKind.MAX else band
            for place, head in enumerate(band):
                later = [each for each in band[place + 1 :] if each in chosen]
                agent = world._agent_for(head, later) if head in chosen else None
                yield world._told(head, agent)
                world = world.given(head, agent) if agent else world

    def _chosen(self, band: Sequence[Waiting]) -> list[Waiting]:
        """R18: in R2 order, every conversation that can be served together with all those already chosen."""
        chosen: list[Waiting] = []
        for head in band:
            chosen += [head] if self._servable([*chosen, head]) else []
        return chosen

    def _servable(self, heads: Sequence[Waiting]) -> bool:
        if not heads:
            return True
        return any(self.given(heads[0], agent)._servable(heads[1:]) for agent in self.order(heads[0]))

    def _agent_for(self, head: Waiting, later: Sequence[Waiting]) -> str | None:
        order = self.order(head)
        if self.policy.plan is PlanKind.GREEDY:
            return next(iter(order), None)
        return next(agent for agent in order if self.given(head, agent)._servable(later))

    def given(self, head: Waiting, name: str) -> "Rules":
        channel = head.demand.channel
        (agent,) = [each for each in self.agents if each.id == name]
        load = {**agent.load, channel: agent.load.get(channel, 0) + 1}
        after = replace(agent, load=load, last=self.now, last_heated=self.now if head.heated else agent.last_heated)
        return replace(self, agents=tuple(after if each.id == name else each for each in self.agents))

    def _told(self, head: Waiting, agent: str | None) -> Told:
        if not self._open(head):
            return head.id, None, Why.HOURS, (), {}, False
        why = None if agent else Why.PREFERRED if self._kept_for(head) else Why.NOBODY
        asked = [each for each in self.agents if self._kept_for(head) in (None, each.id)]
        reasons = {each.id: self._refusal(each, head) for each in asked}
        refused = {name: reason for name, reason in reasons.items() if reason}
        return head.id, agent, why, tuple(self.order(head)), refused, bool(agent) and self._disregarded(head)

    def _open(self, head: Waiting) -> bool:
        return head.hours is None or any(start <= self.now < end for start, end in head.hours)

    def order(self, head: Waiting) -> list[str]:
        """R3 and R17, of those who are eligible by R1."""
        kept = self._kept_for(head)
        asked = [each for each in self.agents if kept in (None, each.id)] if self._open(head) else []
        eligible = [each for each in asked if not self._refusal(each, head)]
        return [each.id for each in sorted(eligible, key=lambda agent: self._rank(agent, head))]

    def _rank(self, agent: Agent, head: Waiting) -> Any:
        place, needs = self._ring(agent, head) or (0, ())
        ago = None if agent.last_heated is None else self.now - agent.last_heated
        tired = head.heated and self.policy.rest is not None and ago is not None and ago < self.policy.rest
        return tired, place, self._key(agent, head.demand.channel, needs), agent.id

    def _key(self, agent: Agent, channel: str, needs: Needs) -> Any:
        units = agent.units and self._units(agent) / agent.units
        busy = agent.load.get(channel, 0) / agent.capacity[channel] if agent.units is None else units
        levels = [agent.skills.get(skill, 0) for skill, _ in needs] or [0]
        return {
            AgentOrder.LOAD_IDLE: (busy, agent.last),
            AgentOrder.IDLE: (agent.last, busy),
            AgentOrder.BEST: (-sum(levels) / len(levels), agent.last),
            AgentOrder.SPARE: (agent.load.get(channel, 0) - agent.capacity[channel], agent.last),
        }[self.policy.agent_order]

    def _units(self, agent: Agent) -> float:
        return sum(count * self.policy.weights.get(channel, 1) for channel, count in agent.load.items())

    def _refusal(self, agent: Agent, head: Waiting) -> Refusal | None:
        """R1, in the order in which a trace names the rules; who it is kept for is only asked for a place (R8)."""
        if self._kept_for(head) is None:
            reason = self._unqualified(agent, head)
            if reason:
                return reason
            if agent.id in self._declined(head) and not self._disregarded(head):
                return Refusal.EXCLUDED
        return self._no_place(agent, head.demand.channel)

    def _no_place(self, agent: Agent, channel: str) -> Refusal | None:
        if agent.load.get(channel, 0) >= agent.capacity.get(channel, 0):
            return Refusal.SLOT
        if agent.units is not None and self._units(agent) + self.policy.weights.get(channel, 1) > agent.units:
            return Refusal.UNITS
        working = [other for other, count in agent.load.items() if count and other != channel]
        return Refusal.BLOCKED if any(channel in self.policy.blocks.get(each, ()) for each in working) else None

    def _unqualified(self, agent: Agent, head: Waiting) -> Refusal | None:
        reachable = self._unreachable(agent, head.demand.channel)
        if reachable or self._ring(agent, head):
            return reachable
        return Refusal.SKILL if agent.pool in [pool for pool, _ in self._rings(head)] else Refusal.POOL

    def _unreachable(self, agent: Agent, channel: str) -> Refusal | None:
        if agent.presence != "ONLINE":
            return Refusal.PRESENCE
        return Refusal.CHANNEL if channel in agent.off or not agent.capacity.get(channel) else None

    def _rings(self, head: Waiting) -> list[tuple[str, Needs]]:
        """R9 and R11: the open pools as listed, in each of them the open steps as listed."""
        age, opens, steps = max(self.now - head.enqueued, 0), 0.0, []
        for step in head.demand.steps:
            steps += [step.needs] if opens <= age else []
            opens += float("inf") if step.lasts is None else step.lasts
        return [(pool.name, needs) for pool in head.demand.pools if pool.opens <= age for needs in steps]

    def _ring(self, agent: Agent, head: Waiting) -> tuple[int, Needs] | None:
        for place, (pool, needs) in enumerate(self._rings(head)):
            if pool == agent.pool and all(agent.skills.get(skill, 0) >= least for skill, least in needs):
                return place, needs
        return None

    def _declined(self, head: Waiting) -> dict[str, float]:
        """R7: until their presence changes."""
        epochs = {agent.id: agent.epoch for agent in self.agents}
        return {name: each.at for name, each in head.declines.items() if epochs.get(name) == each.epoch}

    def _disregarded(self, head: Waiting) -> bool:
        declined = self._declined(head)
        qualified = {agent.id for agent in self.agents if not self._unqualified(agent, head)}
        over = self.now - max(declined.values(), default=self.now) >= self.policy.retry_after
        return bool(declined) and over and qualified <= declined.keys()

    def _kept_for(self, head: Waiting) -> str | None:
        """R8."""
        wish = head.preference
        if wish is None or self.now >= head.enqueued + wish.window:
            return None
        for agent in self.agents:
            if agent.id == wish.agent and not self._unreachable(agent, head.demand.channel):
                excluded = agent.id in self._declined(head) and not self._disregarded(head)
                fits = wish.ignore_skills or self._ring(agent, head) is not None
                return agent.id if fits and not excluded else None
        return None
