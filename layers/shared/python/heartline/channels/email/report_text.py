"""Delivery reports in plain words: who did not get the mail, why, and whether the server still tries."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from heartline.channels.email.addresses import parse_addresses
from heartline.channels.email.headers import Headers
from heartline.channels.email.report_fields import status_for
from heartline.channels.email.report_forms import (
    BRACKETED,
    COMMANDED,
    COPY,
    DELAYED,
    FAILED,
    FOLLOWING,
    GIVEN_UP,
    LABELLED,
    LEADING,
    RCPT,
    SUCCEEDED,
    WRITTEN_TO,
)
from heartline.channels.email.signs import is_from_daemon, is_null_path
from heartline.domain.delivery_codes import has_reply, meaning
from heartline.domain.mail import Bounce

_SCANNED: Final = 64 * 1024
_WORDS: Final = 24 * 1024
_LINE: Final = 1000
_NOTICE_LINES: Final = 1000
_REASON_LINES: Final = 12
_RECIPIENTS: Final = 100
_DIAGNOSTIC: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The words of a report, apart from what it returns of the mail it is about."""

    words: str
    copy: str

    @property
    def lines(self) -> list[str]:
        return [line[:_LINE] for line in self.words.split("\n", _NOTICE_LINES)[:_NOTICE_LINES]]


def read_notice(text: str) -> Notice:
    """Part the report's own words from the returned mail below them."""
    scanned = text[:_SCANNED]
    begin = COPY.search(scanned)
    at = begin.start() if begin else len(scanned)
    return Notice(words=scanned[: min(at, _WORDS)], copy=scanned[at:])


def quotes_refusal(notice: Notice) -> bool:
    """Whether the words hold the dialogue of two servers that ended with a refusal."""
    return bool(RCPT.search(notice.words)) and has_reply(notice.words)


def recipients_named(headers: Headers, notice: Notice, original: str) -> Iterator[Bounce]:
    """One `Bounce` for each recipient that the words name; none if they tell of no failure, delay or success.

    A header may name them (Exim, Gmail); else they begin a line, else a label stands before them. If only the mail
    system itself can have written it, the returned mail's own recipients are the last resort.
    """
    subject = headers.text("subject")
    action = _action(subject, notice)
    if not action and not headers.has("x-failed-recipients"):
        return
    is_machine = is_from_daemon(headers) or is_null_path(headers)
    reasons = _named(notice, (*_addresses(headers, "from"), original))
    listed = _addresses(headers, "x-failed-recipients")
    shared = "" if any(map(_is_fault, reasons.values())) else _general_reason(notice)
    found = listed or list(reasons) or (_written_to(notice) if is_machine else [])
    for recipient in found[:_RECIPIENTS]:
        yield _bounce(recipient, action or "failed", shared or reasons.get(recipient, ""), original)


def with_reasons(bounces: list[Bounce], notice: Notice) -> list[Bounce]:
    """`bounces` with the reasons that the words give, where the report's fields give none."""
    if all(bounce.diagnostic for bounce in bounces):
        return bounces
    reasons = _named(notice, ())
    return [replace(bounce, diagnostic=bounce.diagnostic or reasons.get(bounce.recipient, "")) for bounce in bounces]


def _bounce(recipient: str, action: str, diagnostic: str, original: str) -> Bounce:
    status = status_for(action, diagnostic)
    return Bounce(
        recipient=recipient,
        action=action,
        status=status,
        diagnostic=diagnostic,
        original_message_id=original,
    )


def _action(subject: str, notice: Notice) -> str:
    """What became of the mail, by the subject first; empty if the words are about something else."""
    if SUCCEEDED.search(subject):
        return "delivered"
    if DELAYED.search(subject) or (DELAYED.search(notice.words) and not GIVEN_UP.search(notice.words)):
        return "delayed"
    return "failed" if FAILED.search(notice.words) or FAILED.search(subject) else ""


def _named(notice: Notice, not_these: Collection[str]) -> dict[str, str]:
    """Each recipient with its reason; labels count only where no line begins with an address or quotes a command."""
    lines = notice.lines
    strong = {at: address for at, line in enumerate(lines) if (address := _strong(line)) and address not in not_these}
    chosen = strong or {at: address for at, line in enumerate(lines) if (address := _labelled(line))}
    spelled: dict[str, str] = {}
    named: dict[str, str] = {}
    for at, address in chosen.items():
        known = spelled.setdefault(address.lower(), address)
        named[known] = named.get(known) or _reason(lines, at, address, chosen)
    return named


def _strong(line: str) -> str:
    leading = LEADING.match(line)
    if leading and (FOLLOWING.match(leading["rest"]) or _is_fault(leading["rest"])):
        return leading[1]
    commanded = COMMANDED.search(line)
    return next((address for address in commanded.groups() if address), "") if commanded else ""


def _labelled(line: str) -> str:
    match = LABELLED.search(line) or (BRACKETED.search(line) if _is_fault(line) else None)
    return next((address for address in match.groups() if address), "") if match else ""


def _reason(lines: list[str], at: int, address: str, others: dict[int, str]) -> str:
    """The words from the address to the next empty line or the next recipient, on one line."""
    line = lines[at]
    before, _, after = line.partition(address)
    words = [line if has_reply(before) else after.lstrip(">\"':; \t")]
    for below in range(at + 1, min(at + _REASON_LINES, len(lines))):
        if not lines[below].strip() or others.get(below, address).lower() != address.lower():
            break
        words.append(lines[below])
    reason = " ".join(" ".join(words).split())[:_DIAGNOSTIC]
    return reason if len(words) > 1 or _is_fault(reason) else ""


def _general_reason(notice: Notice) -> str:
    """The first line that quotes a server, else the first that names a fault, with what continues it."""
    lines = notice.lines
    at = next((at for at, line in enumerate(lines) if has_reply(line)), -1)
    at = at if at >= 0 else next((at for at, line in enumerate(lines) if meaning(line)), -1)
    if at < 0:
        return ""
    end = next((below for below in range(at, min(at + 4, len(lines))) if not lines[below].strip()), at + 4)
    return " ".join(" ".join(lines[at:end]).split()).lstrip("-*>< ")[:_DIAGNOSTIC]


def _is_fault(text: str) -> bool:
    return has_reply(text) or bool(meaning(text))


def _written_to(notice: Notice) -> list[str]:
    """Whom the returned mail was written to; a notice may quote its headers among its own words."""
    match = WRITTEN_TO.search(notice.copy) or WRITTEN_TO.search(notice.words)
    return [match[1]] if match else []


def _addresses(headers: Headers, name: str) -> list[str]:
    found, _ = parse_addresses(headers.source(name), _RECIPIENTS)
    return list(dict.fromkeys(entry.address for entry in found if entry.address))
