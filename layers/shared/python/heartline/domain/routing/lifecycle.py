"""What each routing transition makes of a conversation's head; pure. What it does to agents follows from the two heads.

`version` rises with every offer, assignment, reply to its owner and return to waiting, and with nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.intake import Pointer
from heartline.domain.messages import Channel, Message
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.heads import milliseconds

HOLDING: Final = frozenset({State.OFFERED, State.ASSIGNED, State.WRAP})
"""The states in which a conversation takes a slot of its agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a claim asks of its agent when it is written (R1, R10, R14): ONLINE in this epoch, with a place.

    `blockers` are the channels that must have no open work.
    """

    epoch: int
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A call that a transition depends on, with the version that it must still have.

    `asks`: it asks for what the conversation asks for from then on, and has the next version.
    """

    call: str
    version: int
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One transition, carried out as one transaction or not at all.

    `begins` is when an offer or assignment starts (it counts as last-assigned); `gate` is set for automatic work.
    `must_be_online` is for an answer to an offer, `sends_away` for an offer that nobody answered. `pointer` is the
    contact's open pointer where the conversation closes or opens. `lines` tell it in the timeline. `beside` is the
    conversation's call; `nothing_newer` asks that no message has come since `before` was read.
    """

    before: Conversation
    after: Conversation
    begins: datetime | None = None
    gate: Gate | None = None
    must_be_online: bool = False
    sends_away: bool = False
    pointer: Pointer | None = None
    lines: tuple[Message, ...] = ()
    beside: Beside | None = None
    nothing_newer: bool = False

    @property
    def held_by(self) -> str | None:
        """Whose place the conversation takes until then."""
        return self.before.agent if self.before.state in HOLDING else None


def offered(head: Conversation, agent: str, *, reservation: str, expires: datetime) -> Conversation:
    return replace(_counted(head), state=State.OFFERED, agent=agent, reservation=reservation, offer_expires=expires)


def assigned(head: Conversation, agent: str, *, reservation: str) -> Conversation:
    """Assigned by routing, by hand, or by the reply to a snoozed conversation."""
    return accepted(replace(_counted(head), agent=agent, reservation=reservation))


def accepted(head: Conversation) -> Conversation:
    taken = replace(head, offer_expires=None, snoozed_until=None, closed_at=None)
    return replace(taken, state=State.ASSIGNED, last_agent=head.agent)


def acceptance(head: Conversation, *, at: datetime) -> Move | None:
    """The answer to an offer, which counts only from somebody who is online; None if the offer is over."""
    if head.state is not State.OFFERED or head.offer_expires is None or head.offer_expires <= at:
        return None
    return Move(before=head, after=accepted(head), must_be_online=True)


def answered(head: Conversation, *, at: datetime) -> Conversation:
    """The customer is talked with: nothing that they asked before waits any more."""
    return replace(head, waiting_since=None, answered_at=at)


def waiting_anew(head: Conversation, *, since: datetime) -> Conversation:
    """The customer whom somebody has talked with waits again, or has written since."""
    return replace(head, waiting_since=head.waiting_since or since)


def returned(head: Conversation) -> Conversation:
    """Back to waiting with the original age (R6, R13)."""
    free = replace(_counted(head), agent=None, reservation=None, offer_expires=None, snoozed_until=None, closed_at=None)
    return replace(free, state=State.WAITING)


def declined(head: Conversation, *, epoch: int, at: datetime) -> Conversation:
    """Back to waiting, remembering that its agent declined in this epoch (R7)."""
    agent = head.agent or ""
    return replace(
        returned(head),
        exclusions={**(head.exclusions or {}), agent: epoch},
        declined={**(head.declined or {}), agent: milliseconds(at)},
    )


def forgiven(head: Conversation) -> Conversation:
    """With an empty decline memory: a new round begins (R7)."""
    return replace(head, exclusions=None, declined=None)


def wrapping(head: Conversation, *, until: datetime, at: datetime) -> Conversation:
    """Closed by its agent `at` that moment, and the place still taken for a while (R15)."""
    return replace(head, state=State.WRAP, offer_expires=until, closed_at=at)


def snoozed(head: Conversation, *, until: datetime | None = None) -> Conversation:
    """The place is free, the owner stays; it comes back by itself at `until`, or when the customer writes."""
    return replace(head, state=State.SNOOZED, reservation=None, snoozed_until=until)


def entrusted(head: Conversation, agent: str) -> Conversation:
    """Snoozed as it is, for another agent."""
    return replace(_counted(head), agent=agent, last_agent=agent)


def closed(head: Conversation, *, at: datetime) -> Conversation:
    """At its end. Since when the customer waits stays: one that is reopened by hand has been waiting all along."""
    free = replace(head, agent=None, reservation=None, offer_expires=None, snoozed_until=None)
    gone = replace(free, problem="", call="")
    return replace(gone, state=State.CLOSED, closed_at=at)


def queued_on(head: Conversation, channel: Channel, requires: Mapping[str, int], *, at: datetime) -> Conversation:
    """Waiting on `channel` since `at`, whatever it was before: a call comes in, or has ended unanswered."""
    return replace(classed(returned(head), channel, requires), enqueued=at)


def called(head: Conversation, call: str, asked: Asked, *, at: datetime) -> Conversation:
    """Waiting for somebody to take a call, with the age that the call has, for what it asks.

    A `band` of 0 leaves the priority; what had a higher boost keeps it. Whom it was kept for goes on being preferred.
    """
    known = replace(head.preferred, ignore_skills=False) if head.preferred else None
    ground = replace(
        head,
        requires=dict(asked.requires),
        steps=asked.steps,
        pools=asked.pools,
        preferred=asked.preferred or known,
        band=asked.band or head.band,
        boost=max(head.boost, asked.boost),
        rules=asked.rules or head.rules,
        call=call,
    )
    return queued_on(ground, Channel.VOICE, ground.requires, at=at)


def called_by(head: Conversation, call: str, agent: str, *, reservation: str) -> Conversation:
    """An agent calls the customer themselves: it is theirs, and counts on the telephone."""
    return replace(assigned(classed(head, Channel.VOICE, head.requires), agent, reservation=reservation), call=call)


def uncalled(head: Conversation, channel: Channel) -> Conversation:
    """Written work again: the call and the work after it are over. An agent who has it keeps it."""
    free = replace(head, call="")
    if head.state in {State.WAITING, State.OFFERED}:
        return queued_on(free, channel, head.requires, at=head.waiting_since or head.enqueued)
    return classed(free, channel, head.requires)


def classed(head: Conversation, channel: Channel, requires: Mapping[str, int]) -> Conversation:
    """Counted on another channel, in the state it is in; where it asks for something else, it does not relax."""
    wanted = dict(requires)
    steps = head.steps if wanted == head.requires else ()
    name = routing_class(channel, wanted, steps, head.pools, preferred=head.preferred)
    return replace(head, routing_channel=channel, requires=wanted, steps=steps, routing_class=name)


def _counted(head: Conversation) -> Conversation:
    return replace(head, version=head.version + 1)
