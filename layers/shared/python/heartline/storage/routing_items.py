"""Items of routing: wait entries and the directory of classes; pure."""

from typing import Final

from heartline.domain.conversations import Conversation
from heartline.storage import keys
from heartline.storage.expressions import Item

WAIT_SHARD: Final = 0
"""One shard a class: it carries about 250 conversations a second (routing.md)."""


def wait_rank(conversation: Conversation) -> int:
    """The order within a band: `enqueued - boost` in milliseconds (R2)."""
    return int(conversation.enqueued.timestamp() * 1000) - conversation.boost * 1000


def wait_entry_to_item(conversation: Conversation, *, weight: int = 1) -> Item:
    """The entry that exists exactly while the conversation is WAITING."""
    key = keys.wait_entry(
        routing_class=conversation.routing_class,
        shard=WAIT_SHARD,
        band=conversation.band,
        rank=wait_rank(conversation),
        conversation_id=conversation.id,
    )
    return {
        **key,
        "conv": conversation.id,
        "ver": conversation.version,
        "ch": conversation.routing_channel.value,
        "w": weight,
    }


def class_to_item(conversation: Conversation) -> Item:
    """The directory row of the class that the conversation waits in."""
    return {
        **keys.routing_class(conversation.routing_class),
        "ch": conversation.routing_channel.value,
        "req": conversation.requires,
    }
