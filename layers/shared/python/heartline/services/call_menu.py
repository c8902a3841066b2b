"""A call comes in: greeting, menu, and into the line, with its conversation."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from heartline.domain.calls import Call, CallEvent, CallState
from heartline.domain.errors import AlreadyStored
from heartline.domain.inboxes import Inbox, Ivr, IvrChoice
from heartline.domain.instructions import Ask, Enqueue, Goodbye, Instruction
from heartline.domain.intake import matching_inboxes, work_requires
from heartline.domain.messages import Channel
from heartline.services.call import Switchboard
from heartline.services.call_end import resumed, to_voicemail
from heartline.services.call_held import held_call
from heartline.services.call_ports import CallRequest
from heartline.services.ports import IntakeStore

REPROMPTS: Final = 2
NOT_UNDERSTOOD: Final = "Sorry, I did not get that."
NOT_IN_SERVICE: Final = "We are sorry. This number is not in service. Goodbye."


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The steps from the ring to the line. `held` keeps calls to numbers that no inbox has."""

    board: Switchboard
    held: IntakeStore

    def ring(self, request: CallRequest) -> Instruction:
        """Greet the caller; a repetition of the request greets again."""
        inbox = self._inbox_of(request)
        if inbox is None:
            return self._hold(request)
        call = self._opened(request, inbox)
        if inbox.ivr is None or not inbox.ivr.choices:
            return self._into_line(call, request, inbox, None)
        return _asked(inbox.ivr, f"{inbox.ivr.greeting} {inbox.ivr.prompt}", 0)

    def choose(self, request: CallRequest) -> Instruction:
        """Take the digit; ask again twice, then let the caller wait without a choice."""
        inbox = self._inbox_of(request)
        if inbox is None:
            return self._hold(request)
        call = self.board.store.call(request.call) or self._opened(request, inbox)
        if not call.in_menu:
            return resumed(self.board, call)
        choice = _choice(inbox.ivr, request.digits)
        if inbox.ivr is not None and choice is None and request.attempt < REPROMPTS:
            return _asked(inbox.ivr, f"{NOT_UNDERSTOOD} {inbox.ivr.prompt}", request.attempt + 1)
        return self._into_line(call, request, inbox, choice)

    def _inbox_of(self, request: CallRequest) -> Inbox | None:
        inboxes = self.board.configuration.company().inboxes
        return next(iter(matching_inboxes(inboxes, Channel.VOICE, [request.number])), None)

    def _hold(self, request: CallRequest) -> Instruction:
        with suppress(AlreadyStored):
            self.held.hold(held_call(request, self.board.clock()))
        return Goodbye(words=NOT_IN_SERVICE)

    def _opened(self, request: CallRequest, inbox: Inbox) -> Call:
        call = Call(
            id=request.call,
            state=CallState.IVR if inbox.ivr is not None else CallState.INCOMING,
            inbox=inbox.id,
            number=request.number,
            caller=request.caller,
            caller_name=request.caller_name,
            began=self.board.clock(),
        )
        self.board.store.open(call)
        return call

    def _into_line(self, call: Call, request: CallRequest, inbox: Inbox, choice: IvrChoice | None) -> Instruction:
        """Intake, then routing, then the call itself: each may be repeated, so a crash in between is made good."""
        asked = choice.requires if choice else {}
        requires = work_requires(inbox, asked)
        conversation = self.board.take_in(call, request, CallEvent.QUEUED, _said(choice), requires=asked)
        self.board.routing.to_voice(conversation, requires)
        chosen: dict[str, Any] = {"digit": choice.digit, "choice": choice.label} if choice else {}
        queued = self.board.move(
            call, CallEvent.QUEUED, conversation=conversation, queued=self.board.clock(), **chosen
        ) or self.board.store.call(call.id)
        if queued is None or queued.over:
            return Goodbye()
        if not self.board.routing.staffed(requires):
            return to_voicemail(self.board, queued, "Nobody is online to answer.")
        return Enqueue(call=queued)


def _asked(ivr: Ivr, words: str, attempt: int) -> Ask:
    return Ask(words=words, language=ivr.language, attempt=attempt)


def _choice(ivr: Ivr | None, digits: str) -> IvrChoice | None:
    choices = ivr.choices if ivr else ()
    return next((choice for choice in choices if choice.digit == digits), None)


def _said(choice: IvrChoice | None) -> str:
    return f"Called and chose {choice.digit}: {choice.label}." if choice else "Called."
