"""Tells a customer at once that their mail has arrived: once for each conversation, capped, and never to a machine."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from heartline.domain.addresses import OwnAddresses
from heartline.domain.automatic import caps_for, is_answerable, is_opened_by
from heartline.domain.caps import Cap, Capped
from heartline.domain.conversations import Conversation
from heartline.domain.errors import AlreadyStored, TheirFault
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival, message_id, preview_of
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel, Direction
from heartline.domain.outbound import Draft
from heartline.observability import count
from heartline.services.ports import Clock, Configuration
from heartline.services.reply import Answer


class CapStore(Protocol):
    """Counts automatic mails, each once."""

    def conversation(self, conversation_id: str) -> Conversation | None: ...

    def take(self, request: str, caps: tuple[Cap, ...], *, at: datetime) -> None:
        """Count `request` against `caps`; counting it again changes nothing.

        Raises `Capped` if one of them is reached, and `AlreadyStored` if the request is held already.
        """
        ...

    def hold(self, held: Held) -> None:
        """List it for a decision; holding it twice changes nothing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoReply:
    """Every step may be repeated: the request names the mail that is answered."""

    answer: Answer
    caps: CapStore
    configuration: Configuration
    clock: Clock

    def __call__(self, arrival: Arrival, conversation: str) -> None:
        """Answer the mail that opened `conversation`, if its inbox does that and the rules allow it."""
        inbox, now = arrival.inbox, self.clock()
        own = OwnAddresses.of(self.configuration.company().inboxes)
        if not inbox.mail_rules.auto_reply or not is_answerable(arrival, own=own, now=now):
            return
        head = self.caps.conversation(conversation)
        if head is None or not is_opened_by(head, arrival):
            return
        held = _held(arrival, conversation, at=now)
        caps = caps_for(inbox=inbox.id, sender=held.recipient, conversation=conversation, at=now)
        try:
            self.caps.take(held.key, caps, at=now)
        except Capped as full:
            self.caps.hold(replace(held, reason=str(full)))
        except AlreadyStored:
            return
        else:
            self._send(held, inbox)

    def release(self, held: Held) -> bool:
        """Send what a cap held back; a person has decided that it may go. True: there is nothing left to do."""
        inbox = self.configuration.company().inbox(held.inbox)
        if inbox is not None:
            self._send(held, inbox)
        return True

    def _send(self, held: Held, inbox: Inbox) -> None:
        """Submit it as an automatic mail; what is refused for good (blocked, closed meanwhile) stays unsent."""
        draft = Draft(
            request_id=held.key,
            channel=Channel.EMAIL,
            text=inbox.mail_rules.auto_reply,
            seen="",
            to=(MailAddress(address=held.recipient),),
            answers=held.message,
            quote=False,
        )
        try:
            self.answer.reply(held.conversation, draft, agent=None, inboxes=self.configuration.company().inboxes)
        except TheirFault:
            count("AutomaticMailRefused")


def _held(arrival: Arrival, conversation: str, *, at: datetime) -> Held:
    """The automatic answer as it would be held."""
    inbox, answered = arrival.inbox, message_id(arrival.channel, arrival.event)
    return Held(
        key=f"auto:{answered}",
        channel=Channel.EMAIL,
        direction=Direction.OUTBOUND,
        at=at,
        reason="",
        inbox=inbox.id,
        sender=inbox.mail_addresses[0],
        recipient=arrival.sender.address,
        subject=arrival.subject,
        preview=preview_of(inbox.mail_rules.auto_reply),
        conversation=conversation,
        message=answered,
    )
