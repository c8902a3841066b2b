"""Items of the conversation store, both directions side by side; pure.

Attribute names are short where an item is written for every message: a write unit is a kilobyte. Routing's items are in
`routing_items.py`.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heartline.domain.contacts import Contact, Identity, IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.mail import Kind
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
from heartline.domain.outbound import Intent, IntentState
from heartline.storage import keys
from heartline.storage.expressions import Item
from heartline.storage.mail_items import mail_from_item, mail_to_item

VIEW_OF_STATE: Final = {
    State.WAITING: "unassigned",
    State.OFFERED: "unassigned",
    State.ASSIGNED: "assigned",
    State.WRAP: "assigned",
    State.SNOOZED: "assigned",
    State.CLOSED: "closed",
}

GUARD_LIFE: Final = timedelta(days=400)
"""How long the dedupe guard and raw form of an inbound event are kept (channels.md asks for 30 days or more)."""


_NAMELESS: Final = {"filename": "", "content_type": ""}
"""What a file may come without; empty attributes are not stored."""


def moment(text: str) -> datetime:
    """Read what `keys.instant` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None


def view_attributes(head: Conversation) -> Item:
    """The two attributes that place a head in the view index."""
    return {
        "view": keys.view(head.inbox, _view_of(head)),
        "view_at": f"{keys.instant(head.last_message_at)}#{head.id}",
    }


def _view_of(head: Conversation) -> str:
    if head.merged_into:
        return "merged"
    return "filtered" if head.filtered else VIEW_OF_STATE[head.state]


def conversation_to_item(conversation: Conversation) -> Item:
    c = conversation
    item: dict[str, Any] = {
        **keys.conversation(c.id),
        **view_attributes(c),
        "inbox": c.inbox,
        "contact": c.contact,
        "name": c.contact_name,
        "address": c.contact_address,
        "subject": c.subject,
        "state": c.state.value,
        "ver": c.version,
        "channels": {channel.value for channel in c.channels},
        "ch": c.routing_channel.value,
        "class": c.routing_class,
        "req": c.requires,
        "band": c.band,
        "boost": c.boost,
        "enq": keys.instant(c.enqueued),
        "preview": c.preview,
        "last_visible": c.last_visible,
        "opened": keys.instant(c.opened_at),
        "waiting": keys.instant(c.waiting_since) if c.waiting_since else None,
        "answered": keys.instant(c.answered_at) if c.answered_at else None,
        "agent": c.agent,
        "rsv": c.reservation,
        "exp": keys.instant(c.offer_expires) if c.offer_expires else None,
        "excl": c.exclusions,
        "excl_at": c.declined,
        "last_agent": c.last_agent,
        "heated": c.heated or None,
        "kind": c.kind.value if c.kind is not Kind.HUMAN else None,
        "problem": c.problem,
        "follows": c.follows,
        "followed": c.followed_by,
        "closed": keys.instant(c.closed_at) if c.closed_at else None,
        "merged": c.merged_into,
        "merged_open": c.merged_open or None,
        "absorbed": list(c.absorbed),
    }
    return _filled(item)


def conversation_from_item(item: Item) -> Conversation:
    return Conversation(
        id=item["PK"].removeprefix("C#"),
        inbox=item["inbox"],
        contact=item["contact"],
        contact_name=item.get("name", ""),
        contact_address=item.get("address", ""),
        subject=item.get("subject", ""),
        state=State(item["state"]),
        version=item["ver"],
        channels=tuple(sorted(Channel(name) for name in item["channels"])),
        routing_channel=Channel(item["ch"]),
        routing_class=item["class"],
        requires=item.get("req", {}),
        band=item["band"],
        boost=item.get("boost", 0),
        enqueued=moment(item["enq"]),
        preview=item.get("preview", ""),
        last_message_at=moment(item["view_at"].partition("#")[0]),
        last_visible=item.get("last_visible", ""),
        opened_at=moment(item["opened"]),
        waiting_since=_moment(item.get("waiting")),
        answered_at=_moment(item.get("answered")),
        agent=item.get("agent"),
        reservation=item.get("rsv"),
        offer_expires=_moment(item.get("exp")),
        exclusions=item.get("excl"),
        declined=item.get("excl_at"),
        last_agent=item.get("last_agent"),
        heated=bool(item.get("heated")),
        kind=Kind(item.get("kind", Kind.HUMAN)),
        problem=item.get("problem", ""),
        follows=item.get("follows", ""),
        followed_by=item.get("followed", ""),
        closed_at=_moment(item.get("closed")),
        merged_into=item.get("merged", ""),
        merged_open=bool(item.get("merged_open")),
        absorbed=tuple(item.get("absorbed", ())),
    )


