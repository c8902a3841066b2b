"""Items of messages, both directions side by side; pure."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from heartline.domain.messages import (
    RANK,
    Attachment,
    Author,
    AuthorKind,
    Channel,
    DeliveryStatus,
    Direction,
    Message,
    PendingMedia,
)
from heartline.storage import keys
from heartline.storage.expressions import Item, filled
from heartline.storage.mail_items import mail_from_item, mail_to_item
from heartline.storage.moments import moment
from heartline.storage.recording_items import recording_attributes, recording_from_item

_NAMELESS: Final = {"filename": "", "content_type": ""}
"""What a file may come without; empty attributes are not stored."""


def key_of(message: Message) -> keys.Key:
    return keys.message(message.conversation, message.at, message.id)


def message_to_item(message: Message) -> Item:
    m = message
    item: dict[str, Any] = {
        **key_of(m),
        "ch": m.channel.value,
        "dir": m.direction.value,
        "by": filled(asdict(m.author) | {"kind": m.author.kind.value}),
        "text": m.text,
        "seen": m.visible_text,
        "html": m.html,
        "quoted": m.quoted_html,
        "status": m.status.value,
        "rank": RANK[m.status],
        "reason": m.status_reason,
        "code": m.code,
        "again": m.again,
        "again_at": keys.instant(m.again_at) if m.again_at else None,
        "segs": m.segments or None,
        "price": m.price,
        "pid": m.provider_id,
        "raw": m.raw,
        "event": m.event,
        "subject": m.subject,
        "to": list(m.recipients),
        "files": [filled(asdict(attachment)) for attachment in m.attachments],
        "pending": pending_to_item(m.pending_media),
        "why": m.explanation,
        "mail": mail_to_item(m.mail) if m.mail else None,
        **recording_attributes(m),
    }
    return filled(item)


def pending_to_item(media: Iterable[PendingMedia]) -> list[Item]:
    return [filled(asdict(medium)) for medium in media]


def message_from_item(item: Item) -> Message:
    _, at, message_id = item["SK"].split("#", 2)
    return Message(
        id=message_id,
        conversation=keys.conversation_of(item["PK"]),
        channel=Channel(item["ch"]),
        direction=Direction(item["dir"]),
        author=Author(**item["by"] | {"kind": AuthorKind(item["by"]["kind"])}),
        at=moment(at),
        text=item.get("text", ""),
        visible_text=item.get("seen", ""),
        html=item.get("html", ""),
        quoted_html=item.get("quoted", ""),
        status=DeliveryStatus(item["status"]),
        status_reason=item.get("reason", ""),
        code=item.get("code", ""),
        again=item.get("again", ""),
        again_at=moment(item["again_at"]) if "again_at" in item else None,
        segments=item.get("segs", 0),
        price=item.get("price", ""),
        provider_id=item.get("pid", ""),
        raw=item.get("raw", ""),
        event=item.get("event", ""),
        subject=item.get("subject", ""),
        recipients=tuple(item.get("to", ())),
        attachments=tuple(Attachment(**_NAMELESS | file) for file in item.get("files", ())),
        pending_media=tuple(PendingMedia(**{"content_type": ""} | media) for media in item.get("pending", ())),
        explanation=item.get("why", ""),
        mail=mail_from_item(item["mail"]) if "mail" in item else None,
        recording=recording_from_item(item["rec"], item["rv"]) if "rec" in item else None,
    )
