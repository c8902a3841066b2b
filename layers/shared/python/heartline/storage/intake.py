"""Taking in an event: one read of who the sender is, one transaction for everything that the event changes."""

from collections.abc import Sequence
from datetime import datetime

from boto3.dynamodb.conditions import Attr

from heartline.domain.contacts import Contact, Identity, contact_of_first_contact
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import AlreadyStored
from heartline.domain.intake import Intake, Joining, Pointer, Standing, preview_of
from heartline.services.ports import MessageReference
from heartline.storage import items, keys
from heartline.storage.bodies import Bodies
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Default, Item, Put, Update, Write
from heartline.storage.heads import pointer_from_item, read_head, read_pointer
from heartline.storage.routing_items import class_to_item, wait_entry_to_item

_GUARD, _HEAD = 0, 2
"""Positions in the transaction whose refusal has a meaning of its own."""


class DynamoIntake:
    """Implements `services.ports.IntakeStore` and `References`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies
        self._known_classes: set[str] = set()

    def locate(self, sender: Identity, inbox: str) -> Standing:
        first = contact_of_first_contact(sender)
        identity_key = keys.identity(sender.kind, sender.address)
        pointer_key = keys.open_pointer(first, inbox)
        found = self._table.get_many([identity_key, pointer_key])
        identity = found.get((identity_key["PK"], identity_key["SK"]))
        pointer = found.get((pointer_key["PK"], pointer_key["SK"]))
        if identity is None:
            return Standing(contact=None, pointer=pointer_from_item(pointer))
        contact = Contact(id=identity["contact"], name=identity.get("name", ""), identities=(sender,))
        if contact.id != first:
            return Standing(contact=contact, pointer=read_pointer(self._table, contact.id, inbox))
        return Standing(contact=contact, pointer=pointer_from_item(pointer))

    def store(self, intake: Intake) -> None:
        message = self._bodies.to_item(intake.message)
        try:
            self._table.transact(self._writes(intake, message, _head_write(intake)))
        except ConditionFailed as refused:
            self._store_late(intake, message, refused)
        if intake.head is not None:
            self._known_classes.add(intake.head.routing_class)

    def hold(self, *, channel: str, event: str, raw: bytes, raw_pointer: str, reason: str, at: datetime) -> None:
        item: Item = {
            **keys.guard(channel, event),
            "state": "held",
            "reason": reason,
            "raw": raw or raw_pointer,
            "at": keys.instant(at),
            "ttl": int((at + items.GUARD_LIFE).timestamp()),
        }
        try:
            self._table.write(Put(item=item, condition=MISSING))
        except ConditionFailed as refused:
            raise AlreadyStored(refused.failed[0].get("conv", "")) from refused

    def find(self, provider_ids: Sequence[str]) -> dict[str, MessageReference]:
        wanted = {keys.alias(provider_id)["PK"]: provider_id for provider_id in provider_ids}
        found = self._table.get_many([{"PK": partition, "SK": "ALIAS"} for partition in wanted])
        return {
            wanted[partition]: MessageReference(conversation=item["conv"], sort=item["msg"])
            for (partition, _), item in found.items()
        }

    def conversation(self, conversation_id: str) -> Conversation | None:
        return read_head(self._table, conversation_id)

    def _writes(self, intake: Intake, message: Item, head: Write) -> list[Write]:
        arrival = intake.arrival
        guard = items.guard_to_item(
            channel=arrival.channel, event=arrival.event, message=intake.message, raw=arrival.raw, at=arrival.at
        )
        writes: list[Write] = [Put(item=guard, condition=MISSING), Put(item=message, condition=MISSING), head]
        if intake.head is not None:
            writes.append(Put(item=wait_entry_to_item(intake.head)))
            if intake.head.routing_class not in self._known_classes:
                writes.append(Put(item=class_to_item(intake.head)))
        if intake.pointer is not None:
            writes.append(pointer_write(intake.contact_id, arrival.inbox.id, intake.pointer))
        if intake.contact is not None:
            writes.append(Put(item=items.contact_to_item(intake.contact), condition=MISSING))
            identity = items.identity_to_item(arrival.sender, intake.contact)
            writes.append(Put(item=identity, condition=MISSING))
        return writes + [alias_write(alias, items.alias_to_item(alias, intake.message)) for alias in arrival.aliases]

    def _store_late(self, intake: Intake, message: Item, refused: ConditionFailed) -> None:
        """Tell a repetition and an event overtaken by a younger one from a decision whose ground has moved."""
        if _GUARD in refused.failed:
            raise AlreadyStored(refused.failed[_GUARD].get("conv", "")) from refused
        met = refused.failed.get(_HEAD)
        overtaken = set(refused.failed) == {_HEAD} and met and met["state"] != State.CLOSED
        if intake.joining is not Joining.JOIN or not overtaken or met is None:
            raise refused
        try:
            self._table.transact(self._writes(intake, message, _overtaken_write(intake, met)))
        except ConditionFailed as again:
            if _GUARD in again.failed:
                raise AlreadyStored(again.failed[_GUARD].get("conv", "")) from again
            raise


def pointer_write(contact_id: str, inbox: str, pointer: Pointer) -> Put:
    """Write a pointer over the version it was made from; two first messages at once meet here."""
    item = items.pointer_to_item(contact_id, inbox, pointer.conversations, pointer.version)
    before = pointer.version - 1
    return Put(item=item, condition=Attr("ver").eq(before) if before else MISSING)


def alias_write(alias: str, item: Item) -> Update:
    """The first message that has a Message-ID keeps it: whoever repeats the id cannot draw later answers to itself."""
    return Update(
        key=keys.alias(alias), assign={"conv": Default(value=item["conv"]), "msg": Default(value=item["msg"])}
    )


def _head_write(intake: Intake) -> Write:
    if intake.head is not None and intake.joining is Joining.OPEN:
        return Put(item=items.conversation_to_item(intake.head), condition=MISSING)
    if intake.head is not None:
        before = Attr("ver").eq(intake.head.version - 1) & Attr("state").eq(State.CLOSED.value)
        return Put(item=items.conversation_to_item(intake.head), condition=before)
    message = intake.message
    view_at = f"{keys.instant(message.at)}#{message.conversation}"
    changes = {
        "view_at": view_at,
        "preview": preview_of(message.words),
        "waiting": Default(value=keys.instant(message.at)),
    }
    if message.customer_visible:
        changes["last_visible"] = message.id
    return Update(
        key=keys.conversation(message.conversation),
        assign=changes,
        insert={"channels": {message.channel.value}},
        condition=Attr("state").ne(State.CLOSED.value) & Attr("view_at").lte(view_at),
    )


def _overtaken_write(intake: Intake, met: Item) -> Update:
    """A younger message stands in the head already: only what does not depend on the order changes.

    What an agent has written since counts as its answer, whether it was seen or not: any order tells the same story.
    """
    at = keys.instant(intake.message.at)
    earlier = {"waiting": at} if met.get("answered", "") < at < met.get("waiting", "") else {}
    return Update(
        key=keys.conversation(intake.message.conversation),
        assign=earlier,
        insert={"channels": {intake.message.channel.value}},
        condition=Attr("state").ne(State.CLOSED.value) & Attr("view_at").eq(met["view_at"]),
    )
