"""Reading one conversation's head and one contact's open pointer, as intake, answering, calls and routing all do."""

from heartline.domain.conversations import Conversation
from heartline.domain.intake import Pointer
from heartline.storage import items, keys
from heartline.storage.dynamodb import Table


def read_head(table: Table, conversation_id: str) -> Conversation | None:
    item = table.get(keys.conversation(conversation_id))
    return items.conversation_from_item(item) if item else None


def read_current_head(table: Table, conversation_id: str) -> Conversation | None:
    """The head that goes on where `conversation_id` was merged into another."""
    head = read_head(table, conversation_id)
    while head is not None and head.merged_into:
        head = read_head(table, head.merged_into)
    return head


def read_pointer(table: Table, contact_id: str, inbox: str) -> Pointer:
    return items.pointer_from_item(table.get(keys.open_pointer(contact_id, inbox)))
