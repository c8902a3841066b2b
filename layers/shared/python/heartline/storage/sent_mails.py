"""The mails that we sent, as events about them find and change them."""

from collections.abc import Sequence

from heartline.domain.conversations import Conversation, existing
from heartline.domain.errors import NotFound
from heartline.domain.messages import Message
from heartline.domain.reports import Reported
from heartline.domain.suppressions import Suppression
from heartline.storage import keys, message_items
from heartline.storage.dynamodb import Table
from heartline.storage.heads import read_current_head
from heartline.storage.intent_items import intent_from_item, message_key
from heartline.storage.report_writes import report_writes
from heartline.storage.suppressions import block_write


class DynamoSentMails:
    """Implements `services.outbound_ports.SentMails`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def message_of(self, intent_id: str) -> Message:
        intent = self._table.get(keys.intent(intent_id))
        item = self._table.get(message_key(intent_from_item(intent))) if intent else None
        if item is None:
            raise NotFound(f"There is no message of the intent {intent_id}.")
        return message_items.message_from_item(item)

    def head_of(self, message: Message) -> Conversation:
        return existing(read_current_head(self._table, message.conversation), message.conversation)

    def note(self, about: Reported, shown_in: Conversation, blocks: Sequence[Suppression]) -> None:
        self._table.transact([*report_writes(about, shown_in.id), *map(block_write, blocks)])
