"""What the dialer needs beside the calls: who is rung where, when to look again, and intake."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from heartline.domain.destinations import LookUp
from heartline.domain.devices import Ringing
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Arrival
from heartline.services.call import Switchboard
from heartline.services.call_ports import CallRouting, Diallable, Telephony


class SendText(Protocol):
    """A text that no person wrote; see `services.auto_text`."""

    def __call__(self, conversation: str, inbox: Inbox, *, request: str, text: str, number: str) -> None:
        """Text `number`, once for each `request`; what the rules of texts forbid is no failure."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialling:
    """The parts that every task of the dialer may use.

    `telephony` is made when it is first needed: most looks at a call need none. `ingest` answers the conversation of an
    arrival, `rung` says where an agent is rung now. `look_up` tells what a number is for, `texts` writes to it.
    """

    board: Switchboard
    routing: CallRouting
    telephony: Callable[[], Telephony]
    ingest: Callable[[Arrival], str]
    rung: Callable[[AgentProfile], Ringing]
    diallable: Diallable
    look_up: LookUp
    texts: Callable[[], SendText]
