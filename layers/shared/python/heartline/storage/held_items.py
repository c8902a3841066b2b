"""Held things as items, both directions; pure.

An inbound one is the event's own guard: what is held has come, and comes once. An outbound one has a key of its own.
"""

from datetime import timedelta
from typing import Any, Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.held import Held, HeldState, named_by
from heartline.domain.messages import Channel, Direction
from heartline.storage import items, keys
from heartline.storage.expressions import Item, Update, filled

OUTBOUND_LIFE: Final = timedelta(days=30)
"""How long an automatic mail may wait for its release; nobody wants it later."""

VIEW: Final = "held"

STILL_HELD: Final = Attr("state").is_in([HeldState.HELD.value, HeldState.RELEASING.value])
"""The condition that nobody has ended it."""


def held_to_item(held: Held) -> Item:
    """Build the item; `view` and `view_at` list it while it is held."""
    inbound = held.direction is Direction.INBOUND
    at = keys.instant(held.at)
    life = items.GUARD_LIFE if inbound else OUTBOUND_LIFE
    item: dict[str, Any] = {
        **(keys.guard(held.channel, held.key) if inbound else keys.held(held.key)),
        "view": keys.view(held.inbox, VIEW),
        "view_at": f"{at}#{held.channel}#{held.key}",
        "state": held.state.value,
        "ch": held.channel.value,
        "at": at,
        "reason": held.reason,
        "goes_to": held.goes_to,
        "inbox": held.inbox,
        "from": held.sender,
        "to": held.recipient,
        "subject": held.subject,
        "preview": held.preview,
        "raw": held.raw or held.raw_pointer,
        "conv": held.conversation,
        "msg": held.message,
        "ttl": int((held.at + life).timestamp()),
    }
    return filled(item)


def held_from_item(item: Item) -> Held:
    inbound = item["PK"].startswith("IN#")
    raw = item.get("raw", b"")
    return Held(
        key=item["PK"].split("#", 2)[2] if inbound else item["PK"].removeprefix("HELD#"),
        channel=Channel(item["ch"]),
        direction=Direction.INBOUND if inbound else Direction.OUTBOUND,
        at=items.moment(item["at"]),
        reason=item["reason"],
        inbox=item.get("inbox", ""),
        sender=item.get("from", ""),
        recipient=item.get("to", ""),
        subject=item.get("subject", ""),
        preview=item.get("preview", ""),
        raw=raw if isinstance(raw, bytes) else b"",
        raw_pointer=raw if isinstance(raw, str) else "",
        conversation=item.get("conv", ""),
        message=item.get("msg", ""),
        state=HeldState(item["state"]),
        goes_to=item.get("goes_to", ""),
        by=item.get("by", ""),
    )


def ending(key: keys.Key, state: HeldState, by: str = "") -> Update:
    """End a held entry, once: it leaves the list, and its row stays in the ledger."""
    assign = {"state": state.value} | ({"by": by} if by else {})
    return Update(key=key, assign=assign, remove=("view", "view_at"), condition=STILL_HELD)


def place_of(held_id: str) -> keys.Key:
    """Where the thing of this `Held.id` is."""
    channel, key = named_by(held_id)
    return keys.guard(channel, key) if channel else keys.held(key)
