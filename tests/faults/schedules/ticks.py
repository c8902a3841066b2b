"""A tick of the router as its queue runs it: it takes causes, and they come back if it fails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from heartline.domain.errors import HeartlineError
from heartline.services.places import earliest
from heartline.services.route import Ticked
from tests.faults.schedules.troupe import Message, Process

if TYPE_CHECKING:
    from tests.faults.schedules.stores import Rows


@dataclass(slots=True)
class Tick:
    """One invocation. `began` is the table as it was then; `decided` what it came to, None if it failed."""

    process: Process
    taken: list[Message]
    began: "Rows"
    now: datetime
    decided: list[Ticked] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether it has looked at every line from its beginning."""
        return not any("after" in cause for cause in self.taken)

    def __call__(self) -> object:
        try:
            stopped = [cause["after"] for cause in self.taken if "after" in cause]
            route = self.process.route
            if len(stopped) < len(self.taken):
                self.decided.append(route.run())
            if stopped:
                self.decided.append(route.run(earliest(stopped)))
        except (HeartlineError, BaseException):
            self.process.queues.causes += self.taken
            raise
        return self.decided


def tick_of(process: Process, began: "Rows", *, take: Callable[[list[Message]], list[Message]]) -> Tick:
    """A tick that takes some of the causes that there are."""
    taken = take(process.queues.causes) or [{"cause": "change"}]  # one that somebody else has had already
    process.queues.causes = [cause for cause in process.queues.causes if not any(cause is each for each in taken)]
    return Tick(process=process, taken=taken, began=began, now=process.routed.office.clock())
