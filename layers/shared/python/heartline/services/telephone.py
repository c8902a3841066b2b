"""Every step of a call under the name that its webhook has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.instructions import Goodbye, Instruction
from heartline.services.call import Switchboard
from heartline.services.call_end import Ending
from heartline.services.call_menu import Menu
from heartline.services.call_offer import Offering
from heartline.services.call_ports import CallRequest
from heartline.services.ports import IntakeStore

THANKS: Final = "Thank you. Goodbye."


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """Takes a request about a call to the step that it is for."""

    steps: Mapping[str, Callable[[CallRequest], Instruction]]

    @classmethod
    def over(cls, board: Switchboard, *, held: IntakeStore) -> "Telephone":
        """`held` keeps the calls to numbers that no inbox has."""
        menu, ending = Menu(board=board, held=held), Ending(board=board)
        offering = Offering(board=board, ending=ending)
        return cls(
            steps={
                "": menu.ring,
                "ivr": menu.choose,
                "wait": offering.wait,
                "dequeued": offering.leave_line,
                "whisper": offering.pick_up,
                "offered": offering.stop_ringing,
                "recorded": lambda _request: Goodbye(words=THANKS),
                "recording": ending.recorded,
                "status": ending.hang_up,
            }
        )

    def __call__(self, step: str, request: CallRequest) -> Instruction:
        """Carry out a step; raises `Invalid` if there is none of that name."""
        if step not in self.steps:
            raise Invalid(f"There is no step “{step}” of a call.")
        return self.steps[step](request)
