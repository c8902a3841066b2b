"""Puts a raw message where SES's receipt rule puts it, under the header block that SES adds on top.

Source: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-s3.html and messages that SES stored.
"""

import re
import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import Final, Protocol

_ADDRESS: Final = re.compile(r"[^\s<>\"@]+@([^\s<>\"@]+)")
_ID_ALPHABET: Final = "abcdefghijklmnopqrstuv0123456789"
_BARE_LINE_FEED: Final = re.compile(rb"(?<!\r)\n")
_HEADERS_READ: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What SES found, as it spells it: scans in capitals, authentication in small letters."""

    spam: str = "PASS"
    virus: str = "PASS"
    spf: str = "pass"
    dkim: str = "pass"
    dmarc: str = "pass"


class Bucket(Protocol):
    """The one call of a boto3 S3 client that is needed here."""

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> object: ...  # noqa: N803 - boto3's names


def drop_mail(
    s3_client: Bucket,
    bucket: str,
    prefix: str,
    raw: bytes,
    *,
    recipients: Sequence[str],
    verdicts: Verdicts = Verdicts(),
) -> str:
    """Store `raw` as SES would for these envelope recipients, and return the object's key.

    Whatever the message says about verdicts itself stays below SES's own block. Lines end in CRLF, as after SMTP.
    """
    message_id = "".join(secrets.choice(_ID_ALPHABET) for _ in range(40))
    block = header_block(
        message_id=message_id,
        envelope_sender=envelope_sender(raw),
        recipients=recipients,
        verdicts=verdicts,
        at=datetime.now(UTC),
    )
    key = prefix + message_id
    s3_client.put_object(Bucket=bucket, Key=key, Body=block + _BARE_LINE_FEED.sub(b"\r\n", raw))
    return key


def envelope_sender(raw: bytes) -> str:
    """The address to bounce to: that of Return-Path or From, empty for an empty or unreadable one."""
    headers = BytesHeaderParser().parsebytes(raw[:_HEADERS_READ])
    named = headers.get("Return-Path") or headers.get("From", "")
    address = parseaddr(str(named))[1]
    return address if _ADDRESS.fullmatch(address) else ""


def header_block(
    *, message_id: str, envelope_sender: str, recipients: Sequence[str], verdicts: Verdicts, at: datetime
) -> bytes:
    """SES's own headers, folded as SES folds them; pure."""
    match = _ADDRESS.fullmatch(envelope_sender)
    domain = match.group(1) if match else "localhost"
    spf = (
        f"{verdicts.spf} (spfCheck: domain of {domain}) client-ip=192.0.2.1;"
        f" envelope-from={envelope_sender}; helo=mail.{domain};"
    )
    lines = (
        f"Return-Path: <{envelope_sender}>",
        f"Received: from mail.{domain} (mail.{domain} [192.0.2.1])",
        f" by inbound-smtp.us-east-1.amazonaws.com with SMTP id {message_id}",
        f" for {', '.join(_one_line(recipient) for recipient in recipients)};",
        f" {at:%a, %d %b %Y %H:%M:%S} +0000 (UTC)",
        f"X-SES-Spam-Verdict: {verdicts.spam}",
        f"X-SES-Virus-Verdict: {verdicts.virus}",
        f"Received-SPF: {spf}",
        "Authentication-Results: amazonses.com;",
        f" spf={spf}",
        f" dkim={verdicts.dkim} header.i=@{domain};",
        f" dmarc={verdicts.dmarc} header.from={domain};",
        f"X-SES-RECEIPT: {b64encode(message_id.encode()).decode()}",
        "X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; d=amazonses.com; v=1; b=; bh=;",
    )
    return "".join(f"{line}\r\n" for line in lines).encode()


def _one_line(recipient: str) -> str:
    """An envelope address cannot hold white space: SMTP would have refused it."""
    if not _ADDRESS.fullmatch(recipient):
        raise ValueError(f"{recipient!r} is not a mail address")
    return recipient
