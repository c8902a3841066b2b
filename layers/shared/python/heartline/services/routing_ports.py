"""What routing needs from the outside: the store of heads, waiters and agents, and the queues that wake it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import AgentProfile, Staff
from heartline.domain.intake import Pointer
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.heads import Intervals
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import Decision, Pool, Step
from heartline.domain.routing.states import NO_NOTES, AgentState, PresenceNotes, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingClass:
    """A queue of conversations of one inbox that ask for the same: a channel, skills, how they relax, and pools.

    `personal` says that they may be kept for an agent without the skills (R8).
    """

    name: str
    channel: str
    requires: Mapping[str, int]
    inbox: str = ""
    steps: tuple[Step, ...] = ()
    pools: tuple[Pool, ...] = ()
    personal: bool = False

    @property
    def asked(self) -> Asked:
        """What the work in it asks for."""
        return Asked(requires=self.requires, steps=self.steps, pools=self.pools)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """A wait entry: the conversation, the version of its head that waits, and its place in the order of its class."""

    conversation: str
    version: int
    place: str


class RoutingStore(Protocol):
    """Truth: conditional transactions over heads, wait entries and agents' states.

    Writes raise `Contended` if what they were decided on has moved; nothing is half done. Reads are strongly
    consistent.
    """

    def head(self, conversation: str) -> Conversation | None: ...

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]: ...

    def agents(self, pools: Collection[str]) -> list[AgentState]: ...

    def pools(self) -> list[str]:
        """The pools in which states of agents are, and may be of agents who are not configured any more."""
        ...

    def agent(self, profile: AgentProfile) -> AgentState | None:
        """The agent's state, wherever it is: `agent.pool` is the pool that they are in now."""
        ...

    def classes(self) -> list[RoutingClass]: ...

    def waiters(self, routing_class: str, *, limit: int, after: str = "") -> list[Waiter]:
        """Read entries of a class in the order in which they are served: the first, or those behind a place."""
        ...

    def pointer(self, contact: str, inbox: str) -> Pointer: ...

    def move(self, move: Move, *, staff: Staff, token: str = "") -> None:
        """Carry out a transition in one transaction."""
        ...

    def claim(self, moves: Sequence[Move], *, staff: Staff, token: str) -> Sequence[Move]:
        """Carry out automatic claims for one agent, planned in one epoch, together; answers those that were made.

        What somebody else was faster with is left out. `Contended` if the agent does not take all that is left: then
        nothing is done. Whether one blocks another is not asked: they are as they were planned. At most 49 fit.
        """
        ...

    def create_agent(self, profile: AgentProfile, *, presence: str) -> None:
        """Write the state of an agent who has none yet; an existing one stays, in whatever pool it is."""
        ...

    def relocate(self, profile: AgentProfile, state: AgentState) -> None:
        """Bring the state from the pool that it is in to the configured one, with the work held and the next epoch."""
        ...

    def update_profile(self, profile: AgentProfile, state: AgentState) -> None:
        """Copy a changed configuration into the state; what is free moves by the difference of the limits."""
        ...

    def set_presence(
        self, profile: AgentProfile, presence: str, *, epoch: int, notes: PresenceNotes = NO_NOTES
    ) -> None:
        """Set another presence, what goes with it, and the next epoch, if the present one is `epoch`."""
        ...

    def say(self, profile: AgentProfile, notes: PresenceNotes, *, epoch: int) -> None:
        """Replace what goes with a presence that stays, if its epoch is `epoch`."""
        ...

    def beat(self, agent: str, at: datetime) -> None: ...

    def beats(self, agents: Collection[str]) -> dict[str, datetime]:
        """When each agent was last heard of; who never was is absent."""
        ...

    def trace(self, conversation: str) -> Trace | None:
        """Why the latest decision about the conversation came out as it did."""
        ...

    def note_all(self, decisions: Sequence[Decision], at: datetime) -> None:
        """Keep the trace of each decision at its conversation."""
        ...


class Repairs(Protocol):
    """Looks for what should be impossible, and puts it right; each answers how often it found something."""

    def drop_orphans(self, routing_class: str) -> int:
        """Delete entries whose conversation does not wait with that version at that place."""
        ...

    def restore_entries(self, inbox: str) -> int:
        """Write the missing entries of conversations that wait, and the classes that they wait in."""
        ...

    def free_ghosts(self, state: AgentState) -> int:
        """Free the slots of holds that their conversations do not know."""
        ...


class Calendar(Protocol):
    """When work may be offered (R12)."""

    def hours(self, head: Conversation, now: datetime) -> Intervals | None:
        """The intervals around `now` in which the conversation may be offered; None for always."""
        ...

    def reply_window(self, head: Conversation) -> float:
        """How many seconds what waits again is kept for who had it last (R16)."""
        ...

    def opens(self, routing_class: RoutingClass, now: datetime) -> datetime | None:
        """The first moment from `now` on at which work of the class may be offered; None if there is none.

        It is `now` where the class is open, and where only its conversations know.
        """
        ...


class Wake(Protocol):
    """A queue that wakes a function later; see `storage.queues.Queue`."""

    def send(
        self, messages: Sequence[Mapping[str, Any]], *, deduplication: str = "", delay_seconds: int = 0
    ) -> None: ...
