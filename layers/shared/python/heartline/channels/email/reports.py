"""Delivery reports: which recipients failed and which of our mails it was about (RFC 3464, and what came before it)."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from heartline.channels.email.addresses import parse_addresses
from heartline.channels.email.headers import Headers, read_headers
from heartline.channels.email.identifiers import own_message_id
from heartline.channels.email.limits import LIMITS
from heartline.channels.email.structure import Part
from heartline.domain.mail import Bounce

_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_BLOCK_END: Final = re.compile(rb"\r?\n[ \t]*\r?\n")
_MESSAGE_ID: Final = re.compile(r"(?im)^[> ]*message-id:\s*(<[^<>\s]{1,500}>)")
_NAMED: Final = re.compile(r"(?m)^[ \t]*<([^<>\s@]{1,64}@[^<>\s]{1,255})>:?[ \t]*(?:\n[ \t]*)?(.{0,500})")
_ACTIONS: Final = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
_STATUS_TYPES: Final = ("message/delivery-status", "message/global-delivery-status")
_ORIGINAL_TYPES: Final = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_OLD_FORMS: Final = re.compile(
    r"qmail-send program|could not be delivered to|delivery to the following recipients? failed"
    r"|message has been delayed|unable to deliver your message|permanent(?:ly)? (?:fatal )?(?:error|failure)",
    re.IGNORECASE,
)
_TEXT_SCANNED: Final = 64 * 1024


def bounces_of(root: Part, text: str, decode: Callable[[Part], bytes]) -> tuple[Bounce, ...]:
    """Every recipient that the mail reports about; empty if it is no report. `decode` gives a leaf's bytes."""
    leaves = [part for part in root.walk() if not part.parts]
    statuses = [part for part in leaves if part.content_type in _STATUS_TYPES]
    scanned = text[:_TEXT_SCANNED]
    if not statuses and not root.headers.has("x-failed-recipients") and not _OLD_FORMS.search(scanned):
        return ()
    original = _original_id([decode(part) for part in leaves if part.content_type in _ORIGINAL_TYPES], scanned)
    found = [bounce for part in statuses for bounce in _machine_readable(decode(part), original)]
    return tuple(found or _old_form(root.headers, scanned, original))


def _machine_readable(report: bytes, original: str) -> Iterator[Bounce]:
    """The per-recipient blocks of a delivery status, which the empty lines part."""
    for block in _BLOCK_END.split(report)[:500]:
        fields, _ = read_headers(block + b"\n", 0, len(block) + 1, LIMITS)
        recipient = _typed(fields.text("final-recipient")) or _typed(fields.text("original-recipient"))
        if recipient:
            yield _bounce(fields, recipient, original)


def _bounce(fields: Headers, recipient: str, original: str) -> Bounce:
    diagnostic = _typed(fields.text("diagnostic-code"))
    status = _STATUS.search(fields.text("status")) or _STATUS.search(diagnostic)
    action = fields.text("action").partition(" ")[0].lower()
    return Bounce(
        recipient=recipient,
        action=action if action in _ACTIONS else "failed",
        status=status[1] if status else "",
        diagnostic=diagnostic,
        original_message_id=original,
    )


def _old_form(headers: Headers, text: str, original: str) -> Iterator[Bounce]:
    """Exim and Gmail name the recipients in a header, qmail and Yahoo at the beginning of a paragraph."""
    named = {match[1]: match[2].strip() for match in _NAMED.finditer(text)}
    failed, _ = parse_addresses(headers.source("x-failed-recipients"), 100)
    for recipient in dict.fromkeys([entry.address for entry in failed if entry.address] or list(named)[:100]):
        diagnostic = named.get(recipient, "")
        status = _STATUS.search(diagnostic) or _STATUS.search(text)
        yield Bounce(
            recipient=recipient,
            status=status[1] if status else "",
            diagnostic=diagnostic,
            original_message_id=original,
        )


def _original_id(originals: list[bytes], text: str) -> str:
    """The Message-ID of the mail that the report is about: from its returned copy, else from the text."""
    for original in originals:
        headers, _ = read_headers(original, 0, len(original), LIMITS)
        if headers.has("message-id"):
            return own_message_id(headers.source("message-id"))
    quoted = _MESSAGE_ID.search(text)
    return own_message_id(quoted[1]) if quoted else ""


def _typed(value: str) -> str:
    """The value behind `rfc822;` or `smtp;`, address brackets removed."""
    kind, mark, rest = value.partition(";")
    plain = rest.strip() if mark and " " not in kind.strip() else value.strip()
    return plain.removeprefix("<").removesuffix(">") if plain.startswith("<") and " " not in plain else plain
