"""A scenario from what routing sees of a conversation now: replayed, the decision comes out as it would in production.

It has ids, skills, pools and numbers; nothing of it is a customer's. All instants are moved into whole seconds so that
every comparison of the decision (an age that opens a step, who was idle longer) comes out as it did.
"""

from collections.abc import Mapping
from math import floor
from typing import Any

from heartline.domain.routing.eligibility import live_declines
from heartline.domain.routing.explanation import Look
from heartline.domain.routing.model import Agent, Policy, Preference, Waiting


def scenario_of(look: Look) -> dict[str, Any]:
    """The scenario in which the conversation arrives now, and nothing else happens."""
    head, agents, now = look.decision.head, look.reasons.agents, look.reasons.now
    at = floor(now)
    return {
        "policy": _policy(look.reasons.policy, head.demand.channel),
        "agents": _agents(agents, now),
        "convs": [_conversation(head, agents, now)],
        "events": [{"t": at, "ev": "arrive", "conv": head.id}],
        "until": at,
    }


def whole(at: float, now: float) -> int:
    """The second of an instant, counted from `now` on: as many whole seconds ago as it was."""
    return floor(now) - floor(now - at)


def _policy(policy: Policy, channel: str) -> dict[str, Any]:
    return {
        "agent_order": policy.agent_order.value,
        "offer": policy.offers.get(channel),
        "on_timeout": policy.on_timeout.value,
        "retry_after": policy.retry_after,
        "plan": policy.plan.value,
        "rest": policy.rest,
        "weights": dict(policy.weights),
        "blocks": {channel: sorted(blocked) for channel, blocked in policy.blocks.items()},
        "wrap": dict(policy.wrap),
    }


def _agents(agents: Mapping[str, Agent], now: float) -> list[dict[str, Any]]:
    last = _in_turn({name: agent.last for name, agent in agents.items()}, now)
    return [_agent(agent, last[name], now) for name, agent in agents.items()]


def _agent(agent: Agent, last: int, now: float) -> dict[str, Any]:
    return {
        "id": agent.id,
        "skills": dict(agent.skills),
        "caps": dict(agent.capacity),
        "load": {channel: count for channel, count in agent.load.items() if count},
        "last": last,
        "last_heated": None if agent.last_heated is None else whole(agent.last_heated, now),
        "presence": agent.presence,
        "pool": agent.pool,
        "units": agent.units,
        "off": sorted(agent.off),
    }


def _in_turn(last: Mapping[str, float], now: float) -> dict[str, int]:
    """Whole seconds in the same order: of two within a second the earlier one is moved back."""
    turns: dict[str, int] = {}
    limit, before = floor(now) + 1, None
    for name, at in sorted(last.items(), key=lambda each: each[1], reverse=True):
        if at != before:
            limit = min(whole(at, now), limit - 1)
        turns[name], before = limit, at
    return turns


def _conversation(head: Waiting, agents: Mapping[str, Agent], now: float) -> dict[str, Any]:
    return {
        "id": head.id,
        "ch": head.demand.channel,
        "enq": min(whole(head.enqueued, now), floor(now)),
        "band": head.band,
        "boost": round(head.boost),
        "heated": head.heated,
        "pref": _preference(head.preference),
        "steps": [[dict(step.needs), _seconds(step.lasts)] for step in head.demand.steps],
        "pools": [[pool.name, _seconds(pool.opens)] for pool in head.demand.pools],
        "hours": None if head.hours is None else [[whole(each, now) for each in span] for span in head.hours],
        "declined": {name: whole(each.at, now) for name, each in live_declines(head, agents).items()},
    }


def _preference(wish: Preference | None) -> dict[str, Any] | None:
    if wish is None:
        return None
    return {"agent": wish.agent, "window": _seconds(wish.window), "ignore_skills": wish.ignore_skills}


def _seconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)
