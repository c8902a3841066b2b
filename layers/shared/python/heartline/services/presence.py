"""Agents come and go: presence, the lease that keeps it, and the state that their configuration gives them."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from heartline.domain.errors import Contended
from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.routing.model import ONLINE
from heartline.domain.routing.ramp import notes_for
from heartline.domain.routing.states import AgentState, PresenceNotes, skills_of
from heartline.domain.routing_rules import RoutingRules
from heartline.services.handover import Handover
from heartline.services.ports import Clock
from heartline.services.routing_ports import RoutingStore
from heartline.services.sparing import sparing

OFFLINE: Final = "OFFLINE"

LEASE: Final = timedelta(seconds=90)
"""How long a presence lives without a heartbeat."""

DRAINING: Final = "DRAINING"
"""Nothing new any more, and what is there is finished: the end of a shift."""

LEASED: Final = frozenset({ONLINE, DRAINING})
"""The presences of somebody who sits at the page."""

TRIES: Final = 5

MOST_AT_ONCE: Final = 500
"""How many agents are set offline, or follow their configuration, in one go; the others do a minute later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who is there; leaving ONLINE takes back the offers that are open (R13)."""

    store: RoutingStore
    handover: Handover
    clock: Clock

    def state(self, profile: AgentProfile) -> AgentState:
        """The agent's state; it is created when it is asked for first, offline."""
        for _ in range(TRIES):
            found = self.store.agent(profile)
            if found is not None:
                return found
            self.store.create_agent(profile, presence=OFFLINE)
        raise Contended(f"The state of {profile.id} keeps changing; try again.")

    @property
    def rules(self) -> RoutingRules:
        """How the company routes, as it is configured now."""
        return self.handover.configuration.company().routing

    def choose(
        self, profile: AgentProfile, presence: str, *, reason: str = "", returns_at: datetime | None = None
    ) -> AgentState:
        """Set a presence, with why and until when; the present one again changes at most the words."""
        self.store.beat(profile.id, self.clock())
        for _ in range(TRIES):
            before = self.state(profile)
            said = (before.agent.presence, before.notes.reason, before.notes.returns_at)
            if said == (presence, reason, returns_at):
                return self._cleared(profile, before)
            notes = self._notes(before, presence, reason=reason, returns_at=returns_at)
            try:
                return self._chosen(profile, before, presence, notes)
            except Contended:
                continue
        raise Contended(f"The presence of {profile.id} keeps changing; try again.")

    def beat(self, profile: AgentProfile) -> None:
        """The agent's page is open."""
        self.store.beat(profile.id, self.clock())

    def end_leases(self, states: Iterable[AgentState], company: Company) -> int:
        """Set agents offline who were not heard of for `LEASE`; answers how many.

        Whoever is away has said that they are not there, and stays so. Whoever is not configured any more is not heard
        of either.
        """
        profiles = {profile.id: profile for profile in company.agents}
        there = [state for state in states if state.agent.presence in LEASED]
        beats = self.store.beats([state.id for state in there])
        oldest = self.clock() - LEASE
        dead = [state for state in there if state.id not in beats or beats[state.id] <= oldest][:MOST_AT_ONCE]
        for state in dead:
            self._retire(profiles.get(state.id) or _departed(state), state)
        return len(dead)

    def sync(self, company: Company) -> int:
        """Bring every agent's state up to the configuration; answers how many changed."""
        states = {state.id: state for state in self.store.agents({profile.pool for profile in company.agents})}
        changed = (self._followed(profile, states.get(profile.id)) for profile in company.agents)
        return sum(islice(filter(None, changed), MOST_AT_ONCE))

    def _chosen(self, profile: AgentProfile, before: AgentState, presence: str, notes: PresenceNotes) -> AgentState:
        if before.agent.presence == presence:
            self.store.say(profile, notes, epoch=before.agent.epoch)
            return replace(before, notes=notes)
        self.store.set_presence(profile, presence, epoch=before.agent.epoch, notes=notes)
        return self._cleared(profile, self.state(profile))

    def _cleared(self, profile: AgentProfile, state: AgentState) -> AgentState:
        """Without the offers of somebody who is not online; asked for again, it finishes what was cut short (R13)."""
        return self.state(profile) if self.handover.clear(state) else state

    def _notes(
        self, before: AgentState, presence: str, *, reason: str = "", returns_at: datetime | None = None
    ) -> PresenceNotes:
        now = self.clock()
        return notes_for(before, presence, self.rules, at=now, reason=reason, returns_at=returns_at)

    def _followed(self, profile: AgentProfile, seen: AgentState | None) -> bool:
        """Whether the state follows; one that is written by somebody else at this moment is left to the next time."""
        with suppress(Contended), sparing(profile.id):
            return self._follow(profile, seen)
        return False

    def _follow(self, profile: AgentProfile, seen: AgentState | None) -> bool:
        state = seen or self.store.agent(profile)
        if state is None:
            self.store.create_agent(profile, presence=OFFLINE)
            return True
        moved = self._bring(profile, state)
        if not _differs(state, profile):
            return moved
        self.store.update_profile(profile, (self.store.agent(profile) or state) if moved else state)
        return True

    def _bring(self, profile: AgentProfile, state: AgentState) -> bool:
        """Let the state of an agent follow them into another pool, with what they hold."""
        if state.agent.pool == profile.pool:
            return False
        self.store.relocate(profile, state)
        return True

    def _retire(self, profile: AgentProfile, state: AgentState) -> None:
        """Set offline the very presence that was seen dead; one chosen since then lives."""
        try:
            notes = self._notes(state, OFFLINE)
            self.store.set_presence(profile, OFFLINE, epoch=state.agent.epoch, notes=notes)
        except Contended:
            return
        self.handover.clear(self.state(profile))


def _departed(state: AgentState) -> AgentProfile:
    """The little that is known of an agent who is not configured any more."""
    return AgentProfile(id=state.id, name=state.id, skills={}, capacity={}, inboxes=(), pool=state.agent.pool)


def _differs(state: AgentState, profile: AgentProfile) -> bool:
    capacity = {channel.value: count for channel, count in profile.capacity.items()}
    known = {channel: count for channel, count in state.agent.capacity.items() if count or channel in capacity}
    return (dict(state.agent.skills), known, state.agent.units) != (skills_of(profile), capacity, profile.units)
