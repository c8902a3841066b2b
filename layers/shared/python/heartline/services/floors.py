"""The agents as a tick sees them: who is there, once every offer and wrap-up that is over has ended."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from heartline.domain.routing.model import ONLINE, Agent
from heartline.domain.routing.ramp import eased, next_place
from heartline.domain.routing.states import AgentState, weighed
from heartline.domain.routing_rules import RoutingRules
from heartline.services.handover import Handover
from heartline.services.ports import Configuration
from heartline.services.routing_ports import RoutingStore
from heartline.services.side_by_side import side_by_side

MOST_CLEARED: Final = 50
"""Of how many agents one tick ends what is over; the next one goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """The states of agents by id; `more` says that something is over that has not been ended yet."""

    states: Mapping[str, AgentState]
    more: bool

    def agents(self, rules: RoutingRules, now: datetime) -> dict[str, Agent]:
        """The agents as a plan has to see them."""
        policy = rules.policy
        return {name: eased(state, weighed(state, policy), rules, now) for name, state in self.states.items()}

    def moments(self, rules: RoutingRules, now: datetime) -> Iterator[float]:
        """When an offer or a wrap-up ends, and when the next place of whoever came back opens."""
        for state in self.states.values():
            for hold in state.open.values():
                if hold.expires is not None:
                    yield hold.expires.timestamp()
            place = next_place(state, rules, now)
            if place is not None:
                yield place.timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """Reads agents, and ends what is over on the way: no offer waits for a clock that a tick can see (R6, R13, R15).

    `gone` maps agents who are not online to the epoch in which this process has looked after their offers: in that
    epoch there will be no others.
    """

    store: RoutingStore
    configuration: Configuration
    handover: Handover
    threads: int = 1
    gone: dict[str, int] = field(default_factory=dict)

    def __call__(self, pools: Collection[str], now: datetime) -> Staffing:
        known = self.configuration.company().pools  # whoever is not configured any more gets nothing
        states = {state.id: state for state in self.store.agents(pools) if state.id in known}
        over = [state for state in states.values() if _is_over(state, now) or self._has_left(state)]
        cleared = side_by_side(self._cleared, over[:MOST_CLEARED], threads=self.threads)
        states.update({state.id: state for state in cleared})
        return Staffing(states=states, more=len(over) > MOST_CLEARED)

    def _cleared(self, state: AgentState) -> AgentState:
        """The agent's state once all that is over has ended."""
        after = self._anew(state) if self.handover.clear(state) else state
        if state.agent.presence != ONLINE:
            self.gone[state.id] = state.agent.epoch
        return after

    def _has_left(self, state: AgentState) -> bool:
        """Whether the agent may have left an offer behind: whoever set them away takes it back, unless it died."""
        if state.agent.presence == ONLINE or self.gone.get(state.id) == state.agent.epoch:
            return False
        return any(hold.expires is not None for hold in state.open.values())

    def _anew(self, state: AgentState) -> AgentState:
        profile = self.configuration.company().agent(state.id)
        found = self.store.agent(profile) if profile else None
        return found or state


def _is_over(state: AgentState, now: datetime) -> bool:
    return any(hold.expires is not None and hold.expires <= now for hold in state.open.values())
