"""What the receiving server found out about a mail: verdicts, believed only where no sender can have written them."""

import re
from typing import Final

from heartline.channels.email.headers import Headers
from heartline.channels.email.words import one_line
from heartline.domain.mail import Verdicts

_BLOCK: Final = frozenset(
    {
        "return-path",
        "received",
        "x-ses-spam-verdict",
        "x-ses-virus-verdict",
        "received-spf",
        "authentication-results",
        "x-ses-receipt",
        "x-ses-dkim-signature",
    }
)
_LAST: Final = "x-ses-dkim-signature"
_RECEIVED_BY_SES: Final = re.compile(r"\bby inbound-smtp\.[a-z0-9-]+\.amazonaws\.com\b", re.IGNORECASE)
_ENVELOPE: Final = re.compile(
    rb"^received:(?:(?!\n[^ \t]).)*?\bby inbound-smtp\.[a-z0-9-]+\.amazonaws\.com\b(?:(?!\n[^ \t]).)*?\bfor\s+([^;]+);",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_ADDRESS: Final = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
_BLOCK_BYTES: Final = 8192
_RESULT: Final = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)


def verdicts_of(headers: Headers) -> Verdicts:
    """The verdicts in the block that SES put on top of the mail; empty ones if there is no such block.

    Whatever a sender writes stands below it, so the block ends at the first header that SES does not write, at the
    first repeated one, and after SES's own signature.
    https://docs.aws.amazon.com/ses/latest/dg/receiving-email-concepts.html
    """
    block = _top_block(headers)
    if not _RECEIVED_BY_SES.search(block.get("received", "")):
        return Verdicts()
    authentication = block.get("authentication-results", "")
    is_of_ses = authentication.lower().startswith("amazonses.com")
    results = {name.lower(): result.lower() for name, result in reversed(_RESULT.findall(authentication))}
    return Verdicts(
        spam=block.get("x-ses-spam-verdict", "").lower(),
        virus=block.get("x-ses-virus-verdict", "").lower(),
        spf=results.get("spf", "") if is_of_ses else "",
        dkim=_best(authentication) if is_of_ses else "",
        dmarc=results.get("dmarc", "") if is_of_ses else "",
    )


def envelope_recipients(raw: bytes) -> tuple[str, ...]:
    """Who the mail was delivered for, whatever its visible headers say: a blind copy, a list, a forward.

    SES names them in the `Received` header that it puts on top; the first one by SES is that one.
    """
    match = _ENVELOPE.search(raw[:_BLOCK_BYTES])
    return tuple(_ADDRESS.findall(match[1].decode("latin-1"))) if match else ()


def _top_block(headers: Headers) -> dict[str, str]:
    block: dict[str, str] = {}
    for name, value in headers.fields:
        if name not in _BLOCK or name in block:
            break
        block[name] = one_line(value.decode("latin-1"))
        if name == _LAST:
            break
    return block


def _best(authentication: str) -> str:
    """The DKIM result: one good signature is enough (RFC 6376, section 6.1)."""
    results = [result.lower() for name, result in _RESULT.findall(authentication) if name.lower() == "dkim"]
    return "pass" if "pass" in results else next(iter(results), "")
