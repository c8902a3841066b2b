"""Moves a call: what every step of it needs to read, decide and write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heartline.domain.calls import Call, Step
from heartline.domain.errors import Contended, Unavailable
from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.services.call_ports import CallStore
from heartline.services.ports import Clock, Configuration

TRIES: Final = 4

Decide = Callable[[Call], Step | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Switchboard:
    """What all steps share: the store, the configuration and the time."""

    store: CallStore
    configuration: Configuration
    clock: Clock

    def inbox(self, inbox_id: str) -> Inbox:
        """The inbox of a call that is under way: a call outlives the configuration that it began under."""
        return inbox_of(self.configuration.company(), inbox_id)

    def agent(self, agent_id: str) -> AgentProfile | None:
        return self.configuration.company().agent(agent_id)

    def name(self, who: str) -> str:
        """The name of an agent by their id; a number stays what it is."""
        agent = self.agent(who)
        return agent.name if agent else who

    def now(self) -> datetime:
        return self.clock()

    def move(self, call: Call, decide: Decide) -> Call:
        """Write what `decide` makes of the call and answer the call as it is then; None changes nothing.

        Whoever is faster is read again; raises `Unavailable` if the call never stands still.
        """
        for _ in range(TRIES):
            step = decide(call)
            if step is None:
                return call
            try:
                self.store.apply(step)
            except Contended:
                call = self.store.call(call.id) or call
            else:
                return step.after
        raise Unavailable("the call kept changing; the step is tried again")


def inbox_of(company: Company, inbox_id: str) -> Inbox:
    """The inbox of a call; one that was removed meanwhile has the usual rules and no addresses any more."""
    return company.inbox(inbox_id) or Inbox(id=inbox_id, name=inbox_id)
