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
_RECEIVED: Final = re.compile(rb"^received:(.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_ENVELOPE: Final = re.compile(r"\bfor\s+([^;]+);", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
_BLOCK_BYTES: Final = 8192
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"?')
_COMMENT: Final = re.compile(r"\([^()]*\)")
_NESTED: Final = 5
_RESULT: Final = re.compile(r"\s*(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"amazonses\.com\s*;", re.IGNORECASE)


def verdicts_of(headers: Headers) -> Verdicts:
    """The verdicts in the block that SES put on top of the mail; empty ones if there is no such block.

    Whatever a sender writes stands below it, so the block ends at the first header that SES does not write, at the
    first repeated one, and after SES's own signature.
    https://docs.aws.amazon.com/ses/latest/dg/receiving-email-concepts.html
    """
    block = _top_block(headers)
    if not _RECEIVED_BY_SES.search(block.get("received", "")):
        return Verdicts()
    results = _results(block.get("authentication-results", ""))
    return Verdicts(
        spam=block.get("x-ses-spam-verdict", "").lower(),
        virus=block.get("x-ses-virus-verdict", "").lower(),
        spf=_worst(results, "spf"),
        dkim=_best(results, "dkim"),
        dmarc=_worst(results, "dmarc"),
    )


def envelope_recipients(raw: bytes) -> tuple[str, ...]:
    """Who the mail was delivered for, whatever its visible headers say: a blind copy, a list, a forward.

    SES names them in the `Received` header that it puts on top; the first one by SES is that one.
    """
    for received in _RECEIVED.finditer(raw[:_BLOCK_BYTES]):
        words = received[1].decode("latin-1")
        by = _RECEIVED_BY_SES.search(words)
        if by and (envelope := _ENVELOPE.search(words, by.end())):
            return tuple(_ADDRESS.findall(envelope[1]))
    return ()


def _top_block(headers: Headers) -> dict[str, str]:
    block: dict[str, str] = {}
    for name, value in headers.fields:
        if name not in _BLOCK or name in block:
            break
        block[name] = one_line(value.decode("latin-1"))
        if name == _LAST:
            break
    return block


def _results(authentication: str) -> list[tuple[str, str]]:
    """Each method with its result (RFC 8601, section 2.2); none if another authority than SES wrote the header.

    Quoted words and comments repeat what the sender called itself, so what looks like a result in there is none.
    """
    if not _AUTHORITY.match(authentication):
        return []
    plain = _QUOTED.sub("", authentication)
    for _ in range(_NESTED):
        plain = _COMMENT.sub("", plain)
    found = (_RESULT.match(entry) for entry in plain.split(";"))
    return [(match[1].lower(), match[2].lower()) for match in found if match]


def _worst(results: list[tuple[str, str]], method: str) -> str:
    """The result of a method that has one; a second that contradicts it can only take trust away."""
    found = [result for name, result in results if name == method]
    return next((result for result in found if result != "pass"), next(iter(found), ""))


def _best(results: list[tuple[str, str]], method: str) -> str:
    """The result of DKIM: one good signature is enough (RFC 6376, section 6.1)."""
    found = [result for name, result in results if name == method]
    return "pass" if "pass" in found else next(iter(found), "")
