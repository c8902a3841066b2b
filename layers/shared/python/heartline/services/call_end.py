"""A call ends: talked, hung up, or with a message on tape. Whatever came of it stands in its conversation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heartline.domain.calls import LINE_CLOSED, Call, CallEvent, CallState
from heartline.domain.instructions import OUR_LANGUAGE, Enqueue, Goodbye, Instruction, Nothing, TakeMessage
from heartline.domain.messages import PendingMedia
from heartline.services.call import Switchboard
from heartline.services.call_ports import CallRequest, Line, Recording

VOICEMAIL_PROMPT: Final = "Nobody can take your call right now. Please leave a message after the tone."


def to_voicemail(board: Switchboard, call: Call, why: str) -> Instruction:
    """Ask the caller for a message; the conversation is written work from here on, whatever the caller says."""
    board.routing.hand_back(call.conversation)
    board.move(call, CallEvent.UNREACHED, lambda _call: f"{why} The caller was asked for a message.")
    return _asked_for_message(board, call)


def resumed(board: Switchboard, call: Call) -> Instruction:
    """What a caller who is past the menu was told last: a repeated request gets the same answer."""
    if call.over:
        return Goodbye()
    return _asked_for_message(board, call) if call.state is CallState.RECORDING else Enqueue(call=call)


def _asked_for_message(board: Switchboard, call: Call) -> TakeMessage:
    ivr = board.inbox(call.inbox).ivr
    if ivr is None or not ivr.voicemail:
        return TakeMessage(words=VOICEMAIL_PROMPT, language=OUR_LANGUAGE)
    return TakeMessage(words=ivr.voicemail, language=ivr.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The reports that come when a line is closed, or a recording is ready."""

    board: Switchboard

    def hang_up(self, request: CallRequest) -> Instruction:
        """The caller's line is closed; whoever reached nobody is to be called back."""
        call = self.board.store.call(request.call)
        event = _meaning(call, request.line) if call else None
        if call is None or event is None:
            return Nothing()
        if call.in_menu:
            self._missed_in_menu(call, request, event)
        else:
            self.board.routing.hand_back(call.conversation)
            self.board.move(call, event, lambda met: self._ended(met, event))
        return Nothing()

    def recorded(self, request: CallRequest) -> Instruction:
        """A recording is ready, or there is none: silence is a missed call and not a message."""
        call = self.board.store.call(request.call)
        if call is None:
            return Nothing()
        if request.recording is None or request.recording.seconds == 0:
            self.board.move(call, CallEvent.MISSED, lambda _call: "Left no message. Call back.")
            return Nothing()
        self._keep(call, request, request.recording)
        return Nothing()

    def _keep(self, call: Call, request: CallRequest, recording: Recording) -> None:
        """The words of a customer are stored before anything else, whatever state the call is in."""
        medium = PendingMedia(url=recording.url, content_type="audio/mpeg", provider_id=recording.id)
        text = f"Voicemail, {in_words(recording.seconds)}."
        conversation = self.board.take_in(call, request, CallEvent.RECORDED, text, media=(medium,))
        self.board.routing.hand_back(conversation)
        self.board.move(call, CallEvent.RECORDED, conversation=conversation)

    def _missed_in_menu(self, call: Call, request: CallRequest, event: CallEvent) -> None:
        text = "Called and hung up in the menu. Call back."
        conversation = self.board.take_in(call, request, CallEvent.MISSED, text)
        self.board.routing.hand_back(conversation)
        self.board.move(call, event, conversation=conversation)

    def _ended(self, call: Call, event: CallEvent) -> str:
        now = self.board.clock()
        if event is CallEvent.ENDED:
            name = self.board.agent_name(call.agent)
            return f"Talked with {name} for {_since(call.answered, now)}."
        if event is CallEvent.FAILED:
            return "The connection failed. Call back."
        return f"Hung up after waiting for {_since(call.queued, now)}. Call back."


def _meaning(call: Call, line: Line) -> CallEvent | None:
    """What a closed line means for the call as it is; None where nothing, or only the recording, is still to come."""
    event = LINE_CLOSED.get(call.state)
    return CallEvent.FAILED if event and line is Line.FAILED else event


def in_words(seconds: int) -> str:
    """A length of time for people."""
    minutes, rest = divmod(max(seconds, 0), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _since(began: datetime | None, now: datetime) -> str:
    return in_words(int((now - (began or now)).total_seconds()))
