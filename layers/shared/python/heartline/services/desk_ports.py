"""What an agent's desk needs from routing: presence, load, and moving work by hand."""

from dataclasses import dataclass
from typing import Protocol

from heartline.domain.inboxes import AgentProfile
from heartline.domain.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskStatus:
    """How an agent stands now. `capacity` and `load` map a channel to a number of conversations."""

    presence: str
    capacity: dict[str, int]
    load: dict[str, int]
    conversations: tuple[str, ...]


class Journal(Protocol):
    """Where a step that somebody took becomes a quiet line of the timeline."""

    def record(self, entry: Message) -> None:
        """Write the entry; one with the same id at the same time is there already."""
        ...


class Desk(Protocol):
    """An agent's own controls. Each raises `NotFound`, `Conflict` or `Contended` where the work has moved on."""

    def status(self, agent: AgentProfile) -> DeskStatus: ...

    def set_presence(self, agent: AgentProfile, presence: str) -> DeskStatus: ...

    def heartbeat(self, agent: AgentProfile) -> None: ...

    def assign(self, conversation_id: str, *, to: AgentProfile | None, by: AgentProfile) -> None:
        """Give the conversation to an agent by hand (asks nothing of R1), or back to the queue with None."""
        ...

    def close(self, conversation_id: str, *, by: AgentProfile) -> None: ...

    def reopen(self, conversation_id: str, *, by: AgentProfile) -> None: ...
