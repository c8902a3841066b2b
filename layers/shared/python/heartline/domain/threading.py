"""Which conversation a mail belongs to: signed tokens, and the order in which a mail's own hints are believed.

A token says "this mail answers that conversation of that inbox" and is signed, so that nobody can guess a way into
a stranger's thread. It is `c.<conversation>.<key id><signature>`: lower-case letters and digits only, because mail
systems lower-case addresses. The signature is an HMAC-SHA256 cut to 128 bits (RFC 2104, section 5).
"""

import hmac
import json
import re
from base64 import b32encode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from heartline.domain.mail import Kind, ParsedMail
from heartline.domain.subjects import is_telling, plain_subject

_SIGNATURE_BYTES: Final = 16
_TOKEN: Final = re.compile(r"c\.([a-z0-9]{1,32})\.([a-z0-9])([a-z2-7]{26})")
_PLUS_ADDRESS: Final = re.compile(rf"(.+)\+({_TOKEN.pattern})@(.+)")
_SYNTHETIC_ID: Final = re.compile(rf"({_TOKEN.pattern})(?:\.[a-z0-9-]{{1,64}})?@.+")
_MARKER: Final = re.compile(rf"\[ref:({_TOKEN.pattern})\]")
_LOCAL_PART_OCTETS: Final = 64
_MARKERS_READ: Final = 20
_SIGNED_ONLY: Final = (Kind.SPAM, Kind.VIRUS)
_SES_HOME_REGION: Final = "us-east-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The signing secrets by key id (one lower-case letter or digit); `current` signs, every one verifies.

    Rotation: add a new secret, make it current, remove the old one when no reply to it is expected any more.
    """

    current: str
    secrets: Mapping[str, bytes]

    @classmethod
    def from_secret(cls, secret: str) -> "Keys":
        """Read `{"current": key id, "<key id>": secret, …}`."""
        fields = json.loads(secret)
        current = fields.pop("current")
        return cls(current=current, secrets={name: text.encode() for name, text in fields.items()})


class Reason(StrEnum):
    """Why a mail joins a conversation."""

    REPORT = "report"
    PLUS_ADDRESS = "plus_address"
    SIGNED_ID = "signed_id"
    IN_REPLY_TO = "in_reply_to"
    REFERENCES = "references"
    BODY_MARKER = "body_marker"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One hint: the conversation that it proves, or the Message-ID whose conversation storage must look up.

    That of the subject rule has neither: storage looks up the sender and the subject.
    """

    reason: Reason
    evidence: str
    conversation: str | None = None
    message_id: str | None = None

    @property
    def explanation(self) -> str:
        """The sentence that the inbox shows, once this hint has decided."""
        return _EXPLANATIONS[self.reason].format(self.evidence)


_EXPLANATIONS: Final = {
    Reason.REPORT: "attached because it reports on our message {}",
    Reason.PLUS_ADDRESS: "joined because it was sent to the signed reply address {}",
    Reason.SIGNED_ID: "joined because it refers to our signed message id {}",
    Reason.IN_REPLY_TO: "joined because it answers the message {}",
    Reason.REFERENCES: "joined because its thread contains the message {}",
    Reason.BODY_MARKER: "joined because the quoted text carries our signed marker {}",
    Reason.SUBJECT: "joined because the same sender wrote under the subject “{}” a short while ago",
}
NEW_CONVERSATION: Final = "opened a conversation because nothing in it refers to an earlier one"
FOLLOW_UP: Final = "opened a follow-up because the conversation that it answers was closed {} days ago"


def sign_token(keys: Keys, conversation: str, inbox: str) -> str:
    """The token of `conversation` (lower-case letters and digits, at most 32) in `inbox`; equal inputs, equal token."""
    return (
        f"c.{conversation}.{keys.current}{_signature(keys.secrets[keys.current], 'conversation', inbox, conversation)}"
    )


def verify_token(keys: Keys, token: str, inbox: str) -> str | None:
    """The conversation that `token` names, if one of our keys signed it for `inbox`; else nothing."""
    match = _TOKEN.fullmatch(token.lower())
    secret = keys.secrets.get(match[2]) if match else None
    if match is None or secret is None:
        return None
    expected = _signature(secret, "conversation", inbox, match[1])
    return match[1] if hmac.compare_digest(expected, match[3]) else None


def tokens_in(text: str) -> tuple[str, ...]:
    """Everything in `text` that has the form of a token, whoever signed it."""
    return tuple(match[0] for _, match in zip(range(_MARKERS_READ), _TOKEN.finditer(text.lower()), strict=False))


def reply_address(base_address: str, token: str) -> str:
    """`support+<token>@example.com` for `support@example.com`.

    A local part that would exceed the 64 octets of RFC 5321 stays without the token; the headers then carry the thread.
    """
    local, _, domain = base_address.rpartition("@")
    signed = f"{local}+{token}"
    return f"{signed}@{domain}" if len(signed.encode()) <= _LOCAL_PART_OCTETS else base_address


