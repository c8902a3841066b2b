"""What people do with conversations by hand: each is one transition, together with the line that says who did it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.coming_back import asking_now
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, NotFound, Refused
from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.journal import line, note_line
from heartline.domain.messages import Message
from heartline.domain.routing import answers, lifecycle
from heartline.domain.routing import by_hand as rules
from heartline.domain.routing.lifecycle import Beside, Move
from heartline.domain.routing.model import ONLINE
from heartline.services.handover import Decide, Handover, snoozing
from heartline.services.ports import Clock

_TALKING: Final = frozenset({CallState.IN_PROGRESS, CallState.DIALLING})
"""Somebody is on the phone with the customer, or just ringing them."""

_AFTER: Final = timedelta(milliseconds=1)
"""A note stands above the line of the step that it was written for."""

Words = Callable[[Conversation], str]


class LiveCalls(Protocol):
    """Where calls are read."""

    def call(self, call_id: str) -> Call | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A step of `by`: what it is called in the timeline, in which words, with which note.

    `moves` says that it takes the conversation from whoever has it, `asks` that it asks for something else then.
    """

    by: AgentProfile
    event: str
    words: Words
    note: str = ""
    moves: bool = True
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """Implements `services.desk_ports.Controls`. `by` is whom the API has let see the conversation.

    The same step again changes nothing and leaves no second line. All raise `NotFound`, `Contended` if it keeps moving,
    `Conflict` with a sentence where somebody was faster, and `Refused` where something is missing.
    """

    handover: Handover
    calls: LiveCalls
    clock: Clock

    def assign(
        self, conversation_id: str, *, to: AgentProfile | None, by: AgentProfile, note: str = ""
    ) -> Conversation:
        """Give it to an agent, asking nothing of R1, or back to the queue with None; a colleague is told why."""
        note = note.strip()
        if to is None:
            words = f"{by.name} gave this back to the queue"
            return self._take_step(conversation_id, self.handover.giving_back, _assigned(by, words, note))
        if to.id == by.id:
            words = f"{by.name} took this"
        else:
            words = f"{by.name} gave this to {to.name}"
            rules.checked_words(note, f"Write a note for {to.name}: what was done, and what is to be done now.")
        return self._take_step(conversation_id, self.handover.assigning(to), _assigned(by, words, note))

    def accept(self, conversation_id: str, *, by: AgentProfile, seen: datetime | None = None) -> Conversation:
        """Take what is offered to `by`; with `seen` only the offer that ends then. Late is refused (R6, R13)."""

        def decide(head: Conversation) -> Move | None:
            move = answers.accepting(head, by.id, seen=seen, at=self.clock())
            if move is not None and not self._is_online(by):
                raise Conflict(answers.LATE)
            return move

        act = Act(by=by, event="conversation.accepted", words=_said(f"{by.name} took this"), moves=False)
        return self._take_step(conversation_id, decide, act)

    def decline(self, conversation_id: str, *, by: AgentProfile, seen: datetime | None = None) -> Conversation:
        """The offer goes on to the next agent, and `by` is remembered (R7); what is not offered to them stays."""

        def decide(head: Conversation) -> Move | None:
            answers.check_declinable(head, by.id)
            return self.handover.giving_back(head) if answers.is_offered(head, by.id, seen=seen) else None

        act = Act(by=by, event="conversation.declined", words=_said(f"{by.name} declined this"), moves=False)
        return self._take_step(conversation_id, decide, act)

    def prioritise(
        self, conversation_id: str, *, band: int | None, boost: int | None, reason: str, by: AgentProfile
    ) -> Conversation:
        """Another place in the order (R2); None leaves the band, or the boost, as it is."""
        why = rules.checked_words(reason, "Say why: the reason stands in the timeline.")

        def decide(head: Conversation) -> Move | None:
            rules.check_open(head)
            after = rules.ranked(head, band=band or head.band, boost=head.boost if boost is None else boost)
            same = (after.band, after.boost) == (head.band, head.boost)
            return None if same else Move(before=head, after=after)

        def words(head: Conversation) -> str:
            return f"{by.name} set the priority to {head.band}{_ahead(head.boost)}: {why}"

        act = Act(by=by, event="conversation.prioritised", words=words, moves=False, asks=True)
        return self._take_step(conversation_id, decide, act)

    def escalate(self, conversation_id: str, *, pool: str, note: str, by: AgentProfile) -> Conversation:
        """For the agents of `pool` alone, as one that is heated; the note of who comes second is not swallowed."""
        label = self.label(pool)
        sign = f"escalated to {label}"
        rules.checked_words(note, f"Write a note for {label}: what was done, and what is to be done now.")
        words = _said(f"{by.name} escalated this to {label}")
        act = Act(by=by, event="conversation.escalated", words=words, note=note, asks=True)

        def decide(head: Conversation) -> Move | None:
            move = self._to_pool(head, pool, by, sign=sign)
            if move is None and sign in head.heat and head.heat_by != by.id:
                raise Conflict(f"{self._name(head.heat_by)} has escalated this to {label} already. Add a note to it.")
            return move

        return self._take_step(conversation_id, decide, act)

    def pass_on(self, conversation_id: str, *, pool: str, note: str, by: AgentProfile) -> Conversation:
        """For the agents of `pool` alone: somebody goes home, and nothing is wrong with it."""
        label = self.label(pool)
        act = replace(_assigned(by, f"{by.name} handed this over to {label}", note), asks=True)
        return self._take_step(conversation_id, lambda head: self._to_pool(head, pool, by), act)

    def mark(self, conversation_id: str, *, heated: bool, by: AgentProfile) -> Conversation:
        """Heated or not (R17), as an agent sees it: that is the last word."""

        def decide(head: Conversation) -> Move | None:
            rules.check_open(head)
            if head.heated is heated:
                return None
            after = rules.marked(head, f"marked by {by.name}", by) if heated else rules.calm(head, by)
            return Move(before=head, after=after)

        words = f"{by.name} marked this as heated" if heated else f"{by.name} says that this is not heated"
        return self._take_step(
            conversation_id, decide, Act(by=by, event="conversation.heated", words=_said(words), moves=False)
        )

    def snooze(self, conversation_id: str, *, until: datetime | None, by: AgentProfile, seen: str = "") -> Conversation:
        """Put aside until then, or until the customer writes; `seen` is the latest message that `by` has read."""
        until = rules.checked_time(until, at=self.clock()) if until else None
        known = [seen] if seen else []

        def decide(head: Conversation) -> Move | None:
            rules.check_open(head)
            if head.state not in {State.ASSIGNED, State.SNOOZED}:
                raise Conflict("Only what somebody has can be snoozed. Take it first.")
            known.append(head.last_visible)
            if head.last_visible != known[0]:
                raise Conflict("There is a newer message that you have not seen.", newer=(head.last_visible,))
            return snoozing(head, until)

        ends = f" until {until:%Y-%m-%d %H:%M} UTC" if until else " until the customer writes"
        act = Act(by=by, event="conversation.snoozed", words=_said(f"{by.name} snoozed this{ends}"))
        return self._take_step(conversation_id, decide, act)

    def entrust(self, conversation_id: str, *, to: AgentProfile, note: str, by: AgentProfile) -> Conversation:
        """What is snoozed stays so, and comes back to `to`."""

        def decide(head: Conversation) -> Move | None:
            if head.state is not State.SNOOZED or head.agent == to.id:
                return None
            return Move(before=head, after=lifecycle.entrusted(head, to.id))

        act = _assigned(by, f"{by.name} gave this to {to.name}, snoozed as it is", note)
        return self._take_step(conversation_id, decide, act)

    def wake(self, conversation_id: str, *, by: AgentProfile) -> Conversation:
        """What is snoozed is its owner's at once."""

        def decide(head: Conversation) -> Move | None:
            return self.handover.waking(head) if head.state is State.SNOOZED else None

        act = Act(by=by, event="conversation.woken", words=_said(f"{by.name} woke this"))
        return self._take_step(conversation_id, decide, act)

    def close(self, conversation_id: str, *, by: AgentProfile) -> Conversation:
        act = Act(by=by, event="conversation.closed", words=_said(f"{by.name} closed this"), moves=False)
        return self._take_step(conversation_id, self.handover.closing, act)

    def reopen(self, conversation_id: str, *, by: AgentProfile) -> Conversation:
        """In line anew; what nobody could take any more as its inbox asks now."""

        def decide(head: Conversation) -> Move | None:
            move, company = self.handover.reopening(head), self._company()
            inbox = company.inbox(head.inbox)
            if move is None or inbox is None:
                return move
            return replace(move, after=asking_now(move.after, inbox, company.routing, company.agents))

        act = Act(by=by, event="conversation.reopened", words=_said(f"{by.name} reopened this"), moves=False)
        return self._take_step(conversation_id, decide, act)

    def _take_step(self, conversation_id: str, decide: Decide, act: Act) -> Conversation:
        """Check, decide and write, as often as the conversation moves under the decision."""

        def guarded(head: Conversation) -> Move | None:
            move = decide(head)
            if move is None:
                return None
            if act.moves and head.assignee is not None:
                rules.check_owner(self._company().agent(head.assignee), act.by)
            beside = self._beside(head, act) if act.moves or act.asks else None
            return replace(move, beside=beside, lines=self._lines(move.after, act))

        return self.handover.move(conversation_id, guarded)

    def _beside(self, head: Conversation, act: Act) -> Beside | None:
        """The call that must not move meanwhile; nobody is taken out of a talk."""
        call = self.calls.call(head.call) if head.call else None
        if call is None:
            return None
        if act.moves and call.state in _TALKING:
            whose = "You are" if head.agent == act.by.id else f"{self._name(head.agent)} is"
            raise Conflict(f"{whose} on the phone with this customer: use the transfer of the call.")
        return Beside(call=call.id, version=call.version, asks=act.asks and not call.over)

    def _to_pool(self, head: Conversation, pool: str, by: AgentProfile, *, sign: str = "") -> Move | None:
        """Back in line for `pool` alone, with its age; None if it is there already, or with somebody else of it."""
        rules.check_open(head)
        company = self._company()
        if rules.is_pooled(head, pool) and (head.agent is None or _is_of(company, head.agent, pool, but=by)):
            return None
        others = [agent for agent in company.agents if agent.id != head.agent]
        if not rules.serves(head, pool, others):
            raise Refused(f"Nobody in {self.label(pool)} could take this: no one there has its channel and its skills.")
        freed = self.handover.giving_back(head)
        ground = freed.after if freed is not None else replace(head, version=head.version + 1)
        after = rules.pooled(ground, pool)
        return Move(before=head, after=rules.marked(after, sign, by) if sign else after)

    def _lines(self, after: Conversation, act: Act) -> tuple[Message, ...]:
        """The note, if there is one, and the line."""
        at, note = self.clock(), act.note.strip()
        once = f"{after.id}#{after.version}#{at.isoformat()}"
        noted = (note_line(after.id, note, by=act.by, at=at, once=once),) if note else ()
        at = at + _AFTER if note else at
        return (*noted, line(after.id, act.event, act.words(after), by=act.by, at=at, once=once))

    def label(self, pool: str) -> str:
        """What people call a pool; raises `NotFound` for one that nobody is in and nothing names."""
        company = self._company()
        if pool not in {*company.routing.pools, *company.pools.values()}:
            raise NotFound(f"There is no pool “{pool}”.")
        return company.routing.pools.get(pool, pool)

    def _is_online(self, agent: AgentProfile) -> bool:
        state = self.handover.store.agent(agent)
        return state is not None and state.agent.presence == ONLINE

    def _name(self, agent: str | None) -> str:
        known = self._company().agent(agent or "")
        return known.name if known else "Somebody"

    def _company(self) -> Company:
        return self.handover.configuration.company()


def _is_of(company: Company, agent: str, pool: str, *, but: AgentProfile) -> bool:
    return agent != but.id and company.pools.get(agent) == pool


def _said(words: str) -> Words:
    return lambda _head: words


def _assigned(by: AgentProfile, words: str, note: str) -> Act:
    return Act(by=by, event="conversation.assigned", words=_said(words), note=note)


def _ahead(boost: int) -> str:
    if not boost:
        return ""
    minutes, seconds = divmod(boost, 60)
    return f", {minutes} min ahead" if not seconds else f", {boost} s ahead"
