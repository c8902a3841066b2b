"""What a report about one leg makes of a call. Pure; a leg only ever moves forward."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from heartline.domain.call_parties import CUSTOMER, PROGRESS, Party, PartyState
from heartline.domain.call_states import CUSTOMER_GONE, CallEvent, CallState
from heartline.domain.call_words import called_by, ended_text
from heartline.domain.calls import Call, Purpose, RecordingState, Step, advance, changed
from heartline.domain.recordings import NO_RECORDING_AFTER, Consent

_CONNECTED: Final = (CallState.IN_PROGRESS, CallState.DIALLING)

CUSTOMER_RINGS: Final = timedelta(seconds=40)
"""How long a customer whom we call is rung; an agent is rung as long as the offer stands."""


def moved(call: Call, label: str, state: PartyState, *, sid: str, why: str = "", at: datetime) -> Step | None:
    """A leg rings, is connected or has ended; None where that is known, overtaken, or about another leg."""
    party = call.party(label)
    if party is None or (sid and party.sid not in ("", sid)):
        return None
    if not party.here and not party.sid and state is not PartyState.LEFT:
        return _stray(call, replace(party, state=state, sid=sid), at)
    if PROGRESS[state] <= PROGRESS[party.state]:
        return None
    why = why if state is PartyState.LEFT and not party.talked else ""
    talked = party.talked or state is PartyState.JOINED
    after = replace(party, state=state, sid=sid or party.sid, why=why, talked=talked)
    if label == CUSTOMER and state is PartyState.JOINED and call.state is CallState.DIALLING:
        return _reached(call, after, at)
    return changed(call, at=at, parties=call.with_party(after))


def _stray(call: Call, party: Party, at: datetime) -> Step:
    """A leg that was given up before its order had an outcome: it is there after all, and is to be ended."""
    wants = replace(call.wants, ends=(*call.wants.ends, party.label))
    return changed(call, at=at, parties=call.with_party(party), wants=wants)


def _reached(call: Call, customer: Party, at: datetime) -> Step | None:
    """A customer whom we called has answered."""
    parties = call.with_party(customer)
    text = f"{called_by(call)} answered."
    return advance(call, CallEvent.ANSWERED, at=at, text=text, parties=parties, answered=at, expires=None)


def accepted(call: Call, sid: str, agent: str, at: datetime, *, records: bool = False) -> Step | None:
    """The agent of an offer has picked up; of a call of ours the customer is rung from now on, who is told then.

    `records` says whether the inbox records: a customer who has not been told is on the line only where it does not.
    """
    leg = call.party(call.agent_label)
    if leg is None or call.state is not CallState.OFFERING:
        return None
    changes: dict[str, Any] = {
        "parties": call.with_party(replace(leg, state=PartyState.JOINED, sid=sid or leg.sid, talked=True)),
        "recording": RecordingState.ON if call.consent or (records and not call.on_line) else RecordingState.OFF,
        "problem": "",
    }
    if not call.on_line:
        rings = {"expires": at + CUSTOMER_RINGS}
        text = "" if call.purpose is Purpose.DIAL else f"{agent} is calling {called_by(call)}."  # told at the click
        return advance(call, CallEvent.DIALLED, at=at, text=text, **changes | rings)
    return advance(
        call, CallEvent.ANSWERED, at=at, text=f"{agent} answered.", **changes | {"expires": None, "answered": at}
    )


def told_of_recording(call: Call, sid: str, consent: Consent, at: datetime) -> Step | None:
    """A customer whom we called has answered and is told that the talk is recorded; None if they were told already."""
    if call.consent is not None:
        return moved(call, CUSTOMER, PartyState.JOINED, sid=sid, at=at)
    step = moved(call, CUSTOMER, PartyState.JOINED, sid=sid, at=at)
    if step is None:
        return changed(call, at=at, consent=consent)
    return replace(step, after=replace(step.after, consent=consent))


def customer_gone(call: Call, *, failed: bool, agent: str, wrap: int, at: datetime) -> Step | None:
    """The customer's line is closed: whatever the call was, it is over, but for a message that may still be reported.

    `agent` is the name of who talked with them, `wrap` the seconds of after-call work.
    """
    if call.state is CallState.RECORDING:
        return _perhaps_recorded(call, at)
    event = CUSTOMER_GONE.get(call.state)
    if event is None:
        return None
    event = CallEvent.FAILED if failed else event
    talked = event in (CallEvent.ENDED, CallEvent.FAILED) and call.answered is not None and bool(call.agent)
    until = at + timedelta(seconds=wrap) if wrap and talked else None
    text = ended_text(call, event, agent, at)
    return advance(call, event, at=at, text=text, parties=_without_customer(call), wrap_until=until, expires=None)


def _perhaps_recorded(call: Call, at: datetime) -> Step | None:
    """They may have spoken: the recording is reported later, or it is known by then that there is none."""
    if call.customer is None or not call.customer.here:
        return None
    return changed(call, at=at, parties=_without_customer(call), due=at + NO_RECORDING_AFTER)


def _without_customer(call: Call) -> Mapping[str, Party]:
    customer = call.customer
    return call.with_party(replace(customer, state=PartyState.LEFT)) if customer else call.parties


def in_conference(call: Call, conference: str, label: str, at: datetime) -> Step | None:
    """The agent has joined: the conference has an id at the provider. A report on an older one changes nothing."""
    if call.conference or label != call.agent_label or call.state not in _CONNECTED:
        return None
    return changed(call, at=at, conference=conference)


def silent(call: Call, at: datetime) -> Step | None:
    """Nothing was recorded of a caller who was asked for a message; None if there is one by now."""
    if call.state is not CallState.RECORDING:
        return None
    return advance(call, CallEvent.MISSED, at=at, text="Left no message. Call back.", due=None)
