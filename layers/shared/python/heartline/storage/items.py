"""Items of conversations' heads, of contacts and of what came in, both directions side by side; pure.

Attribute names are short where an item is written for every message: a write unit is a kilobyte. Messages are in
`message_items.py`, routing's items in `routing_items.py`, what is sent in `intent_items.py`.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from heartline.domain.contacts import Contact, Identity, IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.intake import Came, Pointer
from heartline.domain.mail import Kind
from heartline.domain.messages import Channel, Message
from heartline.storage import keys
from heartline.storage.demand_items import (
    demand_attributes,
    pools_from_item,
    preference_attribute,
    preference_from_item,
    steps_from_item,
    thousandths,
)
from heartline.storage.expressions import Item, filled
from heartline.storage.message_items import key_of
from heartline.storage.moments import moment as moment  # noqa: PLC0414 - exported: `items.moment` is read everywhere

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
        "boost": c.boost or None,
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
        "heated": c.heated or (False if c.heat_by else None),
        "kind": c.kind.value if c.kind is not Kind.HUMAN else None,
        "problem": c.problem,
        "call": c.call,
        "closed": keys.instant(c.closed_at) if c.closed_at else None,
        "wa": keys.instant(c.whatsapp_until) if c.whatsapp_until else None,
        **_relations(c),
        **_routing(c),
    }
    return filled(item)


def _relations(c: Conversation) -> Item:
    """How it hangs together with other conversations."""
    return {
        "follows": c.follows,
        "followed": c.followed_by,
        "merged": c.merged_into,
        "merged_from": c.merged_from.value if c.merged_from else None,
        "absorbed": list(c.absorbed),
    }


def _routing(c: Conversation) -> Item:
    """What routing asks for besides skills and priority, and what it was told."""
    return {
        **demand_attributes(c.steps, c.pools),
        "pref": preference_attribute(c.preferred),
        "rules": list(c.rules),
        "heat": list(c.heat),
        "heat_by": c.heat_by,
        "rounds": c.rounds if c.rounds > 1 else None,
        "snoozed": keys.instant(c.snoozed_until) if c.snoozed_until else None,
        "w": thousandths(c.weight) if c.weight != 1 else None,
    }


def conversation_from_item(item: Item) -> Conversation:
    return Conversation(
        id=keys.conversation_of(item["PK"]),
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
        call=item.get("call", ""),
        closed_at=_moment(item.get("closed")),
        whatsapp_until=_moment(item.get("wa")),
        **_relations_from(item),
        **_routing_from(item),
    )


def _relations_from(item: Item) -> dict[str, Any]:
    return {
        "follows": item.get("follows", ""),
        "followed_by": item.get("followed", ""),
        "merged_into": item.get("merged", ""),
        "merged_from": State(item["merged_from"]) if "merged_from" in item else None,
        "absorbed": tuple(item.get("absorbed", ())),
    }


def _routing_from(item: Item) -> dict[str, Any]:
    return {
        "steps": steps_from_item(item),
        "pools": pools_from_item(item),
        "preferred": preference_from_item(item),
        "rules": tuple(item.get("rules", ())),
        "heat": tuple(item.get("heat", ())),
        "heat_by": item.get("heat_by", ""),
        "rounds": item.get("rounds", 1),
        "snoozed_until": _moment(item.get("snoozed")),
        "weight": item["w"] / 1000 if "w" in item else 1,
    }


def contact_to_item(contact: Contact) -> Item:
    return {
        **keys.contact(contact.id),
        "name": contact.name,
        "ids": [[identity.kind.value, identity.address] for identity in contact.identities],
        **standing_of(contact),
    }


def standing_of(contact: Contact) -> Item:
    """What a contact is to us; it stands at their identities as well, where intake reads it."""
    return filled({"vip": contact.vip or None, "owner": contact.owner})


def contact_from_item(item: Item) -> Contact:
    identities = tuple(Identity(kind=IdentityKind(kind), address=address) for kind, address in item["ids"])
    return Contact(
        id=item["PK"].removeprefix("CT#"),
        name=item["name"],
        identities=identities,
        vip=item.get("vip", False),
        owner=item.get("owner", ""),
    )


def identity_to_item(identity: Identity, contact: Contact) -> Item:
    who = {"contact": contact.id, "name": contact.name, **standing_of(contact)}
    return {**keys.identity(identity.kind, identity.address), **who}


def contact_of_identity(item: Item, identity: Identity) -> Contact:
    """What an identity's item says of its contact."""
    return Contact(
        id=item["contact"],
        name=item.get("name", ""),
        identities=(identity,),
        vip=item.get("vip", False),
        owner=item.get("owner", ""),
    )


def pointer_to_item(contact_id: str, inbox: str, pointer: Pointer) -> Item:
    """The contact's open conversations in one inbox, the most recently active first."""
    came = pointer.came
    return {
        **keys.open_pointer(contact_id, inbox),
        "convs": list(pointer.conversations),
        "ver": pointer.version,
        **({"came": [keys.instant(came.at), came.rounds]} if came else {}),
    }


def pointer_from_item(item: Item | None) -> Pointer:
    """Nothing is open with who has no pointer yet."""
    if item is None:
        return Pointer()
    at, rounds = item.get("came", ("", 0))
    came = Came(at=moment(at), rounds=rounds) if at else None
    return Pointer(conversations=tuple(item["convs"]), version=item["ver"], came=came)


def guard_to_item(*, channel: str, event: str, message: Message, raw: bytes, at: datetime) -> Item:
    """The dedupe guard, which is also the ledger's row of the event and, for a webhook, its compressed raw form."""
    item: dict[str, Any] = {
        **keys.guard(channel, event),
        "state": "stored",
        "conv": message.conversation,
        "msg": key_of(message)["SK"],
        "at": keys.instant(at),
        "raw": raw,
        "ttl": int((at + GUARD_LIFE).timestamp()),
    }
    return filled(item)
