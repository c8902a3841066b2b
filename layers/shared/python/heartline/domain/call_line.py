"""How a call enters the line, and how one of ours takes its place there. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from heartline.domain.call_parties import CUSTOMER, Party, PartyKind, PartyState
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.calls import Call, CallDirection, Purpose, Step, Wish, advance
from heartline.domain.contacts import IdentityKind
from heartline.domain.inboxes import Inbox
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.terms import Facts, Sorting
from heartline.domain.voice_rules import Closed

UNSTAFFED: Final = "Nobody is online to answer."

_IN_LINE: Final = (CallState.QUEUED, CallState.OFFERING)


def waits(call: Call) -> bool:
    """Whether the caller is to go on waiting."""
    return call.state in _IN_LINE


def wanted(wish: Wish, inbox: Inbox, sorting: Sorting, *, vip: bool = False) -> Asked:
    """What a caller's way through the menu asks of routing; `vip` is what is known of them."""
    facts = Facts(
        inbox=inbox,
        channel=Channel.VOICE,
        language=wish.language.partition("-")[0].lower(),
        digits=wish.digits,
        menu=wish.requires,
        band=wish.band,
        vip=vip,
    )
    return sorting.asked(facts)


def entered(
    call: Call, asked: Asked, wish: Wish, at: datetime, *, event: CallEvent = CallEvent.QUEUED, text: str = ""
) -> Call:
    """A new call as it leaves the menu; without more words it stands in line from now on."""
    opened = replace(
        call.asking(asked),
        said=wish.said,
        choice=wish.choice,
        language=wish.language,
        verified=wish.verified or call.verified,
        consent=wish.consent,
        queued=at,
        lined=at,
        parties={CUSTOMER: customer_of(call)},
    )
    step = advance(opened, event, at=at, text=text)
    return replace(step.after, version=0) if step else opened


def unstaffed(call: Call, closed: Closed, *, at: datetime) -> Step | None:
    """Nobody is there for a caller in line: what their inbox offers then; None if they do not wait any more."""
    callable_back = call.caller.kind is not IdentityKind.ANONYMOUS
    if closed is Closed.CALL_BACK and callable_back:
        text = f"{UNSTAFFED} The caller was told that we call back."
        return advance(call, CallEvent.CALL_BACK, at=at, text=text, due=at, lined=at)
    if closed is Closed.MESSAGE:
        return advance(call, CallEvent.MISSED, at=at, text=f"{UNSTAFFED} Call back.", lined=at)
    text = f"{UNSTAFFED} The caller was asked for a message."
    return advance(call, CallEvent.UNREACHED, at=at, text=text, lined=at)


def customer_of(call: Call) -> Party:
    """The customer's leg of a call that is theirs: it is its own call at the provider."""
    return Party(
        label=CUSTOMER,
        kind=PartyKind.CUSTOMER,
        who=call.caller.address,
        state=PartyState.WAITING,
        sid="" if call.outbound else call.id,
    )


def call_back_of(call: Call, *, number: str, at: datetime, due: datetime | None = None) -> Call:
    """The call of ours that a caller has asked for: it waits where they waited. Its id follows from theirs.

    `due` is when it can be made, where that is not now.
    """
    ours = Call(
        id=f"back-{call.id}",
        state=CallState.PLANNED if due else CallState.QUEUED,
        due=due,
        inbox=call.inbox,
        number=number,
        caller=call.caller,
        caller_name=call.caller_name,
        began=at,
        direction=CallDirection.OUTBOUND,
        purpose=Purpose.CALL_BACK,
        conversation=call.conversation,
        choice=call.choice,
        language=call.language,
        queued=call.queued,
        lined=at,
    ).asking(call.asked)
    return replace(ours, parties={CUSTOMER: customer_of(ours)})
