"""Keeps the consent ledger where it is not a customer's text that changes it: Twilio's refusals, agents, imports."""

from collections.abc import Sequence
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
    """Reads what holds, decides, writes it with its history; again if somebody was faster."""

    store: ConsentStore
    clock: Clock
    new_id: NewId

    def refused(self, pairs: Sequence[Pair], *, once: str) -> None:
        """Twilio refused a text because its recipient had opted out (21610): what it knows, we note."""
        self._state(pairs, choice=Choice.OUT, source=Source.REFUSED, by="twilio", words=OPT_OUT, once=once)

    def imported(self, pairs: Sequence[Pair], choice: Choice, *, once: str) -> None:
        """What an import says of a contact: it never lifts a STOP, and what changes nothing is not on record twice."""
        said = Statement(choice=choice, source=Source.IMPORT, at=self.clock(), by="import", words="", once=once)
        for _ in range(TRIES):
            changes = [stated(consent, said) for consent in self.store.consents(pairs)]
            news = [change for change in changes if change.after != change.before]
            try:
                return self.store.state(news, None) if news else None
            except Contended:
                continue
        raise Unavailable("The consent keeps changing; try again.")

    def noted(
        self, pairs: Sequence[Pair], choice: Choice, *, reason: str, by: AgentProfile, head: Conversation | None = None
    ) -> None:
        """What an agent was told; a line in the conversation `head` says so, and who, and why.

        Raises `Invalid` without a reason, and `Forbidden` where an agent would lift what the customer said by text.
        """
        if not reason.strip():
            raise Invalid("reason: say how you know what the customer wants.")
        self._state(
            pairs,
            choice=choice,
            source=Source.AGENT,
            by=by.id,
            words=reason.strip(),
            once=self.new_id(),
            agent=by,
            head=head,
        )

    def _state(
        self,
        pairs: Sequence[Pair],
        *,
        choice: Choice,
        source: Source,
        by: str,
        words: str,
        once: str,
        agent: AgentProfile | None = None,
        head: Conversation | None = None,
    ) -> None:
        said = Statement(choice=choice, source=source, at=self.clock(), by=by, words=words, once=once)
        told = _line(pairs[0], said, agent, head) if agent and head else None
        for _ in range(TRIES):
            changes = [stated(consent, said) for consent in self.store.consents(pairs)]
            if agent is not None:
                _check(changes, agent)
            try:
                return self.store.state(changes, told)
            except Contended:
                continue
        raise Unavailable("The consent keeps changing; try again.")


def _check(changes: Sequence[Change], agent: AgentProfile) -> None:
    """Lifting what a customer said by text takes a lead: Twilio will refuse the next text all the same."""
    lifts = [change for change in changes if change.before.is_out and not change.after.is_out]
    by_customer = [c for c in lifts if c.before.stated is not None and c.before.stated.source in BY_CUSTOMER]
    if by_customer and agent.role not in _LEADS:
        reason = by_customer[0].before.reason
        raise Forbidden(f"{reason[:1].upper()}{reason[1:]}. Ask the customer to text START, or a lead to lift it.")


def _line(pair: Pair, said: Statement, agent: AgentProfile, head: Conversation) -> Message:
    words = _LINES[said.choice].format(name=agent.name, phone=pair.phone, sender=pair.sender, words=said.words)
    return line(head.id, f"consent.{said.choice}", words, by=agent, at=said.at, once=f"{head.id}#{said.once}")
