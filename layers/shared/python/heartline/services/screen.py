"""Answers the ring: whether a call is let in, counted in the one write that this step has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from heartline.domain.errors import Contended
from heartline.domain.inboxes import Company, Inbox
from heartline.domain.screening import WINDOW_LENGTH, Admission, Caller, Door, Ringing, admission
from heartline.services.ports import Clock, Configuration

TRIES: Final = 3


class Callers(Protocol):
    """What is known of who calls."""

    def known(self, ringing: Ringing, at: datetime) -> Caller:
        """Read it in one request; in two, where somebody calls so often that it may be a loop."""
        ...

    def count(self, caller: Caller, at: datetime, *, below: int) -> bool:
        """Count the call once, however often it rings; False if `below` others were counted by then (0: never)."""
        ...


class Counter(Protocol):
    """Raises a metric; see `observability.count`."""

    def __call__(self, name: str, value: int = 1, **dimensions: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One read, and one write for whoever is kept; who calls beyond the cap costs the read alone."""

    callers: Callers
    configuration: Configuration
    clock: Clock
    metric: Callable[[], Counter]

    def __call__(self, ringing: Ringing, inbox: Inbox) -> Admission:
        """Decide about a call that rings, and count it; a repeated ring gets the same answer."""
        own = own_numbers(self.configuration.company())
        for _ in range(TRIES):
            at = self.clock()
            caller = self.callers.known(ringing, at)
            met = admission(caller, inbox.voice_rules, own)
            if not met.kept or ringing.anonymous or self.callers.count(caller, at, below=met.below):
                if met.metric:
                    self.metric()(met.metric)
                return met
        raise Contended("this number calls too often at once")

    def let_in(self, ringing: Ringing, inbox: Inbox) -> bool:
        """Whether a call that rang within the last hour was let in.

        One whose ring we could not answer is judged as if it rang now: its caller has called all the same.
        """
        now = self.clock()
        caller = self.callers.known(ringing, now)
        if caller.counted or self.callers.known(ringing, now - WINDOW_LENGTH).counted:
            return True
        return admission(caller, inbox.voice_rules, own_numbers(self.configuration.company())).door is Door.OPEN


def own_numbers(company: Company) -> frozenset[str]:
    """Every number of ours, for calls and for texts: none of them is a customer."""
    return frozenset(number for inbox in company.inboxes for number in (*inbox.voice_numbers, *inbox.sms_numbers))
