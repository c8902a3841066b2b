"""Messages with files that are still at the provider."""

from contextlib import suppress
from typing import Any

from boto3.dynamodb.conditions import Attr

from heartline.domain.messages import Message
from heartline.services.ports import MessageReference
from heartline.storage import items, keys
from heartline.storage.dynamodb import EXISTS, ConditionFailed, Table
from heartline.storage.expressions import Update


class DynamoMedia:
    """Implements `services.media.MediaStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def message(self, reference: MessageReference) -> Message | None:
        item = self._table.get(keys.message_at(reference.conversation, reference.sort))
        return items.message_from_item(item) if item else None

    def complete(self, reference: MessageReference, message: Message) -> None:
        """Change the files alone: the message's delivery state may have moved meanwhile."""
        item = items.message_to_item(message)
        changes: dict[str, Any] = {name: item[name] for name in ("files", "why") if name in item}
        still_pending = EXISTS & Attr("pending").exists()
        update = Update(
            key=keys.message_at(reference.conversation, reference.sort),
            assign=changes,
            remove=("pending",),
            condition=still_pending,
        )
        with suppress(ConditionFailed):  # another delivery of the same cause was faster
            self._table.write(update)
