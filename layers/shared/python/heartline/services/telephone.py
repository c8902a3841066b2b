"""Every step of a call under the name that its webhook has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.instructions import Goodbye, Instruction
from heartline.services.call import Switchboard
from heartline.services.call_answer import Answering
from heartline.services.call_menu import Reception
from heartline.services.call_ports import CallRequest
from heartline.services.call_wait import Waiting

FROM_THE_INBOX: Final = "Calls begin in the inbox. Open a conversation there, and press call."
"""A browser's phone is rung and dials nothing itself: whoever gets hold of its token reaches no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """Takes a request about a call to the step that it is for."""

    steps: Mapping[str, Callable[[CallRequest], Instruction]]

    @classmethod
    def over(cls, board: Switchboard, reception: Reception) -> "Telephone":
        waiting, answering = Waiting(board=board), Answering(board=board)
        return cls(
            steps={
                "": reception.ring,
                "ivr": reception.choose,
                "put-through": reception.hang_up,
                "wait": waiting.turn,
                "waited": waiting.press,
                "dequeued": waiting.leave,
                "line": waiting.resume,
                "music": waiting.music,
                "agent": answering.pick_up,
                "agent-key": answering.confirm,
                "called": answering.called,
                "join": answering.join,
                "left": answering.leave,
                "client": lambda _request: Goodbye(words=FROM_THE_INBOX),
                "recorded": waiting.thank,
            }
        )

    def __call__(self, step: str, request: CallRequest) -> Instruction:
        """Carry out a step; raises `Invalid` if there is none of that name."""
        if step not in self.steps:
            raise Invalid(f"There is no step “{step}” of a call.")
        return self.steps[step](request)
