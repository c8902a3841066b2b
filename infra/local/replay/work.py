"""One conversation in a replay: its stages and how it moves between them."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from heartline.domain.routing.model import Decline, Preference, Waiting


class Stage(StrEnum):
    """Where a conversation stands."""

    NEW = "NEW"
    WAITING = "WAIT"
    OFFERED = "OFFERED"
    ASSIGNED = "ASSIGNED"
    WRAP = "WRAP"
    SNOOZED = "SNOOZED"
    CLOSED = "CLOSED"


HOLDING: Final = frozenset({Stage.OFFERED, Stage.ASSIGNED, Stage.WRAP})
"""The stages in which a conversation takes a slot of its agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A conversation at one instant.

    `agent` is who has it on offer or owns it, `ends` when its offer or wrap-up expires, `last_agent` who had it
    assigned last; an offer alone does not count for that.
    """

    head: Waiting
    stage: Stage = Stage.NEW
    agent: str | None = None
    ends: int | None = None
    last_agent: str | None = None

    @property
    def channel(self) -> str:
        return self.head.demand.channel

    @property
    def holder(self) -> str | None:
        """The agent whose slot it takes."""
        return self.agent if self.stage in HOLDING else None

    @property
    def is_held(self) -> bool:
        """Whether an agent has it or is offered it; wrap-up only takes their slot."""
        return self.stage in (Stage.OFFERED, Stage.ASSIGNED)

    def arrived(self) -> "Work":
        return replace(self, stage=Stage.WAITING)

    def offered(self, agent: str, *, ends: int) -> "Work":
        return replace(self._counted(), stage=Stage.OFFERED, agent=agent, ends=ends)

    def given(self, agent: str) -> "Work":
        """Assigned, by routing, by hand or by a reply."""
        return self._counted().accepted(agent)

    def accepted(self, agent: str) -> "Work":
        """Assigned without counting as a new version."""
        return replace(self, stage=Stage.ASSIGNED, agent=agent, ends=None, last_agent=agent)

    def wrapping(self, *, ends: int) -> "Work":
        return replace(self, stage=Stage.WRAP, ends=ends)

    def snoozed(self) -> "Work":
        return replace(self, stage=Stage.SNOOZED)

    def closed(self) -> "Work":
        return replace(self, stage=Stage.CLOSED, agent=None, ends=None)

    def returned(self) -> "Work":
        """Back to waiting with its original age (R6, R13)."""
        return replace(self._counted(), stage=Stage.WAITING, agent=None, ends=None)

    def declined(self, decline: Decline) -> "Work":
        """Back to waiting, remembering that its agent declined (R7)."""
        if self.agent is None:
            return self.returned()
        head = replace(self.head, declines={**self.head.declines, self.agent: decline})
        return replace(self, head=head).returned()

    def forgiven(self) -> "Work":
        """With an empty decline memory: a new round begins (R7)."""
        return replace(self, head=replace(self.head, declines={}))

    def reopened(self, now: int, *, window: int) -> "Work":
        """A new wait that begins at `now` and prefers the last agent (R16)."""
        wish = self.head.preference
        if self.last_agent is not None:
            wish = Preference(agent=self.last_agent, window=window)
        return replace(self, head=replace(self.head, enqueued=now, declines={}, preference=wish)).returned()

    def _counted(self) -> "Work":
        return replace(self, head=replace(self.head, version=self.head.version + 1))
