"""Taking in an event: one read of who the sender is, one transaction for everything that the event changes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from boto3.dynamodb.conditions import Attr, Key

from heartline.domain.consent import Pair
from heartline.domain.contacts import Identity, contact_of_first_contact
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import AlreadyStored
from heartline.domain.held import Held, HeldState
from heartline.domain.intake import Arrival, Pointer, Standing, preview_of
from heartline.domain.mail import MailDetails
from heartline.domain.messages import Channel, Message
from heartline.domain.placing import Intake, Joining
from heartline.domain.whatsapp import session_from
from heartline.services.ports import MessageReference
from heartline.storage import items, keys, message_items
from heartline.storage.aliases import first_alias, latest_alias, reference_from_item
from heartline.storage.bodies import Bodies
from heartline.storage.consent import consent_writes, consents_of
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Default, Item, Put, Update, Write
from heartline.storage.heads import read_current_head, read_pointer
from heartline.storage.held_items import STILL_HELD, ending, held_to_item
from heartline.storage.report_writes import report_writes
from heartline.storage.routing_items import class_to_item, wait_entry_to_item

_GUARD, _HEAD = 0, 2
"""Positions in the transaction whose refusal has a meaning of its own."""

_ASIDE: Final = (State.SNOOZED, State.WRAP)

_PARTICIPANTS_IN: Final = 100
"""How many of the latest messages tell who took part in a conversation."""


class DynamoIntake:
    """Implements `services.ports.IntakeStore` and `References`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies
        self._known_classes: set[str] = set()

    def locate(self, sender: Identity, inbox: str, *, pairs: Sequence[Pair] = ()) -> Standing:
        first = contact_of_first_contact(sender)
        identity_key = keys.identity(sender.kind, sender.address)
        pointer_key = keys.open_pointer(first, inbox)
        asked = [keys.consent(pair.sender, pair.phone) for pair in pairs]
        found = self._table.get_many([identity_key, pointer_key, *asked])
        consents = consents_of(pairs, found)
        identity = found.get((identity_key["PK"], identity_key["SK"]))
        pointer = found.get((pointer_key["PK"], pointer_key["SK"]))
        if identity is None:
            return Standing(contact=None, pointer=items.pointer_from_item(pointer), consents=consents)
        contact = items.contact_of_identity(identity, sender)
        if contact.id != first:
            own = read_pointer(self._table, contact.id, inbox)
            return Standing(contact=contact, pointer=own, consents=consents)
        return Standing(contact=contact, pointer=items.pointer_from_item(pointer), consents=consents)

    def beside(self, thread: Conversation, standing: Standing) -> Standing:
        pointer = read_pointer(self._table, thread.contact, thread.inbox)
        timeline = Key("SK").begins_with("M#")
        recent = [
            item
            for name in (thread.id, *thread.absorbed)
            for item in self._table.query(
                keys.timeline(name), sort=timeline, limit=_PARTICIPANTS_IN, descending=True
            ).items
        ]
        addresses = {address.lower() for item in recent for address in _named_in(message_items.message_from_item(item))}
        return replace(standing, pointer=pointer, participants=frozenset(addresses))

    def store(self, intake: Intake) -> None:
        message = self._bodies.to_item(intake.message)
        known = self._known_classes
        try:
            self._table.transact(_writes(intake, message, _head_writes(intake), known))
        except ConditionFailed as refused:
            self._store_late(intake, message, refused)
        if intake.head is not None and intake.head.state is State.WAITING:
            known.add(intake.head.routing_class)

    def hold(self, held: Held) -> None:
        try:
            self._table.write(Put(item=held_to_item(held), condition=MISSING))
        except ConditionFailed as refused:
            raise AlreadyStored(refused.failed[0].get("conv", "")) from refused

    def find(self, provider_ids: Sequence[str]) -> dict[str, MessageReference]:
        wanted = {keys.alias(provider_id)["PK"]: provider_id for provider_id in provider_ids}
        found = self._table.get_many([{"PK": partition, "SK": "ALIAS"} for partition in wanted])
        return {wanted[partition]: reference_from_item(item) for (partition, _), item in found.items()}

    def conversation(self, conversation_id: str) -> Conversation | None:
        return read_current_head(self._table, conversation_id)

    def message(self, reference: MessageReference) -> Message | None:
        item = self._table.get(keys.message_at(reference.conversation, reference.sort))
        return message_items.message_from_item(item) if item else None

    def _store_late(self, intake: Intake, message: Item, refused: ConditionFailed) -> None:
        """Tell a repetition and an event overtaken by a younger one from a decision whose ground has moved."""
        if _GUARD in refused.failed:
            raise AlreadyStored(refused.failed[_GUARD].get("conv", "")) from refused
        met = refused.failed.get(_HEAD)
        if intake.joining is not Joining.JOIN or set(refused.failed) != {_HEAD} or not met:
            raise refused
        if met["state"] == State.CLOSED:
            raise refused
        try:
            late: list[Write] = [_overtaken_write(intake, met)]
            self._table.transact(_writes(intake, message, late, self._known_classes))
        except ConditionFailed as again:
            if _GUARD in again.failed:
                raise AlreadyStored(again.failed[_GUARD].get("conv", "")) from again
            raise


def pointer_write(contact_id: str, inbox: str, pointer: Pointer) -> Put:
    """Write a pointer over the version it was made from; two first messages at once meet here."""
    item = items.pointer_to_item(contact_id, inbox, pointer)
    before = pointer.version - 1
    return Put(item=item, condition=Attr("ver").eq(before) if before else MISSING)


