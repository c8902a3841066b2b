"""Lets mail go to a blocked address again, and says so where the block began."""

from dataclasses import dataclass

from heartline.domain.inboxes import AgentProfile
from heartline.domain.journal import line
from heartline.domain.messages import Message
from heartline.domain.suppressions import Suppression
from heartline.services.desk_ports import Journal
from heartline.services.outbound_ports import Suppressions
from heartline.services.ports import Clock

_EVENT = "address.unblocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """`by` is whom the API has allowed to do it; the timeline names them."""

    suppressions: Suppressions
    journal: Journal
    clock: Clock

    def __call__(self, address: str, *, by: AgentProfile) -> None:
        """Raises `NotFound` if the address is not blocked."""
        lifted = self.suppressions.lift(address.lower())
        if lifted.conversation:
            self.journal.record(self._entry(lifted, by))

    def _entry(self, lifted: Suppression, by: AgentProfile) -> Message:
        now = self.clock()
        words = f"{by.name} lifted the block of {lifted.address}: {lifted.reason}"
        once = f"{lifted.address}#{now.isoformat()}"
        return line(lifted.conversation, _EVENT, words, by=by, at=now, once=once)
