"""Writes what is decided on a call as it is now, and decides again if somebody was faster."""

from collections.abc import Callable
from typing import Final, Protocol

from heartline.domain.calls import Call, Step
from heartline.domain.errors import Contended, NotFound

TRIES: Final = 5


class MovingCalls(Protocol):
    """The calls in the store."""

    def call(self, call_id: str) -> Call | None: ...

    def apply(self, step: Step) -> None:
        """Write a step with all that belongs to it; raises `Contended` if anything has moved."""
        ...


def written(calls: MovingCalls, call_id: str, decide: Callable[[Call], Step | None]) -> Call:
    """Write what `decide` makes of the call and answer the call as it is then; None changes nothing.

    Raises `NotFound` if there is no such call, `Contended` if it never stands still.
    """
    for _ in range(TRIES):
        call = known(calls, call_id)
        step = decide(call)
        if step is None:
            return call
        try:
            calls.apply(step)
        except Contended:
            continue
        return step.after
    raise Contended("The call keeps changing; try again.")


def known(calls: MovingCalls, call_id: str) -> Call:
    """The call, or `NotFound`."""
    call = calls.call(call_id)
    if call is None:
        raise NotFound("There is no such call.")
    return call
