"""A leg is answered or left: the agent accepts by picking up, the customer joins. One read and one write each."""

from dataclasses import dataclass, replace
from typing import Final

from heartline.domain.call_legs import accepted, moved
from heartline.domain.call_parties import CUSTOMER, PartyState
from heartline.domain.call_states import CallState
from heartline.domain.call_words import whisper
from heartline.domain.calls import Call, RecordingState, Step
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended
from heartline.domain.instructions import Goodbye, Instruction, Join, Nothing
from heartline.domain.routing.lifecycle import acceptance
from heartline.services.call import TRIES, Switchboard
from heartline.services.call_ports import CallRequest, Line
from heartline.services.call_resume import hang_up, resumed

CALLER_GONE: Final = "The caller is no longer there."
OFFER_OVER: Final = "The offer of this call is over."

_ANSWERED: Final = (CallState.IN_PROGRESS, CallState.DIALLING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The steps of the legs that are put together."""

    board: Switchboard

    def pick_up(self, request: CallRequest) -> Instruction:
        """The agent's phone is answered: this is the moment of acceptance, claimed once."""
        for _ in range(TRIES):
            call, head = self.board.store.scene(request.call, request.conversation)
            if call is None or call.attempt != request.attempt or call.over:
                return Goodbye(words=CALLER_GONE)
            if call.state in _ANSWERED:
                return self._joined(call)
            step = self._accepted(call, head, request.sid)
            if step is None:
                return Goodbye(words=OFFER_OVER)
            try:
                self.board.store.apply(step)
            except Contended:
                continue
            return self._joined(step.after)
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
        step = accepted(call, sid, self.board.name(call.agent), now)
        if step is None or head.state is State.ASSIGNED:
            return step
        move = acceptance(head, at=now)
        return replace(step, move=move) if move else None

    def _joined(self, call: Call) -> Join:
        """What the agent hears first, and the conference."""
        note = call.transfer.note if call.transfer and not call.transfer.label else ""
        words = whisper(call, self.board.inbox(call.inbox).name, self.board.now(), note)
        record = call.recording is not RecordingState.OFF
        return Join(call=call, label=call.agent_label, words=words, record=record)
