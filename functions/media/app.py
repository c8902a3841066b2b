"""The media queue → a message's files in our own bucket."""

import json
from typing import Any

from heartline import batches, bootstrap
from heartline.services.ports import MessageReference


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Copy the pending files of messages: {"conversation": id, "message": sort key}."""
    return batches.each_record(event, _copy)


def _copy(record: dict[str, Any]) -> None:
    """On its last delivery nobody would come back to say what is missing, so the message says it now."""
    cause = json.loads(record["body"])
    reference = MessageReference(conversation=cause["conversation"], sort=cause["message"])
    bootstrap.media()(reference, last=batches.is_last(record))
