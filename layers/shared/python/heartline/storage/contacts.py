"""What contacts are to us: at the contact, and at each of their identities, where intake reads it in one request."""

from collections.abc import Collection

from boto3.dynamodb.conditions import Attr, ConditionBase

from heartline.domain.contacts import Contact, Identity
from heartline.domain.messages import Message
from heartline.storage import items, keys, message_items
from heartline.storage.dynamodb import EXISTS, MISSING, Table
from heartline.storage.expressions import Put, Update

_STANDING = ("vip", "owner")


class DynamoContacts:
    """Implements `services.known_contacts.ContactStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def contact(self, contact_id: str) -> Contact | None:
        item = self._table.get(keys.contact(contact_id))
        return items.contact_from_item(item) if item else None

    def vips(self, contacts: Collection[str]) -> frozenset[str]:
        found = self._table.get_many([keys.contact(contact) for contact in contacts])
        known = (items.contact_from_item(item) for item in found.values())
        return frozenset(contact.id for contact in known if contact.vip)

    def change(self, before: Contact, after: Contact, entry: Message) -> None:
        mine = Attr("contact").eq(after.id)
        self._table.transact(
            [
                _update(keys.contact(after.id), after, _unchanged(before)),
                *(_update(key, after, mine) for key in self._led_by(after)),
                Put(item=message_items.message_to_item(entry), condition=MISSING),
            ]
        )

    def _led_by(self, contact: Contact) -> list[keys.Key]:
        """The identities that lead to the contact: one that was somebody's before goes on leading to them."""
        known = [_key(identity) for identity in contact.identities]
        found = self._table.get_many(known)
        return [key for key in known if found.get((key["PK"], key["SK"]), {}).get("contact") == contact.id]


def _update(key: keys.Key, contact: Contact, condition: ConditionBase) -> Update:
    said = items.standing_of(contact)
    return Update(
        key=key,
        assign=said,
        remove=tuple(name for name in _STANDING if name not in said),
        condition=condition,
    )


def _unchanged(before: Contact) -> ConditionBase:
    """The contact is there, and is to us what it was; its identities are those that were read."""
    said = items.standing_of(before)
    condition: ConditionBase = EXISTS & Attr("ids").eq([[each.kind.value, each.address] for each in before.identities])
    for name in _STANDING:
        condition &= Attr(name).eq(said[name]) if name in said else Attr(name).not_exists()
    return condition


def _key(identity: Identity) -> keys.Key:
    return keys.identity(identity.kind, identity.address)
