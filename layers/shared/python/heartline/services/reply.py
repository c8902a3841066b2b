"""Answers a customer: one intent per request, never over a message that the author has not seen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from heartline.domain.contacts import IdentityKind
from heartline.domain.conversations import Conversation
from heartline.domain.errors import Contended, Invalid, NotFound, Unavailable
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.mail import MailAddress, MailDetails
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message
from heartline.domain.outbound import Draft, Envelope, compose, intent_id
from heartline.domain.phones import E164
from heartline.services.ports import Clock, ReadingStore, ReplyStore

TRIES: Final = 4
_RECENT: Final = 100
_FORM: Final = {Channel.EMAIL: re.compile(r".+@.+"), Channel.SMS: E164}
"""What an address must look like to take a message of the channel; `eva+shop@example.org` is no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Submits replies and notes."""

    store: ReplyStore
    reading: ReadingStore
    clock: Clock

    def reply(
        self, conversation_id: str, draft: Draft, *, agent: AgentProfile | None, inboxes: Sequence[Inbox]
    ) -> Message:
        """Write the reply and its intent; a repeated request answers the first message.

        Without an `agent` it is an automatic one, and is sent marked as such.
        Raises `Conflict` (newer messages, closed), `Invalid` (text, channel, nobody to send to), `NotFound`.
        """
        for _ in range(TRIES):
            head = _existing(self.store.conversation(conversation_id), conversation_id)
            inbox = next(inbox for inbox in inboxes if inbox.id == head.inbox)
            envelope = self._envelope(head, draft, automatic=agent is None)
            pointer = self.store.pointer(head.contact, head.inbox)
            reply = compose(draft, envelope, head, agent=agent, inbox=inbox, pointer=pointer, at=self.clock())
            try:
                return self.store.submit(reply)
            except Contended:
                continue
        raise Unavailable("The conversation keeps changing; try again.")

    def note(self, conversation_id: str, *, request_id: str, text: str, agent: AgentProfile) -> Message:
        """Write a note that only colleagues see; a repeated request answers the first."""
        _existing(self.store.conversation(conversation_id), conversation_id)
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

    def _envelope(self, head: Conversation, draft: Draft, *, automatic: bool) -> Envelope:
        """Freeze whom the reply goes to and, for a mail, what it answers."""
        recent = self.reading.messages(head.id, limit=_RECENT, cursor=None, whole=False).items
        if draft.channel is not Channel.EMAIL:
            return Envelope(
                recipient=draft.recipient or _last_address(head, recent, draft.channel), subject=head.subject
            )
        asked = draft.to or (MailAddress(address=draft.recipient or _last_address(head, recent, draft.channel)),)
        return Envelope(
            recipient=asked[0].address,
            subject=draft.subject or head.subject,
            thread=tuple(message.mail.message_id for message in recent if message.mail and message.mail.message_id),
            mail=MailDetails(to=asked, cc=draft.cc, bcc=draft.bcc, automatic=automatic),
        )


def _last_address(head: Conversation, recent: Sequence[Message], channel: Channel) -> str:
    """The address that the customer last used for this kind of channel: a call's number takes a text."""
    form = _FORM.get(channel)
    spoken = [message.author.address for message in recent if message.author.kind is AuthorKind.CONTACT]
    for address in (*reversed(spoken), head.contact_address):
        if form and form.fullmatch(address):
            return address
    kind = IdentityKind.EMAIL if channel is Channel.EMAIL else IdentityKind.PHONE
    raise Invalid(f"No {kind} address of this customer is known.")


def _existing(head: Conversation | None, conversation_id: str) -> Conversation:
    if head is None:
        raise NotFound(f"There is no conversation {conversation_id}.")
    return head
