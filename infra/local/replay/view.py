"""What stands in the table of a replay, in the terms of its scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from heartline.domain.conversations import Conversation, State
from heartline.domain.routing.heads import waiting
from heartline.domain.routing.model import Agent, Decline, Waiting
from heartline.domain.routing.states import AgentState
from infra.local.replay.production import Production
from infra.local.replay.staging import ORIGIN, Staging, second
from infra.local.replay.work import Stage

Whereabouts = tuple[Stage, str | None]
"""Where a conversation stands, and with whom if it is on offer or assigned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What stood there when it was read. All go by the names of the scenario."""

    agents: dict[str, Agent]
    waiting: dict[str, Waiting]
    timed: dict[str, int]
    stages: dict[str, Whereabouts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Reads the table. `heads` are the scenario's conversations by their codes."""

    staging: Staging
    production: Production
    heads: Mapping[str, Waiting]

    def look(self) -> View:
        heads = self.production.store.heads(self.heads)
        states = {state.id: state for state in self.production.store.agents(self.production.pools)}
        people = [(agent.id, self.staging.agents.code(agent.id)) for agent in self.staging.scenario.agents]
        return View(
            agents={name: self._agent(name, states[code]) for name, code in people},
            waiting={self.heads[code].id: self._waiting(heads[code]) for code in self.heads if _waits(heads[code])},
            timed={
                self.heads[conversation].id: second(hold.expires)
                for state in states.values()
                for conversation, hold in state.open.items()
                if hold.expires is not None
            },
            stages={head.id: self._stage(heads[code]) for code, head in self.heads.items()},
        )

    def _agent(self, name: str, state: AgentState) -> Agent:
        stored, staging = state.agent, self.staging
        own = {channel.value: name for name, channel in staging.channels.items()}
        return replace(
            stored,
            id=name,
            pool=staging.pools.name(stored.pool),
            skills={staging.skills.name(skill): level for skill, level in stored.skills.items()},
            capacity={own[channel]: most for channel, most in stored.capacity.items()},
            load={own[channel]: count for channel, count in stored.load.items()},
            off=frozenset(own[channel] for channel in stored.off),
            last=round(stored.last) - ORIGIN,
            last_heated=None if stored.last_heated is None else round(stored.last_heated) - ORIGIN,
        )

    def _waiting(self, head: Conversation) -> Waiting:
        """The scenario's conversation with what has changed of it."""
        seen = waiting(head, (), reply_window=self.production.calendar.reply_window(head))
        names, wish = self.staging.agents, seen.preference
        return replace(
            self.heads[head.id],
            enqueued=round(seen.enqueued) - ORIGIN,
            version=seen.version,
            preference=replace(wish, agent=names.name(wish.agent)) if wish is not None else None,
            declines={
                names.name(agent): Decline(epoch=each.epoch, at=round(each.at) - ORIGIN)
                for agent, each in seen.declines.items()
            },
        )

    def _stage(self, head: Conversation) -> Whereabouts:
        held = head.agent if head.state in {State.OFFERED, State.ASSIGNED} else None
        return Stage[head.state.name], self.staging.agents.name(held) if held is not None else None


def _waits(head: Conversation) -> bool:
    return head.state is State.WAITING
