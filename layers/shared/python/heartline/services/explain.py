"""Says of a conversation why it has its agent, or none yet, where it stands in line and how long that may take.

It reads and writes nothing. Who could take it is decided by the production decision, for the agents as they are now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf
from typing import Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.hours import Hours
from heartline.domain.inboxes import Company
from heartline.domain.lines import MOST_KNOWN, Line
from heartline.domain.pace import FEWEST
from heartline.domain.routing.coming import PoolNow, StepNow, asked_now, coming, kept_until, pools_now, step_now
from heartline.domain.routing.decided import held_sentence
from heartline.domain.routing.eligibility import live_declines, open_rings, unqualified
from heartline.domain.routing.explanation import Look, look_at
from heartline.domain.routing.heads import demand_of, waiting
from heartline.domain.routing.model import Agent, Refusal, Why
from heartline.domain.routing.phrasing import Phrasing
from heartline.domain.routing.serving import everyone
from heartline.domain.routing.standing import COUNTED, Range, Shared, Standing, in_minutes, standing
from heartline.domain.routing.states import Trace, without
from heartline.services.floors import Staffing
from heartline.services.lines import LineStore
from heartline.services.ports import Clock, Configuration
from heartline.services.routing_ports import Calendar, RoutingClass, RoutingStore
from heartline.services.tick import pools_of

MOST_LINES: Final = 100
"""How many lines are looked at, the conversation's own included: one request."""

_THERE: Final = frozenset({Refusal.SLOT, Refusal.UNITS, Refusal.BLOCKED, Refusal.EXCLUDED})
"""The refusals of agents who are online and serve such work."""

_TOO_FEW: Final = f"Fewer than {FEWEST} have left this line lately."


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """How a conversation that waits stands: the decision now, and what waiting will change.

    `opening` says when business hours begin. `expected` is None where nothing tells it, and `unexpected` says why.
    `declined` maps the agents whose no still counts to when they said so, in seconds since the epoch.
    """

    look: Look
    opening: str
    step: StepNow | None
    pools: tuple[PoolNow, ...]
    kept_until: datetime | None
    coming: tuple[str, ...]
    declined: Mapping[str, float]
    place: Standing | None
    shared: Shared | None
    expected: Range | None
    unexpected: str

    @property
    def sentence(self) -> str:
        return self.look.sentence(self.opening)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that is known of a conversation's routing. `in_line` is None unless it waits.

    `asked` is what it asks for now, and `asks` the same in words.
    """

    head: Conversation
    at: datetime
    sentence: str
    asked: Mapping[str, int]
    asks: str
    names: Mapping[str, str]
    trace: Trace | None
    in_line: InLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Five requests for what waits, one query more for each further pool of its agents; one for all else."""

    store: RoutingStore
    lines: LineStore
    calendar: Calendar
    configuration: Configuration
    clock: Clock

    def __call__(self, head: Conversation) -> Explanation:
        """Explain a conversation whose head has just been read."""
        now, company = self.clock(), self.configuration.company()
        trace = self._trace(head, company)
        names = {profile.id: profile.name for profile in company.agents}
        in_line = self.in_line(head, company, now) if head.state is State.WAITING else None
        asked = dict(asked_now(in_line.look.decision.head, now.timestamp())) if in_line else head.requires
        return Explanation(
            head=head,
            at=now,
            sentence=in_line.sentence if in_line else held_sentence(head, trace, names, now.timestamp()),
            asked=asked,
            asks=Phrasing.of(company).needs(asked),
            names=names,
            trace=trace,
            in_line=in_line,
        )

    def _trace(self, head: Conversation, company: Company) -> Trace | None:
        """The latest decision; who does not work in the inbox is no part of its story."""
        trace = self.store.trace(head.id)
        if trace is None:
            return None
        inside = {profile.id for profile in company.agents if head.inbox in profile.inboxes}
        return replace(trace, refused={name: why for name, why in trace.refused.items() if name in inside})

    def look(self, head: Conversation, company: Company, now: datetime) -> Look:
        """Who could take a conversation, were it first in the order: what a tick would decide.

        One that an agent has is looked at as if it waited again, and without the place that it takes there.
        """
        pools = everyone(company)
        states = {state.id: state for state in self.store.agents(pools_of([_class_of(head)], pools))}
        if head.agent in states:
            states[head.agent] = without(states[head.agent], head.id)
        as_waiting = waiting(
            head, pools, reply_window=self.calendar.reply_window(head), hours=self.calendar.hours(head, now)
        )
        agents = Staffing(states=states, more=False).agents(company.routing, now)
        return look_at(as_waiting, agents, states, company=company, inbox=head.inbox, now=now.timestamp())

    def in_line(self, head: Conversation, company: Company, now: datetime) -> InLine:
        look, second = self.look(head, company, now), now.timestamp()
        others = self._others(head, look, everyone(company))
        known = self.lines.lines([head.routing_class, *others[: MOST_LINES - 1]])
        entries = self.store.waiters(head.routing_class, limit=COUNTED + 1)
        place = standing([entry.conversation for entry in entries], head.id)
        wait, unknown = _expected(look, place, known.get(head.routing_class), now)
        inbox, until = company.inbox(head.inbox), kept_until(look.decision.head, look.reasons.case)
        return InLine(
            look=look,
            opening=_opening(inbox.hours if inbox else None, look.opens, now),
            step=step_now(look.decision.head, look.reasons.words, second),
            pools=pools_now(look.decision.head, look.reasons.words, second),
            kept_until=datetime.fromtimestamp(until, UTC) if until is not None else None,
            coming=_coming(look),
            declined={
                agent: decline.at for agent, decline in live_declines(look.decision.head, look.reasons.agents).items()
            },
            place=place,
            shared=_shared(others, known),
            expected=wait,
            unexpected=unknown,
        )

    def _others(self, head: Conversation, look: Look, pools: Sequence[str]) -> list[str]:
        """The names of the other classes on the channel that somebody serves who could serve this one now."""
        kinds = _kinds(look)
        classes = [each for each in self.store.classes() if kinds and each.channel == look.reasons.channel]
        return [each.name for each in classes if each.name != head.routing_class and _serve(kinds, each, pools)]


