"""What kind of mail it is: written by a person to us, or by a machine, a list, a loop.

Only `human` reopens, starts a clock and notifies: a wrong `auto_reply` silences a customer, a wrong `human` costs a
glance. So where the signs are weak, it is a person. docs/decisions/0023-classification.md has the cases.
"""

import re
from collections.abc import Container
from typing import Final

from heartline.channels.email.headers import Headers, read_headers
from heartline.channels.email.limits import LIMITS
from heartline.channels.email.reports import STATUS_TYPES
from heartline.channels.email.signs import (
    AWAY_SUBJECTS,
    any_of,
    is_away_answer,
    is_bulk,
    is_from_daemon,
    is_marked_automatic,
    is_null_path,
    is_vacation_program,
    says_undelivered,
)
from heartline.channels.email.structure import Part
from heartline.domain.mail import Bounce, Kind, Verdicts

_PARTS: Final = {
    "message/feedback-report": Kind.COMPLAINT,
    "message/disposition-notification": Kind.RECEIPT,
    "message/global-disposition-notification": Kind.RECEIPT,
}
_REPORT_TYPES: Final = {
    "delivery-status": Kind.BOUNCE,
    "feedback-report": Kind.COMPLAINT,
    "disposition-notification": Kind.RECEIPT,
}
_HOTMAIL_COMPLAINT: Final = "x-hmxmroriginalrecipient"
_READ: Final = re.compile(
    r"\s*(?:(?:not |non |no )?(?:read|lu|leído|letto|lido)|(?:un)?gelesen|gelezen|przeczytano|läst|læst|lest"
    r"|прочитано|прочтено|已读|開封済み|既読)\s*[:\uff1a]",
    re.IGNORECASE,
)
_TNEF: Final = ("application/ms-tnef", "application/vnd.ms-tnef")
_AGGREGATE: Final = re.compile(r"\s*(?:\[preview\]\s*)?report domain:\s*\S{1,255}\s+submitter:", re.IGNORECASE)
"""RFC 7489, section 7.2.1.1: what a DMARC aggregate report has to be called."""

_AWAY_WORDS: Final = any_of(
    r"(?:\bi am|\bi'm|\bi will be|\bis) (?:currently )?(?:out of (?:the )?office|away)|out of the office until",
    r"(?:\bi am|\bi'm|\bi will be) (?:currently )?on (?:\w{1,12} )?(?:leave|vacation|holiday)",
    r"nicht im (?:büro|hause)|(?:derzeit|momentan|leider|zur zeit) abwesend",
    r"je suis (?:actuellement )?(?:absent|en congé)|estoy (?:fuera|de vacaciones)|sono (?:fuori|assente)",
    r"estou (?:ausente|de férias)|ben ik afwezig|jestem nieobecn|不在にして|休暇中",
)
_AWAY_SCANNED: Final = 2000
_ADDRESS: Final = re.compile(r"[^\s<>:,;]{1,64}@[^\s<>:,;?]{1,255}")
_LIST_NAME: Final = re.compile(r"<([^<>\s.]{1,64})\.([^<>\s]{1,255})>\s*\Z")


def classify(
    root: Part,
    *,
    bounces: tuple[Bounce, ...],
    verdicts: Verdicts,
    is_own: bool,
    text: str = "",
    own_addresses: Container[str] = (),
) -> Kind:
    """The kind of the mail with the tree `root`; the first sign in the order of weight counts.

    `is_own` says that the mail carries our own valid loop signature. `text` is its readable body, which only tells an
    absence from another automatic answer. `own_addresses` are the inbox's, lower case: mail that a list of that name
    passes on (a company's Google group) was written to us.
    """
    if verdicts.virus == "fail":
        return Kind.VIRUS
    if verdicts.spam == "fail":
        return Kind.SPAM
    if is_own:
        return Kind.OWN_LOOP
    return _report(root, bounces) or _automatic(root.headers, text) or _list(root.headers, own_addresses) or Kind.HUMAN


def _report(root: Part, bounces: tuple[Bounce, ...]) -> Kind | None:
    parts = [part.content_type for part in root.walk()]
    declared = root.parameters.get("report-type", "").lower() if root.content_type == "multipart/report" else ""
    found = _REPORT_TYPES.get(declared) or next((_PARTS[part] for part in parts if part in _PARTS), None)
    if found or bounces:
        return Kind.BOUNCE if bounces else found
    if root.content_type == "multipart/report":
        return Kind.BOUNCE if set(STATUS_TYPES).intersection(parts) else Kind.AUTO_REPLY
    return _undeclared_report(root, parts)


def _undeclared_report(root: Part, parts: list[str]) -> Kind | None:
    """Reports that do not say what they are: bounces that name nobody, Hotmail's complaints, Exchange's receipts."""
    headers = root.headers
    if headers.has("x-failed-recipients") or headers.has("x-ms-exchange-message-is-ndr"):
        return Kind.BOUNCE
    if says_undelivered(headers) and (is_from_daemon(headers) or is_null_path(headers)):
        return Kind.BOUNCE
    if _is_hotmail_complaint(root):
        return Kind.COMPLAINT
    is_receipt = _READ.match(headers.text("subject")) and (is_null_path(headers) or set(_TNEF).intersection(parts))
    return Kind.RECEIPT if is_receipt else None


def _is_hotmail_complaint(root: Part) -> bool:
    """The form of Microsoft's junk mail reporting: nothing but the mail, with the one who complained on top."""
    returned = [part for part in root.walk() if not part.parts]
    if len(returned) != 1 or returned[0].content_type != "message/rfc822":
        return False
    headers, _ = read_headers(returned[0].body, 0, len(returned[0].body), LIMITS)
    return headers.has(_HOTMAIL_COMPLAINT)


def _automatic(headers: Headers, text: str) -> Kind | None:
    """An automatic answer, and whether it says that somebody is away."""
    if _AGGREGATE.match(headers.text("subject")):
        return Kind.AUTO_REPLY
    if is_away_answer(headers):
        return Kind.OUT_OF_OFFICE
    if not is_marked_automatic(headers):
        return None
    is_away = is_vacation_program(headers) or AWAY_SUBJECTS.search(headers.text("subject"))
    return Kind.OUT_OF_OFFICE if is_away or _AWAY_WORDS.search(text[:_AWAY_SCANNED]) else Kind.AUTO_REPLY


def _list(headers: Headers, own_addresses: Container[str]) -> Kind | None:
    if not is_bulk(headers) or any(address in own_addresses for address in _list_addresses(headers)):
        return None
    return Kind.LIST


def _list_addresses(headers: Headers) -> list[str]:
    """The addresses under which the list that passed the mail on takes mail."""
    named = _LIST_NAME.search(headers.source("list-id"))
    posts = [headers.source(name) for name in ("list-post", "x-beenthere", "mailing-list")]
    addresses = [address for post in posts for address in _ADDRESS.findall(post.replace("mailto:", ""))]
    return [address.lower() for address in (*addresses, *([f"{named[1]}@{named[2]}"] if named else []))]
