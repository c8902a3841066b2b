"""When routing is to look again although nothing happens: offers run out, steps and pools open, doors open."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from heartline.services.routing_ports import Wake

LONGEST_DELAY: Final = 900
"""Seconds that a queue keeps a message back at most; what is due later is found by the tick of each minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wakes:
    """Asks the timers for a tick at the first of some moments.

    A tick says so of the same moment again and again; `asked` are the moments, in seconds since the epoch, that this
    process has asked for already.
    """

    timers: Wake
    asked: set[int] = field(default_factory=set)

    def at(self, moments: Iterable[float], now: float) -> None:
        """Ask once for the first of `moments` that is still to come, in whole seconds, and not too early."""
        due = min((ceil(moment) for moment in moments if moment > now), default=None)
        if due is None or due - now > LONGEST_DELAY or due in self.asked:
            return
        self.timers.send([{"due": "routing"}], delay_seconds=ceil(due - now))
        self.asked.difference_update([moment for moment in self.asked if moment < now])
        self.asked.add(due)