def _class_of(head: Conversation) -> RoutingClass:
    return RoutingClass(
        name=head.routing_class,
        channel=head.routing_channel.value,
        requires=head.requires,
        inbox=head.inbox,
        steps=head.steps,
        pools=head.pools,
        personal=head.preferred is not None and head.preferred.ignore_skills,
    )


def _coming(look: Look) -> tuple[str, ...]:
    reasons = look.reasons
    return tuple(
        coming(
            look.decision.head,
            reasons.case,
            reasons.agents,
            policy=reasons.policy,
            words=reasons.words,
            now=reasons.now,
        )
    )


def _kinds(look: Look) -> Sequence[Agent]:
    """One agent for each pool and skills among those who serve such work now; without excluded ones."""
    there = (*look.decision.order, *(name for name, reason in look.decision.refused.items() if reason in _THERE))
    agents = (look.reasons.agents[name] for name in there)
    return list({(agent.pool, frozenset(agent.skills.items())): agent for agent in agents}.values())


def _serve(kinds: Iterable[Agent], each: RoutingClass, pools: Sequence[str]) -> bool:
    rings = open_rings(demand_of(each.channel, each.requires, pools, steps=each.steps, pools=each.pools), inf)
    return any(unqualified(agent, each.channel, rings) is None for agent in kinds)


def _shared(others: Sequence[str], known: Mapping[str, Line]) -> Shared | None:
    """What waits in other lines, as far as it is known; None where nothing does."""
    sizes = [len(known[name].order) for name in others if name in known and known[name].order]
    if not sizes:
        return None
    exact = len(others) < MOST_LINES and max(sizes) < MOST_KNOWN
    return Shared(lines=len(sizes), waiting=sum(sizes), exact=exact)


def _expected(look: Look, place: Standing | None, line: Line | None, now: datetime) -> tuple[Range | None, str]:
    """The range, or why there is none."""
    if look.decision.why is Why.HOURS:
        return None, "Its inbox is closed: the line moves once it opens."
    if look.decision.why is Why.PREFERRED:
        return None, "It is kept for one agent, and the line says nothing of that."
    if not look.reachable:
        return None, "Nobody who could take it is online."
    if place is None or place.position is None:
        return None, f"More than {COUNTED:,} are before it." if place else "It has just left the line."
    wait = line.expected(place.position, now) if line else None
    if wait is not None:
        return in_minutes(wait), ""
    return None, "Somebody is free for it." if look.decision.order else _TOO_FEW


def _opening(hours: Hours | None, opens: datetime | None, now: datetime) -> str:
    """When an inbox opens, on its own clock, such as “Mon 09:00 (Europe/Berlin)”."""
    if hours is None or opens is None:
        return ""
    local = hours.local(opens)
    day = "%a" if (local.date() - hours.local(now).date()).days < 7 else "%a %d %b"
    return f"{local:{day} %H:%M} ({hours.zone})"
