"""Whom a call can be transferred to now."""

from collections.abc import Iterable
from dataclasses import dataclass

from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.messages import Channel
from heartline.domain.routing.eligibility import no_place, unreachable
from heartline.domain.routing.model import Agent, Policy
from heartline.domain.routing.states import NO_NOTES, AgentState, PresenceNotes
from heartline.services.routing_ports import RoutingStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An agent of the inbox; `free` says whether they could take a call now, `notes` why they are away."""

    profile: AgentProfile
    presence: str
    free: bool
    notes: PresenceNotes = NO_NOTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The colleagues of an inbox, and how many with each skill are free."""

    colleagues: tuple[Colleague, ...]
    skills: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTargets:
    """One read of the agents' states."""

    store: RoutingStore

    def __call__(self, company: Company, inbox: str, *, of: AgentProfile) -> Targets:
        """Everybody of `inbox` but the agent who asks."""
        profiles = [agent for agent in company.agents if inbox in agent.inboxes and agent.id != of.id]
        states = {state.id: state for state in self.store.agents({profile.pool for profile in profiles})}
        colleagues = tuple(_colleague(profile, states.get(profile.id), company.policy) for profile in profiles)
        return Targets(colleagues=colleagues, skills=tuple(_free_by_skill(colleagues)))


def takes_calls(agent: Agent, policy: Policy) -> bool:
    """Whether one more call can be given to the agent now."""
    return unreachable(agent, Channel.VOICE) is None and no_place(agent, Channel.VOICE, policy) is None


def _colleague(profile: AgentProfile, state: AgentState | None, policy: Policy) -> Colleague:
    if state is None:
        return Colleague(profile=profile, presence="OFFLINE", free=False)
    free = takes_calls(state.agent, policy)
    return Colleague(profile=profile, presence=state.agent.presence, free=free, notes=state.notes)


def _free_by_skill(colleagues: Iterable[Colleague]) -> Iterable[tuple[str, int]]:
    colleagues = tuple(colleagues)
    skills = sorted({skill for colleague in colleagues for skill in colleague.profile.skills})
    for skill in skills:
        yield skill, sum(colleague.free and skill in colleague.profile.skills for colleague in colleagues)
