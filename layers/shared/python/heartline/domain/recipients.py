"""Whom a mail of ours goes to: computed from what it answers, checked, and never one of our own addresses."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from heartline.domain.addresses import OwnAddresses, domain_of, wire_address
from heartline.domain.errors import Invalid
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Direction, Message
from heartline.domain.subjects import on_one_line

RECIPIENT_LIMIT: Final = 50
"""To, Cc and Bcc together (https://docs.aws.amazon.com/ses/latest/dg/quotas.html)."""

_NAME_LENGTH: Final = 200


class Mode(StrEnum):
    """How a message is taken up."""

    REPLY = "reply"
    REPLY_ALL = "reply_all"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """The three lists of a mail; nobody stands in them twice."""

    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()

    @property
    def everyone(self) -> tuple[MailAddress, ...]:
        return (*self.to, *self.cc, *self.bcc)


def recipients_of(message: Message, mode: Mode, own: OwnAddresses) -> Recipients:
    """Whom an answer to `message` goes to.

    To where it asks answers to go, else to its author; our own message is answered to those who got it. `REPLY_ALL`
    adds everybody else who can be seen in it. A forward goes to nobody yet.
    """
    if mode is Mode.FORWARD:
        return Recipients()
    mail = message.mail
    to, cc = _answerable(message, own)
    others = (*mail.to, *mail.cc) if mail and message.direction is Direction.INBOUND else cc
    return without_doubles(Recipients(to=to, cc=others if mode is Mode.REPLY_ALL else ()), own)


def _answerable(message: Message, own: OwnAddresses) -> tuple[tuple[MailAddress, ...], tuple[MailAddress, ...]]:
    mail = message.mail
    if mail and message.direction is Direction.OUTBOUND:
        return mail.to, mail.cc
    author = MailAddress(name=message.author.name, address=message.author.address)
    asked = [entry for entry in mail.reply_to if entry.address and entry.address not in own] if mail else []
    return tuple(asked) or (author,), ()


def without_doubles(asked: Recipients, own: OwnAddresses) -> Recipients:
    """`asked` with each address once, in the first list that has it; ours and what is no address are left out."""
    seen: set[str] = set()
    return Recipients(to=_fresh(asked.to, seen, own), cc=_fresh(asked.cc, seen, own), bcc=_fresh(asked.bcc, seen, own))


def _fresh(entries: Sequence[MailAddress], seen: set[str], own: OwnAddresses) -> tuple[MailAddress, ...]:
    kept = []
    for entry in entries:
        key = entry.address.strip().lower()
        if "@" in key and key not in seen and key not in own:
            seen.add(key)
            kept.append(entry)
    return tuple(kept)


def checked(asked: Recipients, own: OwnAddresses) -> Recipients:
    """`asked`, ready to be frozen on a message: each one can be written to, and there are not too many.

    Raises `Invalid`, which says about which address and why.
    """
    for entry in asked.everyone:
        wire_address(entry.address)
    clean = without_doubles(
        Recipients(to=_tidy(asked.to), cc=_tidy(asked.cc), bcc=_tidy(asked.bcc)),
        own,
    )
    if not clean.to:
        raise Invalid("The mail goes to nobody: it needs an address in To that is not one of our own.")
    if len(clean.everyone) > RECIPIENT_LIMIT:
        raise Invalid(f"The mail has {len(clean.everyone)} recipients; {RECIPIENT_LIMIT} is the most.")
    return clean


def _tidy(entries: Iterable[MailAddress]) -> tuple[MailAddress, ...]:
    return tuple(
        MailAddress(name=on_one_line(entry.name)[:_NAME_LENGTH], address=entry.address.strip()) for entry in entries
    )


def new_domains(recipients: Iterable[MailAddress], earlier: Collection[Message], own: OwnAddresses) -> tuple[str, ...]:
    """Domains that no earlier mail of the conversation had: what an agent should look at before sending."""
    known = {domain_of(address) for message in earlier for address in _seen_in(message)}
    known |= {domain_of(address) for address in own.addresses}
    return tuple(dict.fromkeys(domain_of(r.address) for r in recipients if domain_of(r.address) not in known))


def _seen_in(message: Message) -> list[str]:
    mail = message.mail
    named = (*mail.everyone, *mail.reply_to) if mail else ()
    return [message.author.address, *message.recipients, *(entry.address for entry in named)]
