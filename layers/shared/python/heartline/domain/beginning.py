"""What a conversation begins with that something which came in opens: what it asks, its round, its heat. Pure."""

from dataclasses import replace

from heartline.domain.contacts import Contact
from heartline.domain.conversations import Conversation, State
from heartline.domain.intake import SUBJECT_LENGTH, Arrival, Came, Pointer, Standing, preview_of
from heartline.domain.messages import Channel, Message
from heartline.domain.routing.asked import Asked
from heartline.domain.terms import Facts, Sorting
from heartline.domain.whatsapp import session_from


def opened_by(arrival: Arrival, message: Message, contact: Contact, sorting: Sorting) -> Conversation:
    """A new conversation: waiting, or closed and apart if no person wrote."""
    routed = arrival.routed or _counted_on(arrival)
    asked = _asked(arrival, message, contact, routed, sorting)
    return Conversation(
        id=message.conversation,
        inbox=arrival.inbox.id,
        contact=contact.id,
        contact_name=contact.name,
        contact_address=arrival.sender.address,
        subject=arrival.subject[:SUBJECT_LENGTH],
        state=State.CLOSED if arrival.quiet else State.WAITING,
        version=0,
        channels=(arrival.channel,),
        routing_channel=routed,
        routing_class=asked.queue(routed),
        requires=dict(asked.requires),
        band=asked.band or arrival.inbox.band,
        boost=asked.boost,
        steps=asked.steps,
        pools=asked.pools,
        preferred=asked.preferred,
        rules=asked.rules,
        enqueued=arrival.at,
        preview=preview_of(message.words),
        last_message_at=arrival.at,
        last_visible=message.id,
        opened_at=arrival.at,
        waiting_since=None if arrival.quiet else arrival.at,
        kind=arrival.kind,
        call=arrival.call,
        follows=arrival.thread.id if arrival.thread else "",
        closed_at=arrival.at if arrival.quiet else None,
        whatsapp_until=session_from(arrival.at) if arrival.channel is Channel.WHATSAPP else None,
    )


def _asked(arrival: Arrival, message: Message, contact: Contact, routed: Channel, sorting: Sorting) -> Asked:
    """What new work asks of routing. A call has no words of the customer's, and what it asks the menu has found out."""
    if arrival.asked is not None:
        return replace(arrival.asked, preferred=arrival.asked.preferred or sorting.owned(contact.owner))
    facts = Facts(
        inbox=arrival.inbox,
        channel=routed,
        text="" if arrival.channel is Channel.VOICE else f"{arrival.subject}\n{message.words}",
        domain=arrival.sender.domain,
        vip=contact.vip,
        owner=contact.owner,
    )
    return sorting.asked(facts)


def _counted_on(arrival: Arrival) -> Channel:
    """A call is telephone work only while somebody is on the line: a message or a missed call is written work."""
    over = arrival.channel is Channel.VOICE and not arrival.call
    return arrival.inbox.written if over else arrival.channel


def heat_of(arrival: Arrival, message: Message, sorting: Sorting, *, contacts: int = 0) -> tuple[str, ...]:
    """Why the customer is upset, if they are. A machine is never, and a call has no words of theirs."""
    if arrival.quiet:
        return ()
    return sorting.tone("" if arrival.channel is Channel.VOICE else message.words, contacts)


def rounds_of(arrival: Arrival, standing: Standing) -> int:
    """How often the customer has come with this matter, if it opens a conversation. A mail without a thread is new."""
    if arrival.thread is not None:
        return arrival.thread.rounds + 1
    return 1 if arrival.channel is Channel.EMAIL else standing.pointer.rounds(arrival.at)


def remembering(pointer: Pointer | None, arrival: Arrival, head: Conversation | None) -> Pointer | None:
    """The pointer that remembers when a conversation without a thread was opened, and in which round."""
    if pointer is None or head is None or arrival.thread is not None or arrival.channel is Channel.EMAIL:
        return pointer
    return replace(pointer, came=Came(at=arrival.at, rounds=head.rounds))
