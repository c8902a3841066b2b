"""The local mailbox shows what was sent, and nothing that a mail says can run in it."""

import asyncio
from collections.abc import Awaitable, Callable
from email import message_from_bytes
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from infra.local.simulators.mail.mailbox import mailbox_application

HOSTILE = '"><script>alert(1)</script>'
KEPT: dict[str, Any] = {
    "MessageId": "0102-aa@email.amazonses.com",
    "Source": "Support <support@example.org>",
    "To": ["ana@example.com"],
    "CC": [],
    "BCC": [],
    "Subject": f"Re: {HOSTILE}",
    "BodyText": f"Hello {HOSTILE}",
    "BodyHtml": f"<p>Hello</p>{HOSTILE}",
    "Timestamp": 1767225600.0,
    "Type": "v2.SendEmail",
}
LATER = {**KEPT, "MessageId": "0103-bb@email.amazonses.com", "Subject": "Later\r\n line", "Timestamp": 1767225700.0}


def browse(look: Callable[[ClientSession, str], Awaitable[None]], *, answers: bool = True) -> None:
    """Let `look` browse a mailbox over a MiniStack that keeps two mails, or does not answer."""

    async def messages(_request: web.Request) -> web.Response:
        return web.json_response({"messages": {"000000000000": [KEPT, LATER]}})

    async def session() -> None:
        ministack = web.Application()
        ministack.add_routes([web.get("/_ministack/ses/messages", messages)] if answers else [])
        async with TestServer(ministack) as aws:
            edge = web.Application()
            edge.add_subapp("/mailbox", mailbox_application(str(aws.make_url("")).rstrip("/")))
            async with TestServer(edge) as server, ClientSession() as client:
                await look(client, str(server.make_url("")).rstrip("/"))

    asyncio.run(session())


def test_json_lists_what_was_sent_newest_first() -> None:
    async def look(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox/messages.json") as response:
            newest, oldest = (await response.json())["messages"]
        assert (newest["id"], oldest["id"]) == ("0103-bb", "0102-aa")
        assert oldest["message_id"] == "<0102-aa@email.amazonses.com>"
        assert (oldest["to"], oldest["text"]) == (["ana@example.com"], KEPT["BodyText"])

    browse(look)


def test_pages_escape_every_field_and_forbid_scripts() -> None:
    async def look(client: ClientSession, url: str) -> None:
        for path in ("/mailbox", "/mailbox/", "/mailbox/messages/0102-aa"):
            async with client.get(url + path) as response:
                page = await response.text()
                assert response.status == 200
                assert "<script" not in page
                assert "&lt;script&gt;" in page
                assert response.headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert "<iframe sandbox " in page

    browse(look)


def test_the_list_links_to_each_mail_below_its_mount() -> None:
    async def look(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox") as response:
            page = await response.text()
        assert 'href="/mailbox/messages/0102-aa"' in page
        async with client.get(f"{url}/mailbox/style.css") as style:
            assert style.content_type == "text/css"

    browse(look)


def test_a_mail_can_be_downloaded_and_read_by_a_mail_program() -> None:
    async def look(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox/messages/0103-bb.eml") as response:
            mail = message_from_bytes(await response.read())
        assert (mail["Subject"], mail["Message-ID"]) == ("Later line", "<0103-bb@email.amazonses.com>")
        assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]

    browse(look)


def test_an_unknown_mail_and_a_missing_ses_are_told_apart() -> None:
    async def unknown(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox/messages/none") as response:
            assert response.status == 404

    async def missing(client: ClientSession, url: str) -> None:
        async with client.get(f"{url}/mailbox") as response:
            assert response.status == 502
            assert "does not answer" in await response.text()

    browse(unknown)
    browse(missing, answers=False)
