"""Explains where a mail went: every hint that it carries, in the order of belief, and what each was worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from heartline.channels.email.limits import LIMITS
from heartline.channels.email.structure import read_structure
from heartline.domain.aliases import mail_alias, subject_alias
from heartline.domain.inboxes import Inbox
from heartline.domain.mail import Kind, ParsedMail
from heartline.domain.threading import Candidate, Keys, Reason, body_marker, candidates, tokens_in, verify_token
from heartline.services.ports import References

SIGNALS: Final = (
    "return-path", "auto-submitted", "x-auto-response-suppress", "precedence", "list-id", "list-unsubscribe",
    "x-autoreply", "x-autorespond", "x-failed-recipients", "x-ses-spam-verdict", "x-ses-virus-verdict", "content-type",
)  # fmt: skip
"""Headers that say what a mail is; those it has are shown beside its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One thing in a mail that names a conversation, or claims to. `verdict` is a sentence."""

    reason: Reason
    evidence: str
    verdict: str
    conversation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Reads a mail again as the inbox `inbox` would; `inboxes` are all of the company's."""

    inbox: Inbox
    inboxes: Sequence[Inbox]
    keys: Keys
    references: References

    def __call__(self, mail: ParsedMail) -> tuple[Hint, ...]:
        """Every hint; of those that lead to a conversation of this inbox, the first decides."""
        return (*self._believed(mail), *self._disbelieved(mail))

    def _believed(self, mail: ParsedMail) -> Iterator[Hint]:
        decided, rule = False, bool(self.inbox.mail_rules.subject_hours)
        own = self.inbox.mail_addresses
        for candidate in candidates(mail, inbox=self.inbox.id, own_addresses=own, keys=self.keys, subject_rule=rule):
            conversation = candidate.conversation or self._known(candidate, mail)
            head = self.references.conversation(conversation) if conversation else None
            if not conversation:
                verdict = "names no message that this inbox knows"
            elif head is None or head.inbox != self.inbox.id:
                verdict = "leads to no conversation of this inbox"
            else:
                verdict = "leads to it, but an earlier hint decides" if decided else "decides"
                decided = True
            yield Hint(reason=candidate.reason, evidence=candidate.evidence, verdict=verdict, conversation=conversation)

    def _known(self, candidate: Candidate, mail: ParsedMail) -> str:
        name = (
            mail_alias(self.inbox.id, candidate.message_id)
            if candidate.message_id is not None
            else subject_alias(self.inbox.id, mail.sender.address.lower(), candidate.evidence)
        )
        found = self.references.find([name]).get(name)
        return found.conversation if found else ""

    def _disbelieved(self, mail: ParsedMail) -> Iterator[Hint]:
        """What has the form of a token of ours, and is none for this inbox."""
        for reason, evidence in _places(mail):
            for token in tokens_in(evidence):
                if verify_token(self.keys, token, self.inbox.id) is None:
                    yield Hint(reason=reason, evidence=evidence, verdict=self._fault(token))
        if mail.kind in (Kind.SPAM, Kind.VIRUS):
            for identifier in (*mail.in_reply_to, *reversed(mail.references)):
                verdict = f"not believed: a mail with the verdict {mail.kind} is joined by signed hints only"
                yield Hint(reason=Reason.REFERENCES, evidence=identifier, verdict=verdict)

    def _fault(self, token: str) -> str:
        signed_for = next((box.name for box in self.inboxes if verify_token(self.keys, token, box.id)), "")
        if signed_for:
            return f"not believed: it was signed for the inbox {signed_for}, and no mail crosses inboxes"
        return "not believed: none of our keys made its signature"


def signals_of(raw: bytes) -> dict[str, str]:
    """The headers of a raw mail that say what it is."""
    root, _ = read_structure(raw, LIMITS)
    return {name: root.headers.text(name) for name in SIGNALS if root.headers.has(name)}


def _places(mail: ParsedMail) -> Iterator[tuple[Reason, str]]:
    """Where tokens may stand, in the order of belief."""
    yield from ((Reason.PLUS_ADDRESS, address) for address in mail.addressed)
    yield from ((Reason.SIGNED_ID, identifier) for identifier in mail.answered)
    yield from ((Reason.BODY_MARKER, body_marker(token)) for token in dict.fromkeys(tokens_in(mail.text)))
