"""What the codes and the words of a delivery report mean, and whether they blame the address. Tables, no mail format.

Codes: RFC 3463 and https://www.iana.org/assignments/smtp-enhanced-status-codes. Words are for the many servers that
give no code or a general one; the first line of the table that matches is the meaning.
"""

import re
from typing import Final

_ENHANCED: Final = re.compile(r"(?<![\d.])([245]\.[0-7]\.\d{1,3})(?!\d|\.\d)")
_REPLY: Final = re.compile(r"(?<![\w.:/-])([45])[0-5]\d(?=[\s#:;,-]|\Z)")

_ADDRESS: Final = re.compile(r"[^\s<>@]{1,64}@[^\s<>]{1,255}")


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_MEANINGS: Final = {
    "3.4": _words(
        r"too (?:large|big|long for)",
        r"(?:message|mail) size|size (?:limit|exceed)",
        r"exceeds? (?:the )?(?:maximum )?size",
    ),
    "2.2": _words(
        r"quota|over ?(?:disk|storage|limit)|(?:disk|storage) (?:space|limit)|insufficient (?:system )?storage",
        r"mail(?:box|folder)? (?:\w{1,10} ){0,2}(?:is )?(?:full|exceed)",
        r"postfach (?:ist )?voll|bo[iî]te (?:\w{1,10} ){0,3}pleine|buz[oó]n (?:\w{1,10} ){0,2}lleno",
        r"переполнен|容量|已满",
    ),
    "2.1": _words(
        r"account (?:\w{1,10} ){0,4}(?:disabled|inactive|suspended|discontinued|expired|deactivated|closed)",
        r"(?:disabled|inactive|suspended|deactivated|expired) (?:user|account|mailbox|recipient)|mailbox disabled",
    ),
    "1.1": _words(
        r"(?:un ?known|no such|invalid|not a valid|unrecogni[sz]ed|bad|non-?exist\w{0,3}) (?:local )?(?:e-?mail )?"
        r"(?:user|recipient|address|addressee|mailbox|account|destination|alias)",
        r"(?:user|recipient|addressee|mailbox|account|address)\b[^.\n]{0,60}\b(?:unknown|no longer|wrong|invalid"
        r"|not (?:found|exist|known|recogni[sz]ed|listed|valid)|(?:does|did) ?n[o']t exist)",
        r"(?:does|did)(?: not|n't) exist|no mailbox|no account|not listed in",
        r"n't have (?:an?|any) \S{1,60} account",
        r"n'existe pas|no existe|non esiste|existiert nicht|unbekannt|nie istnieje|не (?:существует|найден)",
        r"存在しま|見つかり|不存在",
    ),
    "1.2": _words(
        r"(?:host|domain)(?: \w{1,10}){0,4} (?:unknown|not found|could not be found|does not exist)",
        r"un ?known (?:host|domain)|illegal host|no such (?:host|domain)|bad (?:destination )?(?:host|domain)",
        r"unrout(?:e?able)|name or service not known|nxdomain",
    ),
    "4.6": _words(r"loop(?:ing|s)?\b|too many hops|hop count"),
    "4.1": _words(
        r"(?:connection|connect)\b[^.\n]{0,40}\b(?:timed? ?out|refused|failed|lost|dropped)|timed out",
        r"not responding|unreachable|not reachable|no answer|establish an smtp connection|unavailable or busy",
    ),
    "4.7": _words(r"in (?:the )?queue too long|expired|(?:within|for) \d{1,3} (?:days|hours)"),
    "7.1": _words(
        r"spam|virus|blocked|black ?list|block ?list|unsolicited|polic(?:y|ies)|preferences",
        r"relay(?:ing)? (?:is )?(?:denied|not)|not pre-approved|unauthenticated|denied|not accept|reject|refus",
    ),
}
_BAD_ADDRESS: Final = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4"})
"""Class 5 with one of these says that nothing sent there will ever arrive, whoever sends it and whatever it is.

1.7 and 1.8 blame the sender's address, 2.2 a full mailbox, 3.4 the mail's size, 7.x somebody's rules.
"""


def status_in(text: str) -> str:
    """The first enhanced code ("5.1.1") that `text` spells, or nothing; addresses and versions are no codes."""
    match = _ENHANCED.search(text)
    return match[1] if match else ""


def implied_status(text: str, *, otherwise: str) -> str:
    """The enhanced code that `text` means where it spells none: the class of an SMTP reply ("550"), the words' detail.

    `otherwise` is the class ("2", "4" or "5") of a text without a reply; without known words the detail is 0.0.
    """
    reply = _REPLY.search(text)
    return f"{reply[1] if reply else otherwise}.{meaning(text) or '0.0'}"


def meaning(text: str) -> str:
    """Which fault the words of `text` name, as the last two parts of an enhanced code; empty if none is known.

    An address says nothing: `blocked.user@customer.example` is as good as any.
    """
    plain = _ADDRESS.sub("", text)
    return next((detail for detail, words in _MEANINGS.items() if words.search(plain)), "")


def has_reply(text: str) -> bool:
    """Whether `text` quotes a server that refused: an enhanced code or a reply of class 4 or 5."""
    return bool(status_in(text) or _REPLY.search(text))


def is_bad_address(status: str, diagnostic: str) -> bool:
    """Whether a failure with `status` and the server's own words says that the address itself is no good.

    All that is specific has to agree: "5.1.1" over "mailbox full" or over "5.7.1" leaves the address alone.
    """
    if not status.startswith("5"):
        return False
    spelled = [code.partition(".")[2] for code in (status, status_in(diagnostic)) if code]
    specific = [detail for detail in (*spelled, meaning(diagnostic)) if detail and not detail.endswith(".0")]
    return bool(specific) and all(detail in _BAD_ADDRESS for detail in specific)
