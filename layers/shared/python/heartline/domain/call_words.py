"""What the timeline and an agent's ear are told about a call; what callers hear is `domain.own_words`. Pure."""

from datetime import datetime
from typing import Final

from heartline.domain.call_parties import Party
from heartline.domain.call_states import CallEvent
from heartline.domain.calls import Call
from heartline.domain.contacts import IdentityKind

WHY: Final = {
    "busy": "was busy",
    "no-answer": "did not answer",
    "canceled": "did not answer",
    "failed": "could not be reached",
}
"""How a leg ended that was never connected, by Twilio's word for it."""

LONGEST_NOTE_WHISPERED: Final = 200


def in_words(seconds: int) -> str:
    """A length of time for people."""
    minutes, rest = divmod(max(seconds, 0), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def since(began: datetime | None, now: datetime) -> str:
    return in_words(int((now - (began or now)).total_seconds()))


def called_by(call: Call) -> str:
    """Who the customer is, in words."""
    if call.caller.kind is IdentityKind.ANONYMOUS:
        return "an unknown number"
    return call.caller_name or call.caller.address


def ended_text(call: Call, event: CallEvent, agent: str, now: datetime) -> str:
    """The last line of a call; `agent` is the name of who had it."""
    if event is CallEvent.ENDED:
        return f"Talked with {agent} for {since(call.answered, now)}."
    if event is CallEvent.UNANSWERED:
        return "The call ended before it was answered."
    if event is CallEvent.FAILED:
        return "The connection failed. Call back."
    if call.in_menu:
        return "Called and hung up in the menu. Call back."
    return f"Hung up after waiting for {since(call.queued, now)}. Call back."


def missed_text(name: str, party: Party | None) -> str:
    """Why an agent, or a number, did not take the call."""
    if party is not None and party.talked:
        return f"{name} did not take the call."
    return f"{name} {WHY.get(party.why if party else '', 'did not answer')}."


def whisper(call: Call, inbox: str, now: datetime, note: str = "") -> str:
    """What an agent hears before the line is connected: what, who, how long, and what a colleague left to say."""
    about = f", about {call.choice}" if call.choice else ""
    ours = not call.on_line
    kind = "A call-back" if ours else "A call"
    waited = f" Waiting for {since(call.queued, now)}." if call.queued and not call.outbound else ""
    left = f" Note: {note[:LONGEST_NOTE_WHISPERED]}" if note else ""
    return f"{kind} for {inbox}{about}, {'to' if ours else 'from'} {called_by(call)}.{waited}{left}"
