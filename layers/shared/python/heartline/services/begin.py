"""Writes to a customer first: a conversation that its author owns from the start, once per request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from heartline.domain.addresses import OwnAddresses
from heartline.domain.contacts import Identity
from heartline.domain.conversations import Conversation, existing
from heartline.domain.errors import Contended, Refused, Unavailable
from heartline.domain.inboxes import AgentProfile, Inbox, Staff
from heartline.domain.intake import Standing
from heartline.domain.messages import Message
from heartline.domain.opening import AlreadyOpen, Opening, identity_of, opening, opening_id
from heartline.domain.outbound import Draft
from heartline.domain.terms import Sorting
from heartline.services.addressing import Addressing
from heartline.services.ports import Clock, Configuration, NewId
from heartline.services.routing_ports import RoutingStore
from heartline.services.texting import Texting

TRIES: Final = 4


class OpeningStore(Protocol):
    """What writing to a customer first reads and writes."""

    def standing(self, identity: Identity, inbox: str) -> Standing:
        """Who has this address, and what is open with them in the inbox."""
        ...

    def submitted(self, conversation_id: str, request_id: str) -> Message | None:
        """The message that a request wrote before, or None."""
        ...

    def open(self, opening: Opening, *, staff: Staff) -> Message:
        """Write contact, conversation, hold, intent and message in one transaction; a repetition answers the first.

        Raises `Conflict` if the request was used for another mail, `Blocked`, and `Contended` if the ground moved.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """The conversation, the agent's hold on it, the message and its intent are one transaction."""

    store: OpeningStore
    routing: RoutingStore
    addressing: Addressing
    texting: Texting
    configuration: Configuration
    clock: Clock
    new_id: NewId

    def __call__(
        self, draft: Draft, *, agent: AgentProfile, inbox: Inbox, inboxes: Sequence[Inbox]
    ) -> tuple[Conversation, Message]:
        """Write the message; a repeated request answers the first conversation, as it is by now.

        Raises `Invalid`, `Blocked` and the other rules of texts, `Conflict` (the request was another message's),
        `AlreadyOpen` and `Unavailable`.
        """
        try:
            message = self._begin(draft, agent=agent, inbox=inbox, inboxes=inboxes)
        except (Refused, AlreadyOpen):
            first = self.store.submitted(opening_id(agent.id, draft.request_id), draft.request_id)
            if first is None:
                raise
            message = first  # taken before the rule, or the conversation, stood against it
        return self._head(message), message

    def _begin(self, draft: Draft, *, agent: AgentProfile, inbox: Inbox, inboxes: Sequence[Inbox]) -> Message:
        if self.routing.agent(agent) is None:
            self.routing.create_agent(agent, presence="OFFLINE")
        addressed = self.addressing.opening(draft, agent=agent, inbox=inbox, own=OwnAddresses.of(inboxes))
        company = self.configuration.company()
        for _ in range(TRIES):
            envelope = self.texting.with_terms(draft, addressed, inbox)
            standing = self.store.standing(identity_of(envelope), inbox.id)
            begun = opening(
                draft,
                envelope,
                standing=standing,
                agent=agent,
                inbox=inbox,
                reservation=self.new_id(),
                at=self.clock(),
                sorting=Sorting.of(company),
            )
            try:
                return self.store.open(begun, staff=company.staff)
            except Contended:
                continue
        raise Unavailable("The customer's conversations keep changing; try again.")

    def _head(self, message: Message) -> Conversation:
        return existing(self.routing.head(message.conversation), message.conversation)
