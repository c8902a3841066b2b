"""What is due on a call: one decision on the call, the head of its conversation and the time. Pure.

Whoever carries a task out looks again afterwards. Every task may be repeated: it is due until its result is written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from heartline.domain.call_parties import CUSTOMER, Mode, Party, PartyKind, PartyState
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, Purpose
from heartline.domain.conversations import Conversation, State
from heartline.domain.messages import Channel
from heartline.domain.missed import may_follow


class Due(StrEnum):
    """What is to be done."""

    TAKE_IN = "take_in"
    FOLLOW = "follow"
    BEGIN = "begin"
    LINE_UP = "line_up"
    GIVE_UP = "give_up"
    TO_LINE = "to_line"
    OFFER = "offer"
    WITHDRAW = "withdraw"
    GIVE_BACK = "give_back"
    CONNECT = "connect"
    PLACE = "place"
    HANG_ON = "hang_on"
    PUT_THROUGH = "put_through"
    HOLD = "hold"
    MUTE = "mute"
    RECORD = "record"
    END_LEG = "end_leg"
    FINISH = "finish"
    PROMISE = "promise"
    SETTLE = "settle"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do; `label` names the leg that it is about."""

    due: Due
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is decided on; `head` is None as long as the call has no conversation."""

    call: Call
    head: Conversation | None
    now: datetime

    @property
    def linked(self) -> bool:
        """Whether the conversation knows that this is its live call, and counts on the telephone."""
        head = self.head
        return head is not None and head.call == self.call.id and head.routing_channel is Channel.VOICE

    @property
    def held(self) -> bool:
        """Whether the offer or the talk is still that of its agent."""
        head = self.head
        return head is not None and head.state in TAKEN and head.reservation == self.call.reservation

    @property
    def expired(self) -> bool:
        return self.call.expires is not None and self.call.expires + GRACE <= self.now


TAKEN: Final = (State.OFFERED, State.ASSIGNED)

GRACE: Final = timedelta(seconds=1)
"""Routing ends an offer itself; this is for what it does not time: work by hand, and a customer who is rung."""

LONGEST_TALK: Final = timedelta(hours=4, minutes=5)
"""Twilio ends a <Dial> after four hours and reports it; a talk that is older has ended, and its report was lost.

Source: https://www.twilio.com/docs/voice/twiml/dial, timeLimit.
"""

Rule = Callable[[Scene], Task | None]


def due(call: Call, head: Conversation | None, now: datetime) -> Task | None:
    """The next task, or None if all is as it should be."""
    scene = Scene(call=call, head=head, now=now)
    rules = (_take_in, _follow, *(_OVER if call.over else _RULES.get(call.state, ())))
    return next((task for rule in rules if (task := rule(scene)) is not None), None)


def alarm(call: Call) -> datetime | None:
    """When the call is to be looked at again although nobody reports anything."""
    if call.state in (CallState.OFFERING, CallState.DIALLING):
        return call.expires + GRACE if call.expires else None
    if call.state is CallState.IN_PROGRESS:
        return call.answered + LONGEST_TALK if call.answered else None
    if call.over:
        return call.wrap_until
    return call.due if call.state in (CallState.PLANNED, CallState.RECORDING) else None


def _take_in(scene: Scene) -> Task | None:
    """Everything past the menu belongs to a conversation."""
    return Task(due=Due.TAKE_IN) if not scene.call.conversation and not scene.call.in_menu else None


def _follow(scene: Scene) -> Task | None:
    """Its conversation was merged into another: the call goes on there."""
    return Task(due=Due.FOLLOW) if scene.head is not None and scene.head.merged_into else None


def _needless(scene: Scene) -> Task | None:
    """Whoever closes a conversation has no call-back in it any more."""
    closed = scene.head is not None and scene.head.state is State.CLOSED
    return Task(due=Due.GIVE_UP) if closed else None


def _begin(scene: Scene) -> Task | None:
    return Task(due=Due.BEGIN) if scene.call.due is not None and scene.call.due <= scene.now else None


def _line_up(scene: Scene) -> Task | None:
    head = scene.head
    if head is None:
        return None
    if head.state is State.CLOSED:
        return Task(due=Due.GIVE_UP)
    waits = scene.linked and head.state in (State.WAITING, *TAKEN)
    return None if waits else Task(due=Due.LINE_UP)


def _to_line(scene: Scene) -> Task | None:
    """A customer who was talking hears music again; one who was rung for a call-back is not there yet."""
    customer = scene.call.customer
    return Task(due=Due.TO_LINE) if customer is not None and customer.talking else None


def _offer(scene: Scene) -> Task | None:
    taken = scene.head is not None and scene.head.state in TAKEN
    return Task(due=Due.OFFER) if taken else None


def _clear_legs(scene: Scene) -> Task | None:
    """In line, nobody of ours has a part in the call any more."""
    return _ending(party for party in scene.call.parties.values() if party.label != CUSTOMER)


def _withdraw(scene: Scene) -> Task | None:
    return None if scene.held else Task(due=Due.WITHDRAW, label=scene.call.agent_label)


def _give_back(scene: Scene) -> Task | None:
    """The agent's phone was not answered."""
    party = scene.call.party(scene.call.agent_label)
    gone = party is None or not party.here
    return Task(due=Due.GIVE_BACK) if gone or scene.expired else None


