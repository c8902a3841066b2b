"""Calls of ours: how one begins, when a call-back is due, and what becomes of one that reaches nobody. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from heartline.domain.call_parties import CUSTOMER, Party, PartyKind, PartyState, Wants
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.call_words import missed_text
from heartline.domain.calls import Call, CallDirection, Purpose, RecordingState, Step, advance, changed
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Invalid
from heartline.domain.hours import Hours
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Pointer
from heartline.domain.journal import line
from heartline.domain.messages import Channel, Message
from heartline.domain.reopening import renewed
from heartline.domain.routing.asked import Asked as Needs
from heartline.domain.routing.lifecycle import Move, called_by, uncalled

AFTER_CALL: Final = "The work after the last call is not done yet: finish it, and call then."

FARTHEST: Final = timedelta(days=90)
"""A call-back that is later is an appointment for a calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an agent asks for: to call the customer of `head` on `number` (E.164), now or at `due`.

    `request` is drawn by the client: asked again, it is the same call.
    """

    head: Conversation
    by: AgentProfile
    request: str
    number: str = ""
    due: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What one transaction writes for a call of ours; `instead_of` ends a call-back whose place it takes."""

    call: Call
    move: Move
    entry: Message
    instead_of: Step | None = None


def call_id(asked: Asked) -> str:
    """The id of the call that a request begins: derived, so that a repetition names the same one."""
    return "out-" + sha256(f"call#{asked.by.id}#{asked.head.id}#{asked.request}".encode()).hexdigest()[:24]


def dial(
    asked: Asked, inbox: Inbox, *, present: Call | None, reservation: str, pointer: Pointer, at: datetime
) -> Beginning:
    """The agent calls now: the conversation is theirs, as if assigned by hand; their phone is rung first.

    `present` is the conversation's call: a call-back that nobody has taken yet gives way. `pointer` is the contact's,
    which a closed conversation leads again. Raises `Conflict` if somebody is on the line, or being rung.
    """
    if present is not None and present.over:
        raise Conflict(AFTER_CALL)
    given_way = _gives_way(present, asked.by, at)
    head = _callable(replace(asked.head, call="") if given_way else asked.head)
    ground = renewed(head, at=at) if head.state is State.CLOSED else head
    call = _outgoing(asked, inbox, Purpose.DIAL, at=at, state=CallState.QUEUED, queued=at, lined=at, agent=asked.by.id)
    after = called_by(ground, call.id, asked.by.id, reservation=reservation)
    leads = pointer.led_by(head.id) if head.state is State.CLOSED else None
    return Beginning(
        call=call,
        move=Move(before=asked.head, after=after, begins=at, pointer=leads),
        entry=_entry(call, f"{asked.by.name} is calling {asked.number}.", asked, at),
        instead_of=given_way,
    )


def call_back(asked: Asked, inbox: Inbox, *, at: datetime) -> Beginning:
    """The customer is called back: as soon as somebody is free, or at a time at which somebody is there.

    The dialer puts the conversation into the line, with the age that it has.

    Raises `Conflict` if there is a call already or the conversation is closed, `Invalid` for a time that is no good.
    """
    head = _callable(asked.head)
    if head.state is State.CLOSED:
        raise Conflict("This conversation is closed. Reopen it to plan a call-back.")
    due, moved = opening(asked.due or at, inbox, at=at)
    since = head.waiting_since or at
    now = due <= at
    call = _outgoing(
        asked,
        inbox,
        Purpose.CALL_BACK,
        at=at,
        state=CallState.QUEUED if now else CallState.PLANNED,
        queued=since,
        lined=at if now else None,
        due=None if now else due,
    )
    words = f"{asked.by.name} asked for a call-back." if now else _planned(asked.by.name, due, moved, inbox.hours)
    entry = _entry(call, f"{words} {asked.note}".strip(), asked, at)
    return Beginning(call=call, move=Move(before=head, after=replace(head, call=call.id)), entry=entry)


def opening(wanted: datetime, inbox: Inbox, *, at: datetime) -> tuple[datetime, str]:
    """When a call-back that is wanted then can be made, and why not then; what is past is wanted now.

    Raises `Invalid` if it is too far ahead, or the inbox never opens.
    """
    wanted = max(wanted, at)
    if wanted - at > FARTHEST:
        raise Invalid(f"due: {FARTHEST.days} days ahead at most")
    if inbox.hours is None or inbox.hours.is_open(wanted):
        return wanted, ""
    opens = inbox.hours.opening_after(wanted)
    if opens is None:
        raise Invalid("due: this inbox has no opening hours ahead")
    return opens, inbox.hours.reason(wanted)


def begun(call: Call, *, at: datetime) -> Step | None:
    """A planned call-back is due: it waits for an agent, at the age that it had; None if it is not planned any more."""
    return advance(
        call,
        CallEvent.QUEUED,
        at=at,
        text="The call-back is due.",
        lined=at,
        due=None,
        parties={CUSTOMER: _customer(call.caller.address)},
    )


