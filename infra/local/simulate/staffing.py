"""Reads who works: groups of agents with skills, capacities, shifts and breaks, their own or those of the company."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from heartline.domain.inboxes import Company
from heartline.domain.routing.model import Agent
from heartline.domain.routing.states import skills_of
from infra.local.replay.fields import Fields, Node
from infra.local.simulate.reading import name, span
from infra.local.simulate.workday import OFF, Member, Span

MOST: Final = 10_000
"""The most agents that are simulated; more is a slip of the pen."""

_OPTIONAL = ("count", "skills", "capacity", "pool", "units", "off", "shifts", "breaks")


def profiles(company: Company | None) -> dict[str, Agent]:
    """The company's agents as routing sees them."""
    if company is None:
        return {}
    return {
        profile.id: Agent(
            id=profile.id,
            presence=OFF,
            pool=profile.pool,
            skills=skills_of(profile),
            capacity={channel.value: places for channel, places in profile.capacity.items()},
            units=profile.units,
        )
        for profile in company.agents
    }


def read_staff(node: Node, known: Mapping[str, Agent], whole_day: Span) -> tuple[Member, ...]:
    """The agents of the file; without a list, all of the company's work all day."""
    if node.absent:
        return tuple(Member(agent=agent, group=agent.id, duty=(whole_day,)) for agent in known.values())
    staff: list[Member] = []
    for each in node.items():
        staff += _group(each, known, whole_day)
        if len(staff) > MOST:
            raise each.wrong(f"makes more than {MOST} agents")
    _refuse_twice(node, staff)
    return tuple(staff)


def named(group: str, numbers: Iterable[int], pattern: Member) -> list[Member]:
    """Agents like `pattern`, numbered within their group."""
    return [replace(pattern, agent=replace(pattern.agent, id=f"{group}-{number}"), group=group) for number in numbers]


def _group(node: Node, known: Mapping[str, Agent], whole_day: Span) -> list[Member]:
    fields = node.fields(required=("id",), optional=_OPTIONAL)
    group = name(fields.get("id"))
    pattern = Member(agent=_agent(fields, known.get(group), group, node), group=group, duty=_duty(fields, whole_day))
    if "count" not in fields:
        return [pattern]
    count = fields.get("count").whole(least=0)
    if count > MOST:
        raise fields.get("count").wrong(f"must be at most {MOST}")
    return named(group, range(1, count + 1), pattern)


def _agent(fields: Fields, like: Agent | None, group: str, node: Node) -> Agent:
    """What the file does not say of an agent is as the company has it."""
    if like is None and "capacity" not in fields:
        raise node.wrong(f"the field 'capacity' is missing, and the company has no agent {group!r}")
    base = like or Agent(id=group, presence=OFF)
    units = fields.get("units", base.units)
    return replace(
        base,
        pool=name(fields.get("pool", base.pool)),
        skills={**base.skills, **fields.get("skills", {}).wholes()},
        capacity=fields.get("capacity", dict(base.capacity)).wholes(),
        units=None if units.absent else units.number(least=1),
        off=frozenset(channel.text() for channel in fields.get("off", []).items()),
    )


def _duty(fields: Fields, whole_day: Span) -> tuple[Span, ...]:
    """Shifts without the breaks, cut to the hours of the day."""
    duty = [whole_day]
    if "shifts" in fields:
        duty = [span(each) for each in fields.get("shifts").items()]
        _refuse_overlap(fields.get("shifts"), duty)
    for each in fields.get("breaks", []).items():
        pause = span(each)
        if not any(start <= pause[0] and pause[1] <= end for start, end in duty):
            raise each.wrong("is not within a shift, or in another break")
        duty = [piece for shift in duty for piece in _without(shift, pause)]
    cut = [(max(start, whole_day[0]), min(end, whole_day[1])) for start, end in duty]
    return tuple(sorted((start, end) for start, end in cut if start < end))


def _without(shift: Span, pause: Span) -> list[Span]:
    pieces = [(shift[0], min(shift[1], pause[0])), (max(shift[0], pause[1]), shift[1])]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _refuse_overlap(node: Node, spans: list[Span]) -> None:
    ordered = sorted(spans)
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            raise node.wrong("two of them overlap")


def _refuse_twice(node: Node, staff: list[Member]) -> None:
    seen: set[str] = set()
    for member in staff:
        if member.agent.id in seen:
            raise node.wrong(f"the id {member.agent.id!r} is there more than once")
        seen.add(member.agent.id)
