"""Every hint of a mail is named with what it was worth, so that nobody has to guess why it is where it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from heartline.channels.email.explain import Explain, signals_of
from heartline.channels.email.parse import parse_mail
from heartline.domain.aliases import subject_alias
from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import MailRules
from heartline.domain.mail import Kind, MailAddress, ParsedMail
from heartline.domain.messages import Message
from heartline.domain.threading import reply_address, sign_token, synthetic_message_id
from heartline.services.ports import MessageReference
from tests.fakes import MemoryTable
from tests.letters import KEYS, raw_mail
from tests.office import TOM, Office

OURS = "support@acme.example"


@dataclass(slots=True)
class Known:
    """Implements `services.ports.References` over what a test says is known."""

    heads: dict[str, Conversation] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def find(self, provider_ids: Sequence[str]) -> dict[str, MessageReference]:
        return {
            name: MessageReference(conversation=self.names[name], sort="M#")
            for name in provider_ids
            if name in self.names
        }

    def conversation(self, conversation_id: str) -> Conversation | None:
        return self.heads.get(conversation_id)

    def message(self, reference: MessageReference) -> Message | None:
        raise AssertionError(reference)


def explained(mail: ParsedMail, known: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """The verdict of each hint, with where the hint stood; conversation c1 is there, in Support."""
    office = Office(table=MemoryTable())
    conversation = office.ingest(office.letter("m0"))
    references = Known(heads={"c1": office.head(conversation)}, names=known or {})
    explain = Explain(inbox=office.inbox("support"), inboxes=office.company.inboxes, keys=KEYS, references=references)
    return [(hint.reason, hint.verdict) for hint in explain(mail)]


def letter(**changes: object) -> ParsedMail:
    return replace(parse_mail(raw_mail("m1")), **changes)  # type: ignore[arg-type]


def to(address: str) -> tuple[MailAddress, ...]:
    return (MailAddress(address=address),)


def test_the_first_believed_hint_decides_and_the_next_says_so() -> None:
    token = sign_token(KEYS, "c1", "support")
    mail = letter(to=to(reply_address(OURS, token)), in_reply_to=(synthetic_message_id(token, "acme.example"),))

    assert explained(mail)[:2] == [
        ("plus_address", "decides"),
        ("signed_id", "leads to it, but an earlier hint decides"),
    ]


def test_an_id_that_nobody_knows_says_so() -> None:
    assert explained(letter(in_reply_to=("other@example.org",))) == [
        ("in_reply_to", "names no message that this inbox knows")
    ]


def test_an_id_that_is_known_decides() -> None:
    mail = letter(in_reply_to=("m0@example.org",))

    assert explained(mail, {"mail:support:m0@example.org": "c1"}) == [("in_reply_to", "decides")]


def test_the_rule_of_subjects_is_named_where_an_inbox_has_it() -> None:
    office = Office(table=MemoryTable())
    head = office.head(office.ingest(office.letter("m0")))
    inbox = replace(office.inbox("support"), mail_rules=MailRules(subject_hours=24))
    known = Known(heads={"c1": head}, names={subject_alias("support", TOM, "My order"): "c1"})

    hints = Explain(inbox=inbox, inboxes=office.company.inboxes, keys=KEYS, references=known)(letter())

    assert [(hint.reason, hint.verdict) for hint in hints] == [("subject", "decides")]


def test_a_conversation_that_is_gone_is_no_hit() -> None:
    mail = letter(to=to(reply_address(OURS, sign_token(KEYS, "c9", "support"))))

    assert explained(mail) == [("plus_address", "leads to no conversation of this inbox")]


def test_a_token_of_another_inbox_is_named_as_such() -> None:
    mail = letter(to=to(reply_address(OURS, sign_token(KEYS, "c1", "sales"))))

    assert explained(mail) == [
        ("plus_address", "not believed: it was signed for the inbox Sales, and no mail crosses inboxes")
    ]


def test_a_forged_token_is_named_as_such() -> None:
    token = sign_token(KEYS, "c1", "support")
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")

    assert explained(letter(text=f"> [ref:{forged}]")) == [
        ("body_marker", "not believed: none of our keys made its signature")
    ]


def test_spam_is_joined_by_signed_hints_only() -> None:
    mail = letter(kind=Kind.SPAM, in_reply_to=("m0@example.org",))

    assert explained(mail, {"mail:support:m0@example.org": "c1"}) == [
        ("references", "not believed: a mail with the verdict spam is joined by signed hints only")
    ]


def test_the_signals_are_the_headers_that_say_what_a_mail_is() -> None:
    raw = b"Auto-Submitted: auto-replied\r\nPrecedence: bulk\r\nSubject: Away\r\n\r\nI am away."

    assert signals_of(raw) == {"auto-submitted": "auto-replied", "precedence": "bulk"}


def test_a_mail_without_hints_has_none() -> None:
    assert explained(letter()) == []
