"""What an inbound event becomes: which conversation it joins, opens or reopens. One decision for every channel."""

from dataclasses import dataclass, replace
from enum import StrEnum

from heartline.domain.beginning import heat_of, opened_by, remembering, rounds_of
from heartline.domain.coming_back import asking_now
from heartline.domain.consent import Change, changed_by, is_answer
from heartline.domain.contacts import Contact, contact_of_first_contact
from heartline.domain.conversations import Conversation, State
from heartline.domain.intake import (
    SUBJECT_LENGTH,
    Arrival,
    Pointer,
    Standing,
    message_id,
)
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message
from heartline.domain.reopening import days_closed, has_lapsed, heated_by, reopened
from heartline.domain.subjects import is_other_matter, plain_subject
from heartline.domain.terms import UNSORTED, Sorting
from heartline.domain.threading import FOLLOW_UP


class Joining(StrEnum):
    """What the event does to its conversation; `QUIET` adds a message to it and does nothing else."""

    JOIN = "join"
    OPEN = "open"
    REOPEN = "reopen"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that one transaction writes for an arrival.

    `head` is the whole conversation where it is opened or reopened; a join changes only what a message changes, and
    `subject` if it is not empty. `pointer` is the pointer to be written, of the contact `contact_id`, or None where it
    stays. `contact` is written on first contact only. `follows` is the closed conversation that the new one follows up.
    `consents` are what a keyword changes in the consent ledger. `heat` says why a conversation that is joined is
    heated, if this message makes it so; an agent who has said otherwise has the last word.
    """

    arrival: Arrival
    joining: Joining
    message: Message
    contact_id: str
    head: Conversation | None
    pointer: Pointer | None
    contact: Contact | None
    subject: str = ""
    follows: Conversation | None = None
    consents: tuple[Change, ...] = ()
    heat: tuple[str, ...] = ()


def place(arrival: Arrival, standing: Standing, *, new_conversation: str, sorting: Sorting = UNSORTED) -> Intake:
    """Decide where an arrival goes and what it does there (channels.md, "Conversation").

    A mail follows its thread, else opens a conversation of its own. A text or a call joins the contact's most recently
    active open conversation in the inbox, else opens one. What no person wrote never changes a conversation that is
    there; where it belongs to none, it opens one that stands closed and apart.
    """
    arrival = _as_meant(arrival, standing)
    contact = standing.contact or _first_contact(arrival)
    joining, joined = _decision(arrival, standing.pointer)
    unverified = _is_unverified(arrival, standing, contact)
    message = _marked(_message(arrival, joined or new_conversation, contact), arrival, joined, unverified=unverified)
    subject = _new_subject(arrival, joined) if not unverified else ""
    head = _head(
        arrival,
        joining,
        message,
        contact=contact,
        subject=subject,
        sorting=sorting,
        rounds=rounds_of(arrival, standing),
    )
    owner = arrival.thread.contact if arrival.thread is not None and joined else contact.id
    pointer = _pointer(arrival, joining, standing.pointer, message.conversation, is_own=owner == contact.id)
    return Intake(
        arrival=arrival,
        joining=joining,
        message=message,
        contact_id=owner,
        head=head,
        pointer=remembering(pointer, arrival, head),
        contact=None if standing.contact or joining is Joining.QUIET else contact,
        subject=subject,
        follows=arrival.thread if joining is Joining.OPEN else None,
        consents=_consents(arrival, standing, message),
        heat=heat_of(arrival, message, sorting) if joining is Joining.JOIN else (),
    )


def _as_meant(arrival: Arrival, standing: Standing) -> Arrival:
    """A keyword as the step that it is; a “yes” of somebody who never opted out is words like any other."""
    request = arrival.consent
    if request is None:
        return arrival
    if is_answer(arrival.text, standing.consents):
        return replace(arrival, consent=None)
    return replace(arrival, step=f"consent.{request.keyword}")


def _consents(arrival: Arrival, standing: Standing, message: Message) -> tuple[Change, ...]:
    if arrival.consent is None:
        return ()
    return changed_by(
        arrival.consent,
        standing.consents,
        phone=arrival.sender.address,
        words=arrival.text,
        at=arrival.at,
        once=message.id,
    )


def _decision(arrival: Arrival, pointer: Pointer) -> tuple[Joining, str]:
    """What happens, and the conversation that is joined; empty where a new one is opened."""
    thread = arrival.thread
    if thread is None:
        joined = "" if arrival.channel is Channel.EMAIL else next(iter(pointer.conversations), "")
        return (Joining.QUIET if arrival.quiet else Joining.JOIN, joined) if joined else (Joining.OPEN, "")
    if arrival.quiet:
        return Joining.QUIET, thread.id
    if thread.state is not State.CLOSED:
        return Joining.JOIN, thread.id
    if has_lapsed(thread, days=arrival.inbox.mail_rules.reopen_days, at=arrival.at):
        return Joining.OPEN, ""
    return Joining.REOPEN, thread.id


def _is_unverified(arrival: Arrival, standing: Standing, contact: Contact) -> bool:
    """Whether a person joins a mail thread that neither they nor their address had a part in."""
    thread = arrival.thread
    if thread is None or arrival.quiet or contact.id == thread.contact:
        return False
    return arrival.sender.address.lower() not in {thread.contact_address.lower(), *standing.participants}


def _new_subject(arrival: Arrival, joined: str) -> str:
    """The subject that the conversation goes on under, or nothing if it stays."""
    thread = arrival.thread
    if thread is None or not joined or arrival.quiet:
        return ""
    follows_another = not thread.subject or is_other_matter(arrival.subject, thread.subject)
    return plain_subject(arrival.subject)[:SUBJECT_LENGTH] if follows_another else ""


def _marked(message: Message, arrival: Arrival, joined: str, *, unverified: bool) -> Message:
    """The message with what an agent should know about how it came here."""
    thread = arrival.thread
    if thread is None or message.mail is None or arrival.quiet:
        return message
    if not joined:
        return replace(message, explanation=FOLLOW_UP.format(days_closed(thread, at=arrival.at)))
    off_subject = is_other_matter(arrival.subject, thread.subject)
    return replace(message, mail=replace(message.mail, unverified=unverified, off_subject=off_subject))


def _head(
    arrival: Arrival,
    joining: Joining,
    message: Message,
    *,
    contact: Contact,
    subject: str,
    sorting: Sorting,
    rounds: int,
) -> Conversation | None:
    if joining is Joining.OPEN:
        head = replace(opened_by(arrival, message, contact, sorting), rounds=rounds)
        return heated_by(head, heat_of(arrival, message, sorting, contacts=head.rounds))
    if joining is Joining.REOPEN and arrival.thread is not None:
        head = asking_now(
            reopened(arrival.thread, message, at=arrival.at), arrival.inbox, sorting.rules, sorting.agents
        )
        head = heated_by(head, heat_of(arrival, message, sorting, contacts=head.rounds))
        return replace(head, subject=subject) if subject else head
    return None


def _pointer(
    arrival: Arrival, joining: Joining, pointer: Pointer, conversation: str, *, is_own: bool
) -> Pointer | None:
    """The pointer as it is afterwards, or None where it stays as it is."""
    if arrival.quiet or pointer.conversations[:1] == (conversation,):
        return None
    if is_own:
        return pointer.led_by(conversation)
    return pointer.followed_by(conversation) if joining is Joining.REOPEN else None


def _first_contact(arrival: Arrival) -> Contact:
    return Contact(
        id=contact_of_first_contact(arrival.sender),
        name=arrival.sender_name or arrival.sender.address,
        identities=(arrival.sender,),
    )


def _message(arrival: Arrival, conversation: str, contact: Contact) -> Message:
    author = Author(
        kind=AuthorKind.CONTACT,
        id=contact.id,
        name=arrival.sender_name or contact.name,
        address=arrival.answer_to or arrival.sender.address,
    )
    return Message(
        id=message_id(arrival.channel, arrival.event),
        conversation=conversation,
        channel=arrival.channel,
        direction=Direction.INBOUND,
        author=author,
        at=arrival.at,
        text=arrival.text,
        visible_text=arrival.visible_text,
        html=arrival.html,
        quoted_html=arrival.quoted_html,
        provider_id=arrival.provider_id or arrival.event,
        raw=arrival.raw_pointer,
        event=arrival.step,
        subject=arrival.subject,
        recipients=arrival.recipients,
        attachments=arrival.attachments,
        pending_media=arrival.pending_media,
        explanation=arrival.explanation,
        mail=arrival.mail,
        recording=arrival.recording,
    )
