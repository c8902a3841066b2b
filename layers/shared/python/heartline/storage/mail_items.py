"""What a message that travelled by mail has besides its words, as a map inside the message's item; pure.

Empty parts are left out, and an address is a list [address, name]: the map is stored with every mail.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from heartline.domain.mail import Bounce, Kind, MailAddress, MailDetails, Verdicts

_ADDRESSES: Final = ("to", "cc", "bcc", "reply_to")
_MARKS: Final = ("placeholder", "unverified", "off_subject", "automatic")


def mail_to_item(mail: MailDetails) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": mail.message_id,
        "kind": mail.kind.value if mail.kind is not Kind.HUMAN else "",
        **{name: _addresses(getattr(mail, name)) for name in _ADDRESSES},
        "verdicts": _filled(asdict(mail.verdicts)),
        "images": list(mail.remote_images),
        "defects": list(mail.defects),
        "bounces": [{"recipient": bounce.recipient, **_filled(asdict(bounce))} for bounce in mail.bounces],
        "marks": [name for name in _MARKS if getattr(mail, name)],
        "sanitised": mail.sanitised,
    }
    return _filled(item)


def mail_from_item(item: dict[str, Any]) -> MailDetails:
    marks = frozenset(item.get("marks", ()))
    return MailDetails(
        message_id=item.get("id", ""),
        kind=Kind(item.get("kind", Kind.HUMAN)),
        verdicts=Verdicts(**item.get("verdicts", {})),
        remote_images=tuple(item.get("images", ())),
        defects=tuple(item.get("defects", ())),
        bounces=tuple(Bounce(**bounce) for bounce in item.get("bounces", ())),
        to=_mailboxes(item.get("to", ())),
        cc=_mailboxes(item.get("cc", ())),
        bcc=_mailboxes(item.get("bcc", ())),
        reply_to=_mailboxes(item.get("reply_to", ())),
        placeholder="placeholder" in marks,
        unverified="unverified" in marks,
        off_subject="off_subject" in marks,
        automatic="automatic" in marks,
        sanitised=item.get("sanitised", 0),
    )


def _addresses(entries: Iterable[MailAddress]) -> list[list[str]]:
    return [[entry.address, entry.name] if entry.name else [entry.address] for entry in entries]


def _mailboxes(entries: Iterable[list[str]]) -> tuple[MailAddress, ...]:
    return tuple(MailAddress(address=address, name="".join(name)) for address, *name in entries)


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value}
