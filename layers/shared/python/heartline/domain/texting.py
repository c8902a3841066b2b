"""What a text of ours is held to when it is submitted, and what goes below it; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heartline.domain.caps import Cap
from heartline.domain.consent import Consent, Pair
from heartline.domain.inboxes import Inbox
from heartline.domain.introductions import introduction
from heartline.domain.outbound_rules import OutboundRules
from heartline.domain.prices import Money

_DAY: Final = "%Y-%m-%d"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTerms:
    """The facts that one transaction holds a text to, and what it says of the text.

    Nobody of `pairs` has opted out; the first one is who sends, and a template of WhatsApp has none. `text` is all that
    is sent. If it `introduces` us, this sender has not written to them before. Every cap counts it. `segments` and
    `price` are estimates.
    """

    pairs: tuple[Pair, ...]
    text: str
    introduces: bool
    caps: tuple[Cap, ...]
    segments: int
    price: Money | None


def as_sent(text: str) -> str:
    """A text with the line ends that phones have: what Windows writes would cost a character each."""
    return text.replace("\r\n", "\n")


def notice_for(inbox: Inbox, consents: Sequence[Consent], *, wrote: bool) -> str:
    """What introduces us to somebody who never wrote to this sender (`wrote`), and was not introduced; else nothing."""
    rules = inbox.sms_rules
    if not rules.introduce or wrote or consents[0].known is not None:
        return ""
    return introduction(rules.introduction, rules.language, inbox=inbox.name)


def text_caps(rules: OutboundRules, phone: str, *, at: datetime) -> tuple[Cap, ...]:
    """What a text to `phone` counts against; a cap of 0 is none."""
    day = at.strftime(_DAY)
    limits = (
        (f"text:{phone}:{day}", rules.texts_per_contact, f"{phone} has had {rules.texts_per_contact} texts today"),
        (f"texts:{day}", rules.texts_per_day, f"The company has sent {rules.texts_per_day} texts today"),
    )
    return tuple(
        Cap(
            name=name,
            limit=limit,
            reason=f"{told}, which is the most. Call, write a mail, or wait until tomorrow (UTC).",
        )
        for name, limit, told in limits
        if limit
    )
