"""The dialer's tasks at the provider: legs that are rung, put together, held, muted, recorded and ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from heartline.domain.call_due import Task, ours
from heartline.domain.call_legs import CUSTOMER_RINGS, customer_gone, moved
from heartline.domain.call_parties import CUSTOMER, Party, PartyKind, PartyState, Wants
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.call_words import missed_text
from heartline.domain.calling import unreached
from heartline.domain.calls import Call, RecordingState, Step, advance, changed
from heartline.domain.conversations import Conversation
from heartline.domain.devices import confirms
from heartline.domain.errors import OurFault, Refused, Uncertain
from heartline.domain.recordings import Pause
from heartline.services.call_routing import written_channel
from heartline.services.dial_ports import Dialling

AGENT_RINGS: Final = timedelta(seconds=20)
"""How long an agent is rung to whom the call was given by hand; an offer ends by routing's clock."""

CONFIRMING: Final = timedelta(seconds=8)
"""How long an agent hears what the call is about before a key is pressed: part of the offer."""

SHORTEST_RING: Final = 5
MARGIN: Final = timedelta(seconds=1)
"""An offer is accepted when the phone is picked up: the ringing stops before the offer does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """Every order to ring is claimed in the call before it is given: nobody is rung twice for one attempt."""

    parts: Dialling

    def to_line(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        """A customer who was talking goes back to the line and hears music."""
        customer = call.parties[CUSTOMER]
        self.parts.telephony().line_up(call, customer.sid)
        self._party(call, replace(customer, state=PartyState.WAITING), lined=self._now, conference="")

    def offer(self, call: Call, head: Conversation | None, _task: Task) -> None:
        """Ring the agent who was chosen."""
        agent = self.parts.board.agent(head.agent or "") if head else None
        if head is None or agent is None:
            return self.parts.routing.decline(head, timed_out=False) if head else None
        rings = self.parts.rung(agent)
        leg = Party(label=f"agent-{call.attempt + 1}", kind=PartyKind.AGENT, who=agent.id, state=PartyState.PLACING)
        step = advance(
            call,
            CallEvent.OFFERED,
            at=self._now,
            text=f"Offered to {agent.name}.",
            agent=agent.id,
            device=rings.device.value,
            reservation=head.reservation or "",
            attempt=call.attempt + 1,
            expires=head.offer_expires or self._now + AGENT_RINGS,
            parties=call.with_party(leg),
        )
        if step is None:
            return None
        self._write(step)
        claimed = step.after
        return self._ring(
            claimed, leg, lambda: self.parts.telephony().ring(claimed, to=rings.address, seconds=self._seconds(claimed))
        )

    def connect(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        """Fetch the customer out of the line into the conference."""
        customer = call.parties[CUSTOMER]
        self.parts.telephony().connect(call, customer.sid)
        self._party(call, replace(customer, state=PartyState.PLACING))

    def place(self, call: Call, _head: Conversation | None, task: Task) -> None:
        """Ring somebody into the conference: the customer of a call of ours, or whom an agent asks for."""
        leg = call.parties[task.label]
        agent = self.parts.board.agent(leg.who) if leg.kind is PartyKind.AGENT else None
        refusal = "" if agent else self.parts.diallable(leg.who)
        if refusal:
            self._party(call, replace(leg, state=PartyState.LEFT, why="failed"), problem=refusal)
            return
        claimed = self._party(call, replace(leg, state=PartyState.PLACING))
        to = self.parts.rung(agent).address if agent else leg.who
        seconds = int(CUSTOMER_RINGS.total_seconds()) if leg.label == CUSTOMER else int(AGENT_RINGS.total_seconds())

        def order() -> str:
            if leg.label == CUSTOMER and claimed.recording is not RecordingState.OFF and claimed.consent is None:
                return self.parts.telephony().call_up(claimed, to=to, seconds=seconds)
            return self.parts.telephony().invite(claimed, label=leg.label, to=to, seconds=seconds)

        self._ring(claimed, leg, order)

    def hang_on(self, call: Call, _head: Conversation | None, task: Task) -> None:
        """Whom the call was to be handed to is not there: the customer is not left alone."""
        leg = call.parties[task.label]
        name = self.parts.board.name(leg.who)
        text = f"{name} hung up." if leg.talked else missed_text(name, leg)
        others = [party for party in ours(call) if party.label not in (leg.label, *call.wants.ends)]
        if others:
            wants = replace(call.wants, hold=False)
            problem = "" if leg.talked else call.problem or text
            self._write(changed(call, at=self._now, text=text, wants=wants, transfer=None, problem=problem))
        elif leg.talked:
            self._write(changed(call, at=self._now, transfer=None))
        else:
            self._return(call, text)

    def put_through(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        """The number to which the call was handed has answered."""
        self._write(changed(call, at=self._now, wants=replace(call.wants, hold=False), transfer=None))

    def hold(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        on, customer = bool(call.wants.hold), call.parties[CUSTOMER]
        wants = replace(call.wants, hold=None)
        if self._done(call, wants, lambda: self.parts.telephony().hold(call, customer.sid, on=on)):
            self._party(call, replace(customer, state=PartyState.HELD if on else PartyState.JOINED), wants=wants)

    def mute(self, call: Call, _head: Conversation | None, task: Task) -> None:
        leg, on = call.parties[task.label], call.wants.muted[task.label]
        rest = {label: each for label, each in call.wants.muted.items() if label != task.label}
        wants = replace(call.wants, muted=rest)
        if self._done(call, wants, lambda: self.parts.telephony().mute(call, leg.sid, on=on)):
            self._party(call, replace(leg, muted=on), wants=wants)

    def record(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        """Pause the recording, or go on with it; when that was is kept with the call."""
        on, wants = bool(call.wants.recording), replace(call.wants, recording=None)
        if not self._done(call, wants, lambda: self.parts.telephony().record(call, on=on)):
            return
        state = RecordingState.ON if on else RecordingState.PAUSED
        text = "The recording goes on." if on else "The recording is paused."
        pauses = paused(call, on=on, at=self._now)
        self._write(changed(call, at=self._now, text=text, wants=wants, recording=state, pauses=pauses))

    def end_leg(self, call: Call, _head: Conversation | None, task: Task) -> None:
        leg = call.parties[task.label]
        if leg.sid:
            self.parts.telephony().end(leg.sid)
        wants = replace(call.wants, ends=tuple(label for label in call.wants.ends if label != leg.label))
        self._party(call, replace(leg, state=PartyState.LEFT), wants=wants)

    def finish(self, call: Call, head: Conversation | None, _task: Task) -> None:
        """Nobody of ours is left, or the customer does not answer: the call ends, or goes on to somebody else."""
        customer = call.customer
        if call.state is CallState.DIALLING:
            self._unreached(call, head)
        elif customer is not None and customer.here and not customer.talked:
            self._return(call, f"{self.parts.board.name(call.agent)} hung up before the customer was connected.")
        else:
            if customer is not None and customer.here and customer.sid:
                self.parts.telephony().end(customer.sid)
            self._write(self._over(call))

    def _done(self, call: Call, wants: Wants, order: Callable[[], None]) -> bool:
        """Whether the provider did it; what it refuses is not wanted any more, and the call says why."""
        try:
            order()
        except Refused as error:
            self._write(changed(call, at=self._now, wants=wants, problem=str(error)))
            return False
        return True

    def _unreached(self, call: Call, head: Conversation | None) -> None:
        company = self.parts.board.configuration.company()
        channel = written_channel(company, call.inbox)
        inbox = self.parts.board.inbox(call.inbox)
        if head is not None:
            self._write(unreached(call, head, inbox, channel=channel, at=self._now))

    def _over(self, call: Call) -> Step | None:
        wrap = self.parts.board.inbox(call.inbox).voice_rules.wrap_up
        name = self.parts.board.name(call.agent)
        return customer_gone(call, failed=False, agent=name, wrap=wrap, at=self._now)

    def _return(self, call: Call, text: str) -> None:
        """Back into the line: the customer has not been helped, and nobody is there."""
        now = self._now
        step = advance(
            call,
            CallEvent.RETURNED,
            at=now,
            text=f"{text} The customer waits in line again.",
            agent="",
            reservation="",
            lined=now,
            transfer=None,
            conference="",
        )
        head = self.parts.board.store.head(call.conversation)
        if head is not None and head.call == call.id and head.reservation == call.reservation:
            self.parts.routing.decline(head, timed_out=False)
        self._write(step)

    def _ring(self, call: Call, leg: Party, order: Callable[[], str]) -> None:
        """Give an order that was claimed. Without an answer it stays claimed: a report, or its end, tells."""
        try:
            sid = order()
        except Uncertain:
            return
        except (Refused, OurFault) as error:
            failed = replace(leg, state=PartyState.LEFT, why="failed")
            self._party(call, failed, problem=str(error))
            return
        self.parts.board.move(call, lambda met: moved(met, leg.label, PartyState.RINGING, sid=sid, at=self._now))

    def _seconds(self, call: Call) -> int:
        """As long as the offer stands; who has to press a key needs time for that as well."""
        left = (call.expires - self._now - MARGIN) if call.expires else AGENT_RINGS
        left -= CONFIRMING if confirms(self.parts.board.agent(call.agent), call.device) else timedelta(0)
        return max(int(min(left, AGENT_RINGS).total_seconds()), SHORTEST_RING)

    def _party(self, call: Call, party: Party, **changes: Any) -> Call:
        step = changed(call, at=self._now, parties=call.with_party(party), **changes)
        self._write(step)
        return step.after

    def _write(self, step: Step | None) -> None:
        if step is not None:
            self.parts.board.store.apply(step)

    @property
    def _now(self) -> datetime:
        return self.parts.board.now()


def paused(call: Call, *, on: bool, at: datetime) -> tuple[Pause, ...]:
    """The pauses of the recording, with one more, or with the last one ended."""
    if not on:
        return (*call.pauses, Pause(began=at))
    return (*call.pauses[:-1], *(replace(pause, ended=at) for pause in call.pauses[-1:]))
