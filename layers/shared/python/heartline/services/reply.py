"""Answers a customer: one intent per request, never over a message that the author has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from heartline.domain.addresses import OwnAddresses
from heartline.domain.conversations import Conversation, existing
from heartline.domain.errors import Contended, Invalid, NotFound, Refused, Unavailable
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message
from heartline.domain.outbound import Draft, compose, intent_id
from heartline.services.addressing import Addressing
from heartline.services.ports import Clock, ReplyStore
from heartline.services.texting import Texting

TRIES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Submits replies and notes."""

    store: ReplyStore
    addressing: Addressing
    texting: Texting
    clock: Clock

    def reply(
        self, conversation_id: str, draft: Draft, *, agent: AgentProfile | None, inboxes: Sequence[Inbox]
    ) -> Message:
        """Write the reply and its intent; a repeated request answers the first message.

        `inboxes` are all of the company's: a mail never goes to one of their addresses. Without an `agent` it is an
        automatic one, and is sent marked as such.
        Raises `Conflict` (newer messages, closed), `Invalid` (text, channel, nobody to send to), `NotFound`, and the
        rule that refuses it: `Blocked`, `OptedOut`, `NotServed`, `Quiet`, `Capped`.
        """
        try:
            return self._reply(conversation_id, draft, agent=agent, inboxes=inboxes)
        except Refused:
            first = self.store.submitted(conversation_id, draft.request_id)  # before the rule stood against it
            if first is None:
                raise
            return first

    def _reply(
        self, conversation_id: str, draft: Draft, *, agent: AgentProfile | None, inboxes: Sequence[Inbox]
    ) -> Message:
        for _ in range(TRIES):
            head = existing(self.store.conversation(conversation_id), conversation_id)
            inbox = _owner(head, inboxes)
            envelope = self.addressing.answer(draft, head, agent=agent, inbox=inbox, own=OwnAddresses.of(inboxes))
            envelope = self.texting.with_terms(draft, envelope, inbox)
            pointer = self.store.pointer(head.contact, head.inbox)
            reply = compose(draft, envelope, head, agent=agent, inbox=inbox, pointer=pointer, at=self.clock())
            try:
                return self.store.submit(reply)
            except Contended:
                continue
        raise Unavailable("The conversation keeps changing; try again.")

    def note(self, conversation_id: str, *, request_id: str, text: str, agent: AgentProfile) -> Message:
        """Write a note that only colleagues see; a repeated request answers the first."""
        existing(self.store.conversation(conversation_id), conversation_id)
        if not text.strip():
            raise Invalid("The note is empty.")
        note = Message(
            id=intent_id(conversation_id, f"note:{request_id}"),
            conversation=conversation_id,
            channel=Channel.NOTE,
            direction=Direction.INTERNAL,
            author=Author(kind=AuthorKind.AGENT, id=agent.id, name=agent.name),
            at=self.clock(),
            text=text,
        )
        return self.store.add_note(note)


def _owner(head: Conversation, inboxes: Sequence[Inbox]) -> Inbox:
    """The inbox that a conversation is in; what a machine of ours still wants to say there may come after its end."""
    for inbox in inboxes:
        if inbox.id == head.inbox:
            return inbox
    raise NotFound(f"There is no inbox {head.inbox} any more.")
