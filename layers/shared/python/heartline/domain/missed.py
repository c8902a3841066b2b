"""The text after a call that nobody took: who gets one, and what it says. Pure."""

from datetime import datetime, timedelta
from typing import Final

from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import IdentityKind
from heartline.domain.destinations import LineKind
from heartline.domain.inboxes import Inbox

PROMPT: Final = timedelta(hours=1)
"""A text that says "we missed you" is of no use later."""

_MISSED: Final = (CallState.ABANDONED, CallState.VOICEMAIL, CallState.FAILED)
_TAKES_TEXTS: Final = (LineKind.MOBILE, LineKind.LANDLINE_OR_MOBILE)
"""What may be a mobile; a landline, a toll-free number and the like never show a text to anybody."""


def may_follow(call: Call, now: datetime) -> bool:
    """Whether a customer who called may still be texted about it: they reached nobody, just now, and were not yet."""
    if call.outbound or call.followed_up or call.state not in _MISSED or call.answered is not None:
        return False
    return call.ended is not None and now - call.ended < PROMPT


def text_after(call: Call, inbox: Inbox, kind: LineKind) -> str:
    """What the caller is texted; empty for nothing. `kind` is what the caller's number is for.

    Nobody is texted who hides the number, or whose number may be forged: it is somebody else's then.
    """
    rules = inbox.voice_rules
    left_message = call.state is CallState.VOICEMAIL
    reachable = call.caller.kind is IdentityKind.PHONE and kind in _TAKES_TEXTS and call.verified != "failed"
    if not inbox.sms_numbers or not reachable or (left_message and not rules.text_after_voicemail):
        return ""
    return rules.missed_text.replace("{inbox}", inbox.name)
