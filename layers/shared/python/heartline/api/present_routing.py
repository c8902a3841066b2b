"""Turns an explanation into the API's shape."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from math import ceil
from typing import Any

from heartline.api.explain_models import RoutingResponse
from heartline.api.times import timestamp
from heartline.domain.conversations import State
from heartline.domain.routing.coming import PoolNow, StepNow
from heartline.domain.routing.decided import decided_sentence, was_refused
from heartline.domain.routing.phrasing import MEMBERSHIP
from heartline.domain.routing.standing import Range, Shared, Standing
from heartline.domain.routing.states import Trace
from heartline.services.explain import Explanation, InLine

_NOT_IN_LINE: Mapping[str, Any] = {
    "step": None,
    "pools": [],
    "preferred": None,
    "why": None,
    "opens": None,
    "candidates": [],
    "groups": [],
    "coming": [],
    "place": None,
    "shared": None,
    "expected": None,
    "unexpected": "",
    "declined": [],
}


def routing_response(told: Explanation) -> RoutingResponse:
    head, waits = told.head, told.head.state in {State.WAITING, State.OFFERED}
    age = max(int((told.at - head.enqueued).total_seconds()), 0)
    return RoutingResponse.model_validate(
        {
            "state": head.state.value,
            "channel": head.routing_channel.value,
            "band": head.band,
            "boost": head.boost,
            "enqueued": timestamp(head.enqueued) if waits else None,
            "waiting_seconds": age if waits else None,
            "sentence": told.sentence,
            "requires": shown_needs(told.asked),
            "asks": told.asks,
            "rules": list(head.rules),
            "decided": _decided(told.trace, told.names) if told.trace else None,
            "heated": {"heated": head.heated, "signs": list(head.heat), "by": head.heat_by},
            **(_in_line(told.in_line, told.names) if told.in_line else _NOT_IN_LINE),
        }
    )


def _in_line(line: InLine, names: Mapping[str, str]) -> dict[str, Any]:
    look = line.look
    return {
        "step": _step(line.step) if line.step else None,
        "pools": [_pool(each) for each in line.pools],
        "preferred": _preferred(line, names),
        "why": look.decision.why,
        "opens": timestamp(look.opens) if look.opens else None,
        "candidates": [asdict(each) for each in look.candidates()],
        "groups": [asdict(each) | {"names": list(each.names)} for each in look.groups()],
        "coming": list(line.coming),
        "place": _worded(line.place) if line.place else None,
        "shared": _worded(line.shared) if line.shared else None,
        "expected": _worded(line.expected) if line.expected else None,
        "unexpected": line.unexpected,
        "declined": [
            _person(agent, names) | {"at": timestamp(datetime.fromtimestamp(at, UTC))}
            for agent, at in line.declined.items()
        ],
    }


def _step(step: StepNow) -> dict[str, Any]:
    return {
        "index": step.index,
        "next_in_seconds": ceil(step.opens_in),
        "next_requires": shown_needs(dict(step.following)),
        "words": step.words,
    }


def _pool(pool: PoolNow) -> dict[str, Any]:
    is_open = pool.opens_in <= 0
    return {
        "name": pool.name,
        "label": pool.label,
        "open": is_open,
        "opens_in": None if is_open else ceil(pool.opens_in),
    }


def _preferred(line: InLine, names: Mapping[str, str]) -> dict[str, str] | None:
    only = line.look.reasons.case.only
    if only is None or line.kept_until is None:
        return None
    return _person(only, names) | {"until": timestamp(line.kept_until)}


def _decided(trace: Trace, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "at": timestamp(trace.at),
        "agent": trace.agent,
        "name": names.get(trace.agent, trace.agent) if trace.agent else None,
        "why": trace.why,
        "sentence": decided_sentence(trace, names),
        "order": [_person(agent, names) for agent in trace.order],
        "refused": [
            _person(agent, names) | {"refused": reason, "words": was_refused(reason)}
            for agent, reason in trace.refused.items()
        ],
    }


def _person(agent: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"agent": agent, "name": names.get(agent, agent)}


def _worded(told: Standing | Shared | Range) -> dict[str, Any]:
    return asdict(told) | {"words": told.words}


def shown_needs(needs: Mapping[str, int]) -> dict[str, int]:
    """What is asked for without the right to work in the inbox, which goes without saying."""
    return {skill: level for skill, level in needs.items() if not skill.startswith(MEMBERSHIP)}
