"""The local mailbox shows what was sent, and nothing that a mail says can run in it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from infra.local.simulators.mail.mailbox import mailbox_application
from infra.local.simulators.mail.sent import SentMail, SentMails

HOSTILE = '"><script>alert(1)</script>'
AT = datetime(2026, 1, 1, tzinfo=UTC)


def sent(identifier: str, subject: str, *, at: datetime) -> SentMail:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Cc"] = "Support <support@example.org>", "ana@example.com", "ben@example.com"
    mail["Subject"], mail["Message-ID"] = subject, f"<{identifier}@email.amazonses.com>"
    mail.set_content(f"Hello {HOSTILE}")
    mail.add_alternative(f"<p>Hello</p>{HOSTILE}", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=f"{HOSTILE}.pdf")
    recipients = ("ana@example.com", "ben@example.com", "eva@example.com")
    return SentMail(id=identifier, sender="support@example.org", recipients=recipients, at=at, raw=mail.as_bytes())


def browse(folder: Path, look: Callable[[ClientSession, str], Awaitable[None]]) -> None:
    """Let `look` browse a mailbox that keeps two mails."""
    mails = SentMails(folder)
    mails.add(sent("0102-aa", f"Re: {HOSTILE}", at=AT))
    mails.add(sent("0103-bb", "Later", at=AT + timedelta(minutes=1)))

    async def session() -> None:
        edge = web.Application()
        edge.add_subapp("/mailbox", mailbox_application(SentMails(folder)))
        async with TestServer(edge) as server, ClientSession() as client:
            await look(client, str(server.make_url("")).rstrip("/"))

    asyncio.run(session())


def test_json_lists_what_was_sent_newest_first_and_after_a_restart(tmp_path: Path) -> None:
    async def look(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox/messages.json") as response:
            newest, oldest = (await response.json())["messages"]
        assert (newest["id"], oldest["id"]) == ("0103-bb", "0102-aa")
        assert oldest["message_id"] == "<0102-aa@email.amazonses.com>"
        recipients = [oldest[kind] for kind in ("to", "cc", "bcc")]
        assert recipients == [["ana@example.com"], ["ben@example.com"], ["eva@example.com"]]
        assert oldest["text"].strip() == f"Hello {HOSTILE}"
        assert [file["size"] for file in oldest["attachments"]] == [4]

    browse(tmp_path, look)


def test_pages_escape_every_field_and_forbid_scripts(tmp_path: Path) -> None:
    async def look(client: ClientSession, url: str) -> None:
        for path in ("/mailbox", "/mailbox/", "/mailbox/messages/0102-aa"):
            async with client.get(url + path) as response:
                page = await response.text()
                assert response.status == 200
                assert "<script" not in page
                assert "&lt;script&gt;" in page
                assert response.headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert "<iframe sandbox " in page

    browse(tmp_path, look)


def test_the_list_links_to_each_mail_below_its_mount(tmp_path: Path) -> None:
    async def look(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox") as response:
            page = await response.text()
        assert 'href="/mailbox/messages/0102-aa"' in page
        async with client.get(f"{url}/mailbox/style.css") as style:
            assert style.content_type == "text/css"

    browse(tmp_path, look)


def test_a_mail_is_downloaded_byte_for_byte(tmp_path: Path) -> None:
    async def look(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox/messages/0103-bb.eml") as response:
            raw = await response.read()
        assert raw == (tmp_path / "0103-bb.eml").read_bytes()
        assert message_from_bytes(raw)["Message-ID"] == "<0103-bb@email.amazonses.com>"

    browse(tmp_path, look)


def test_a_mail_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    async def look(client: ClientSession, url: str) -> None:
        for name in ("none", "..%2F0102-aa"):
            async with client.get(f"{url}/mailbox/messages/{name}") as response:
                assert response.status == 404

    browse(tmp_path, look)
