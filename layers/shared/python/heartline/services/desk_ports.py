"""What an agent's desk needs from routing: presence, load, and moving work by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import AgentProfile
from heartline.domain.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What a colleague sees of an agent: their presence, why it was chosen, and when they mean to be back."""

    presence: str
    reason: str = ""
    returns_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskStatus:
    """How an agent stands now. `capacity` and `load` map a channel to a number of conversations.

    `reason` and `returns_at` are those of their presence. `ramping_until` is when all their places are open, None if
    they are.
    """

    presence: str
    capacity: dict[str, int]
    load: dict[str, int]
    conversations: tuple[str, ...]
    reason: str = ""
    returns_at: datetime | None = None
    ramping_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where work goes by hand: to an agent, else to a pool, else back to the queue."""

    agent: AgentProfile | None = None
    pool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """What became of all that an agent had: the conversations that moved, and those that did not, with why."""

    moved: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]


class Journal(Protocol):
    """Where a step that somebody took becomes a quiet line of the timeline."""

    def record(self, entry: Message) -> None:
        """Write the entry; one with the same id at the same time is there already."""
        ...


class Desk(Protocol):
    """An agent's own controls. Each raises `NotFound`, `Conflict` or `Contended` where the work has moved on."""

    def status(self, agent: AgentProfile) -> DeskStatus: ...

    def stances(self, agents: Sequence[AgentProfile]) -> dict[str, Stance]:
        """How several agents stand, by their ids."""
        ...

    def set_presence(
        self, agent: AgentProfile, presence: str, *, reason: str = "", returns_at: datetime | None = None
    ) -> DeskStatus: ...

    def heartbeat(self, agent: AgentProfile) -> None: ...

    def hand_over(self, by: AgentProfile, to: Target, note: str) -> HandedOver:
        """Give everything away that the agent has, each with the note."""
        ...


class Controls(Protocol):
    """What people do with one conversation; see `services.by_hand`. Each answers the head as it is then."""

    def assign(
        self, conversation_id: str, *, to: AgentProfile | None, by: AgentProfile, note: str = ""
    ) -> Conversation: ...

    def accept(self, conversation_id: str, *, by: AgentProfile, seen: datetime | None = None) -> Conversation: ...

    def decline(self, conversation_id: str, *, by: AgentProfile, seen: datetime | None = None) -> Conversation: ...

    def prioritise(
        self, conversation_id: str, *, band: int | None, boost: int | None, reason: str, by: AgentProfile
    ) -> Conversation: ...

    def escalate(self, conversation_id: str, *, pool: str, note: str, by: AgentProfile) -> Conversation: ...

    def mark(self, conversation_id: str, *, heated: bool, by: AgentProfile) -> Conversation: ...

    def snooze(
        self, conversation_id: str, *, until: datetime | None, by: AgentProfile, seen: str = ""
    ) -> Conversation: ...

    def wake(self, conversation_id: str, *, by: AgentProfile) -> Conversation: ...

    def close(self, conversation_id: str, *, by: AgentProfile) -> Conversation: ...

    def reopen(self, conversation_id: str, *, by: AgentProfile) -> Conversation: ...
