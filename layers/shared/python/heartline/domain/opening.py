"""A conversation that we begin: what is written when an agent writes to a customer first."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Pointer, Standing
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel
from heartline.domain.outbound import Draft, Envelope, Reply, compose
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.lifecycle import Move, assigned
from heartline.domain.terms import UNSORTED, Facts, Sorting


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Everything that one transaction writes. `contact` is written on first contact only.

    `move` takes the agent's slot: the conversation is its author's from the start, and never waits for anybody.
    """

    reply: Reply
    move: Move
    contact: Contact | None


class AlreadyOpen(Conflict):
    """There is an open conversation with this customer in the inbox: `conversation` is its id."""

    def __init__(self, conversation: str) -> None:
        super().__init__("A conversation with this customer is open in this inbox: answer there, or send it anyway.")
        self.conversation = conversation


def opening_id(agent: str, request_id: str) -> str:
    """The conversation that an agent's request begins: derived, so that a repetition names the same one."""
    return sha256(f"opening#{agent}#{request_id}".encode()).hexdigest()[:16]


def opening(
    draft: Draft,
    envelope: Envelope,
    *,
    standing: Standing,
    agent: AgentProfile,
    inbox: Inbox,
    reservation: str,
    at: datetime,
    sorting: Sorting = UNSORTED,
) -> Opening:
    """Decide what a first message to somebody writes; `standing` is what is known of them.

    It is decided as the assignment of a conversation that was closed, so that no other transition knows of it.
    Raises `AlreadyOpen` for a text unless that is forced, for it would be answered there, and what `compose` raises.
    """
    contact, pointer = standing.contact or _first_contact(envelope), standing.pointer
    identifier = opening_id(agent.id, draft.request_id)
    _check_alone(draft, pointer, identifier)
    asked = sorting.asked(_facts(contact, envelope, inbox, draft.channel))
    ground = _ground(identifier, contact, envelope, inbox=inbox, channel=draft.channel, asked=asked, at=at)
    held = assigned(ground, agent.id, reservation=reservation)
    reply = compose(draft, envelope, held, agent=agent, inbox=inbox, pointer=pointer, at=at)
    head = replace(
        held, last_message_at=reply.at, last_visible=reply.message.id, preview=reply.preview, answered_at=reply.at
    )
    return Opening(
        reply=replace(reply, head=head, pointer=pointer.led_by(head.id)),
        move=Move(before=ground, after=head, begins=reply.at),
        contact=None if standing.contact else contact,
    )


def _check_alone(draft: Draft, pointer: Pointer, own: str) -> None:
    """A mail's answer finds its thread; a text's answer would go to whichever conversation was active last."""
    others = [name for name in pointer.conversations if name != own]
    if others and draft.channel is not Channel.EMAIL and not draft.force:
        raise AlreadyOpen(others[0])


def _first_contact(envelope: Envelope) -> Contact:
    """The contact that a first message to somebody creates."""
    name, identity = _addressee(envelope).name, identity_of(envelope)
    return Contact(id=contact_of_first_contact(identity), name=name or identity.address, identities=(identity,))


def identity_of(envelope: Envelope) -> Identity:
    """Who is written to: the number, or the first one in To."""
    if envelope.mail is None:
        return Identity(kind=IdentityKind.PHONE, address=envelope.recipient)
    return Identity(kind=IdentityKind.EMAIL, address=_addressee(envelope).address.lower())


def _addressee(envelope: Envelope) -> MailAddress:
    return envelope.mail.to[0] if envelope.mail else MailAddress(address=envelope.recipient)


def _facts(contact: Contact, envelope: Envelope, inbox: Inbox, channel: Channel) -> Facts:
    """What intake rules look at: the customer has written nothing yet."""
    domain = identity_of(envelope).domain
    return Facts(inbox=inbox, channel=channel, domain=domain, vip=contact.vip, owner=contact.owner)


def _ground(
    identifier: str, contact: Contact, envelope: Envelope, *, inbox: Inbox, channel: Channel, asked: Asked, at: datetime
) -> Conversation:
    return Conversation(
        id=identifier,
        inbox=inbox.id,
        contact=contact.id,
        contact_name=contact.name,
        contact_address=identity_of(envelope).address,
        subject=envelope.subject,
        state=State.CLOSED,
        version=0,
        channels=(channel,),
        routing_channel=channel,
        routing_class=asked.queue(channel),
        requires=dict(asked.requires),
        band=asked.band or inbox.band,
        boost=asked.boost,
        steps=asked.steps,
        pools=asked.pools,
        preferred=asked.preferred,
        rules=asked.rules,
        enqueued=at,
        preview="",
        last_message_at=at - timedelta(milliseconds=1),
        last_visible="",
        opened_at=at,
    )
