"""Says who a contact is to us: somebody who matters more, and whose they are. What it changes is told in a timeline."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from heartline.domain.contacts import Contact
from heartline.domain.conversations import Conversation
from heartline.domain.errors import Contended, NotFound
from heartline.domain.inboxes import AgentProfile
from heartline.domain.journal import line
from heartline.domain.messages import Message
from heartline.services.ports import Clock

TRIES: Final = 4


class ContactStore(Protocol):
    """Contacts, and what their identities say of them."""

    def contact(self, contact_id: str) -> Contact | None: ...

    def vips(self, contacts: Collection[str]) -> frozenset[str]:
        """Those of the contacts who are VIPs, in one request for a hundred of them."""
        ...

    def change(self, before: Contact, after: Contact, entry: Message) -> None:
        """Write what a contact is to us, at all of their identities, with the line that tells it; in one transaction.

        Raises `Contended` if somebody else has changed it meanwhile.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownContacts:
    """New work of a contact follows it; what waits already stays as it is."""

    store: ContactStore
    clock: Clock

    def read(self, head: Conversation) -> Contact:
        """The contact of a conversation; raises `NotFound` if we know nothing of them."""
        contact = self.store.contact(head.contact)
        if contact is None:
            raise NotFound("Nothing is known of this contact.")
        return contact

    def vips(self, heads: Iterable[Conversation]) -> frozenset[str]:
        """The contacts of these conversations who are VIPs, as it is now."""
        return self.store.vips({head.contact for head in heads})

    def mark(
        self,
        head: Conversation,
        *,
        vip: bool,
        owner: AgentProfile | None,
        by: AgentProfile,
        keeps_owner: bool = False,
    ) -> Contact:
        """Set both, or leave the owner, who may work elsewhere; what is so already is no change, and no line."""
        for _ in range(TRIES):
            before = self.read(head)
            after = replace(before, vip=vip, owner=before.owner if keeps_owner else owner.id if owner else "")
            if after == before:
                return before
            words = f"{by.name} {' and '.join(_changes(before, after, owner))}."
            at = self.clock()
            entry = line(
                head.id, "contact", words, by=by, at=at, once=f"{head.contact}#{vip}#{after.owner}#{at.isoformat()}"
            )
            try:
                self.store.change(before, after, entry)
            except Contended:
                continue
            return after
        raise Contended("The contact keeps changing; try again.")


def _changes(before: Contact, after: Contact, owner: AgentProfile | None) -> list[str]:
    said = []
    if after.vip != before.vip:
        said.append(f"marked {after.name} as a VIP" if after.vip else f"took the VIP mark from {after.name}")
    if after.owner != before.owner:
        said.append(f"gave {after.name} to {owner.name}" if owner else f"said that {after.name} belongs to nobody")
    return said
