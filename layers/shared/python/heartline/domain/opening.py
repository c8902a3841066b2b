"""A conversation that we begin: what is written when an agent writes to a customer first."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Standing, work_requires
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel
from heartline.domain.outbound import Draft, Envelope, Reply, compose
from heartline.domain.routing.lifecycle import Move, assigned


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Everything that one transaction writes. `contact` is written on first contact only.

    `move` takes the agent's slot: the conversation is its author's from the start, and never waits for anybody.
    """

    reply: Reply
    move: Move
    contact: Contact | None


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
) -> Opening:
    """Decide what a first mail to somebody writes; `standing` is what is known of them.

    It is decided as the assignment of a conversation that was closed, so that no other transition knows of it.
    Raises `Invalid` as `compose` does.
    """
    contact, pointer = standing.contact or _first_contact(envelope), standing.pointer
    identifier = opening_id(agent.id, draft.request_id)
    ground = _ground(identifier, contact, envelope, inbox=inbox, channel=draft.channel, at=at)
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


def _first_contact(envelope: Envelope) -> Contact:
    """The contact that a first mail to somebody creates."""
    name, identity = _addressee(envelope).name, identity_of(envelope)
    return Contact(id=contact_of_first_contact(identity), name=name or identity.address, identities=(identity,))


def identity_of(envelope: Envelope) -> Identity:
    """Who is written to: the first one in To."""
    return Identity(kind=IdentityKind.EMAIL, address=_addressee(envelope).address.lower())


def _addressee(envelope: Envelope) -> MailAddress:
    return envelope.mail.to[0] if envelope.mail else MailAddress(address=envelope.recipient)


def _ground(
    identifier: str, contact: Contact, envelope: Envelope, *, inbox: Inbox, channel: Channel, at: datetime
) -> Conversation:
    requires = work_requires(inbox, {})
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
        routing_class=routing_class(channel, requires),
        requires=requires,
        band=inbox.band,
        boost=0,
        enqueued=at,
        preview="",
        last_message_at=at - timedelta(milliseconds=1),
        last_visible="",
        opened_at=at,
    )
