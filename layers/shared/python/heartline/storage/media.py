"""Messages with files that are still at the provider."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from boto3.dynamodb.conditions import Attr

from heartline.domain.messages import Message, PendingMedia
from heartline.services.ports import MessageReference
from heartline.storage import keys, message_items
from heartline.storage.dynamodb import EXISTS, ConditionFailed, Table
from heartline.storage.expressions import Update


class DynamoMedia:
    """Implements `services.media.MediaStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def message(self, reference: MessageReference) -> Message | None:
        item = self._table.get(keys.message_at(reference.conversation, reference.sort))
        return message_items.message_from_item(item) if item else None

    def advance(self, reference: MessageReference, message: Message, *, before: Sequence[PendingMedia]) -> None:
        """Change the files alone: the message's delivery state may have moved meanwhile."""
        item = message_items.message_to_item(message)
        changes: dict[str, Any] = {name: item[name] for name in ("files", "why", "pending") if name in item}
        as_read = message_items.pending_to_item(before)
        update = Update(
            key=keys.message_at(reference.conversation, reference.sort),
            assign=changes,
            remove=() if "pending" in changes else ("pending",),
            condition=EXISTS & Attr("pending").eq(as_read),
        )
        with suppress(ConditionFailed):  # another delivery of the same cause was faster
            self._table.write(update)
