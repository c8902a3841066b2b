"""What a finished recording means to the call that it was made in."""

from dataclasses import dataclass

from heartline.domain.call_legs import silent
from heartline.domain.call_states import CallEvent
from heartline.domain.calls import Call, Step, advance, linked
from heartline.services.call import Switchboard


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecorded:
    """Implements `services.recording_ports.CallEnds`: reports come late and twice, and a call that is over stays so."""

    board: Switchboard

    def voicemail_left(self, call: Call, conversation: str) -> None:
        def to_its_conversation(met: Call) -> Step | None:
            return None if met.conversation else linked(met, conversation)

        known = self.board.move(call, to_its_conversation)
        self.board.move(known, lambda met: advance(met, CallEvent.RECORDED, at=self.board.now(), due=None))

    def nothing_recorded(self, call: Call) -> None:
        self.board.move(call, lambda met: silent(met, self.board.now()))
