"""A leg is answered or left: the agent accepts by picking up, the customer joins. One read and one write each."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from heartline.domain.call_legs import accepted, moved, told_of_recording
from heartline.domain.call_parties import CUSTOMER, PartyState
from heartline.domain.call_states import CallState
from heartline.domain.call_words import whisper
from heartline.domain.calls import Call, RecordingState, Step
from heartline.domain.conversations import Conversation, State
from heartline.domain.devices import confirms
from heartline.domain.errors import Contended
from heartline.domain.inboxes import Inbox
from heartline.domain.instructions import Confirm, First, Goodbye, Instruction, Join, Nothing
from heartline.domain.ivr.wish import announced
from heartline.domain.own_words import said, spoken
from heartline.domain.phrases import Phrase
from heartline.domain.recordings import Consent
from heartline.domain.routing.lifecycle import Move, acceptance, answered
from heartline.services.call import TRIES, Switchboard
from heartline.services.call_ports import CallRequest, Line
from heartline.services.call_resume import hang_up, resumed

CALLER_GONE: Final = "The caller is no longer there."
PRESS_ANY_KEY: Final = "Press any key to take the call."
OFFER_OVER: Final = "The offer of this call is over."

_ANSWERED: Final = (CallState.IN_PROGRESS, CallState.DIALLING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The steps of the legs that are put together."""

    board: Switchboard

    def pick_up(self, request: CallRequest) -> Instruction:
        """The agent's phone is answered: the moment of acceptance, unless a key has to be pressed first."""
        return self._answered(request, confirmed=False)

    def confirm(self, request: CallRequest) -> Instruction:
        """A key was pressed after the whisper: nobody else than the agent has answered."""
        return self._answered(request, confirmed=True) if request.digits else Goodbye()

    def called(self, request: CallRequest) -> Instruction:
        """A customer whom we call has answered: that the talk is recorded comes before it."""
        call = self.board.store.call(request.call)
        if call is None or call.state not in _ANSWERED:
            return Goodbye()
        inbox, now = self.board.inbox(call.inbox), self.board.now()
        consent = call.consent or announced(inbox, request.country, now) or _in_own_words(inbox, now)
        self.board.move(call, lambda met: told_of_recording(met, request.sid, consent, now))
        told = spoken(inbox, consent.language, consent.words)
        return First(sayings=(told,), then=Join(call=call, label=CUSTOMER))

    def _answered(self, request: CallRequest, *, confirmed: bool) -> Instruction:
        """Claim the offer, once; asked again, the answer is the same."""
        for _ in range(TRIES):
            call, head = self.board.store.scene(request.call, request.conversation)
            if call is None or call.attempt != request.attempt or call.over:
                return Goodbye(words=CALLER_GONE)
            if call.state in _ANSWERED:
                return self._joined(call, whispered=confirmed)
            step = self._accepted(call, head, request.sid)
            if step is None:
                return Goodbye(words=OFFER_OVER)
            if not confirmed and confirms(self.board.agent(call.agent), call.device):
                return Confirm(call=call, words=f"{self._whisper(call)} {PRESS_ANY_KEY}")
            try:
                self.board.store.apply(step)
            except Contended:
                continue
            return self._joined(step.after, whispered=confirmed)
        return Goodbye(words=OFFER_OVER)

    def join(self, request: CallRequest) -> Instruction:
        """The customer's leg has been fetched out of the line: into the conference."""
        call = self.board.store.call(request.call)
        if call is None:
            return Goodbye()
        if call.state is CallState.IN_PROGRESS:
            call = self._moved(call, CUSTOMER, PartyState.JOINED, request.sid)
        return resumed(self.board, call)

    def leave(self, request: CallRequest) -> Instruction:
        """A leg is out of the conference: it hung up, or the conference has ended."""
        call = self.board.store.call(request.call)
        if call is None:
            return Goodbye()
        if request.leg != CUSTOMER:
            self._moved(call, request.leg, PartyState.LEFT, request.sid)
            return Goodbye()
        if request.line is Line.OPEN and call.state is not CallState.IN_PROGRESS:
            return resumed(self.board, call)
        hang_up(self.board, call, failed=request.line is Line.FAILED)
        return Goodbye() if request.line is Line.OPEN else Nothing()

    def _moved(self, call: Call, label: str, state: PartyState, sid: str) -> Call:
        return self.board.move(call, lambda met: moved(met, label, state, sid=sid, at=self.board.now()))

    def _accepted(self, call: Call, head: Conversation | None, sid: str) -> Step | None:
        """The offer becomes a talk: call, head and agent in one transaction; None if it is over."""
        if head is None or head.reservation != call.reservation:
            return None
        now = self.board.now()
        records = self.board.inbox(call.inbox).voice_rules.recording.mode == "on"
        step = accepted(call, sid, self.board.name(call.agent), now, records=records)
        if step is None or head.state is State.ASSIGNED:
            return step
        move = acceptance(head, at=now)
        return replace(step, move=_answering(move, step)) if move else None

    def _joined(self, call: Call, *, whispered: bool) -> Join:
        """What the agent hears first, if they have not heard it yet, and the conference."""
        words = "" if whispered else self._whisper(call)
        record = call.recording is not RecordingState.OFF
        return Join(call=call, label=call.agent_label, words=words, record=record)

    def _whisper(self, call: Call) -> str:
        note = call.transfer.note if call.transfer and not call.transfer.label else ""
        return whisper(call, self.board.inbox(call.inbox).name, self.board.now(), note)


def _answering(move: Move, step: Step) -> Move:
    """The acceptance answers whoever is on the line already; a customer who is rung first is answered later."""
    return replace(move, after=answered(move.after, at=step.answers)) if step.answers else move


def _in_own_words(inbox: Inbox, at: datetime) -> Consent:
    """The announcement where the configuration has none any more, for a conference that records already."""
    saying = said(inbox, "", Phrase.RECORDED)
    return Consent(words=saying.spoken.text, language=saying.language, at=at)
