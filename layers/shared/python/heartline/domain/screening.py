"""Who is let in when the phone rings: loops, nuisance and blocked numbers, before a call costs anything. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.phrases import Phrase
from heartline.domain.voice_rules import Anonymous, Overflow, VoiceRules

MOST_LIVE: Final = 3
"""So many calls of one number at the same time are a loop of machines and no person."""

WINDOW: Final = "%Y-%m-%dT%H"
"""The hour (UTC) in which calls of a number are counted together."""

WINDOW_LENGTH: Final = timedelta(hours=1)

WITHHELD: Final = "The number is withheld. The caller was asked for a message."


class Treatment(StrEnum):
    """What a blocked number gets."""

    REJECT = "reject"
    VOICEMAIL = "voicemail"


class Door(StrEnum):
    """What a caller meets: the menu, a request for a message, a busy tone, a refusal, or a sentence and the end."""

    OPEN = "open"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    REJECTED = "rejected"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedCaller:
    """A number (E.164) that a lead has blocked, and why."""

    number: str
    treatment: Treatment
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """A call that comes in for an inbox. `forwarded_from` is the number that it was forwarded from, or empty."""

    call: str
    inbox: str
    identity: Identity
    forwarded_from: str = ""

    @property
    def anonymous(self) -> bool:
        return self.identity.kind is IdentityKind.ANONYMOUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What is known of a caller. `earlier` is how many other calls of the hour were counted, `live` those not over.

    `counted` says that this very call was counted already.
    """

    ringing: Ringing
    earlier: int = 0
    counted: bool = False
    live: int = 0
    blocked: BlockedCaller | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What a caller meets. `phrase` is said to them, `text` is for the timeline, `metric` counts it; each may be empty.

    `kept` says whether the call is stored: of those that hear a busy tone only the first of an hour is. A call that is
    kept is counted, if fewer than `below` were counted in its hour by then (0: in any case).
    """

    door: Door
    phrase: Phrase | None = None
    text: str = ""
    metric: str = ""
    kept: bool = False
    below: int = 0


def admission(caller: Caller, rules: VoiceRules, own_numbers: Collection[str]) -> Admission:
    """Decide about a call that comes in; `own_numbers` are all of ours."""
    ringing = caller.ringing
    if ringing.identity.address in own_numbers or ringing.forwarded_from in own_numbers:
        return Admission(door=Door.ENDED, phrase=Phrase.IN_A_CIRCLE, metric="CallLoop")
    if caller.blocked is not None:
        return _blocked(caller.blocked)
    if caller.live >= MOST_LIVE:
        return Admission(door=Door.ENDED, phrase=Phrase.CONNECTED, metric="CallLoop")
    if rules.calls_per_hour and caller.earlier >= rules.calls_per_hour:
        return _too_many(caller, rules)
    if ringing.anonymous and rules.anonymous is Anonymous.VOICEMAIL:
        return Admission(door=Door.VOICEMAIL, text=WITHHELD, kept=True)
    return Admission(door=Door.OPEN, kept=True, below=rules.calls_per_hour)


def _blocked(entry: BlockedCaller) -> Admission:
    if entry.treatment is Treatment.REJECT:
        return Admission(door=Door.REJECTED, metric="CallerBlocked")
    text = "This number is blocked. The caller was asked for a message."
    return Admission(door=Door.VOICEMAIL, text=text, metric="CallerBlocked", kept=True)


def _too_many(caller: Caller, rules: VoiceRules) -> Admission:
    """The busy tone costs us nothing; that it was heard stands in the timeline once an hour."""
    so_often = f"Called more than {rules.calls_per_hour} times within the hour."
    if rules.over_cap is Overflow.VOICEMAIL:
        text = f"{so_often} The caller was asked for a message."
        return Admission(door=Door.VOICEMAIL, text=text, metric="CallerCapped", kept=True)
    first = caller.earlier == rules.calls_per_hour
    text = f"{so_often} Further calls hear a busy tone." if first else ""
    return Admission(door=Door.BUSY, text=text, metric="CallerCapped", kept=first, below=caller.earlier + 1)


def unverified(verified: str) -> str:
    """What an agent should know of a caller's number, by its STIR/SHAKEN verdict; empty where it is as it should be.

    Source: https://www.twilio.com/docs/voice/trusted-calling-with-shakenstir
    """
    return _VERDICTS.get(verified, "")


_VERDICTS: Final = {
    "B": "Caller id not verified: the network knows this customer, and not whether the number is theirs.",
    "C": "Caller id not verified: the call came through a gateway that does not know who calls.",
    "failed": "Caller id failed verification: the number may be forged.",
}
