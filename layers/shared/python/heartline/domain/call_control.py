"""What an agent may ask of a call, and what each command makes of it. Pure: nothing here speaks to the provider.

A command writes what is wanted; the dialer makes it so. What does not fit the call raises `Conflict` with a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.call_due import ours
from heartline.domain.call_parties import CUSTOMER, Consult, Mode, Party, PartyKind, PartyState, Transfer, Wants
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.call_words import ended_text
from heartline.domain.calls import Call, RecordingState, Step, advance, changed
from heartline.domain.errors import Conflict
from heartline.domain.inboxes import AgentProfile
from heartline.domain.routing.lifecycle import Move, waiting_anew

_CONNECTED: Final = (CallState.IN_PROGRESS, CallState.DIALLING)
_CANCELLABLE: Final = (CallState.PLANNED, CallState.QUEUED, CallState.OFFERING)

Names = Callable[[str], str]
"""The name of an agent by their id; a number stays what it is."""


def leg_of(call: Call, agent: str) -> Party | None:
    """The leg that connects an agent with the call now."""
    legs = (party for party in call.parties.values() if party.kind is PartyKind.AGENT and party.who == agent)
    return next((party for party in legs if party.here), None)


def can(call: Call, agent: str, now: datetime) -> tuple[str, ...]:
    """The commands that `agent` may give now, in the order of the interface."""
    return tuple(name for name, fits in _FITS.items() if fits(call, agent, now))


def hold(call: Call, by: str, *, on: bool, at: datetime) -> Step:
    """Let the customer wait with music, or talk with them again."""
    _allowed(call, by, "hold", at, "This call cannot be put on hold now.")
    return changed(call, at=at, wants=replace(call.wants, hold=on), problem="")


def mute(call: Call, by: str, *, on: bool, at: datetime) -> Step:
    """Close the agent's own microphone for the call."""
    _allowed(call, by, "mute", at, "You are not in this call.")
    leg = leg_of(call, by)
    label = leg.label if leg else ""
    return changed(call, at=at, wants=replace(call.wants, muted={**call.wants.muted, label: on}), problem="")


def recording(call: Call, by: str, *, on: bool, at: datetime) -> Step:
    """Pause the recording (`on` false), or go on with it: for payment data and the like."""
    _allowed(call, by, "recording", at, "This call is not being recorded.")
    return changed(call, at=at, wants=replace(call.wants, recording=on), problem="")


def hang_up(call: Call, by: AgentProfile, *, wrap: int, at: datetime) -> Step:
    """Leave the call: others who talk with the customer stay; the last one ends it."""
    _allowed(call, by.id, "hang_up", at, "You are not in this call.")
    leg = leg_of(call, by.id)
    if leg is not None and any(party.talking and party.label != leg.label for party in ours(call)):
        return changed(call, at=at, wants=_ending(call, leg.label), text=f"{by.name} left the call.")
    event = CallEvent.ENDED if call.state is CallState.IN_PROGRESS else CallEvent.UNANSWERED
    return ended(call, event, agent=by.name, wrap=wrap, at=at)


def wrap_up(call: Call, by: str, *, at: datetime) -> Step:
    """The work after the call is done."""
    _allowed(call, by, "wrap_up", at, "There is no after-call work left on this call.")
    return changed(call, at=at, wrap_until=at)


def cancel(call: Call, by: AgentProfile, *, at: datetime) -> Step:
    """A call of ours that has not reached the customer is not made."""
    _allowed(call, by.id, "cancel", at, "This call can no longer be cancelled.")
    step = advance(call, CallEvent.CANCELLED, at=at, text=f"{by.name} cancelled the call.")
    return _fitting(step)


def handed_over(call: Call, transfer: Transfer, *, by: AgentProfile, to: str, at: datetime, move: Move) -> Step:
    """A cold transfer to an agent or a skill: the customer goes back to the line with `move` of the conversation."""
    _allowed(call, by.id, "transfer", at, "This call cannot be transferred now.")
    step = advance(
        call,
        CallEvent.TRANSFERRED,
        at=at,
        text=f"{by.name} transferred the call to {to}. {transfer.note}",
        agent="",
        reservation="",
        expires=None,
        lined=at,
        transfer=transfer,
        wants=Wants(),
        conference="",
        recording=RecordingState.OFF,
        problem="",
    )
    return replace(_fitting(step), move=replace(move, after=waiting_anew(move.after, since=at)))


