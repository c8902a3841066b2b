"""The media queue → a message's files in our own bucket."""

from typing import Any

from heartline import batches, bootstrap
from heartline.services.ports import MessageReference


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Copy the pending files of messages: {"conversation": id, "message": sort key}."""
    return batches.each(event, lambda cause: bootstrap.media()(_named(cause)))


def _named(cause: dict[str, str]) -> MessageReference:
    return MessageReference(conversation=cause["conversation"], sort=cause["message"])
