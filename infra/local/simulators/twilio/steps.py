"""How a document is left before its end: for another one, for the queue's exit, or for good."""

from dataclasses import dataclass

from infra.local.simulators.twilio.signing import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Goto:
    """Carry on with another document: fetched from `url`, or `twiml` itself, whose relative links start at `url`."""

    url: str
    method: str = "POST"
    fields: Fields = ()
    twiml: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The call is over, with one of Twilio's final statuses; `by_api` if the application wanted it so."""

    status: str = "completed"
    by_api: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQueue:
    """The caller leaves the queue and stays on the line."""


Step = Goto | End | LeaveQueue
"""How a document ends when it is not carried out to its last verb."""


class Interrupted(Exception):
    """Somebody hung up, or the application moved the call elsewhere, in the middle of a verb."""

    def __init__(self, step: Goto | End) -> None:
        super().__init__(str(step))
        self.step = step


class Stirred(Exception):
    """Something changed about the conference that a leg sits in: it looks again what there is to hear."""
