"""What the dialer needs beside the calls: who is rung where, when to look again, and intake."""

from collections.abc import Callable
from dataclasses import dataclass

from heartline.domain.devices import Ringing
from heartline.domain.inboxes import AgentProfile
from heartline.domain.intake import Arrival
from heartline.services.call import Switchboard
from heartline.services.call_ports import CallRouting, Diallable, Telephony


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialling:
    """The parts that every task of the dialer may use.

    `telephony` is made when it is first needed: most looks at a call need none. `ingest` answers the conversation of an
    arrival, `rung` says where an agent is rung now.
    """

    board: Switchboard
    routing: CallRouting
    telephony: Callable[[], Telephony]
    ingest: Callable[[Arrival], str]
    rung: Callable[[AgentProfile], Ringing]
    diallable: Diallable
