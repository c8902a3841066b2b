"""Coming and going: what is kept beside a presence, and how places open bit by bit for who was away for long. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from math import floor

from heartline.domain.routing.model import ONLINE, Agent
from heartline.domain.routing.states import AgentState, PresenceNotes
from heartline.domain.routing_rules import RoutingRules


def notes_for(
    before: AgentState,
    presence: str,
    rules: RoutingRules,
    *,
    at: datetime,
    reason: str = "",
    returns_at: datetime | None = None,
) -> PresenceNotes:
    """What goes with `presence` from now on, which the agent chooses `at` that moment, or keeps.

    Their places open bit by bit if they were not online for `ramp_after` seconds, or never; a shorter break neither
    begins that anew nor ends it.
    """
    was_online, is_online = before.agent.presence == ONLINE, presence == ONLINE
    left = at if was_online and not is_online else before.notes.left
    ramp = before.notes.ramp
    if is_online and not was_online and _was_gone(before.notes.left, rules, at):
        ramp = at
    runs = ramp is not None and at < ramp + timedelta(seconds=rules.ramp_up)
    return PresenceNotes(reason=reason, returns_at=returns_at, left=left, ramp=ramp if runs else None)


def ramping_until(state: AgentState, rules: RoutingRules, now: datetime) -> datetime | None:
    """When all places of an agent who came back will be open; None if they are, or the agent is not online."""
    ramp = state.notes.ramp
    if ramp is None or not rules.ramp_up or state.agent.presence != ONLINE:
        return None
    ends = ramp + timedelta(seconds=rules.ramp_up)
    return ends if now < ends else None


def eased(state: AgentState, agent: Agent, rules: RoutingRules, now: datetime) -> Agent:
    """`agent`, who is that of `state`, with the places that are open now: a share of each channel's, rounded down.

    Work that is open already keeps its place.
    """
    ramp = state.notes.ramp
    if ramp is None or ramping_until(state, rules, now) is None:
        return agent
    passed = (now - ramp).total_seconds()
    places = {channel: floor(most * passed / rules.ramp_up) for channel, most in agent.capacity.items()}
    return replace(
        agent,
        capacity={
            channel: max(places[channel], min(most, agent.load.get(channel, 0)))
            for channel, most in agent.capacity.items()
        },
    )


def next_place(state: AgentState, rules: RoutingRules, now: datetime) -> datetime | None:
    """When the next place of an agent who came back opens; None if all are open."""
    if ramping_until(state, rules, now) is None:
        return None
    return min(_openings(state, rules, now), default=None)


def _was_gone(left: datetime | None, rules: RoutingRules, at: datetime) -> bool:
    return left is None or at - left >= timedelta(seconds=rules.ramp_after)


def _openings(state: AgentState, rules: RoutingRules, now: datetime) -> Iterator[datetime]:
    """The next place of each channel."""
    ramp = state.notes.ramp or now
    passed = (now - ramp).total_seconds()
    for most in state.agent.capacity.values():
        place = floor(most * passed / rules.ramp_up) + 1
        if place <= most:
            yield ramp + timedelta(seconds=rules.ramp_up * place / most)
