"""Moves a call: what every step of it needs to read, decide and write."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from heartline.domain.calls import Call, CallEvent, advance
from heartline.domain.contacts import IdentityKind
from heartline.domain.errors import Contended, NotFound, Unavailable
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel, PendingMedia
from heartline.services.call_ports import CallRequest, CallRouting, CallStore
from heartline.services.ingest import Ingest
from heartline.services.ports import Clock, Configuration

TRIES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Switchboard:
    """What the steps share: the store, intake, routing, the configuration and the time."""

    store: CallStore
    ingest: Ingest
    routing: CallRouting
    configuration: Configuration
    clock: Clock

    def inbox(self, inbox_id: str) -> Inbox:
        """The inbox of a call that is under way; raises `NotFound` if it was removed from the configuration."""
        for inbox in self.configuration.company().inboxes:
            if inbox.id == inbox_id:
                return inbox
        raise NotFound(f"There is no inbox {inbox_id} any more.")

    def agent(self, agent_id: str) -> AgentProfile | None:
        agents = self.configuration.company().agents
        return next((agent for agent in agents if agent.id == agent_id), None)

    def agent_name(self, agent_id: str) -> str:
        agent = self.agent(agent_id)
        return agent.name if agent else agent_id

    def move(
        self, call: Call, event: CallEvent, text: Callable[[Call], str] = lambda _call: "", **changes: Any
    ) -> Call | None:
        """Write what `event` makes of the call; None if it came too late or twice.

        Whoever is faster is read again; raises `Unavailable` if the call never stands still.
        """
        for _ in range(TRIES):
            step = advance(call, event, at=self.clock(), text=text(call), **changes)
            if step is None:
                return None
            try:
                self.store.apply(step)
            except Contended:
                call = self.store.call(call.id) or call
            else:
                return step.after
        raise Unavailable("the call kept changing; the step is tried again")

    def take_in(
        self,
        call: Call,
        request: CallRequest,
        event: CallEvent,
        text: str,
        *,
        requires: dict[str, int] | None = None,
        media: tuple[PendingMedia, ...] = (),
    ) -> str:
        """Store what the caller did as a message of theirs, exactly once a call and event; answers the conversation.

        With media it is their words, not a step: it counts as a message that they wrote.
        """
        return self.ingest(
            Arrival(
                channel=Channel.VOICE,
                event=f"{call.id}#{event}",
                inbox=self.inbox(call.inbox),
                sender=call.caller,
                sender_name=call.caller_name,
                at=self.clock(),
                text=text,
                recipients=(call.number,),
                pending_media=media,
                raw=request.raw,
                provider_id=media[0].provider_id if media else call.id,
                requires=requires or {},
                step="" if media else event.value,
            )
        )


def called_by(call: Call) -> str:
    """Who calls, in words."""
    return "an unknown number" if call.caller.kind is IdentityKind.ANONYMOUS else call.caller.address
