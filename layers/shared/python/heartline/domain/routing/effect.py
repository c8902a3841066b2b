"""What another configuration would do to work that waits now and to agents who have some. Pure.

What waits keeps what it asked for when it came; who may take it is asked by the production decision.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.phrasing import Phrasing, counted
from heartline.domain.routing.policy_words import policy_changes
from heartline.domain.routing.serving import Staffing


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """The conversations of one class that wait now: `waiting` of them, or at least so many where that is not `exact`.

    `examples` are the ids of those that are served first.
    """

    asked: Asked
    channel: Channel
    inbox: str
    waiting: int
    exact: bool = True
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A class in plain words, and how many agents could take its work before and after, were all online and idle."""

    words: str
    waiting: int
    before: int
    after: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An agent who has `holds` conversations, and what changes for them meanwhile."""

    id: str
    name: str
    holds: int
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What changes: work that nobody could take, work that fewer could, agents at work, and the policy.

    `exact` says whether all that waits was counted.
    """

    nobody: tuple[Matched, ...]
    fewer: tuple[Matched, ...]
    agents: tuple[Touched, ...]
    policy: tuple[str, ...]
    waiting: int
    exact: bool = True

    @property
    def stranded(self) -> int:
        return sum(each.waiting for each in self.nobody)

    @property
    def worse(self) -> bool:
        """Whether somebody is affected who cannot be asked: a customer who waits, or an agent at work."""
        return bool(self.agents or self.fewer or any(each.before for each in self.nobody))

    @property
    def sentence(self) -> str:
        """The effect on what waits, in one sentence."""
        least = "" if self.exact else "at least "
        if not self.waiting:
            return "Nothing waits now."
        if not self.stranded:
            every = "all " if self.waiting > 1 else ""
            return f"{least}{counted(self.waiting, 'waiting conversation')} would {every}match somebody.".capitalize()
        return f"{least}{counted(self.stranded, 'waiting conversation')} would match nobody.".capitalize()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it for a terminal, the most serious first."""
        return (self.sentence, *_stranded(self.nobody), *_fewer(self.fewer), *_touched(self.agents), *self.policy)


def effect(
    before: Company, after: Company, backlogs: Sequence[Backlog], held: Mapping[str, Mapping[str, int]]
) -> Effect:
    """Compare two configurations over what waits (`backlogs`) and what agents have (`held`: by agent and channel)."""
    staffing = Staffing(before), Staffing(after)
    matched = [_matched(backlog, _words(before, after, backlog), *staffing) for backlog in backlogs if backlog.waiting]
    return Effect(
        nobody=tuple(each for each in matched if not each.after),
        fewer=tuple(each for each in matched if 0 < each.after < each.before),
        agents=tuple(_agents(before, after, held)),
        policy=policy_changes(before.routing, after.routing),
        waiting=sum(each.waiting for each in matched),
        exact=all(backlog.exact for backlog in backlogs),
    )


def _words(before: Company, after: Company, backlog: Backlog) -> str:
    """The work in the words of the company that still has its inbox."""
    known = Phrasing.of(after if after.inbox(backlog.inbox) else before)
    return known.work(backlog.asked, backlog.channel, backlog.inbox)


def _matched(backlog: Backlog, words: str, before: Staffing, after: Staffing) -> Matched:
    return Matched(
        words=words,
        waiting=backlog.waiting,
        before=before.takers(backlog.asked, backlog.channel),
        after=after.takers(backlog.asked, backlog.channel),
        examples=backlog.examples,
    )


def _agents(before: Company, after: Company, held: Mapping[str, Mapping[str, int]]) -> Iterator[Touched]:
    for old in before.agents:
        loads = {channel: count for channel, count in held.get(old.id, {}).items() if count}
        new = after.agent(old.id)
        changes = tuple(_changes(old, new, loads)) if loads else ()
        if changes:
            yield Touched(id=old.id, name=old.name, holds=sum(loads.values()), changes=changes)


def _changes(old: AgentProfile, new: AgentProfile | None, loads: Mapping[str, int]) -> Iterator[str]:
    if new is None:
        yield "is not there any more: nobody answers what they have"
        return
    if new.pool != old.pool:
        yield f"moves from the pool {old.pool} to {new.pool}"
    for channel, count in loads.items():
        room = new.capacity.get(Channel(channel), 0)
        if room < count and room != old.capacity.get(Channel(channel), 0):
            yield f"has {count} on {channel} and room for {room}: nothing new until some are closed"
    gone = sorted(set(old.inboxes) - set(new.inboxes))
    if gone:
        yield f"leaves {', '.join(gone)}, and does not see what they have there any more"
    less = sorted(skill for skill, level in old.skills.items() if new.skills.get(skill, 0) < level)
    if less:
        yield f"has less of {', '.join(less)}"


def _stranded(classes: Iterable[Matched]) -> Iterator[str]:
    for each in classes:
        now = "" if each.before else " (nobody now either)"
        such = f", such as {', '.join(each.examples)}" if each.examples else ""
        yield f"  nobody: {each.words}: {each.waiting}{now}{such}"


def _fewer(classes: Iterable[Matched]) -> Iterator[str]:
    return (
        f"  fewer: {each.words}: {each.waiting}, {counted(each.after, 'agent')} instead of {each.before}"
        for each in classes
    )


def _touched(agents: Iterable[Touched]) -> Iterator[str]:
    for each in agents:
        yield f"  {each.name} has {counted(each.holds, 'conversation')} and {'; '.join(each.changes)}"
