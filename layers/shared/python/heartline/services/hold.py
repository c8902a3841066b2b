"""The held list: what waits for a decision, its release into an inbox, and its dismissal; each takes effect once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from heartline.domain.errors import NotFound
from heartline.domain.held import Held, HeldState
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.messages import Channel, Direction
from heartline.services.ledger import LedgerStore, Receipt
from heartline.services.ports import Configuration, Page


class HeldStore(Protocol):
    """Held things by the id that the API knows them by."""

    def page(self, inboxes: Sequence[str], *, limit: int, cursor: str | None) -> Page[Held]:
        """List what the inboxes hold ("" for what none owns), the most recent first."""
        ...

    def find(self, held_id: str) -> Held:
        """Raise `NotFound` if it was never held, or has been taken in."""
        ...

    def claim(self, held_id: str, *, goes_to: str, by: str) -> None:
        """Decide that it is released to an inbox; the same decision again is fine, another one is a `Conflict`."""
        ...

    def give_back(self, held_id: str) -> None:
        """Undo a claim: nobody wanted it."""
        ...

    def end(self, held_id: str, state: HeldState, *, by: str) -> None:
        """Take it off the list; raises `Conflict` if that was done before."""
        ...


class Outlet(Protocol):
    """The inbound queue: what is released comes in behind everything else that comes in."""

    def send(self, messages: Sequence[Mapping[str, Any]]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """What a person does with a held thing. The work itself is done by `Release`, behind the inbound queue."""

    store: HeldStore
    queue: Outlet

    def release(self, held_id: str, *, inbox: str, by: AgentProfile) -> None:
        """Release it to an inbox (empty for an automatic mail, which is sent from its own), once.

        A repetition is carried on where the first stopped. Raises `Conflict` if somebody decided otherwise.
        """
        self.store.claim(held_id, goes_to=inbox, by=by.id)
        self.queue.send([{"source": "held", "id": held_id}])

    def discard(self, held_id: str, *, by: AgentProfile) -> None:
        """Take it off the list; its row and its raw form stay. Raises `Conflict` if somebody decided otherwise."""
        self.store.end(held_id, HeldState.DISCARDED, by=by.id)


class TakeIn(Protocol):
    """A channel's way to take in what it held."""

    def __call__(self, held: Held, inboxes: Sequence[Inbox]) -> tuple[str, ...]:
        """Take it in for `inboxes`, or, if those are empty, for the inboxes that own it now, and end the entry.

        Answers its events; none if nobody owns it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Takes in, or sends, what was decided on; every step may be repeated."""

    store: HeldStore
    ledger: LedgerStore
    channels: Mapping[Channel, TakeIn]
    automatic: Mapping[Channel, Callable[[Held], bool]]
    configuration: Configuration

    def __call__(self, held_id: str) -> None:
        """Carry out a decision; what nobody has decided on, or what was dismissed, stays as it is."""
        held = self._find(held_id)
        if held is None or held.state in (HeldState.HELD, HeldState.DISCARDED):
            return
        if held.direction is Direction.INBOUND:
            self._take_in(held_id, held)
        elif held.state is HeldState.RELEASING:
            self._send(held_id, held)

    def _send(self, held_id: str, held: Held) -> None:
        """Send what a machine of ours wrote; what a rule still stands against waits for another decision."""
        if self.automatic[held.channel](held):
            self.store.end(held_id, HeldState.RELEASED, by=held.by)
        else:
            self.store.give_back(held_id)

    def owned(self, held_id: str) -> None:
        """Take in what an inbox owns by now, as a replay asks; what is still nobody's stays held."""
        held = self._find(held_id)
        if held is not None and held.direction is Direction.INBOUND and held.state is HeldState.HELD:
            self.store.claim(held_id, goes_to="", by="replay")
            self._take_in(held_id, replace(held, state=HeldState.RELEASING))

    def _find(self, held_id: str) -> Held | None:
        """None once it was taken in: a text's entry has become its guard."""
        try:
            return self.store.find(held_id)
        except NotFound:
            return None

    def _take_in(self, held_id: str, held: Held) -> None:
        """Repeated after a crash, it finds all that was stored before, and ends what is left to end."""
        inboxes = [inbox for inbox in self.configuration.company().inboxes if inbox.id == held.goes_to]
        gone = held.goes_to and not inboxes
        events = () if gone else self.channels[held.channel](held, inboxes)
        if events and held.raw_pointer:
            self.ledger.write(Receipt(key=held.raw_pointer, at=held.at, events=events))
        elif not events and held.state is HeldState.RELEASING:
            self.store.give_back(held_id)
