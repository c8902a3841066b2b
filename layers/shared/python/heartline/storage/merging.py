"""Merging and splitting: both heads, what they hold and their timelines' lines change in one transaction."""

from collections.abc import Sequence

from boto3.dynamodb.conditions import Attr

from heartline.domain.aliases import mail_alias
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended
from heartline.domain.inboxes import Staff
from heartline.domain.intake import Pointer
from heartline.domain.merging import Merge, Split
from heartline.domain.messages import Channel, Message
from heartline.storage import items, keys
from heartline.storage.bodies import Bodies
from heartline.storage.dynamodb import EXISTS, MISSING, Table
from heartline.storage.expressions import Item, Put, Update, Write
from heartline.storage.heads import read_head, read_pointer
from heartline.storage.intake import pointer_write
from heartline.storage.places import carry_out
from heartline.storage.recording_items import MOVING
from heartline.storage.routing_items import class_to_item, wait_entry_to_item
from heartline.storage.routing_writes import move_writes


class DynamoMerging:
    """Implements `services.merge.MergeStore`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def head(self, conversation: str) -> Conversation | None:
        return read_head(self._table, conversation)

    def pointer(self, contact: str, inbox: str) -> Pointer:
        return read_pointer(self._table, contact, inbox)

    def write_merge(self, merge: Merge, lines: Sequence[Message], *, staff: Staff) -> None:
        source = merge.source
        beside = [*move_writes(merge.target, Staff()), *self._lines(lines)]
        if source.after.state is State.WAITING:
            beside.append(Put(item=class_to_item(source.after)))
        if source.pointer is not None:
            beside.append(pointer_write(source.before.contact, source.before.inbox, source.pointer))
        carry_out(self._table, lambda where: [*move_writes(source, where), *beside], staff, held_by=source.held_by)

    def write_split(self, split: Split, lines: Sequence[Message]) -> None:
        begun = split.begun
        writes: list[Write] = [
            *move_writes(split.source, Staff()),
            Put(item=items.conversation_to_item(begun), condition=MISSING),
            Put(item=wait_entry_to_item(begun)),
            Put(item=class_to_item(begun)),
            pointer_write(begun.contact, begun.inbox, split.pointer),
            *self._lines(lines),
        ]
        for message in split.moved:
            writes += self._moved(message, begun)
        self._table.transact(writes)

    def _moved(self, message: Message, begun: Conversation) -> list[Write]:
        """The message stands in the new timeline; the old place says where, for whatever still leads there.

        Of a recording nothing stays behind: who deletes it later deletes all of it.
        """
        old = keys.message(message.conversation, message.at, message.id)
        item = self._table.get(old)
        if item is None or "moved" in item:
            raise Contended("the message was moved meanwhile")
        new: Item = {**item, **keys.message(begun.id, message.at, message.id)}
        as_read = Attr("rv").eq(item["rv"]) if "rec" in item else Attr("rec").not_exists()
        writes: list[Write] = [
            Put(item=new, condition=MISSING),
            Update(
                key=old,
                assign={"moved": begun.id},
                remove=tuple(name for name in MOVING if "rec" in item and name in item),
                condition=EXISTS & Attr("moved").not_exists() & as_read,
            ),
        ]
        if message.channel is Channel.EMAIL and message.mail is not None:
            alias = keys.alias(mail_alias(begun.inbox, message.mail.message_id))
            writes.append(Update(key=alias, assign={"conv": begun.id, "msg": new["SK"]}))
        return writes

    def _lines(self, lines: Sequence[Message]) -> list[Write]:
        return [Put(item=self._bodies.to_item(line)) for line in lines]
