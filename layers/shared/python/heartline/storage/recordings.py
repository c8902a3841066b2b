"""Messages with a recording: written once, changed only from the version that was read, listed by what is due."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from boto3.dynamodb.conditions import Attr
from boto3.dynamodb.conditions import Key as KeyCondition

from heartline.domain.errors import NotFound
from heartline.domain.intake import preview_of
from heartline.domain.messages import Message
from heartline.services.ports import MessageReference
from heartline.storage import items, keys, message_items
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Item, Put, Update, Write
from heartline.storage.heads import read_head
from heartline.storage.recording_items import MOVING

_HEADS: Final = 1
"""The position of the first head in the transaction that changes previews."""


class DynamoRecordings:
    """Implements `services.recording_ports.RecordingStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, message: Message, *, raw: bytes) -> None:
        guard = items.guard_to_item(
            channel=message.channel, event=message.provider_id, message=message, raw=raw, at=message.at
        )
        with suppress(ConditionFailed):  # it was reported before
            self._table.transact(
                [
                    Put(item=guard, condition=MISSING),
                    Put(item=message_items.message_to_item(message), condition=MISSING),
                ]
            )

    def message(self, reference: MessageReference) -> Message | None:
        item = self._table.get(keys.message_at(reference.conversation, reference.sort))
        while item is not None and "moved" in item:
            item = self._table.get(keys.message_at(item["moved"], reference.sort))
        return message_items.message_from_item(item) if item else None

    def change(self, before: Message, after: Message, *, wake: bool = False, line: Message | None = None) -> Message:
        """The previews follow in the lists that show this message."""
        changed = _risen(before, after)
        writes: list[Write] = [_change(before, changed, wake=wake)]
        lines: list[Write] = [Put(item=message_items.message_to_item(line))] if line else []
        if before.text == after.text:
            self._write([*writes, *lines])
            return changed
        heads = self._showing(changed)
        while True:
            try:
                self._write([*writes, *(_preview(head, changed) for head in heads), *lines])
            except ConditionFailed as refused:
                overtaken = [head for place, head in enumerate(heads, start=_HEADS) if place in refused.failed]
                if len(overtaken) < len(refused.failed):
                    raise
                heads = [head for head in heads if head not in overtaken]
            else:
                return changed

    def due(self, now: datetime) -> Iterator[MessageReference]:
        before = KeyCondition("view_at").lt(f"{keys.instant(now)}$")
        after: keys.Key | None = None
        while True:
            page = self._table.query(
                keys.RECORDINGS_VIEW, sort=before, index=keys.VIEW_INDEX, partition_name="view", after=after
            )
            for item in page.items:
                yield MessageReference(conversation=keys.conversation_of(item["PK"]), sort=item["SK"])
            if page.last is None:
                return
            after = page.last

    def _showing(self, message: Message) -> list[str]:
        """The conversations whose entry in a list shows this message: its own, and what that was merged into."""
        shown: list[str] = []
        head = read_head(self._table, message.conversation)
        while head is not None:
            shown += [head.id] if head.last_visible == message.id else []
            head = read_head(self._table, head.merged_into) if head.merged_into else None
        return shown

    def _write(self, writes: list[Write]) -> None:
        if len(writes) == 1 and isinstance(writes[0], Update):
            self._table.write(writes[0])
        else:
            self._table.transact(writes)


def _risen(before: Message, after: Message) -> Message:
    if before.recording is None or after.recording is None:
        raise NotFound("This message has no recording.")
    return replace(after, recording=replace(after.recording, version=before.recording.version + 1))


def _change(before: Message, after: Message, *, wake: bool) -> Update:
    """Only what a recording moves: whatever else changes of a message stays what it is."""
    item = message_items.message_to_item(after)
    version = before.recording.version if before.recording else 0
    changes: dict[str, Any] = {name: item[name] for name in MOVING if name in item}
    if wake:
        changes["task"] = f"{version + 1}"
    return Update(
        key=message_items.key_of(before),
        assign=changes,
        remove=tuple(name for name in MOVING if name not in item),
        condition=Attr("rv").eq(version) & Attr("moved").not_exists(),
    )


def _preview(head: str, message: Message) -> Update:
    shown: Item = {"preview": preview_of(message.words)}
    return Update(
        key=keys.conversation(head),
        assign=shown,
        condition=Attr("last_visible").eq(message.id),
    )
