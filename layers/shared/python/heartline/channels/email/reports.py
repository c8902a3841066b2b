"""Delivery reports: which recipients a mail failed to reach and which of our mails it was about.

A report proves nothing by itself: anybody can write one. It counts only if `original_message_id` names a mail that we
sent to that recipient, which whoever acts on it has to look up.
"""

from collections.abc import Callable, Iterable
from typing import Final

from heartline.channels.email.addresses import parse_addresses
from heartline.channels.email.body import content_of
from heartline.channels.email.headers import Headers, read_headers
from heartline.channels.email.identifiers import message_ids, own_message_id
from heartline.channels.email.limits import LIMITS
from heartline.channels.email.report_fields import looks_machine_readable, recipients_in
from heartline.channels.email.report_forms import MESSAGE_ID
from heartline.channels.email.report_text import quotes_refusal, read_notice, recipients_named, with_reasons
from heartline.channels.email.signs import is_delivery_report, is_marked_automatic, is_rejection
from heartline.channels.email.structure import Part, read_structure
from heartline.domain.mail import Bounce

STATUS_TYPES: Final = ("message/delivery-status", "message/global-delivery-status")
_OTHER_REPORTS: Final = (
    "message/feedback-report",
    "message/disposition-notification",
    "message/global-disposition-notification",
)
_RETURNED_TYPES: Final = (
    "message/rfc822",
    "message/global",
    "message/partial",
    "text/rfc822-headers",
    "message/global-headers",
    "message/rfc822-headers",
    "text/rfc822",
)
_REFERRING: Final = ("original-message-id", "x-original-message-id", "in-reply-to", "references")
_DEPTH: Final = 2

Decode = Callable[[Part], bytes]


def bounces_of(root: Part, text: str, decode: Decode) -> tuple[Bounce, ...]:
    """Every recipient that the mail reports about; empty if it is no report. `decode` gives a leaf's bytes.

    Fields for machines are preferred to words for people, and those to a report that is itself returned inside.
    """
    return _bounces(root, text, decode, _DEPTH)


def _bounces(root: Part, text: str, decode: Decode, depth: int) -> tuple[Bounce, ...]:
    if not _may_report(root):
        return ()
    notice = read_notice(text)
    if not (_is_declared(root) or quotes_refusal(notice)):
        return ()
    leaves = [part for part in root.walk() if not part.parts]
    statuses = [decode(part) for part in leaves if _is_status(part, decode)]
    returned = _returned_headers(root, leaves, decode)
    original = _original_id(root.headers, returned, (notice.copy, notice.words, *map(_as_text, statuses)))
    stated = [bounce for status in statuses for bounce in recipients_in(status, original, _recipients_of(returned))]
    if stated:
        return tuple(dict.fromkeys(with_reasons(stated, notice)))
    named = tuple(recipients_named(root.headers, notice, original))
    return named or _returned_report(leaves, decode, depth - 1)


def _may_report(root: Part) -> bool:
    """Whether a machine wrote it, and no report of another kind: all that the headers can tell, which costs nothing."""
    if is_rejection(root.headers):
        return True
    is_other = any(part.content_type in _OTHER_REPORTS for part in root.walk())
    return not is_other and (_is_declared(root) or is_marked_automatic(root.headers))


def _is_declared(root: Part) -> bool:
    """Whether the mail calls itself a delivery report, by its type or by its sender and subject."""
    if root.content_type == "multipart/report" and not is_rejection(root.headers):
        return root.parameters.get("report-type", "").lower() in ("", "delivery-status")
    return root.content_type in STATUS_TYPES or is_delivery_report(root.headers)


def _is_status(part: Part, decode: Decode) -> bool:
    if part.content_type in STATUS_TYPES:
        return True
    is_other = part.content_type in _RETURNED_TYPES or part.content_type == "text/html"
    return not is_other and looks_machine_readable(decode(part))


def _returned_report(leaves: list[Part], decode: Decode, depth: int) -> tuple[Bounce, ...]:
    """What a report says that came back inside this one: a gateway that bounces other servers' bounces."""
    for part in leaves if depth else ():
        if part.content_type == "message/rfc822":
            inner, _ = read_structure(decode(part), LIMITS)
            texts = [content_of(leaf).data for leaf in inner.walk() if leaf.content_type == "text/plain"]
            text = b"\n".join(texts).decode("utf-8", "replace").replace("\r\n", "\n")
            if found := _bounces(inner, text, lambda leaf: content_of(leaf).data, depth):
                return found
    return ()


def _returned_headers(root: Part, leaves: list[Part], decode: Decode) -> Headers:
    """The headers of our mail as the report returns them; a part without a type may begin with them itself."""
    for part in leaves:
        if part.content_type in _RETURNED_TYPES:
            data = decode(part).lstrip(b"\r\n")
            headers, _ = read_headers(data, 0, len(data), LIMITS)
        else:
            headers = part.headers
        if part is not root and (headers.has("message-id") or headers.has("to")):
            return headers
    return Headers(fields=())


def _recipients_of(returned: Headers) -> frozenset[str]:
    """Whom our mail was visibly written to, in lower case."""
    found, _ = parse_addresses(", ".join([*returned.sources("to"), *returned.sources("cc")]), LIMITS.addresses)
    return frozenset(entry.address.lower() for entry in found if entry.address)


def _original_id(headers: Headers, returned: Headers, quotes: Iterable[str]) -> str:
    """The Message-ID of the mail that the report is about, as it stands there, wherever the server put it.

    The returned mail itself is the surest; then its headers quoted in the words; then the report's own references.
    """
    quoted = next((found[1] for quote in quotes if (found := MESSAGE_ID.search(quote))), "")
    if returned.has("message-id") or quoted:
        return own_message_id(returned.source("message-id") or quoted)
    values = (headers.source(name) for name in _REFERRING)
    identifiers = (message_ids(value, LIMITS.message_ids)[-1:] for value in values)
    return next((identifier[0] for identifier in identifiers if identifier), "")


def _as_text(status: bytes) -> str:
    return status[:65536].decode("latin-1")