def synthetic_message_id(token: str, domain: str, unique: str = "") -> str:
    """A Message-ID (without brackets) that proves its conversation; `unique` tells the messages of one apart."""
    return f"{token}.{unique}@{domain}" if unique else f"{token}@{domain}"


def body_marker(token: str) -> str:
    """What is put into the quoted part of a reply, for programs that drop every header."""
    return f"[ref:{token}]"


def ses_aliases(message_id: str, region: str) -> tuple[str, ...]:
    """Every name that a mail sent through SES is known by: the id of the API, and the Message-ID that receivers see.

    SES replaces the header by `<id@region.amazonses.com>`, in us-east-1 by `<id@email.amazonses.com>`.
    https://docs.aws.amazon.com/ses/latest/dg/send-email-raw.html
    """
    bare = message_id.strip("<> ").partition("@")[0]
    host = "email" if region == _SES_HOME_REGION else region
    return bare, f"{bare}@{host}.amazonses.com"


def sign_loop(keys: Keys, inbox: str) -> str:
    """The value of our loop header: says that an automatic mail of `inbox` is ours."""
    return f"{inbox}.{keys.current}{_signature(keys.secrets[keys.current], 'loop', inbox, '')}"


def is_own_loop(keys: Keys, value: str) -> bool:
    """Whether `value` is a loop header that one of our keys signed."""
    inbox, _, signature = value.strip().rpartition(".")
    secret = keys.secrets.get(signature[:1].lower())
    if not inbox or secret is None:
        return False
    return hmac.compare_digest(_signature(secret, "loop", inbox, "").encode(), signature[1:].lower().encode())


def candidates(
    mail: ParsedMail, *, inbox: str, own_addresses: Collection[str], keys: Keys, subject_rule: bool = False
) -> Iterator[Candidate]:
    """The hints of `mail` in the order in which they are believed; the first that leads to a conversation decides.

    A hint with a bad signature, or signed for another inbox, is no hint. Spam and viruses are believed only where they
    are signed: a Message-ID may have been seen by anybody. `own_addresses` are the inbox's mail addresses;
    `subject_rule` says that the inbox joins by sender and subject alone.
    """
    yield from _by_report(mail)
    yield from _by_address(mail, inbox, frozenset(address.lower() for address in own_addresses), keys)
    for identifier in mail.answered:
        conversation = _signed_id(identifier, inbox, keys)
        if conversation:
            yield Candidate(reason=Reason.SIGNED_ID, evidence=identifier, conversation=conversation)
    for identifier in mail.answered if mail.kind not in _SIGNED_ONLY else ():
        reason = Reason.IN_REPLY_TO if identifier in mail.in_reply_to else Reason.REFERENCES
        yield Candidate(reason=reason, evidence=identifier, message_id=identifier)
    yield from _by_marker(mail, inbox, keys)
    if subject_rule and _may_join_by_subject(mail):
        yield Candidate(reason=Reason.SUBJECT, evidence=plain_subject(mail.subject))


def _by_report(mail: ParsedMail) -> Iterator[Candidate]:
    """A report belongs to the message that it is about."""
    originals = dict.fromkeys(bounce.original_message_id for bounce in mail.bounces)
    for identifier in originals if mail.kind is Kind.BOUNCE else ():
        if identifier:
            yield Candidate(reason=Reason.REPORT, evidence=identifier, message_id=identifier)


def _may_join_by_subject(mail: ParsedMail) -> bool:
    """The weakest hint of all asks for a person, an address not known to be forged, and a subject that tells."""
    is_believable = mail.kind is Kind.HUMAN and bool(mail.sender.address) and not mail.verdicts.forged
    return is_believable and is_telling(mail.subject)


def _by_address(mail: ParsedMail, inbox: str, own: frozenset[str], keys: Keys) -> Iterator[Candidate]:
    for address in mail.addressed:
        match = _PLUS_ADDRESS.fullmatch(address.lower())
        if match is None or f"{match[1]}@{match[6]}" not in own:
            continue
        conversation = verify_token(keys, match[2], inbox)
        if conversation:
            yield Candidate(reason=Reason.PLUS_ADDRESS, evidence=address, conversation=conversation)


def _signed_id(identifier: str, inbox: str, keys: Keys) -> str | None:
    match = _SYNTHETIC_ID.fullmatch(identifier.lower())
    return verify_token(keys, match[1], inbox) if match else None


def _by_marker(mail: ParsedMail, inbox: str, keys: Keys) -> Iterator[Candidate]:
    for _, match in zip(range(_MARKERS_READ), _MARKER.finditer(mail.text.lower()), strict=False):
        conversation = verify_token(keys, match[1], inbox)
        if conversation:
            yield Candidate(reason=Reason.BODY_MARKER, evidence=match[0], conversation=conversation)


def _signature(secret: bytes, purpose: str, inbox: str, subject: str) -> str:
    """128 bits over what is said and what for, so that a token of one purpose or inbox is none for another."""
    message = "\x00".join(("heartline", purpose, inbox, subject)).encode()
    digest = hmac.digest(secret, message, "sha256")[:_SIGNATURE_BYTES]
    return b32encode(digest).decode("ascii").rstrip("=").lower()
