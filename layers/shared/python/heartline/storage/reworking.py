"""Writes a message that was made anew from its raw copy over the one that is there, and its head if that shows it."""

from collections.abc import Sequence
from typing import Any, Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.intake import SUBJECT_LENGTH, preview_of
from heartline.domain.messages import Message
from heartline.services.ports import MessageReference
from heartline.storage import keys, message_items
from heartline.storage.aliases import first_alias
from heartline.storage.bodies import Bodies
from heartline.storage.dynamodb import ConditionFailed, Table
from heartline.storage.expressions import Item, Update, Write

_MADE_ANEW: Final = ("by", "text", "seen", "html", "quoted", "subject", "to", "files", "mail", "body")
"""What of an item comes from the raw copy; the rest (where it is, how far it is) may move meanwhile."""


class DynamoReworking:
    """Implements `services.rework.ReworkStore`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def message(self, reference: MessageReference) -> Message | None:
        item = self._table.get(keys.message_at(reference.conversation, reference.sort))
        return self._bodies.from_item(item) if item else None

    def replace(self, before: Message, after: Message, aliases: Sequence[str] = ()) -> bool:
        changed = self._changed(before, after)
        named = [first_alias(alias, message_items.key_of(after)) for alias in aliases]
        head = self._table.get(keys.conversation(after.conversation)) or {}
        try:
            self._table.transact([changed, *_shown(head, before, after), *named])
        except ConditionFailed as refused:
            if 0 in refused.failed:
                return False
            raise
        return True

    def _changed(self, before: Message, after: Message) -> Update:
        """From the version that was read: the same placeholder, or the same sanitiser's HTML."""
        item = self._bodies.to_item(after)
        unmoved = Attr("mail").eq(message_items.message_to_item(before)["mail"])
        return Update(
            key=message_items.key_of(after),
            assign={name: item[name] for name in _MADE_ANEW if name in item},
            remove=tuple(name for name in _MADE_ANEW if name not in item),
            condition=unmoved,
        )


def _shown(head: Item, before: Message, after: Message) -> list[Write]:
    """What the list shows of the message, if it still shows this one."""
    changes: dict[str, Any] = {}
    if head.get("last_visible") == after.id:
        changes["preview"] = preview_of(after.words)
    if head.get("subject", "") == before.subject[:SUBJECT_LENGTH]:
        changes["subject"] = after.subject[:SUBJECT_LENGTH]
    if head.get("address", "") == before.author.address:
        changes |= {"name": after.author.name, "address": after.author.address}
    if not changes:
        return []
    still = Attr("last_visible").eq(head["last_visible"])
    return [Update(key=keys.conversation(after.conversation), assign=changes, condition=still)]