def message_to_item(message: Message) -> Item:
    m = message
    item: dict[str, Any] = {
        **keys.message(m.conversation, m.at, m.id),
        "ch": m.channel.value,
        "dir": m.direction.value,
        "by": _filled(asdict(m.author) | {"kind": m.author.kind.value}),
        "text": m.text,
        "seen": m.visible_text,
        "html": m.html,
        "quoted": m.quoted_html,
        "status": m.status.value,
        "rank": RANK[m.status],
        "reason": m.status_reason,
        "pid": m.provider_id,
        "raw": m.raw,
        "event": m.event,
        "subject": m.subject,
        "to": list(m.recipients),
        "files": [_filled(asdict(attachment)) for attachment in m.attachments],
        "pending": [asdict(media) for media in m.pending_media],
        "why": m.explanation,
        "mail": mail_to_item(m.mail) if m.mail else None,
    }
    return _filled(item)


def message_from_item(item: Item) -> Message:
    _, at, message_id = item["SK"].split("#", 2)
    return Message(
        id=message_id,
        conversation=item["PK"].removeprefix("C#"),
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
        provider_id=item.get("pid", ""),
        raw=item.get("raw", ""),
        event=item.get("event", ""),
        subject=item.get("subject", ""),
        recipients=tuple(item.get("to", ())),
        attachments=tuple(Attachment(**_NAMELESS | file) for file in item.get("files", ())),
        pending_media=tuple(PendingMedia(**media) for media in item.get("pending", ())),
        explanation=item.get("why", ""),
        mail=mail_from_item(item["mail"]) if "mail" in item else None,
    )


def contact_to_item(contact: Contact) -> Item:
    return {
        **keys.contact(contact.id),
        "name": contact.name,
        "ids": [[identity.kind.value, identity.address] for identity in contact.identities],
    }


def contact_from_item(item: Item) -> Contact:
    return Contact(
        id=item["PK"].removeprefix("CT#"),
        name=item["name"],
        identities=tuple(Identity(kind=IdentityKind(kind), address=address) for kind, address in item["ids"]),
    )


def identity_to_item(identity: Identity, contact: Contact) -> Item:
    return {**keys.identity(identity.kind, identity.address), "contact": contact.id, "name": contact.name}


def pointer_to_item(contact_id: str, inbox: str, conversations: Iterable[str], version: int) -> Item:
    """The contact's open conversations in one inbox, the most recently active first."""
    return {**keys.open_pointer(contact_id, inbox), "convs": list(conversations), "ver": version}


def guard_to_item(*, channel: str, event: str, message: Message, raw: bytes, at: datetime) -> Item:
    """The dedupe guard, which is also the ledger's row of the event and, for a webhook, its compressed raw form."""
    item: dict[str, Any] = {
        **keys.guard(channel, event),
        "state": "stored",
        "conv": message.conversation,
        "msg": keys.message(message.conversation, message.at, message.id)["SK"],
        "at": keys.instant(at),
        "raw": raw,
        "ttl": int((at + GUARD_LIFE).timestamp()),
    }
    return _filled(item)


def alias_to_item(provider_id: str, message: Message) -> Item:
    """Find a message by an id that a provider or a mail header knows it by."""
    sort = keys.message(message.conversation, message.at, message.id)["SK"]
    return {**keys.alias(provider_id), "conv": message.conversation, "msg": sort}


def intent_to_item(intent: Intent, state: IntentState = IntentState.QUEUED) -> Item:
    item = asdict(intent) | {
        **keys.intent(intent.id),
        "state": state.value,
        "channel": intent.channel.value,
        "at": keys.instant(intent.at),
        "thread": list(intent.thread),
        "mail": mail_to_item(intent.mail) if intent.mail else None,
        "attachments": [_filled(asdict(attachment)) for attachment in intent.attachments],
        "forwards": intent.forwards or None,
    }
    del item["id"]
    return _filled(item)


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
        text=item["text"],
        subject=item.get("subject", ""),
        thread=tuple(item.get("thread", ())),
        mail=mail_from_item(item["mail"]) if "mail" in item else None,
        attachments=tuple(Attachment(**file) for file in item.get("attachments", ())),
        quotes=item.get("quotes", ""),
        forwards=item.get("forwards", False),
        signature=item.get("signature", ""),
        digest=item.get("digest", ""),
        attempt=item.get("attempt", ""),
    )


def _filled(item: Item) -> Item:
    """Leave out what is empty: an absent attribute costs nothing. Zero and False are values."""
    return {name: value for name, value in item.items() if value not in (None, "", b"", [], {}, ())}


def message_reference(intent: Intent) -> Item:
    """Where the intent's message is, in the form of an alias item without its key."""
    sort = keys.message(intent.conversation, intent.at, intent.message_id)["SK"]
    return {"conv": intent.conversation, "msg": sort}
