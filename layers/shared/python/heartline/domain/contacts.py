"""Who writes: contacts, and the addresses they are known by."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class IdentityKind(StrEnum):
    """What kind of address an identity is. A `SENDER` is a short code or a name: nobody can write to it."""

    EMAIL = "email"
    PHONE = "phone"
    SENDER = "sender"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An address in its canonical form: a lower-cased mail address, or a number in E.164.

    That of a `SENDER` is the number of ours that it writes to, a slash, and its short code or name.
    """

    kind: IdentityKind
    address: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.address}"

    @property
    def domain(self) -> str:
        """The domain of a mail address; empty for every other."""
        return self.address.rpartition("@")[2] if self.kind is IdentityKind.EMAIL else ""


def sender_name(address: str) -> str:
    """The short code or the name in a `SENDER`'s address (`+14155550100/BANK`); empty for every other address."""
    ours, slash, name = address.partition("/")
    return name if slash and ours.startswith("+") else ""


def why_mute(address: str) -> str:
    """Why nobody can write to an address, in a plain sentence; empty for one that can be written to."""
    name = sender_name(address)
    if not name:
        return ""
    return (
        f"“{name}” is a short code or a sender's name: nobody can be written to under it. "
        "Ask the customer for a number, or write a mail."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person, known by one or more identities.

    `vip` is somebody who matters more, to intake rules. `owner` is the agent whom new work of theirs is kept for (R8);
    empty for nobody.
    """

    id: str
    name: str
    identities: tuple[Identity, ...]
    vip: bool = False
    owner: str = ""


def contact_of_first_contact(identity: Identity) -> str:
    """The id of the contact that a first message from `identity` creates.

    It is derived, not drawn, so that intake can read the identity and the contact's open pointer in one request,
    and so that two first messages in parallel name the same contact. Shape: 16 lower-case hexadecimal digits.
    """
    return sha256(str(identity).encode()).hexdigest()[:16]
