"""Each minute: calls whose time has come while nothing else happened wake the dialer, however late the minute is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.conversations import Conversation
from heartline.services.ports import Clock, Configuration


class DueStore(Protocol):
    """The calls that stand in the index with a time."""

    def due(self, inboxes: Sequence[str], now: datetime) -> tuple[Call, ...]:
        """Read the calls whose time has come, and the call-backs that wait in line."""
        ...

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]: ...

    def quieten(self, call: Call) -> None:
        """Take a call out of the index, if it has not changed since it was read."""
        ...


class WakeDialer(Protocol):
    """Has the dialer look at calls."""

    def __call__(self, calls: Sequence[str]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCalls:
    """It only wakes: what is due is decided by the dialer, so that a call which is woken twice moves once.

    A call that is over and settled has nothing left to be done: it leaves the index.
    """

    store: DueStore
    wake: WakeDialer
    configuration: Configuration
    clock: Clock

    def __call__(self) -> int:
        """Wake the dialer for what is due; answers for how many calls."""
        inboxes = [inbox.id for inbox in self.configuration.company().inboxes]
        found = [call for call in self.store.due(inboxes, self.clock()) if call.state is not CallState.QUEUED]
        heads = self.store.heads({call.conversation for call in found if call.over})
        settled = [call for call in found if call.over and _is_settled(call, heads.get(call.conversation))]
        for call in settled:
            self.store.quieten(call)
        due = [call.id for call in found if call not in settled]
        if due:
            self.wake(due)
        return len(due)


def _is_settled(call: Call, head: Conversation | None) -> bool:
    return head is None or head.call != call.id
