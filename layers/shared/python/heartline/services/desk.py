"""An agent's own controls, as the API offers them: presence, load, and the end of a shift."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Contended, NotFound, Refused
from heartline.domain.inboxes import AgentProfile
from heartline.domain.routing.by_hand import checked_words
from heartline.domain.routing.ramp import ramping_until
from heartline.domain.routing.states import AgentState
from heartline.services.by_hand import ByHand
from heartline.services.desk_ports import DeskStatus, HandedOver, Stance, Target
from heartline.services.presence import OFFLINE, Presence
from heartline.services.snoozes import SnoozeStore

MOST_HANDED: Final = 50
"""How many conversations are handed over in one request."""

MOST_LOOKED_AT: Final = 300
"""How many are looked at for that: what cannot move costs a read, and keeps nothing behind it from moving."""

_ENDS_ITSELF: Final = {
    State.OFFERED: "It is only offered: answer it, or decline it.",
    State.WRAP: "It is closed, and its wrap-up ends by itself.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingDesk:
    """Implements `services.desk_ports.Desk`."""

    presence: Presence
    by_hand: ByHand
    snoozes: SnoozeStore

    def status(self, agent: AgentProfile) -> DeskStatus:
        return self._status(self.presence.state(agent))

    def stances(self, agents: Sequence[AgentProfile]) -> dict[str, Stance]:
        states = self.presence.store.agents({agent.pool for agent in agents})
        known = {state.id: _stance(state) for state in states}
        return {agent.id: known.get(agent.id, Stance(presence=OFFLINE)) for agent in agents}

    def set_presence(
        self, agent: AgentProfile, presence: str, *, reason: str = "", returns_at: datetime | None = None
    ) -> DeskStatus:
        return self._status(self.presence.choose(agent, presence, reason=reason, returns_at=returns_at))

    def heartbeat(self, agent: AgentProfile) -> None:
        self.presence.beat(agent)

    def hand_over(self, by: AgentProfile, to: Target, note: str) -> HandedOver:
        checked_words(note, "Write a note for whoever goes on: what was done, and what is to be done now.")
        if to.pool:
            self.by_hand.label(to.pool)
        held = (*self.presence.state(by).open, *self.snoozes.of(by.id, limit=MOST_HANDED).items)
        moved: list[str] = []
        kept: dict[str, str] = {}
        for looked, name in enumerate(dict.fromkeys(held)):
            if len(moved) == MOST_HANDED or looked >= MOST_LOOKED_AT:
                kept[name] = "No more than 50 move at once. Ask again for the rest."
            elif why := self._hand_over_one(name, by, to, note):
                kept[name] = why
            else:
                moved.append(name)
        return HandedOver(moved=tuple(moved), kept=tuple(kept.items()))

    def _hand_over_one(self, conversation: str, by: AgentProfile, to: Target, note: str) -> str:
        """Give it away; answers why not, or nothing."""
        head = self.presence.store.head(conversation)
        if head is None or head.agent != by.id:
            return "Somebody else has it by now."
        if why := _ENDS_ITSELF.get(head.state) or _cannot_take(head, to):
            return why
        try:
            self._give(head, by, to, note)
        except (Conflict, NotFound, Refused, Contended) as refused:
            return str(refused)
        return ""

    def _give(self, head: Conversation, by: AgentProfile, to: Target, note: str) -> None:
        if to.pool:
            self.by_hand.pass_on(head.id, pool=to.pool, note=note, by=by)
        elif to.agent is not None and head.state is State.SNOOZED:
            self.by_hand.entrust(head.id, to=to.agent, note=note, by=by)
        else:
            self.by_hand.assign(head.id, to=to.agent, note=note, by=by)

    def _status(self, state: AgentState) -> DeskStatus:
        agent, rules = state.agent, self.presence.rules
        return DeskStatus(
            presence=agent.presence,
            capacity=dict(agent.capacity),
            load={channel: count for channel, count in agent.load.items() if count},
            conversations=tuple(state.open),
            reason=state.notes.reason,
            returns_at=state.notes.returns_at,
            ramping_until=ramping_until(state, rules, self.presence.clock()),
        )


def _cannot_take(head: Conversation, to: Target) -> str:
    if to.agent is not None and head.inbox not in to.agent.inboxes:
        return f"{to.agent.name} does not work in its inbox."
    if to.agent is None and head.state is State.SNOOZED:
        return "It is snoozed and comes back to you. Wake it, or hand it to an agent."
    return ""


def _stance(state: AgentState) -> Stance:
    return Stance(presence=state.agent.presence, reason=state.notes.reason, returns_at=state.notes.returns_at)
