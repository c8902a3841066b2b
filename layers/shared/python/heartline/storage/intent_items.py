"""Items of what is sent, both directions side by side; pure."""

from dataclasses import asdict
from datetime import timedelta
from typing import Final

from heartline.domain.messages import Attachment, Channel, DeliveryStatus
from heartline.domain.outbound import Intent, IntentState
from heartline.domain.progress import Progress
from heartline.storage import keys
from heartline.storage.expressions import Item, filled
from heartline.storage.items import moment
from heartline.storage.mail_items import mail_from_item, mail_to_item

PARKED_LIFE: Final = timedelta(days=7)
"""How long a delivery state waits for the id of its message."""


def intent_to_item(intent: Intent, state: IntentState = IntentState.QUEUED) -> Item:
    item = asdict(intent) | {
        **keys.intent(intent.id),
        "state": state.value,
        "channel": intent.channel.value,
        "at": keys.instant(intent.at),
        "thread": list(intent.thread),
        "mail": mail_to_item(intent.mail) if intent.mail else None,
        "attachments": [filled(asdict(attachment)) for attachment in intent.attachments],
        "forwards": intent.forwards or None,
        "shorten": intent.shorten or None,
        "tries": intent.tries or None,
    }
    del item["id"]
    return filled(item)


def intent_from_item(item: Item) -> Intent:
    return Intent(
        id=item["PK"].removeprefix("OUT#"),
        inbox=item["inbox"],
        conversation=item["conversation"],
        message_id=item["message_id"],
        at=moment(item["at"]),
        channel=Channel(item["channel"]),
        sender=item["sender"],
        sender_name=item.get("sender_name", ""),
        recipient=item["recipient"],
        text=item.get("text", ""),
        subject=item.get("subject", ""),
        thread=tuple(item.get("thread", ())),
        mail=mail_from_item(item["mail"]) if "mail" in item else None,
        attachments=tuple(Attachment(**file) for file in item.get("attachments", ())),
        quotes=item.get("quotes", ""),
        forwards=item.get("forwards", False),
        signature=item.get("signature", ""),
        template=item.get("template", ""),
        variables=item.get("variables", {}),
        digest=item.get("digest", ""),
        attempt=item.get("attempt", ""),
        service=item.get("service", ""),
        shorten=item.get("shorten", False),
        tries=item.get("tries", 0),
    )


def message_key(intent: Intent) -> keys.Key:
    """The key of the message that the intent sends."""
    return keys.message(intent.conversation, intent.at, intent.message_id)


def parked_to_item(progress: Progress) -> Item:
    """A report that came before its message's id was recorded."""
    item = {
        **keys.parked(progress.provider_id, progress.status),
        "status": progress.status.value,
        "reason": progress.reason,
        "code": progress.code,
        "at": keys.instant(progress.at),
        "again_at": keys.instant(progress.again_at) if progress.again_at else None,
        "ttl": int((progress.at + PARKED_LIFE).timestamp()),
    }
    return filled(item)


def parked_from_item(provider_id: str, item: Item) -> Progress:
    return Progress(
        provider_id=provider_id,
        status=DeliveryStatus(item["status"]),
        reason=item.get("reason", ""),
        at=moment(item["at"]),
        code=item.get("code", ""),
        again_at=moment(item["again_at"]) if "again_at" in item else None,
    )
