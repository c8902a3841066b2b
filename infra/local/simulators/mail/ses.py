"""The one call of SES v2 that sends raw mail, as the functions see it; MiniStack's own keeps neither headers nor files.

It renames the mail as SES does, keeps it, reports what becomes of it, and brings it to whoever lives here. Source:
https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

import base64
import binascii
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from aiohttp import web

from infra.local.simulators.mail.events import events_of
from infra.local.simulators.mail.reactions import Reaction, reaction_to
from infra.local.simulators.mail.replies import out_of_office
from infra.local.simulators.mail.sent import SentMail, SentMails

LARGEST_MAIL: Final = 40 * 1024 * 1024
MOST_RECIPIENTS: Final = 50
"""Quotas of SES (https://docs.aws.amazon.com/ses/latest/dg/quotas.html)."""

_MESSAGE_ID: Final = re.compile(rb"^message-id:(?:[^\r\n]*)(?:\r?\n[ \t][^\r\n]*)*\r?\n", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADERS: Final = re.compile(rb"\r?\n\r?\n")


class Inbound(Protocol):
    """Brings a mail to those of `recipients` who have their inbox here."""

    def __call__(self, raw: bytes, recipients: Iterable[str]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSes:
    """`report` takes the events of a configuration set; both it and `inbound` may block for a moment."""

    mails: SentMails
    report: Callable[[dict[str, Any]], None]
    inbound: Inbound

    def send(self, request: dict[str, Any]) -> str:
        """Take a SendEmail request; answers the id. Raises `Refused` as SES would answer 400."""
        mail = _accepted(request)
        self.mails.add(mail)
        configuration_set = request.get("ConfigurationSetName", "")
        tags = {tag["Name"]: [tag["Value"]] for tag in request.get("EmailTags", ())}
        for event in events_of(mail, configuration_set) if configuration_set else ():
            event["detail"]["mail"]["tags"] |= tags
            self.report(event)
        self.inbound(mail.raw, [to for to in mail.recipients if reaction_to(to) is Reaction.DELIVERED])
        for recipient in mail.recipients:
            if reaction_to(recipient) is Reaction.OUT_OF_OFFICE:
                self.inbound(out_of_office(mail, recipient), mail.addresses("Reply-To") or [mail.sender])
        return mail.id


class Refused(Exception):
    """What SES answers with 400."""


SES: Final = web.AppKey("ses", LocalSes)


def ses_application(ses: LocalSes) -> web.Application:
    """To be mounted by `add_subapp("/ses", …)`."""
    application = web.Application(client_max_size=2 * LARGEST_MAIL)
    application[SES] = ses
    application.add_routes([web.post("/v2/email/outbound-emails", _send)])
    return application


async def _send(request: web.Request) -> web.Response:
    import asyncio

    try:
        given = await request.json()
        sent = await asyncio.to_thread(request.app[SES].send, given)
    except (Refused, ValueError, KeyError) as refused:
        headers = {"x-amzn-errortype": "BadRequestException"}
        return web.json_response({"message": str(refused)}, status=400, headers=headers)
    return web.json_response({"MessageId": sent})


def _accepted(request: dict[str, Any]) -> SentMail:
    destination = request.get("Destination", {})
    recipients = [address for kind in ("To", "Cc", "Bcc") for address in destination.get(f"{kind}Addresses", [])]
    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise Refused(f"Recipient count must be from 1 to {MOST_RECIPIENTS}, not {len(recipients)}.")
    try:
        raw = base64.b64decode(request["Content"]["Raw"]["Data"], validate=True)
    except binascii.Error as error:
        raise Refused("The raw message is not base64.") from error
    if len(raw) > LARGEST_MAIL:
        raise Refused(f"Message length is more than {LARGEST_MAIL} bytes long.")
    at = datetime.now(UTC)
    identifier = f"{int(at.timestamp() * 1000):016x}-{secrets.token_hex(4)}-000000"
    return SentMail(
        id=identifier,
        sender=request["FromEmailAddress"],
        recipients=tuple(recipients),
        at=at,
        raw=_renamed(raw, identifier),
    )


def _renamed(raw: bytes, identifier: str) -> bytes:
    """The mail under the Message-ID that SES gives it in us-east-1."""
    end = _END_OF_HEADERS.search(raw)
    headers, rest = (raw[: end.start() + 2], raw[end.start() + 2 :]) if end else (raw, b"")
    name = f"Message-ID: <{identifier}@email.amazonses.com>\r\n".encode()
    return name + _MESSAGE_ID.sub(b"", headers) + rest
