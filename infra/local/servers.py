"""Opens and closes what this process serves itself: the edge, and the Twilio simulator."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from infra.local.announcement import webhooks
from infra.local.browser_phone import application as browser_phone
from infra.local.deployment import Outputs
from infra.local.edge import Upstream, edge_application
from infra.local.home import SES_PATH, TRANSCRIBE_PATH, Home
from infra.local.keepsake import Keepsake
from infra.local.post import post_office
from infra.local.simulators.mail.mailbox import mailbox_application
from infra.local.simulators.mail.ses import ses_application
from infra.local.simulators.transcribe.service import transcribe_application
from infra.local.simulators.twilio.application import serve
from infra.local.simulators.twilio.configuration import MessagingService, TwilioSimulatorConfig
from infra.local.transcriber import transcriber

RETRIES = "#rc=3&rp=5xx,ct,rt"
"""What a production number's webhook carries, so that Twilio repeats what it would otherwise drop."""


@asynccontextmanager
async def edge(home: Home, outputs: Outputs, company: Company) -> AsyncIterator[None]:
    """Serve the one origin on 127.0.0.1, and on ::1 where there is one, for `localhost` may mean either."""
    ses = post_office(home, outputs, company)
    upstream = Upstream(
        url=home.aws_url,
        netloc=f"127.0.0.1:{home.aws_port}",
        http_api=outputs["HttpApi"],
        socket_api=outputs["SocketApi"],
    )
    beside = {
        "/mailbox": mailbox_application(ses.mails),
        SES_PATH: ses_application(ses),
        TRANSCRIBE_PATH: transcribe_application(transcriber(home)),
        browser_phone.PATH: browser_phone.browser_phone_application(home.twilio_url),
    }
    runner = web.AppRunner(edge_application(upstream, beside=beside), access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", home.port).start()
    if socket.has_ipv6:
        with suppress(OSError):
            await web.TCPSite(runner, "::1", home.port).start()
    try:
        yield
    finally:
        await runner.cleanup()


def _services(company: Company) -> tuple[MessagingService, ...]:
    """The messaging services that inboxes send through; each has the numbers of its inboxes."""
    members: dict[str, list[str]] = {}
    for inbox in company.inboxes:
        if inbox.sms_rules.service:
            members.setdefault(inbox.sms_rules.service, []).extend(inbox.sms_numbers)
    return tuple(MessagingService(sid=sid, numbers=tuple(numbers)) for sid, numbers in members.items())


@asynccontextmanager
async def twilio(home: Home, company: Company, keepsake: Keepsake) -> AsyncIterator[None]:
    """Serve one simulated account that owns the company's numbers."""
    channels = (Channel.SMS, Channel.VOICE)
    numbers = {number for inbox in company.inboxes for channel in channels for number in inbox.addresses(channel)}
    hooks = webhooks(home)
    state = home.folder / "state" / "twilio"
    state.mkdir(parents=True, exist_ok=True)
    runner = await serve(
        TwilioSimulatorConfig(
            account_sid=keepsake.account_sid,
            auth_token=keepsake.auth_token,
            numbers=tuple(sorted(numbers)),
            sms_webhook=hooks["sms"] + RETRIES,
            voice_webhook=hooks["voice"] + RETRIES,
            status_webhook=hooks["status"] + RETRIES,
            media_directory=state / "media",
            state_file=state / "account.sqlite",
            url=home.twilio_url,
            api_key_sid=keepsake.api_key_sid,
            api_key_secret=keepsake.api_key_secret,
            whatsapp_senders=tuple(number for inbox in company.inboxes for number in inbox.whatsapp_numbers),
            services=_services(company),
            contents={template.sid: template.body for inbox in company.inboxes for template in inbox.templates},
        )
    )
    try:
        yield
    finally:
        await runner.cleanup()
