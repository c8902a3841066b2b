"""Long bodies live in the object store: the message's item then holds a preview and a pointer."""

import json
from dataclasses import replace
from typing import Any, Final

from heartline.domain.messages import Message
from heartline.services.ports import Blobs
from heartline.storage.expressions import Item
from heartline.storage.message_items import message_from_item, message_to_item

INLINE_BYTES: Final = 4096
"""Where one S3 request costs about what the write units of an inline body cost."""

_PREVIEW: Final = 400
_BODY: Final = ("text", "visible_text", "html", "quoted_html")


class Bodies:
    """Writes and reads message items, with what is too long for the table put aside."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def to_item(self, message: Message) -> Item:
        """Build the item; a long body is in the object store before this returns."""
        body = {name: getattr(message, name) for name in _BODY}
        if sum(len(part.encode()) for part in body.values()) <= INLINE_BYTES:
            return message_to_item(message)
        key = f"bodies/{message.conversation}/{message.id}.json"
        self._blobs.put(key, json.dumps(body).encode(), "application/json")
        preview = replace(message, text=message.words[:_PREVIEW], visible_text="", html="", quoted_html="")
        return message_to_item(preview) | {"body": key}

    def from_item(self, item: Item) -> Message:
        message = message_from_item(item)
        if "body" not in item:
            return message
        body: dict[str, Any] = json.loads(self._blobs.get(item["body"]))
        return replace(message, **body)