def _ring_customer(scene: Scene) -> Task | None:
    customer = scene.call.customer
    waits = customer is not None and customer.state is PartyState.WAITING
    return Task(due=Due.PLACE, label=CUSTOMER) if waits else None


def _deserted(scene: Scene) -> Task | None:
    """The agent left, or the customer does not come."""
    customer = scene.call.customer
    gone = customer is None or not customer.here or scene.expired
    return Task(due=Due.FINISH) if gone or not ours(scene.call) else None


def _connect(scene: Scene) -> Task | None:
    customer = scene.call.customer
    waits = customer is not None and customer.state is PartyState.WAITING
    return Task(due=Due.CONNECT, label=CUSTOMER) if waits and ours(scene.call) else None


def _place(scene: Scene) -> Task | None:
    waiting = (party for party in scene.call.parties.values() if party.state is PartyState.WAITING)
    label = next((party.label for party in waiting if party.label != CUSTOMER), "")
    return Task(due=Due.PLACE, label=label) if label else None


def _transfer(scene: Scene) -> Task | None:
    """The other side of a transfer did not come; or it came, and there is nothing more to talk about first."""
    transfer = scene.call.transfer
    party = scene.call.party(transfer.label) if transfer else None
    if transfer is None or party is None:
        return None
    if not party.here:
        return Task(due=Due.HANG_ON, label=party.label)
    put_through = transfer.mode is Mode.COLD and party.talking
    return Task(due=Due.PUT_THROUGH, label=party.label) if put_through else None


def _wishes(scene: Scene) -> Task | None:
    """What an agent asked for, in the order in which nobody is left alone in silence."""
    call, wants = scene.call, scene.call.wants
    customer = call.customer
    if wants.hold is not None and customer is not None and customer.talking:
        return Task(due=Due.HOLD, label=CUSTOMER)
    for label in wants.muted:
        party = call.party(label)
        if party is not None and party.talking:
            return Task(due=Due.MUTE, label=label)
    if wants.recording is not None:
        return Task(due=Due.RECORD)
    return _ending(party for party in call.parties.values() if party.label in wants.ends)


def _finish(scene: Scene) -> Task | None:
    ends = alarm(scene.call)
    overdue = ends is not None and ends <= scene.now
    return Task(due=Due.FINISH) if overdue or not ours(scene.call) else None


def _end_legs(scene: Scene) -> Task | None:
    """After its end nobody stays on the line; whoever is still in ours hears our last words and hangs up."""
    return _ending(party for party in scene.call.parties.values() if party.state is not PartyState.WAITING)


def _promise(scene: Scene) -> Task | None:
    """A call-back that was asked for in the menu has yet to be written down; one from the line has been."""
    asked = scene.call.state is CallState.CALLBACK_REQUESTED and scene.call.due is not None
    return Task(due=Due.PROMISE) if asked and scene.head is not None else None


def _settle(scene: Scene) -> Task | None:
    """The conversation is written work again, once the work after the call is done too."""
    linked = scene.head is not None and scene.head.call == scene.call.id
    return Task(due=Due.SETTLE) if linked and not scene.call.wraps_up(scene.now) else None


def _silent(scene: Scene) -> Task | None:
    """The caller has been gone for so long that no recording will be reported any more."""
    due = scene.call.due
    return Task(due=Due.GIVE_UP) if due is not None and due <= scene.now else None


def _text(scene: Scene) -> Task | None:
    """Who reached nobody may be told so in writing."""
    return Task(due=Due.TEXT) if may_follow(scene.call, scene.now) else None


def _ending(parties: Iterable[Party]) -> Task | None:
    label = next((party.label for party in parties if party.here), "")
    return Task(due=Due.END_LEG, label=label) if label else None


def ours(call: Call) -> tuple[Party, ...]:
    """Who is there, or may still come, for the customer to talk with."""
    return tuple(party for party in call.parties.values() if party.kind is not PartyKind.CUSTOMER and party.here)


def is_own_dial(call: Call) -> bool:
    """Whether an agent asked for this call themselves: it goes to nobody else, until a customer is on the line."""
    return call.purpose is Purpose.DIAL and not call.on_line


_OVER: Final[tuple[Rule, ...]] = (_end_legs, _promise, _settle, _text)

_RULES: Final[dict[CallState, tuple[Rule, ...]]] = {
    CallState.PLANNED: (_end_legs, _needless, _begin),
    CallState.QUEUED: (_clear_legs, _to_line, _line_up, _offer),
    CallState.OFFERING: (_withdraw, _give_back),
    CallState.DIALLING: (_ring_customer, _deserted),
    CallState.IN_PROGRESS: (_connect, _place, _transfer, _wishes, _finish),
    CallState.RECORDING: (_clear_legs, _settle, _silent),
}
