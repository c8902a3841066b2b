"""Mail addresses: their domain, the form in which SES takes them, and which of them are ours; pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.inboxes import Inbox
from heartline.domain.subjects import on_one_line

_LOCAL_PART: Final = re.compile(r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f-\x9f]{1,64}")
_DOMAIN: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """The mail addresses of every inbox of the company, in lower case."""

    addresses: frozenset[str]

    @classmethod
    def of(cls, inboxes: Iterable[Inbox]) -> "OwnAddresses":
        return cls(frozenset(address.lower() for inbox in inboxes for address in inbox.mail_addresses))

    def __contains__(self, address: object) -> bool:
        """Whether it is ours, under any of its spellings."""
        return isinstance(address, str) and not self.addresses.isdisjoint(spellings(address))


def spellings(address: str) -> tuple[str, str]:
    """What an inbox may have `address` configured as: in lower case, and without what stands behind a plus.

    Our signed reply addresses are an inbox's own address with a token behind a plus (`domain.threading`).
    """
    local, _, domain = address.lower().rpartition("@")
    return f"{local}@{domain}", f"{local.partition('+')[0]}@{domain}"


def domain_of(address: str) -> str:
    """What stands behind the last @, in lower case."""
    return address.strip().lower().rpartition("@")[2]


def wire_address(address: str) -> str:
    """The form in which SES takes `address`: an international domain in its ASCII form (RFC 5891).

    Raises `Invalid`: SES has no SMTPUTF8, so the part before the @ must be ASCII
    (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html).
    """
    local, at, domain = address.strip().rpartition("@")
    shown = on_one_line(address)[:80]
    if not at or not _LOCAL_PART.fullmatch(local):
        raise Invalid(f"“{shown}” is not a mail address.")
    if not local.isascii():
        raise Invalid(f"“{shown}” cannot be written to: the part before the @ has letters that SES does not send to.")
    wire = _wire_domain(domain)
    if not _DOMAIN.fullmatch(wire.lower()):
        raise Invalid(f"“{shown}” is not a mail address: there is no domain like “{on_one_line(domain)[:80]}”.")
    return f"{local}@{wire}"


def _wire_domain(domain: str) -> str:
    """Punycode where it is the same domain both ways: an “ß” that the old rule turns into “ss” names another."""
    if domain.isascii():
        return domain
    try:
        wire = domain.encode("idna").decode("ascii")
        return wire if wire.encode().decode("idna") == domain.lower() else ""
    except UnicodeError:
        return ""
