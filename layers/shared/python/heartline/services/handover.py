"""Moves a conversation between waiting, offers, agents and its end: read the head, decide, write; again if it moved."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.calls import Call
from heartline.domain.conversations import Conversation, State, existing
from heartline.domain.errors import Conflict, Contended, NotFound
from heartline.domain.inboxes import AgentProfile
from heartline.domain.messages import Channel
from heartline.domain.reopening import renewed, reopened
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import ONLINE, OnTimeout, Policy
from heartline.domain.routing.states import AgentState
from heartline.services.ports import Clock, Configuration, NewId
from heartline.services.routing_ports import RoutingStore
from heartline.services.sparing import sparing

TRIES: Final = 5
"""How often a conversation may move under a decision before its caller hears of it."""

Decide = Callable[[Conversation], Move | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a conversation stood when its customer wrote: `ends` is the end of its wrap-up, None while it was snoozed."""

    version: int
    ends: datetime | None = None

    def still(self, head: Conversation) -> bool:
        return (head.version, head.offer_expires) == (self.version, self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Every transition that is not the tick's own claim.

    Each answers the head as it is afterwards. They raise `NotFound` for an unknown conversation, `Conflict` where
    somebody was faster, and `Contended` if the conversation keeps moving.
    """

    store: RoutingStore
    configuration: Configuration
    clock: Clock
    new_id: NewId

    @property
    def policy(self) -> Policy:
        """How the company routes, as it is configured now."""
        return self.configuration.company().policy

    def decline(self, conversation: str, *, reservation: str, timed_out: bool = False) -> Conversation:
        """Give an offer back and remember it (R6, R7); an offer that is gone already is no error."""

        def decide(head: Conversation) -> Move | None:
            if head.state is not State.OFFERED or head.reservation != reservation:
                return None
            return self._timed_out(head) if timed_out else self._declined(head)

        return self.move(conversation, decide)

    def clear(self, state: AgentState) -> bool:
        """End the agent's expired offers and wrap-ups, and rescind the offers of one who is not online any more."""
        now = self.clock()
        timed = {conversation: hold.expires for conversation, hold in state.open.items() if hold.expires is not None}
        due = [conversation for conversation, expires in timed.items() if expires <= now]
        left = state.agent.presence != ONLINE
        for conversation in due:
            left = self._end(conversation, state.id, left=left) or left
        rescinded = [conversation for conversation in timed if left and conversation not in due]
        for conversation in rescinded:
            self._quietly(conversation, lambda head: _rescinded(head, state.id))
        return bool(due or rescinded)

    def _end(self, conversation: str, agent: str, *, left: bool) -> bool:
        """End an offer or a wrap-up that is over; whether that has sent its agent away.

        Of several offers that nobody answered the first sends away, which takes back the others as well (R13).
        """
        sent_away = False

        def decide(head: Conversation) -> Move | None:
            nonlocal sent_away
            rescinds = left and head.state is State.OFFERED
            move = _rescinded(head, agent) if rescinds else self._ended(head)
            sent_away = move is not None and move.sends_away
            return move

        return self._quietly(conversation, decide) is State.WAITING and sent_away

    def assign(self, conversation: str, to: AgentProfile) -> Conversation:
        """Give it to an agent by hand, in whatever state it is; asks nothing of R1."""
        return self.move(conversation, self.assigning(to))

    def assigning(self, to: AgentProfile) -> Decide:
        """The decision to give a conversation to `to`, who has a state from then on."""
        self._known(to)
        now, reservation = self.clock(), self.new_id()

        def decide(head: Conversation) -> Move | None:
            _refuse_merged(head)
            if head.state is State.ASSIGNED and head.agent == to.id:
                return None
            opens = head.state is State.CLOSED
            ground = renewed(head, at=now) if opens else head
            after = lifecycle.assigned(ground, to.id, reservation=reservation)
            pointer = self.store.pointer(head.contact, head.inbox).led_by(head.id) if opens else None
            return Move(before=head, after=after, begins=now, pointer=pointer)

        return decide

    def unassign(self, conversation: str, *, reservation: str = "") -> Conversation:
        """Back to the queue with its original age; for a while it does not come back to the agent who had it (R7).

        With a `reservation` only as long as that is the hold.
        """

        def decide(head: Conversation) -> Move | None:
            return self.giving_back(head) if reservation in {"", head.reservation} else None

        return self.move(conversation, decide)

    def giving_back(self, head: Conversation) -> Move | None:
        """Back to the queue, and for a while not to the agent who has it; what nobody has stays as it is."""
        return None if head.state in {State.WAITING, State.CLOSED} else self._declined(head)

    def close(self, conversation: str) -> Conversation:
        """End it: with wrap-up after assigned work where the policy has it, else at once and in any state."""
        return self.move(conversation, self.closing)

    def closing(self, head: Conversation) -> Move | None:
        wrap = self.policy.wrap.get(head.routing_channel.value)
        if head.state in {State.WRAP, State.CLOSED}:
            return None
        if head.state is not State.ASSIGNED or not wrap:
            return self._closed(head)
        now = self.clock()
        return Move(before=head, after=lifecycle.wrapping(head, until=now + timedelta(seconds=wrap), at=now))

    def reopen(self, conversation: str) -> Conversation:
        """A closed conversation waits anew, for its last agent first (R16); one that is not closed stays as it is."""
        return self.move(conversation, self.reopening)

    def reopening(self, head: Conversation) -> Move | None:
        _refuse_merged(head)
        if head.state is not State.CLOSED:
            return None
        pointer = self.store.pointer(head.contact, head.inbox).led_by(head.id)
        return Move(before=head, after=reopened(head, None, at=self.clock()), pointer=pointer)

    def snooze(self, conversation: str, *, until: datetime | None = None) -> Conversation:
        """Free the slot of an assigned conversation; its owner stays."""
        return self.move(conversation, lambda head: snoozing(head, until) if head.state is State.ASSIGNED else None)

    def replied(self, conversation: str, *, told: Told | None = None) -> Conversation:
        """The customer wrote: snoozed or in wrap-up, it is its owner's again at once (R16).

        With `told` only if it is still as it was when they wrote: the news may come late, and twice.
        """
        return self.move(conversation, lambda head: self.waking(head) if told is None or told.still(head) else None)

    def wake(self, conversation: str) -> Conversation:
        """Its time has come: what is snoozed until now is its owner's again, as by a reply."""

        def decide(head: Conversation) -> Move | None:
            until = head.snoozed_until
            return self.waking(head) if until is not None and until <= self.clock() else None

        return self.move(conversation, decide)

    def waking(self, head: Conversation) -> Move | None:
        """Back to its owner without an offer, whatever their presence, or in line where they are no agent any more."""
        if head.state not in {State.SNOOZED, State.WRAP}:
            return None
        owner = self.configuration.company().agent(head.agent or "")
        if owner is None:
            return Move(before=head, after=lifecycle.returned(head))
        if head.state is State.WRAP:
            return Move(before=head, after=lifecycle.accepted(head))
        self._known(owner)
        return Move(before=head, after=lifecycle.assigned(head, owner.id, reservation=self.new_id()))

    def queue_call(self, call: Call) -> Conversation:
        """A call comes into an open conversation: it waits on the telephone now, at the place that the call has."""

        def decide(head: Conversation) -> Move | None:
            if head.state is State.CLOSED:
                raise Conflict("This conversation is closed.")
            on_voice = head.call == call.id and head.routing_channel is Channel.VOICE
            if on_voice and head.state in {State.WAITING, State.OFFERED, State.ASSIGNED}:
                return None
            at = call.queued or call.began
            return Move(before=head, after=lifecycle.called(head, call.id, call.asked, at=at))

        return self.move(call.conversation, decide)

    def settle(self, call: Call, channel: Channel) -> Conversation:
        """The call is over: an assigned conversation is counted on `channel` from now on, without limits.

        One that nobody answered waits on `channel`, with the age of what is not answered yet.
        """

        def decide(head: Conversation) -> Move | None:
            if head.call != call.id:
                return None
            return Move(before=head, after=lifecycle.uncalled(head, channel))

        return self.move(call.conversation, decide)

    def _quietly(self, conversation: str, decide: Decide) -> State | None:
        """Move one of many: what is gone or keeps moving is left to the next look, and keeps no other waiting."""
        with suppress(NotFound, Contended), sparing(conversation):
            return self.move(conversation, decide).state
        return None

    def move(self, conversation: str, decide: Decide) -> Conversation:
        """Carry out what `decide` makes of the head as it is now; None leaves it."""
        for _ in range(TRIES):
            head = existing(self.store.head(conversation), conversation)
            move = decide(head)
            if move is None:
                return head
            try:
                self.store.move(move, staff=self.configuration.company().staff)
            except Contended:
                continue
            return move.after
        raise Contended("The conversation keeps changing; try again.")

    def _ended(self, head: Conversation) -> Move | None:
        """What becomes of an offer or a wrap-up whose time is over."""
        if head.offer_expires is None or head.offer_expires > self.clock():
            return None
        if head.state is State.WRAP:
            return self.waking(head) if _written_since(head) else replace(self._closed(head), nothing_newer=True)
        return self._timed_out(head) if head.state is State.OFFERED else None

    def _timed_out(self, head: Conversation) -> Move:
        """An offer that nobody answered: a decline, which going away clears again (R6). Who has left, left (R13)."""
        state = self._state(head.agent)
        left = state is None or state.agent.presence != ONLINE
        if not left and self.policy.on_timeout is OnTimeout.KEEP:
            return self._declined(head)
        return Move(before=head, after=lifecycle.returned(head), sends_away=not left)

    def _declined(self, head: Conversation) -> Move:
        """Who is not configured any more has no epoch to come back in."""
        state = self._state(head.agent)
        epoch = state.agent.epoch if state is not None else 0
        return Move(before=head, after=lifecycle.declined(head, epoch=epoch, at=self.clock()))

    def _closed(self, head: Conversation) -> Move:
        """What is reopened later is not on the phone any more, even if a call goes on."""
        written = self.configuration.company().written_channel(head.inbox)
        on_phone = head.routing_channel is Channel.VOICE and bool(head.call)
        ended = lifecycle.classed(head, written, head.requires) if on_phone else head
        pointer = self.store.pointer(head.contact, head.inbox)
        kept = pointer.without(head.id) if head.id in pointer.conversations else None
        return Move(before=head, after=lifecycle.closed(ended, at=self.clock()), pointer=kept)

    def _known(self, agent: AgentProfile) -> None:
        if self.store.agent(agent) is None:
            self.store.create_agent(agent, presence="OFFLINE")

    def _state(self, agent: str | None) -> AgentState | None:
        """The agent as they are now; None for one who is not configured any more."""
        profile = self.configuration.company().agent(agent or "")
        return self.store.agent(profile) if profile is not None else None


def snoozing(head: Conversation, until: datetime | None) -> Move | None:
    """Snoozed until then, unless the customer writes meanwhile; None if it is so already."""
    if head.state is State.SNOOZED and head.snoozed_until == until:
        return None
    return Move(before=head, after=lifecycle.snoozed(head, until=until), nothing_newer=True)


def _written_since(head: Conversation) -> bool:
    """Whether the customer has written since its agent closed it."""
    answered = head.answered_at is not None and head.answered_at >= head.last_message_at
    return head.closed_at is not None and head.last_message_at > head.closed_at and not answered


def _refuse_merged(head: Conversation) -> None:
    if head.merged_into:
        raise Conflict("This conversation was merged into another. Undo that first, or go on there.")


def _rescinded(head: Conversation, agent: str) -> Move | None:
    """An offer taken back from an agent who left: no decline (R13)."""
    if head.state is not State.OFFERED or head.agent != agent:
        return None
    return Move(before=head, after=lifecycle.returned(head))
