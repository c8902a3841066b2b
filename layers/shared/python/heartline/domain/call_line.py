"""How a call enters the line, and how one of ours takes its place there. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from heartline.domain.call_parties import CUSTOMER, Party, PartyKind, PartyState
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.calls import Call, CallDirection, Purpose, Wish, advance
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import work_requires

_IN_LINE: Final = (CallState.QUEUED, CallState.OFFERING)


def waits(call: Call) -> bool:
    """Whether the caller is to go on waiting."""
    return call.state in _IN_LINE


def entered(
    call: Call, inbox: Inbox, wish: Wish, at: datetime, *, event: CallEvent = CallEvent.QUEUED, text: str = ""
) -> Call:
    """A new call as it leaves the menu; without more words it stands in line from now on."""
    opened = replace(
        call,
        said=wish.said,
        choice=wish.choice,
        requires=work_requires(inbox, dict(wish.requires)),
        band=wish.band,
        language=wish.language,
        verified=wish.verified or call.verified,
        consent=wish.consent,
        queued=at,
        lined=at,
        parties={CUSTOMER: customer_of(call)},
    )
    step = advance(opened, event, at=at, text=text)
    return replace(step.after, version=0) if step else opened


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
        requires=call.requires,
        band=call.band,
        language=call.language,
        queued=call.queued,
        lined=at,
    )
    return replace(ours, parties={CUSTOMER: customer_of(ours)})
