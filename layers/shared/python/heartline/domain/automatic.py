"""Automatic answers: which mail gets one, and how many may go out; pure.

The rules keep two machines from talking to each other (RFC 3834, section 2) and us from writing to people who never
wrote to us, because their address was forged.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.addresses import OwnAddresses, domain_of
from heartline.domain.caps import Cap
from heartline.domain.contacts import IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.intake import Arrival

PROMPT: Final = timedelta(hours=1)
"""An answer that says "we have your mail" is of no use later: a replay of old mail sends none."""

MOST_RECIPIENTS: Final = 10
"""What goes to more people at once is no question to us."""

_MILLISECOND: Final = timedelta(milliseconds=1)
_DAY: Final = "%Y-%m-%d"
_HOUR: Final = "%Y-%m-%dT%H"
_LIMITS: Final = (
    ("sender", _DAY, 3, "This sender has had 3 automatic answers today."),
    ("domain", _HOUR, 100, "The domain of this sender has had 100 automatic answers within the hour."),
    ("thread", _DAY, 1, "This conversation has had an automatic answer today."),
    ("inbox", _HOUR, 500, "This inbox has sent 500 automatic answers within the hour."),
)
_MACHINES: Final = re.compile(
    r"(?:mail(?:er)?[-_.]?daemon|daemon|postmaster|hostmaster|webmaster|root|abuse|majordomo|listserv|mdaemon"
    r"|(?:no|do[-_.]?not)[-_.]?(?:reply|respond|answer)|bounces?|notifications?|alerts?|owner-.*|.*-(?:request|owner|bounces?))"
    r"(?:[-_.+].*)?",
    re.IGNORECASE,
)


def caps_for(*, inbox: str, sender: str, conversation: str, at: datetime) -> tuple[Cap, ...]:
    """What an automatic answer to `sender` counts against."""
    counted = {
        "sender": sender.lower(),
        "domain": domain_of(sender),
        "thread": conversation,
        "inbox": inbox,
    }
    return tuple(
        Cap(name=f"{scope}:{counted[scope]}:{at.strftime(window)}", limit=limit, reason=reason)
        for scope, window, limit, reason in _LIMITS
    )


def is_answerable(arrival: Arrival, *, own: OwnAddresses, now: datetime) -> bool:
    """Whether the mail may have an automatic answer at all: a person wrote it, just now, under an address of theirs."""
    sender, mail = arrival.sender, arrival.mail
    if mail is None or arrival.quiet or arrival.unanswerable or sender.kind is not IdentityKind.EMAIL:
        return False
    is_machine = _MACHINES.fullmatch(sender.address.rpartition("@")[0])
    is_for_many = len(mail.to) + len(mail.cc) > MOST_RECIPIENTS
    if is_machine or is_for_many or mail.verdicts.forged or sender.address in own:
        return False
    return now - arrival.at < PROMPT


def is_opened_by(head: Conversation, arrival: Arrival) -> bool:
    """Whether the mail opened the conversation, which nobody has closed or answered since."""
    is_first = timedelta(0) <= arrival.at - head.opened_at < _MILLISECOND
    return is_first and head.state is not State.CLOSED and head.answered_at is None