def moved(call: Call, wanted: datetime | None, inbox: Inbox, *, by: AgentProfile, at: datetime) -> Step | None:
    """A planned call-back gets another time, or goes into the line at once; None if it is so already.

    Raises `Conflict` if it is not planned any more, `Invalid` for a time that is no good.
    """
    if call.purpose is Purpose.CALL_BACK and call.state is CallState.QUEUED and wanted is None:
        return None
    if call.state is not CallState.PLANNED:
        raise Conflict("This call-back is not planned any more: it waits for a free agent, or somebody has taken it.")
    due, closed = opening(wanted or at, inbox, at=at)
    if due <= at:
        return begun(call, at=at)
    return None if due == call.due else changed(call, at=at, due=due, text=_planned(by.name, due, closed, inbox.hours))


def unreached(call: Call, head: Conversation, inbox: Inbox, *, channel: Channel, at: datetime) -> Step | None:
    """A customer whom we rang did not answer: the next attempt is planned, or it was the last.

    The conversation is written work (on `channel`) until then, and stays so after the last attempt. None if the call is
    not at that point any more.
    """
    tries, rules = call.tries + 1, inbox.voice_rules.call_back
    if call.purpose is not Purpose.CALL_BACK or tries >= rules.attempts:
        often = f" Tried {tries} times: call back by hand, or write." if tries > 1 else ""
        text = f"{_missed(call)}{often}"
        return advance(call, CallEvent.UNANSWERED, at=at, text=text, tries=tries, expires=None, wants=Wants())
    due, _ = opening(at + rules.retry_after, inbox, at=at)
    again = f"{_missed(call)} Next try at {_clock(due, inbox.hours)} ({tries + 1} of {rules.attempts})."
    step = advance(call, CallEvent.RETRIED, at=at, text=again, tries=tries, due=due, **_FREE)
    if step is None or head.call != call.id:
        return step
    return replace(step, move=Move(before=head, after=replace(uncalled(head, channel), call=call.id)))


def _missed(call: Call) -> str:
    name, customer = call.caller_name or call.caller.address, call.customer
    if customer is not None and customer.here:
        return f"The call ended before {name} answered."
    return missed_text(name, customer)


_NOT_TAKEN: Final = (CallState.PLANNED, CallState.QUEUED)

_FREE: Final[dict[str, Any]] = {
    "agent": "",
    "reservation": "",
    "expires": None,
    "answered": None,
    "wants": Wants(),
    "conference": "",
    "recording": RecordingState.OFF,
}
"""What a call has no more that is at no agent."""


def _gives_way(present: Call | None, by: AgentProfile, at: datetime) -> Step | None:
    if present is None or present.purpose is not Purpose.CALL_BACK or present.state not in _NOT_TAKEN:
        return None
    return advance(present, CallEvent.CANCELLED, at=at, text=f"{by.name} calls back now.")


def _callable(head: Conversation) -> Conversation:
    if head.merged_into:
        raise Conflict("This conversation was merged into another. Undo that first, or call from there.")
    if head.call:
        raise Conflict("There is a call in this conversation already. End it, or cancel it, first.")
    return head


def _outgoing(asked: Asked, inbox: Inbox, purpose: Purpose, *, at: datetime, **fields: Any) -> Call:
    return Call(
        id=call_id(asked),
        direction=CallDirection.OUTBOUND,
        purpose=purpose,
        inbox=inbox.id,
        number=caller_id(inbox),
        caller=Identity(kind=IdentityKind.PHONE, address=asked.number),
        caller_name=asked.head.contact_name,
        began=at,
        conversation=asked.head.id,
        parties={CUSTOMER: _customer(asked.number)},
        **fields,
    ).asking(Needs.of(asked.head))


def caller_id(inbox: Inbox) -> str:
    """The number that customers see; raises `Conflict` if the inbox has none."""
    numbers = (inbox.voice_rules.caller_id, *inbox.voice_numbers)
    shown = next((number for number in numbers if number), "")
    if not shown:
        raise Conflict(f"{inbox.name} has no telephone number to call from: an admin has to configure one.")
    return shown


def _customer(number: str) -> Party:
    return Party(label=CUSTOMER, kind=PartyKind.CUSTOMER, who=number, state=PartyState.WAITING)


def _entry(call: Call, text: str, asked: Asked, at: datetime) -> Message:
    event = CallEvent.PLANNED if call.purpose is Purpose.CALL_BACK else CallEvent.DIALLED
    return replace(
        line(call.conversation, event.value, text, by=asked.by, at=at, once=call.id),
        channel=Channel.VOICE,
        provider_id=call.id,
    )


def _planned(name: str, due: datetime, closed: str, hours: Hours | None) -> str:
    words = f"{name} planned a call-back for {_clock(due, hours)}."
    return f"{words} The time asked for is outside the opening hours ({closed})." if closed else words


def _clock(at: datetime, hours: Hours | None) -> str:
    """A time for people: on the inbox's own clock where it has one, and which clock that is."""
    return f"{hours.local(at):%Y-%m-%d %H:%M} ({hours.zone})" if hours else f"{at:%Y-%m-%d %H:%M} UTC"
