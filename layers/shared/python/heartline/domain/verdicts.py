"""What the verdicts on a mail mean for the person who reads it: plain warnings, the gravest first. A table.

Values: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html (PASS, FAIL, GRAY,
PROCESSING_FAILED, DISABLED) and RFC 8601, section 2.7 (pass, fail, softfail, neutral, none, temperror, permerror).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from heartline.domain.addresses import domain_of
from heartline.domain.mail import Verdicts


class Severity(StrEnum):
    """How loudly the inbox says it."""

    DANGER = "danger"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWarning:
    """One sentence for the banner above a mail."""

    severity: Severity
    text: str


_FAILED: Final = frozenset({"fail", "softfail"})
_UNSURE: Final = frozenset({"none", "neutral", "gray", "temperror", "permerror", "processing_failed"})
_TABLE: Final = (
    ("virus", _FAILED, Severity.DANGER, "A virus was found in this mail: its files stay locked."),
    (
        "dmarc",
        _FAILED,
        Severity.DANGER,
        "The sender's domain{domain} could not be verified (DMARC failed): do not trust links or requests for payment.",
    ),
    ("virus", _UNSURE, Severity.CAUTION, "This mail could not be searched for viruses: take care with its files."),
    ("spam", _FAILED, Severity.CAUTION, "This mail looks like spam."),
)
_UNPROVEN: Final = VerdictWarning(
    severity=Severity.CAUTION,
    text="Nothing proves who sent this mail (neither SPF nor DKIM passed): check before you act on it.",
)


def warnings(verdicts: Verdicts, *, sender: str) -> tuple[VerdictWarning, ...]:
    """What an agent should know before trusting the mail; empty where all is well or nothing was checked.

    `sender` is the From address: its domain is what DMARC is about.
    """
    domain = domain_of(sender)
    named = f" ({domain})" if domain else ""
    found = tuple(
        VerdictWarning(severity=severity, text=text.format(domain=named))
        for field, values, severity, text in _TABLE
        if getattr(verdicts, field) in values
    )
    return found + ((_UNPROVEN,) if _is_unproven(verdicts) else ())


def _is_unproven(verdicts: Verdicts) -> bool:
    """Whether SPF and DKIM were both tried in vain; a DMARC result says more, and stands alone."""
    is_tried = bool(verdicts.spf and verdicts.dkim)
    return is_tried and "pass" not in (verdicts.spf, verdicts.dkim) and verdicts.dmarc not in ("pass", *_FAILED)
