"""What an agent sees and says of a customer's texts: whether one may go, what it takes, and what the customer wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from heartline.domain.consent import Choice, Consent, Pair, Statement
from heartline.domain.conversations import Conversation
from heartline.domain.errors import Invalid, NotFound
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.messages import Channel, Message
from heartline.domain.phones import unified_mobile
from heartline.services.addressing import Dialable, numbers_in, wrote_to
from heartline.services.consent import KeepConsent
from heartline.services.ports import ReadingStore
from heartline.services.texting import Outlook, Texting

_RECENT: Final = 100
HISTORY: Final = 50
"""How many statements of a pair are shown, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDesk:
    """Reads the conversation's newest messages and the ledger: two requests."""

    reading: ReadingStore
    texting: Texting
    consent: KeepConsent
    dialable: Dialable

    def outlook(
        self, head: Conversation, inbox: Inbox, *, number: str = "", text: str = ""
    ) -> tuple[tuple[str, ...], Outlook]:
        """The numbers known of the customer, and how a text to one of them (the latest, unless named) stands.

        Raises `NotFound` for another number, and `Invalid` where none is known.
        """
        recent = self._recent(head)
        numbers = numbers_in(head, recent)
        chosen = _chosen(numbers, number)
        return numbers, self.texting.outlook(inbox, chosen, wrote_to=wrote_to(recent, chosen), text=text)

    def first(self, inbox: Inbox, *, number: str, text: str) -> Outlook:
        """How a first text to a number that somebody wrote stands."""
        return self.texting.outlook(inbox, unified_mobile(self.dialable(number, inbox.country)), text=text)

    def stated(
        self, head: Conversation, inbox: Inbox, *, number: str = ""
    ) -> tuple[tuple[Consent, ...], tuple[Statement, ...]]:
        """What holds for the number and what sends to it, and everything that was said of that; raises as `outlook`."""
        pairs = self._pairs(head, inbox, number)
        store = self.consent.store
        said = (statement for pair in pairs for statement in store.history(pair, limit=HISTORY))
        history = {statement.once: statement for statement in said}
        return store.consents(pairs), tuple(sorted(history.values(), key=lambda each: each.at, reverse=True))

    def note(
        self, head: Conversation, inbox: Inbox, *, number: str, choice: Choice, reason: str, by: AgentProfile
    ) -> None:
        """Note what the customer wants; the timeline says who did, and why. Raises as `KeepConsent.noted`."""
        self.consent.noted(self._pairs(head, inbox, number), choice, reason=reason, by=by, head=head)

    def _pairs(self, head: Conversation, inbox: Inbox, number: str) -> tuple[Pair, ...]:
        _, outlook = self.outlook(head, inbox, number=number)
        return tuple(consent.pair for consent in outlook.consents)

    def _recent(self, head: Conversation) -> Sequence[Message]:
        page = self.reading.messages(head.id, limit=_RECENT, cursor=None, whole=False, absorbed=head.absorbed)
        return page.items


def _chosen(numbers: Sequence[str], written: str) -> str:
    number = unified_mobile(written)
    if number and number not in numbers:
        raise NotFound(f"{written} is no number of this customer's.")
    if not numbers:
        raise Invalid(
            f"No number of this customer is known, so that nothing can go there on the channel “{Channel.SMS}”."
        )
    return number or numbers[0]
