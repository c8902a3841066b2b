"""Keeps the consent ledger where it is not a customer's text that changes it: Twilio's refusals, agents, imports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from heartline.domain.consent import BY_CUSTOMER, Change, Choice, Consent, Pair, Source, Statement, stated
from heartline.domain.conversations import Conversation
from heartline.domain.errors import Contended, Forbidden, Invalid, Unavailable
from heartline.domain.inboxes import AgentProfile
from heartline.domain.journal import line
from heartline.domain.messages import Message
from heartline.domain.text_faults import OPT_OUT
from heartline.services.ports import Clock, NewId

TRIES: Final = 4
_LEADS: Final = frozenset({"lead", "admin"})
_LINES: Final = {
    Choice.OUT: "{name} noted that {phone} wants no texts from {sender}: {words}",
    Choice.IN: "{name} noted that {phone} wants texts from {sender} again: {words}",
}


Chosen = Callable[[Sequence[Change]], Sequence[Change]]
"""Chooses what is written of what a statement changes; may raise where it must not be."""


class ConsentStore(Protocol):
    """The consent ledger."""

    def consents(self, pairs: Sequence[Pair]) -> tuple[Consent, ...]: ...

    def history(self, pair: Pair, *, limit: int) -> tuple[Statement, ...]:
        """What was said of a pair, the latest first."""
        ...

    def state(self, changes: Sequence[Change], line: Message | None) -> None:
        """Write the changes, and a line of a timeline, in one transaction.

        Raises `Contended` if something else was stated meanwhile.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepConsent:
    """Reads what holds, decides, and writes it with its history."""

    store: ConsentStore
    clock: Clock
    new_id: NewId

    def refused(self, pairs: Sequence[Pair], *, once: str) -> None:
        """Twilio refused a text because its recipient had opted out (21610): what it knows, we note."""
        said = self._statement(Choice.OUT, Source.REFUSED, by="twilio", words=OPT_OUT, once=once)
        self._state(pairs, said, lambda changes: changes)

    def imported(self, pairs: Sequence[Pair], choice: Choice, *, once: str) -> None:
        """What an import says of a contact: it never lifts a STOP, and what changes nothing is not on record twice."""
        said = self._statement(choice, Source.IMPORT, by="import", words="", once=once)
        self._state(pairs, said, lambda changes: [change for change in changes if change.after != change.before])

    def noted(
        self, pairs: Sequence[Pair], choice: Choice, *, reason: str, by: AgentProfile, head: Conversation | None = None
    ) -> None:
        """What an agent was told; a line in the conversation `head` says so, and who, and why.

        Raises `Invalid` without a reason, and `Forbidden` where an agent would lift what the customer said by text.
        """
        if not reason.strip():
            raise Invalid("reason: say how you know what the customer wants.")
        said = self._statement(choice, Source.AGENT, by=by.id, words=reason.strip(), once=self.new_id())
        told = _line(pairs[0], said, by, head) if head else None
        self._state(pairs, said, lambda changes: _allowed(changes, by), line=told)

    def _statement(self, choice: Choice, source: Source, *, by: str, words: str, once: str) -> Statement:
        return Statement(choice=choice, source=source, at=self.clock(), by=by, words=words, once=once)

    def _state(self, pairs: Sequence[Pair], said: Statement, chosen: Chosen, *, line: Message | None = None) -> None:
        """Decide on what holds and write what is `chosen` of it; again if somebody was faster."""
        for _ in range(TRIES):
            changes = chosen([stated(consent, said) for consent in self.store.consents(pairs)])
            try:
                return self.store.state(changes, line) if changes else None
            except Contended:
                continue
        raise Unavailable("The consent keeps changing; try again.")


def _allowed(changes: Sequence[Change], agent: AgentProfile) -> Sequence[Change]:
    """The changes, if the agent may make them: lifting what a customer said by text takes a lead.

    Twilio will refuse the next text all the same, until the customer sends START.
    """
    lifts = [change for change in changes if change.before.is_out and not change.after.is_out]
    by_customer = [c for c in lifts if c.before.stated is not None and c.before.stated.source in BY_CUSTOMER]
    if by_customer and agent.role not in _LEADS:
        reason = by_customer[0].before.reason
        raise Forbidden(f"{reason[:1].upper()}{reason[1:]}. Ask the customer to text START, or a lead to lift it.")
    return changes


def _line(pair: Pair, said: Statement, agent: AgentProfile, head: Conversation) -> Message:
    words = _LINES[said.choice].format(name=agent.name, phone=pair.phone, sender=pair.sender, words=said.words)
    return line(head.id, f"consent.{said.choice}", words, by=agent, at=said.at, once=f"{head.id}#{said.once}")
