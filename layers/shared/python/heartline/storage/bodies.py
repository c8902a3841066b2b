"""Long bodies live in the object store: the message's item then holds a preview and a pointer."""

import json
from dataclasses import replace
from typing import Final

from heartline.domain.messages import Message
from heartline.services.ports import Blobs
from heartline.storage.expressions import Item
from heartline.storage.items import message_from_item, message_to_item

INLINE_BYTES: Final = 4096
"""Where one S3 request costs about what the write units of an inline body cost."""

_PREVIEW: Final = 400


class Bodies:
    """Writes and reads message items, with what is too long for the table put aside."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def to_item(self, message: Message) -> Item:
        """Build the item; a long body is in the object store before this returns."""
        if len(message.text.encode()) + len(message.html.encode()) <= INLINE_BYTES:
            return message_to_item(message)
        key = f"bodies/{message.conversation}/{message.id}.json"
        content = json.dumps({"text": message.text, "html": message.html}).encode()
        self._blobs.put(key, content, "application/json")
        return message_to_item(replace(message, text=message.text[:_PREVIEW], html="")) | {"body": key}

    def from_item(self, item: Item) -> Message:
        message = message_from_item(item)
        if "body" not in item:
            return message
        body = json.loads(self._blobs.get(item["body"]))
        return replace(message, text=body["text"], html=body["html"])
