"""The same day with something changed: more or fewer agents, another order or plan, more or fewer customers."""

import re
from dataclasses import dataclass, replace
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.routing.model import AgentOrder, PlanKind
from infra.local.simulate.staffing import MOST
from infra.local.simulate.workday import Member, Workday

_AGENTS: Final = re.compile(r"(.*?)([+-]\d{1,5})", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is changed; None leaves it. `agents` are words such as `+2` (of the first group) or `late-1`."""

    agents: tuple[str, ...] = ()
    order: AgentOrder | None = None
    plan: PlanKind | None = None
    volume: float | None = None

    def __bool__(self) -> bool:
        return self != Change()

    def __str__(self) -> str:
        parts = [f"agents {word}" for word in self.agents]
        parts += [f"policy {self.order}"] if self.order else []
        parts += [f"plan {self.plan}"] if self.plan else []
        parts += [f"volume x {self.volume:g}"] if self.volume is not None else []
        return ", ".join(parts)


def changed(workday: Workday, change: Change) -> Workday:
    """The day with the change made; `Invalid` says which word does not fit it."""
    staff = workday.staff
    for word in change.agents:
        staff = _restaffed(staff, word)
    policy = replace(
        workday.policy,
        agent_order=change.order or workday.policy.agent_order,
        plan=change.plan or workday.policy.plan,
    )
    return _scaled(replace(workday, staff=staff, policy=policy), change.volume)


def _scaled(workday: Workday, volume: float | None) -> Workday:
    if volume is None:
        return workday
    if workday.recorded is not None:
        raise Invalid("--volume: recorded arrivals cannot be made more or fewer")
    if not 0 < volume <= 100:
        raise Invalid("--volume: must be above 0 and at most 100")
    streams = (
        replace(stream, rates=tuple((span, count * volume) for span, count in stream.rates))
        for stream in workday.streams
    )
    return replace(workday, streams=tuple(streams))


def _restaffed(staff: tuple[Member, ...], word: str) -> tuple[Member, ...]:
    group, number = _read(staff, word)
    members = [member for member in staff if member.group == group]
    if number < 0:
        if -number >= len(staff) or -number > len(members):
            raise Invalid(f"--agents {word}: the group {group!r} has {len(members)}, and somebody must stay")
        gone = {member.agent.id for member in members[number:]}
        return tuple(member for member in staff if member.agent.id not in gone)
    if len(staff) + number > MOST:
        raise Invalid(f"--agents {word}: makes more than {MOST} agents")
    return staff + tuple(_more(members[0], turn) for turn in range(1, number + 1))


def _read(staff: tuple[Member, ...], word: str) -> tuple[str, int]:
    found = _AGENTS.fullmatch(word)
    if found is None:
        raise Invalid(f"--agents {word}: must be a number with its sign, such as +2, or with a group, such as late-1")
    group, number = found[1] or staff[0].group, int(found[2])
    if all(member.group != group for member in staff):
        known = ", ".join(dict.fromkeys(member.group for member in staff))
        raise Invalid(f"--agents {word}: there is no group {group!r}; there are {known}")
    return group, number


def _more(pattern: Member, turn: int) -> Member:
    """Like the first of the group, under a name that no file can have."""
    return replace(pattern, agent=replace(pattern.agent, id=f"{pattern.group}+{turn}"))
