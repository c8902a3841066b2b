"""The machine-readable part of a delivery report (RFC 3464): its fields become one `Bounce` a recipient."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from heartline.channels.email.headers import Headers
from heartline.domain.delivery_codes import implied_status, status_in
from heartline.domain.mail import Bounce

ADDRESS: Final = r"[^\s<>()\[\]:;,\"'|*\\]{1,64}@[^\s<>()\[\]:;,\"'|*\\]{0,254}[^\s<>()\[\]:;,\"'|*\\.]"

_FIELD: Final = re.compile(
    rb"^([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:([^\n]*(?:\n(?![A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:)[^\n]++)*+)", re.MULTILINE
)
_BLOCK_END: Final = re.compile(rb"\n[ \t\r]*\n")
_ADDRESS: Final = re.compile(ADDRESS)
_X400: Final = re.compile(r"\s*x-?400", re.IGNORECASE)
_RECIPIENTS: Final = ("final-recipient", "original-recipient", "x-actual-recipient")
_ONCE: Final = frozenset({*_RECIPIENTS, "action"})
_ACTIONS: Final = {
    "fail": "failed",
    "error": "failed",
    "delay": "delayed",
    "deliver": "delivered",
    "success": "delivered",
    "relay": "relayed",
    "expand": "expanded",
}
_ACTION_BY_CLASS: Final = {"2": "delivered", "4": "delayed"}
_CLASS_BY_ACTION: Final = {"failed": "5", "delayed": "4"}
_LOOKS: Final = re.compile(rb"^(?:final|original)-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
_TRAILING: Final = re.compile(r"\(([^()]{1,200})\)\s*\Z")
_CAP: Final = 500


def looks_machine_readable(data: bytes) -> bool:
    """Whether a part reads as a delivery status, whatever it calls itself."""
    return bool(_LOOKS.search(data[:65536]))


def recipients_in(report: bytes, original: str, written_to: Collection[str]) -> Iterator[Bounce]:
    """One `Bounce` for each recipient that a delivery status names, in its order.

    `original` is our mail's id and `written_to` its recipients in lower case, as far as the report returns them.
    """
    of_all = Headers(fields=())
    for fields in _groups(report.replace(b"\r\n", b"\n")):
        recipient = _recipient(fields, written_to)
        if recipient:
            yield _bounce(fields if fields.has("action") else _with_action(fields, of_all), recipient, original)
        else:
            of_all = fields


def status_for(action: str, text: str) -> str:
    """The enhanced code that `text` spells or means under `action`; never empty."""
    return status_in(text) or implied_status(text, otherwise=_CLASS_BY_ACTION.get(action, "2"))


def _with_action(fields: Headers, of_all: Headers) -> Headers:
    """`fields` with the action that a server stated once for the whole mail."""
    return Headers(fields=(*fields.fields, *(field for field in of_all.fields if field[0] == "action")))


def _groups(report: bytes) -> Iterator[Headers]:
    """The fields of one recipient at a time: a block is one, a block without a recipient belongs to the one before."""
    group: list[tuple[str, bytes]] = []
    for block in _BLOCK_END.split(report, _CAP)[:_CAP]:
        for fields in _without_repeats(block):
            names = {name for name, _ in fields}
            if group and names.intersection(_RECIPIENTS):
                yield Headers(fields=tuple(group))
                group = []
            group += fields
    yield Headers(fields=tuple(group))


def _without_repeats(block: bytes) -> Iterator[list[tuple[str, bytes]]]:
    """The fields of a block; a second recipient or action in it begins the next recipient without an empty line."""
    fields: list[tuple[str, bytes]] = []
    for match in _FIELD.finditer(block):
        name = match[1].decode("ascii").lower()
        if name in _ONCE and any(name == earlier for earlier, _ in fields):
            yield fields
            fields = []
        fields.append((name, b" ".join(match[2].split())))
    yield fields


def _recipient(fields: Headers, written_to: Collection[str]) -> str:
    """Of the named recipients the one that we wrote to; else the first that is an address, not X.400 and not masked.

    The final recipient of a forwarded mail is an address that we never heard of, and so would its failure be.
    """
    values = [fields.text(name) for name in _RECIPIENTS if fields.has(name)]
    mail = [found[0] for value in values if not _X400.match(value) and (found := _ADDRESS.search(value))]
    known = (address for address in mail if address.lower() in written_to)
    return next(known, "") or next(iter(mail), "") or next((_typed(value) for value in values if _typed(value)), "")


def _bounce(fields: Headers, recipient: str, original: str) -> Bounce:
    stated = fields.text("status")
    action = _action(fields, status_in(stated))
    diagnostic = _typed(fields.text("diagnostic-code")) or _remark(stated) or _remark(fields.text("action"))
    return Bounce(
        recipient=recipient,
        action=action,
        status=status_in(stated) or status_for(action, diagnostic),
        diagnostic=diagnostic,
        original_message_id=original,
    )


def _action(fields: Headers, status: str) -> str:
    word = fields.text("action").lower()
    named = next((action for prefix, action in _ACTIONS.items() if word.startswith(prefix)), "")
    if named or not fields.has("will-retry-until"):
        return named or _ACTION_BY_CLASS.get(status[:1], "failed")
    return "delayed"


def _remark(value: str) -> str:
    """What stands in brackets behind a status or an action: some servers put the reason only there."""
    remark = _TRAILING.search(value)
    return remark[1].strip() if remark else ""


def _typed(value: str) -> str:
    """The value behind `rfc822;` or `smtp;`, address brackets removed."""
    kind, mark, rest = value.partition(";")
    plain = rest.strip() if mark and " " not in kind.strip() else value.strip()
    return plain.removeprefix("<").removesuffix(">") if plain.startswith("<") and " " not in plain else plain
