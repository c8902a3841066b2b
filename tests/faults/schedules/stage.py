"""Several actors over one table, one at a time: each stops before a request until the schedule says that it goes on.

An actor is a thread, because production code is called as it is. Only one ever runs, so a schedule replays exactly.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from heartline.domain.errors import HeartlineError
from tests.faults.breaking import Killed

TO_THE_END: Final = 0
"""As many requests as the actor makes."""


class Ending(StrEnum):
    """What happens at the last of the requests that an actor may make."""

    PAUSES = "pauses"
    KILLED_BEFORE = "is killed before"
    KILLED_AFTER = "is killed after"
    ANSWER_LOST = "gets no answer to"
    THROTTLED = "is throttled at"
    CONFLICT = "conflicts at"


BEFORE: Final = frozenset({Ending.KILLED_BEFORE, Ending.THROTTLED, Ending.CONFLICT})
AFTER: Final = frozenset({Ending.KILLED_AFTER, Ending.ANSWER_LOST})


@dataclass(slots=True, eq=False)
class Actor:
    """One invocation. `faults` makes the error of an ending for the store at hand; `done` hears how it came out."""

    name: str
    work: Callable[[], object]
    faults: Callable[[Ending, str], BaseException | None]
    requests: int = 0
    left: int = TO_THE_END
    ending: Ending = Ending.PAUSES
    disturbed: bool = False
    is_over: bool = False
    result: object = None
    refused: HeartlineError | None = None
    broken: BaseException | None = None
    _turn: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _back: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _thread: threading.Thread | None = None

    def go(self, requests: int, ending: Ending) -> None:
        """Run for so many requests, or to the end; what ends it strikes at the last of them."""
        self.left, self.ending = requests, ending
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        self._turn.release()
        self._back.acquire()
        if self.is_over:
            self._thread.join()

    def before(self, operation: str) -> None:
        """A request is about to be made: wait for the next turn if this one is over."""
        if self.left < 0:
            self._back.release()
            self._turn.acquire()
        self.requests += 1
        self._strike(BEFORE, operation)

    def after(self, operation: str) -> None:
        self._strike(AFTER, operation)
        if self.left == 1:
            self.left = -1 if self.ending is Ending.PAUSES else TO_THE_END  # a read has no conflict, and nothing pauses
        elif self.left > 1:
            self.left -= 1

    def _strike(self, moment: frozenset[Ending], operation: str) -> None:
        if self.left != 1 or self.ending not in moment:
            return
        error = self.faults(self.ending, operation)
        if error is not None:
            self.disturbed, self.left = True, TO_THE_END
            raise error

    def _run(self) -> None:
        self._turn.acquire()
        try:
            self.result = self.work()
        except HeartlineError as refused:
            self.refused = refused
        except BaseException as broken:  # noqa: BLE001 - a kill, or a fault that the schedule has found
            self.broken = broken
        finally:
            self.is_over = True
            self._back.release()

    @property
    def was_killed(self) -> bool:
        return isinstance(self.broken, Killed)


@dataclass(slots=True)
class Stage:
    """Who acts now; `seen` hears of every request that was done, by whomever. Its hook goes into a table."""

    actor: Actor | None = None
    seen: Callable[[str], None] = lambda _operation: None

    def hook(self, moment: str, operation: str) -> None:
        actor = self.actor
        if moment == "before":
            if actor is not None:
                actor.before(operation)
            return
        self.seen(operation)
        if actor is not None:
            actor.after(operation)

    def let(self, actor: Actor, requests: int, ending: Ending) -> None:
        before, self.actor = self.actor, actor
        try:
            actor.go(requests, ending)
        finally:
            self.actor = before