def ring_third(call: Call, transfer: Transfer, *, by: AgentProfile, to: str, at: datetime, move: Move | None) -> Step:
    """Ring another agent or a number while the customer waits on hold; cold, the agent leaves at once."""
    _allowed(call, by.id, "transfer", at, "This call cannot be transferred now.")
    label = f"consult-{1 + sum(name.startswith('consult-') for name in call.parties)}"
    kind, who = (PartyKind.AGENT, transfer.agent) if transfer.agent else (PartyKind.NUMBER, transfer.number)
    party = Party(label=label, kind=kind, who=who, state=PartyState.WAITING)
    wants = replace(call.wants, hold=True)
    leg = leg_of(call, by.id)
    if transfer.mode is Mode.COLD and leg is not None:
        wants = replace(wants, ends=(*wants.ends, leg.label))
    verb = "transferred the call to" if transfer.mode is Mode.COLD else "asked for"
    step = changed(
        call,
        at=at,
        text=f"{by.name} {verb} {to}. {transfer.note}",
        parties=call.with_party(party),
        transfer=replace(transfer, label=label),
        wants=wants,
        problem="",
    )
    return replace(step, move=move)


def consulted(call: Call, action: Consult, *, by: AgentProfile, to: str, at: datetime, move: Move | None) -> Step:
    """Go on from a warm transfer: hand over, take back, or talk all together."""
    _allowed(call, by.id, f"consult_{action}", at, "There is no one to hand this call to now.")
    transfer = call.transfer
    if transfer is None:
        raise Conflict("There is no transfer under way.")
    if action is Consult.COMPLETE:
        return replace(_completed(call, transfer, by, to, at), move=move)
    wants = replace(call.wants, hold=False)
    if action is Consult.MERGE:
        merged = replace(transfer, merged=True)
        return changed(call, at=at, text=f"{by.name} brought {to} into the call.", wants=wants, transfer=merged)
    wants = replace(wants, ends=(*wants.ends, transfer.label))
    return changed(call, at=at, text=f"{by.name} went on without {to}.", wants=wants, transfer=None)


def _completed(call: Call, transfer: Transfer, by: AgentProfile, to: str, at: datetime) -> Step:
    leg = leg_of(call, by.id)
    ends = (*call.wants.ends, leg.label) if leg else call.wants.ends
    return changed(
        call,
        at=at,
        text=f"{by.name} handed the call to {to}.",
        wants=replace(call.wants, hold=False, ends=ends),
        agent=transfer.agent or call.agent,
        transfer=None,
    )


def ended(call: Call, event: CallEvent, *, agent: str, wrap: int, at: datetime, text: str = "") -> Step:
    """The end of a call, with the after-call work of its agent (`wrap` seconds) where they have talked."""
    until = at + timedelta(seconds=wrap) if wrap and event is CallEvent.ENDED and call.agent else None
    words = text or ended_text(call, event, agent, at)
    return _fitting(advance(call, event, at=at, text=words, wrap_until=until, wants=Wants(), expires=None))


def _ending(call: Call, label: str) -> Wants:
    return replace(call.wants, ends=(*call.wants.ends, label))


def _allowed(call: Call, agent: str, command: str, at: datetime, why: str) -> None:
    if command not in can(call, agent, at):
        raise Conflict("This call is over." if call.over and command != "wrap_up" else why)


def _fitting(step: Step | None) -> Step:
    if step is None:
        raise Conflict("The call has moved on.")
    return step


def _talks(call: Call, agent: str) -> bool:
    leg, customer = leg_of(call, agent), call.parties.get(CUSTOMER)
    return call.state is CallState.IN_PROGRESS and _is_on(leg) and _is_on(customer)


def _is_on(party: Party | None) -> bool:
    return party is not None and party.talking


def _consults(call: Call, agent: str) -> bool:
    transfer = call.transfer
    return (
        call.state is CallState.IN_PROGRESS
        and transfer is not None
        and transfer.mode is Mode.WARM
        and transfer.by == agent
        and leg_of(call, agent) is not None
    )


def _is_under_way(call: Call) -> bool:
    """Whether somebody is being rung, or asked, for a transfer; one that brought the call here is done."""
    return call.transfer is not None and bool(call.transfer.label)


def _is_answered(call: Call) -> bool:
    return call.transfer is not None and _is_on(call.party(call.transfer.label))


_FITS: Final[Mapping[str, Callable[[Call, str, datetime], bool]]] = {
    "decline": lambda call, agent, _: call.state is CallState.OFFERING and call.agent == agent,
    "hold": lambda call, agent, _: _talks(call, agent),
    "mute": lambda call, agent, _: call.state in _CONNECTED and _is_on(leg_of(call, agent)),
    "recording": lambda call, agent, _: _talks(call, agent) and call.recording is not RecordingState.OFF,
    "transfer": lambda call, agent, _: _talks(call, agent) and call.agent == agent and not _is_under_way(call),
    "consult_complete": lambda call, agent, _: _consults(call, agent) and _is_answered(call),
    "consult_cancel": lambda call, agent, _: _consults(call, agent),
    "consult_merge": lambda call, agent, _: (
        _consults(call, agent) and _is_answered(call) and not (call.transfer and call.transfer.merged)
    ),
    "hang_up": lambda call, agent, _: call.state in _CONNECTED and leg_of(call, agent) is not None,
    "wrap_up": lambda call, agent, now: call.agent == agent and call.wraps_up(now),
    "cancel": lambda call, _agent, _: call.outbound and not call.on_line and call.state in _CANCELLABLE,
}
