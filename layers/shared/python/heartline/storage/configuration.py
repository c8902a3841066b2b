"""The company's configuration in the table: one item, read at most once a minute by each process."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.contacts import Contact, Identity
from heartline.domain.errors import NotFound
from heartline.domain.inboxes import Company
from heartline.services.configure import read_company
from heartline.services.menu_ports import Edit, Written
from heartline.storage import items, keys
from heartline.storage.dynamodb import EXISTS, MISSING, ConditionFailed, Table
from heartline.storage.expressions import Item, Put, Update

FRESH_SECONDS: Final = 60.0

_NONE_YET: Final = "No configuration yet: import one with `heartline import CONFIG.yaml`."


class StoredConfiguration:
    """Implements `services.ports.Configuration`; `monotonic` is a clock in seconds that never goes back."""

    def __init__(self, table: Table, monotonic: Callable[[], float]) -> None:
        self._table = table
        self._monotonic = monotonic
        self._read_at = -FRESH_SECONDS
        self._company: Company | None = None

    def company(self) -> Company:
        """Answer the configuration, at most `FRESH_SECONDS` old; `NotFound` if none was imported yet."""
        if self._company is None or self._monotonic() - self._read_at >= FRESH_SECONDS:
            item = self._table.get(keys.configuration())
            if item is None:
                raise NotFound(_NONE_YET)
            self._company = read_company(json.loads(item["document"]))
            self._read_at = self._monotonic()
        return self._company

    def written(self) -> Written:
        """Read the document as it is now, past what this process remembers; `NotFound` if none was imported yet."""
        item = self._table.get(keys.configuration())
        if item is None:
            raise NotFound(_NONE_YET)
        edits = {inbox: Edit(by=by, at=items.moment(at)) for inbox, (by, at) in item.get("edits", {}).items()}
        return Written(document=json.loads(item["document"]), edits=edits)

    def change(self, before: Written, after: Written) -> None:
        """Write a document that was validated; raises `ConditionFailed` if `before` does not stand there any more."""
        edits = {inbox: [edit.by, keys.instant(edit.at)] for inbox, edit in after.edits.items()}
        item = {**keys.configuration(), "document": json.dumps(after.document), "edits": edits}
        self._table.write(Put(item=item, condition=Attr("document").eq(json.dumps(before.document))))
        self._company = None

    def replace(self, document: dict[str, Any], contacts: Sequence[Contact]) -> None:
        """Store a validated document and the contacts that it brings along.

        Known contacts keep what they have; who they are to us is theirs from now on where the document says it.
        """
        company = {name: content for name, content in document.items() if name != "contacts"}
        self._table.write(Put(item={**keys.configuration(), "document": json.dumps(company)}))
        self._company = None
        for contact in contacts:
            self._bring(contact)
            if items.standing_of(contact):
                self._mark(contact)

    def _bring(self, contact: Contact) -> None:
        """Write a contact and its identities together: a contact that nobody finds would stop its first message."""
        identities = [items.identity_to_item(identity, contact) for identity in contact.identities]
        writes = [Put(item=item, condition=MISSING) for item in (items.contact_to_item(contact), *identities)]
        try:
            self._table.transact(writes)
        except ConditionFailed as known:
            for position, write in enumerate(writes):
                if position not in known.failed:
                    self._put_once(write)
            self._unite(contact)

    def _unite(self, brought: Contact) -> None:
        """Name at a contact that was there before the addresses that lead to it now, and what it is to us at these."""
        item = self._table.get(keys.contact(brought.id))
        if item is None:
            return
        known = items.contact_from_item(item)
        led = self._table.get_many([keys.identity(each.kind, each.address) for each in brought.identities])
        added = [each for each in brought.identities if each not in known.identities and _leads(led, each, known.id)]
        if added:
            united = items.contact_to_item(replace(known, identities=(*known.identities, *added)))
            place, unchanged = keys.contact(known.id), Attr("ids").eq(item["ids"])
            self._table.write(Update(key=place, assign={"ids": united["ids"]}, condition=unchanged))
        if standing := items.standing_of(known):
            for place in (keys.identity(each.kind, each.address) for each in added):
                self._table.write(Update(key=place, assign=standing, condition=Attr("contact").eq(known.id)))

    def _mark(self, brought: Contact) -> None:
        """Say who they are wherever one of their addresses leads: it may have been somebody's before."""
        found = self._table.get_many([keys.identity(each.kind, each.address) for each in brought.identities])
        known = self._table.get_many([keys.contact(name) for name in {item["contact"] for item in found.values()}])
        for contact in map(items.contact_from_item, known.values()):
            places = [keys.identity(each.kind, each.address) for each in contact.identities]
            for key in (keys.contact(contact.id), *places):
                self._table.write(Update(key=key, assign=items.standing_of(brought), condition=EXISTS))

    def _put_once(self, put: Put) -> None:
        with suppress(ConditionFailed):
            self._table.write(put)


def _leads(found: Mapping[tuple[str, str], Item], identity: Identity, contact: str) -> bool:
    key = keys.identity(identity.kind, identity.address)
    return found.get((key["PK"], key["SK"]), {}).get("contact") == contact
