"""What a telephone call is and how it moves: a pure state machine over reports that come late, twice, out of order.

It decides nothing about agents: who is offered a call is routing's decision about its conversation. What follows from
a call's state is `domain.call_due`, what an agent may ask of it `domain.call_control`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from heartline.domain.call_parties import CUSTOMER, Party, Transfer, Wants
from heartline.domain.call_states import IN_MENU, TRANSITIONS, CallEvent, CallState
from heartline.domain.contacts import Identity
from heartline.domain.intake import message_id
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message
from heartline.domain.recordings import Consent, Pause
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import Pool, Preference
from heartline.domain.routing.model import Step as Needed


class CallDirection(StrEnum):
    """Who called whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Purpose(StrEnum):
    """Why we call a customer; a call of theirs has none."""

    NONE = ""
    DIAL = "dial"
    CALL_BACK = "call_back"


class RecordingState(StrEnum):
    """Whether the talk is being recorded."""

    OFF = "off"
    ON = "on"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """An entry of the timeline that waits for the call's conversation to be known."""

    id: str
    event: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call with a customer.

    `id` is the CallSid of a call of theirs, and drawn for one of ours; the conference has that name too. `number` is
    ours (E.164), `caller` the customer. `said` is the sentence that they begin with in
    the conversation, `choice` what they chose in the menu, `requires` the skills and `band` the
    priority that it asks for (0: the inbox's); `boost`, `steps`, `pools`, `preferred` and `rules` are what it asks of
    routing besides (`Asked`). `queued` is when they began to wait: their place. `lined` is when they
    last came into the line. `agent`, `reservation` and `expires` are those of the present offer or talk, `device` is
    where the agent is rung ("browser" or "phone"), `attempt` counts the offers. `wants` and `transfer` are what an
    agent asked for and is not done yet. `conference` is Twilio's id of it, empty until somebody has joined. `consent`
    is what the customer was told about recording, `pauses` when it was paused. `wrap_until` ends the after-call work.
    `due` is when a planned call-back is to be made, `tries` how often it was. `problem` is a sentence about what last
    went wrong. `verified` is the STIR/SHAKEN attestation (A, B, C), "failed" or empty. `followed_up` says that the text
    after a missed call is done with. `untold` are entries that wait for the conversation to be known. `version` rises
    with every change.
    """

    id: str
    state: CallState
    inbox: str
    number: str
    caller: Identity
    caller_name: str
    began: datetime
    direction: CallDirection = CallDirection.INBOUND
    purpose: Purpose = Purpose.NONE
    conversation: str = ""
    said: str = ""
    choice: str = ""
    requires: Mapping[str, int] = field(default_factory=dict)
    band: int = 0
    boost: int = 0
    steps: tuple[Needed, ...] = ()
    pools: tuple[Pool, ...] = ()
    preferred: Preference | None = None
    rules: tuple[str, ...] = ()
    language: str = ""
    queued: datetime | None = None
    lined: datetime | None = None
    agent: str = ""
    device: str = ""
    reservation: str = ""
    attempt: int = 0
    expires: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None
    parties: Mapping[str, Party] = field(default_factory=dict)
    wants: Wants = field(default_factory=Wants)
    transfer: Transfer | None = None
    conference: str = ""
    recording: RecordingState = RecordingState.OFF
    consent: Consent | None = None
    pauses: tuple[Pause, ...] = ()
    wrap_until: datetime | None = None
    due: datetime | None = None
    tries: int = 0
    problem: str = ""
    verified: str = ""
    followed_up: bool = False
    untold: tuple[Untold, ...] = ()
    version: int = 0

    @property
    def asked(self) -> Asked:
        """What it asks of routing."""
        return Asked(
            requires=self.requires,
            band=self.band,
            boost=self.boost,
            steps=self.steps,
            pools=self.pools,
            preferred=self.preferred,
            rules=self.rules,
        )

    def asking(self, asked: Asked) -> "Call":
        """The same call, asking for something else."""
        return replace(
            self,
            requires=asked.requires,
            band=asked.band,
            boost=asked.boost,
            steps=asked.steps,
            pools=asked.pools,
            preferred=asked.preferred,
            rules=asked.rules,
        )

    @property
    def in_menu(self) -> bool:
        return self.state in IN_MENU

    @property
    def over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return not TRANSITIONS[self.state]

    @property
    def outbound(self) -> bool:
        return self.direction is CallDirection.OUTBOUND

    @property
    def customer(self) -> Party | None:
        return self.parties.get(CUSTOMER)

    @property
    def on_line(self) -> bool:
        """Whether the customer has a leg in the call: one of ours whom nobody has rung yet has none."""
        return self.customer is not None and self.customer.here and bool(self.customer.sid)

    @property
    def agent_label(self) -> str:
        """The label of the leg that the present offer rings, or of the agent who took it."""
        return f"agent-{self.attempt}"

    def party(self, label: str) -> Party | None:
        return self.parties.get(label)

    def with_party(self, party: Party) -> Mapping[str, Party]:
        """The parties with this one as it is now."""
        return {**self.parties, party.label: party}

    def wraps_up(self, at: datetime) -> bool:
        """Whether its agent still works on it after it has ended."""
        return self.over and self.wrap_until is not None and self.wrap_until > at


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a caller asked for in the menu: `said` for the conversation, `choice` in short for the agent.

    `requires` are skills beside the inbox's own, `band` 0 is the inbox's own priority, `digits` are the keys of the way
    through the menu. `verified` is what the network says of the caller's number, `consent` what was announced about
    recording; see `Call`.
    """

    said: str = "Called."
    choice: str = ""
    digits: str = ""
    requires: Mapping[str, int] = field(default_factory=dict)
    band: int = 0
    language: str = ""
    verified: str = ""
    consent: Consent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of a call, written at once with its entries in the timeline.

    `move` is the transition of its conversation that belongs to it, `opens` a further call that takes its place.
    """

    before: Call
    after: Call
    entries: tuple[Message, ...] = ()
    move: Move | None = None
    opens: Call | None = None

    @property
    def answers(self) -> datetime | None:
        """When the customer was answered by this: a talk begins, and is an answer as a reply is one."""
        begins = self.after.state is CallState.IN_PROGRESS and self.before.state is not CallState.IN_PROGRESS
        return self.after.answered if begins else None

    @property
    def waits(self) -> datetime | None:
        """Since when the customer waits anew by this: a talk goes back into the line."""
        back = self.before.state is CallState.IN_PROGRESS and self.after.state is CallState.QUEUED
        return self.after.lined if back else None


def advance(call: Call, event: CallEvent, *, at: datetime, text: str = "", **changes: Any) -> Step | None:
    """What `event` makes of the call, or None if it came too late or twice.

    `text` is the entry for people; without it there is none. `changes` are fields that come with the event.
    """
    state = TRANSITIONS[call.state].get(event)
    if state is None:
        return None
    ends = {"ended": at} if not TRANSITIONS[state] else {}
    return told(replace(call, **ends | changes, state=state), call, event, text=text, at=at)


def changed(call: Call, *, at: datetime, text: str = "", **changes: Any) -> Step:
    """A change that is no transition: a leg, a wish, a problem; with a line in the timeline if there is `text`."""
    return told(replace(call, **changes), call, CallEvent.NOTED, text=text, at=at)


def told(after: Call, before: Call, event: CallEvent, *, text: str, at: datetime) -> Step:
    """The step to `after`, with its entry; it waits in the call as long as the call has no conversation.

    The id of an entry is that of the version which it describes: written again, it is the same entry.
    """
    after = replace(after, version=before.version + 1)
    if not text:
        return Step(before=before, after=after)
    entry = Untold(id=message_id(Channel.VOICE, f"{after.id}#{after.version}"), event=event.value, text=text, at=at)
    if not after.conversation:
        return Step(before=before, after=replace(after, untold=(*after.untold, entry)))
    return Step(before=before, after=after, entries=(entry_of(after, entry),))


def linked(call: Call, conversation: str) -> Step:
    """The call knows its conversation: what was not told yet is told there."""
    after = replace(call, conversation=conversation, untold=(), version=call.version + 1)
    return Step(before=call, after=after, entries=tuple(entry_of(after, entry) for entry in call.untold))


def entry_of(call: Call, entry: Untold) -> Message:
    """The line in the timeline; it carries the call's id, so that the lines of one call can be shown together."""
    return Message(
        id=entry.id,
        conversation=call.conversation,
        channel=Channel.VOICE,
        direction=Direction.INTERNAL,
        author=Author(kind=AuthorKind.SYSTEM, id="voice", name="Phone"),
        at=entry.at,
        text=entry.text,
        event=entry.event,
        provider_id=call.id,
    )
