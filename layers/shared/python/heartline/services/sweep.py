"""Once a minute: follows the configuration, ends what is due, sets absent agents offline, repairs the impossible."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import Final, TypeVar

from heartline.domain.inboxes import Company
from heartline.domain.routing.states import AgentState
from heartline.services.handover import Handover
from heartline.services.ports import Clock, Configuration, NewId
from heartline.services.presence import Presence
from heartline.services.routing_ports import Repairs, RoutingStore, Wake
from heartline.services.sparing import sparing

Item = TypeVar("Item")

MOST_CLEARED: Final = 200
MOST_AGENTS: Final = 300
MOST_LINES: Final = 50
"""Of how many agents, classes and inboxes one sweep looks at what only it looks at: it has a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep found. `repaired` should be 0 for ever: it is worth an alarm."""

    leases_ended: int
    repaired: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """The safety net under routing; everything that it does could be done by someone else at the same time."""

    store: RoutingStore
    repairs: Repairs
    configuration: Configuration
    handover: Handover
    presence: Presence
    again: Wake
    clock: Clock
    new_id: NewId

    def __call__(self) -> Swept:
        self._wake()
        company = self.configuration.company()
        self.presence.sync(company)
        states = self.store.agents({*company.pools.values(), *self.store.pools()})
        ended = self.presence.end_leases(states, company)
        self._clear(states)
        return Swept(leases_ended=ended, repaired=self._repair(states, company))

    def _wake(self) -> None:
        """Ask for a tick before anything else may fail: time may have opened something."""
        self.again.send([{"cause": "time"}], deduplication=self.new_id())

    def _clear(self, states: Iterable[AgentState]) -> None:
        """End what is over and what its agent has left; each tick does so too, and the next sweep goes on."""
        cleared = (self.handover.clear(state) for state in states)
        deque(islice(filter(None, cleared), MOST_CLEARED), maxlen=0)

    def _repair(self, states: Iterable[AgentState], company: Company) -> int:
        """Look at a part of everything, another one each minute: all of it where there is little."""
        minute = int(self.clock().timestamp()) // 60
        busy = turn([state for state in states if state.open], minute, MOST_AGENTS, key=lambda state: state.id)
        classes = turn(self.store.classes(), minute, MOST_LINES, key=lambda each: each.name)
        inboxes = turn(company.inboxes, minute, MOST_LINES, key=lambda inbox: inbox.id)
        ghosts = sum(_spared(self.repairs.free_ghosts, state, state.id) for state in busy)
        orphans = sum(_spared(self.repairs.drop_orphans, each.name, each.name) for each in classes)
        missing = sum(_spared(self.repairs.restore_entries, inbox.id, inbox.id) for inbox in inboxes)
        return ghosts + orphans + missing


def _spared(repair: Callable[[Item], int], part: Item, name: str) -> int:
    """Where a part cannot be read, nobody knows what is wrong with it: nothing of it is repaired."""
    found = 0
    with sparing(f"repairs of {name}"):
        found += repair(part)
    return found


def turn(items: Iterable[Item], number: int, most: int, *, key: Callable[[Item], str]) -> list[Item]:
    """Those whose turn it is: at most `most`, and each of `items` once in as many turns as that takes."""
    ordered = sorted(items, key=key)
    turns = max(ceil(len(ordered) / most), 1)
    return ordered[number % turns :: turns]