def _head_writes(intake: Intake) -> list[Write]:
    """What changes of the conversation's head; nothing if nobody is to notice."""
    head, message = intake.head, intake.message
    if intake.joining is Joining.QUIET:
        return []
    if head is not None and intake.joining is Joining.OPEN:
        return [Put(item=items.conversation_to_item(head), condition=MISSING)]
    if head is not None:
        before = Attr("ver").eq(head.version - 1) & Attr("state").eq(State.CLOSED.value)
        return [Put(item=items.conversation_to_item(head), condition=before)]
    return [_joined_write(message, intake.subject, intake.heat)]


def _joined_write(message: Message, subject: str, heat: Sequence[str]) -> Update:
    view_at = f"{keys.instant(message.at)}#{message.conversation}"
    changes: Item = {
        "view_at": view_at,
        "preview": preview_of(message.words),
        "waiting": Default(value=keys.instant(message.at)),
    }
    changes |= {"last_visible": message.id} if message.customer_visible else {}
    changes |= {"subject": subject} if subject else {}
    changes |= _heat(heat)
    changes |= {"wa": keys.instant(session_from(message.at))} if message.channel is Channel.WHATSAPP else {}
    return Update(
        key=keys.conversation(message.conversation),
        assign=changes,
        insert={"channels": {message.channel.value}},
        condition=Attr("state").ne(State.CLOSED.value) & Attr("view_at").lte(view_at),
    )


def _heat(signs: Sequence[str]) -> Item:
    """Heated from now on, unless it is so already or an agent says that it is not: then `heated` is there, as false."""
    return {"heated": Default(value=True), "heat": Default(value=list(signs))} if signs else {}


def _overtaken_write(intake: Intake, met: Item) -> Update:
    """A younger message stands in the head already: only what does not depend on the order changes.

    What an agent has written since counts as its answer, whether it was seen or not: any order tells the same story.
    Where nobody looks at the conversation, it says that something has come (`storage.stream`).
    """
    at = keys.instant(intake.message.at)
    earlier: Item = {"waiting": at} if met.get("answered", "") < at < met.get("waiting", "") else {}
    if met["state"] in _ASIDE:
        earlier["late"] = intake.message.id
    session = keys.instant(session_from(intake.message.at))
    if intake.message.channel is Channel.WHATSAPP and met.get("wa", "") < session:
        earlier["wa"] = session
    return Update(
        key=keys.conversation(intake.message.conversation),
        assign=earlier | _heat(intake.heat),
        insert={"channels": {intake.message.channel.value}},
        condition=Attr("state").ne(State.CLOSED.value) & Attr("view_at").eq(met["view_at"]),
    )


def _writes(intake: Intake, message: Item, head: list[Write], known_classes: Collection[str]) -> list[Write]:
    """The whole transaction. The guard stands first, then the message, then the head if it changes."""
    arrival = intake.arrival
    return [
        _guard_write(intake),
        Put(item=message, condition=MISSING),
        *head,
        *_ended(arrival),
        *_waiting(intake, known_classes),
        *_known_by(intake),
        *_followed(intake),
        *consent_writes(intake.consents),
        *(report_writes(arrival.reported, intake.message.conversation) if arrival.reported else ()),
    ]


def _guard_write(intake: Intake) -> Put:
    arrival = intake.arrival
    guard = items.guard_to_item(
        channel=arrival.channel, event=arrival.event, message=intake.message, raw=arrival.raw, at=arrival.at
    )
    return Put(item=guard, condition=STILL_HELD if arrival.ends == arrival.event else MISSING)


def _ended(arrival: Arrival) -> list[Write]:
    """The held entry that this ends, where it was held under another name."""
    if arrival.ends in ("", arrival.event):
        return []
    return [ending(keys.guard(arrival.channel, arrival.ends), HeldState.RELEASED)]


def _waiting(intake: Intake, known_classes: Collection[str]) -> list[Write]:
    head = intake.head
    if head is None or head.state is not State.WAITING:
        return []
    entry: list[Write] = [Put(item=wait_entry_to_item(head))]
    return entry if head.routing_class in known_classes else [*entry, Put(item=class_to_item(head))]


def _known_by(intake: Intake) -> list[Write]:
    """How the conversation, its contact and its message are found later."""
    arrival, contact = intake.arrival, intake.contact
    writes: list[Write] = []
    if intake.pointer is not None:
        writes.append(pointer_write(intake.contact_id, arrival.inbox.id, intake.pointer))
    if contact is not None:
        writes.append(Put(item=items.contact_to_item(contact), condition=MISSING))
        writes.append(Put(item=items.identity_to_item(arrival.sender, contact), condition=MISSING))
    place = message_items.key_of(intake.message)
    writes += [first_alias(alias, place) for alias in arrival.aliases]
    if arrival.subject_alias:
        writes.append(latest_alias(arrival.subject_alias, place))
    return writes


def _followed(intake: Intake) -> list[Write]:
    """The end of the story that goes on in a new conversation says where; two that follow at once meet here."""
    if intake.follows is None:
        return []
    still_closed = Attr("state").eq(State.CLOSED.value) & Attr("ver").eq(intake.follows.version)
    return [
        Update(
            key=keys.conversation(intake.follows.id),
            assign={"followed": intake.message.conversation},
            condition=still_closed & Attr("followed").not_exists(),
        )
    ]


def _named_in(message: Message) -> Iterator[str]:
    """Who wrote a message and whom it went to; one from nobody known makes nobody known."""
    if message.mail is None or not message.mail.unverified:
        mail = message.mail or MailDetails()
        yield message.author.address
        yield from message.recipients
        yield from (entry.address for entry in (*mail.everyone, *mail.reply_to))
