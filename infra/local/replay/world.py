"""The world of a replay, in memory: what each event does to conversations and agents (R6, R7, R13 to R17).

It decides nothing about who gets what: that is the production decision, in `heartline.domain.routing`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from heartline.domain.routing.eligibility import no_place, unreachable
from heartline.domain.routing.model import AWAY, ONLINE, Agent, Decision, Decline, OnTimeout, Waiting
from infra.local.replay.events import Event
from infra.local.replay.scenario import Scenario
from infra.local.replay.work import Stage, Work

REPLY_WINDOW: Final = 60
"""How many seconds a reopened conversation is kept for its last agent, unless the reply says otherwise."""


class World:
    """Agents and conversations, moved on by events; `now` is a second of the scenario.

    Each event answers whether it fitted the state; one that did not has changed nothing. `waiting` and `timed` find
    the conversations that wait, and those that something ends for, without a look at all others.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.policy = scenario.policy
        self.agents: dict[str, Agent] = {agent.id: agent for agent in scenario.agents}
        self.works: dict[str, Work] = {head.id: _at_start(head, scenario.held.get(head.id)) for head in scenario.heads}
        self.waiting: dict[str, Waiting] = {}
        self.timed: dict[str, int] = {}
        self.log: list[tuple[int, str, str]] = []
        self._tokens: set[str | int] = set()
        self._events: Final[dict[str, Callable[..., bool]]] = {
            "arrive": self._arrive,
            "tick": self._tick,
            "accept": self._accept,
            "reject": self._reject,
            "close": self._close,
            "abandon": self._abandon,
            "snooze": self._snooze,
            "reply": self._reply,
            "presence": self._presence,
            "manual": self._manual,
            "set_cap": self._set_cap,
            "set_skill": self._set_skill,
            "claim": self._raw_claim,
        }

    def apply(self, event: Event) -> bool:
        return self._events[event.name](event.at, **event.arguments)

    def match(self, decisions: Iterable[Decision], now: int) -> None:
        """Carry out what a matching decided."""
        for decision in decisions:
            if decision.agent is not None:
                self.claim(decision, decision.agent, now)

    def stages(self) -> dict[str, tuple[Stage, str | None]]:
        """Where each conversation stands, and with whom if it is on offer or assigned."""
        return {conv: (work.stage, work.agent if work.is_held else None) for conv, work in self.works.items()}

    def claim(self, decision: Decision, agent: str, now: int) -> None:
        """Make one of the claims."""
        work = self.works[decision.head.id]
        self._claim(work.forgiven() if decision.new_round else work, agent, now)

    def expire(self, now: int) -> None:
        """End the offers and wrap-ups whose time is over."""
        for conv in [conv for conv, ends in self.timed.items() if ends <= now]:
            work = self.works[conv]
            if work.stage is Stage.OFFERED:
                self._time_out(work, now)
            elif work.stage is Stage.WRAP:
                self._put(work.closed())

    def _arrive(self, _: int, conv: str) -> bool:
        return self._if(conv, Stage.NEW, Work.arrived)

    def _tick(self, _: int) -> bool:
        return True

    def _accept(self, _: int, conv: str, agent: str) -> bool:
        offered = self.works[conv].holder == agent
        return offered and self._if(conv, Stage.OFFERED, lambda work: work.accepted(agent))

    def _reject(self, now: int, conv: str, agent: str) -> bool:
        offered, decline = self.works[conv].holder == agent, Decline(epoch=self.agents[agent].epoch, at=now)
        return offered and self._if(conv, Stage.OFFERED, lambda work: work.declined(decline))

    def _close(self, now: int, conv: str) -> bool:
        wrap = self.policy.wrap.get(self.works[conv].channel)
        return self._if(conv, Stage.ASSIGNED, lambda work: work.wrapping(ends=now + wrap) if wrap else work.closed())

    def _abandon(self, _: int, conv: str) -> bool:
        stage = self.works[conv].stage
        return stage in (Stage.WAITING, Stage.OFFERED, Stage.SNOOZED) and self._if(conv, stage, Work.closed)

    def _snooze(self, _: int, conv: str) -> bool:
        return self._if(conv, Stage.ASSIGNED, Work.snoozed)

    def _reply(self, now: int, conv: str, window: int = REPLY_WINDOW) -> bool:
        """R16: back to its owner, or a new wait that prefers the agent who had it last."""
        work = self.works[conv]
        owner = work.agent
        if owner is not None and work.stage is Stage.SNOOZED:
            self._write_log(now, conv, owner)
            return self._put(work.given(owner))
        if owner is not None and work.stage is Stage.WRAP:
            return self._put(work.accepted(owner))
        return self._if(conv, Stage.CLOSED, lambda work: work.reopened(now, window=window))

    def _presence(self, _: int, agent: str, to: str) -> bool:
        """A new epoch, which voids the agent's declines; away from ONLINE their offers are rescinded (R13)."""
        before = self.agents[agent]
        if before.presence == to:
            return False
        self.agents[agent] = replace(before, presence=to, epoch=before.epoch + 1)
        if to != ONLINE:
            for work in [each for each in self.works.values() if each.holder == agent]:
                self._if(work.head.id, Stage.OFFERED, Work.returned)
        return True

    def _manual(self, now: int, conv: str, agent: str) -> bool:
        return self._give(self.works[conv].given(agent), agent, now)

    def _set_cap(self, _: int, agent: str, ch: str, n: int) -> bool:
        before = self.agents[agent]
        self.agents[agent] = replace(before, capacity={**before.capacity, ch: n})
        return True

    def _set_skill(self, _: int, agent: str, skill: str, n: int) -> bool:
        before = self.agents[agent]
        self.agents[agent] = replace(before, skills={**before.skills, skill: n})
        return True

    def _raw_claim(self, now: int, conv: str, agent: str, ver: int, epoch: int, token: str | int) -> bool:
        """Only the conditions of the claim itself are asked, with the versions that its caller had read."""
        if token in self._tokens:
            return True
        work, candidate = self.works[conv], self.agents[agent]
        stale = work.stage is not Stage.WAITING or (work.head.version, candidate.epoch) != (ver, epoch)
        if stale or unreachable(candidate, work.channel) or no_place(candidate, work.channel, self.policy):
            return False
        self._tokens.add(token)
        return self._claim(work, agent, now)

    def _claim(self, work: Work, agent: str, now: int) -> bool:
        offer = self.policy.offers.get(work.channel)
        given = work.given(agent) if offer is None else work.offered(agent, ends=now + offer)
        return self._give(given, agent, now)

    def _time_out(self, work: Work, now: int) -> None:
        if work.agent is None:
            return
        self._reject(now, work.head.id, work.agent)
        if self.policy.on_timeout is OnTimeout.AWAY:
            self._presence(now, work.agent, AWAY)

    def _give(self, work: Work, agent: str, now: int) -> bool:
        """Begin an offer or an assignment."""
        self._write_log(now, work.head.id, agent)
        self._put(work)
        heated = now if work.head.heated else self.agents[agent].last_heated
        self.agents[agent] = replace(self.agents[agent], last=now, last_heated=heated)
        return True

    def _if(self, conv: str, stage: Stage, move: Callable[[Work], Work]) -> bool:
        """Move a conversation on if it is in the stage that the event is for."""
        work = self.works[conv]
        return work.stage is stage and self._put(move(work))

    def _put(self, work: Work) -> bool:
        """Replace a conversation; its slot goes from the agent who held it to the one who does now."""
        for holder, change in ((self.works[work.head.id].holder, -1), (work.holder, +1)):
            if holder is not None:
                self.agents[holder] = self.agents[holder].carrying(work.channel, change)
        self.works[work.head.id] = work
        self.waiting.pop(work.head.id, None)
        self.timed.pop(work.head.id, None)
        if work.stage is Stage.WAITING:
            self.waiting[work.head.id] = work.head
        if work.ends is not None:
            self.timed[work.head.id] = work.ends
        return True

    def _write_log(self, now: int, conv: str, agent: str) -> None:
        self.log.append((now, conv, agent))


def _at_start(head: Waiting, holder: str | None) -> Work:
    work = Work(head=head)
    return work if holder is None else work.accepted(holder)
