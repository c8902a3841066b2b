"""Out of the menu: into the line, before the tone, to a call-back. One write each, which a repetition finds."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from heartline.domain.call_line import entered, wanted
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.calls import Call, Wish
from heartline.domain.contacts import IdentityKind
from heartline.domain.inboxes import Inbox
from heartline.domain.instructions import Goodbye, Instruction
from heartline.domain.terms import Sorting
from heartline.services.call import Switchboard
from heartline.services.call_ports import CallRequest
from heartline.services.call_resume import asked_for_message, message_of, resumed

ASKED_FOR_MESSAGE: Final = "The caller was asked for a message."
ASKED_FOR_CALL_BACK: Final = "Asked to be called back."


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """Where a caller's way through the menu ends. A call that is known already is answered by what it is by now."""

    board: Switchboard

    def enter(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        """Stand in line."""
        return resumed(self.board, self._opened(request, inbox, wish, CallEvent.QUEUED))

    def record(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        """Leave a message; the caller has heard already what to do."""
        call = self._opened(request, inbox, wish, CallEvent.UNREACHED, ASKED_FOR_MESSAGE)
        return message_of(inbox, call) if call.state is CallState.RECORDING else Goodbye()

    def ask_call_back(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        """Be called back; who hides their number cannot be, and is asked for a message."""
        if request.caller.kind is IdentityKind.ANONYMOUS:
            call = self._opened(request, inbox, wish, CallEvent.UNREACHED, ASKED_FOR_MESSAGE)
            return asked_for_message(self.board, call) if call.state is CallState.RECORDING else Goodbye()
        self._opened(request, inbox, wish, CallEvent.CALL_BACK, ASKED_FOR_CALL_BACK)
        return Goodbye()

    def turn_away(self, request: CallRequest, inbox: Inbox, text: str, *, final: bool = False) -> None:
        """A call that ends in the menu; `text` says how, and `final` that nobody need be texted about it."""
        self._opened(request, inbox, Wish(said=text), CallEvent.MISSED, final=final)

    def _opened(
        self, request: CallRequest, inbox: Inbox, wish: Wish, event: CallEvent, text: str = "", *, final: bool = False
    ) -> Call:
        """Write the call as it leaves the menu by `event`; one that is known stays as it is."""
        now = self.board.now()
        due = now if event is CallEvent.CALL_BACK else None
        call = replace(opened(request, inbox, now), followed_up=final, due=due)
        asked = wanted(wish, inbox, self._sorting, vip=self._is_vip(request))
        return self.board.store.open(entered(call, asked, wish, now, event=event, text=text))

    @property
    def _sorting(self) -> Sorting:
        return Sorting.of(self.board.configuration.company())

    def _is_vip(self, request: CallRequest) -> bool:
        """Read only where a rule asks."""
        return self._sorting.asks_for_vip and self.board.store.is_vip(request.caller)


def opened(request: CallRequest, inbox: Inbox, at: datetime) -> Call:
    """A call of a customer's as it rings."""
    return Call(
        id=request.call,
        state=CallState.INCOMING,
        inbox=inbox.id,
        number=request.number,
        caller=request.caller,
        caller_name=request.caller_name,
        began=at,
        verified=request.verified,
    )
