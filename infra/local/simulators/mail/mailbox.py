"""Serves the mailbox of what was sent: pages for people, JSON and .eml for tests."""

from collections.abc import AsyncIterator
from typing import Final

import aiohttp
from aiohttp import web

from infra.local.simulators.mail import pages
from infra.local.simulators.mail.sent import SentMail, read_messages

_SESSION: Final = web.AppKey("session", aiohttp.ClientSession)
_SOURCE: Final = web.AppKey("source", str)

_HEADERS: Final = {
    "Content-Security-Policy": pages.CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def mailbox_application(aws_endpoint: str) -> web.Application:
    """To be mounted by `add_subapp("/mailbox", …)`; `aws_endpoint` is MiniStack's address without a trailing slash."""
    application = web.Application()
    application[_SOURCE] = f"{aws_endpoint}/_ministack/ses/messages"
    application.cleanup_ctx.append(_with_session)
    application.add_routes(
        [
            web.get("", _list, name="list"),
            web.get("/", _list),
            web.get("/style.css", _style, name="style"),
            web.get("/messages.json", _json),
            web.get("/messages/{id}.eml", _eml, name="eml"),
            web.get("/messages/{id}", _detail, name="detail"),
        ]
    )
    return application


async def _with_session(application: web.Application) -> AsyncIterator[None]:
    limit = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(timeout=limit) as session:
        application[_SESSION] = session
        yield


async def _list(request: web.Request) -> web.Response:
    return _html(pages.mailbox(await _mails(request), _link(request)))


async def _json(request: web.Request) -> web.Response:
    mails = await _mails(request)
    return web.json_response({"messages": [mail.to_json() for mail in mails]}, headers=_HEADERS)


async def _detail(request: web.Request) -> web.Response:
    return _html(pages.detail(await _one(request), _link(request)))


async def _eml(request: web.Request) -> web.Response:
    mail = await _one(request)
    disposition = {"Content-Disposition": f'attachment; filename="{mail.id}.eml"'}
    return web.Response(body=mail.to_eml(), content_type="message/rfc822", headers={**_HEADERS, **disposition})


async def _style(_request: web.Request) -> web.Response:
    return web.Response(text=pages.STYLE, content_type="text/css", headers=_HEADERS)


async def _mails(request: web.Request) -> list[SentMail]:
    source = request.app[_SOURCE]
    try:
        async with request.app[_SESSION].get(source) as response:
            response.raise_for_status()
            return read_messages(await response.json())
    except (TimeoutError, aiohttp.ClientError) as fault:
        complaint = f"The local SES at {source} does not answer: is `make run` still running?"
        raise web.HTTPBadGateway(text=complaint) from fault


async def _one(request: web.Request) -> SentMail:
    for mail in await _mails(request):
        if mail.id == request.match_info["id"]:
            return mail
    raise web.HTTPNotFound(text="There is no such mail.")


def _link(request: web.Request) -> pages.Link:
    """Addresses below wherever this application is mounted."""

    def link(name: str, mail: SentMail | None) -> str:
        route = request.app.router[name]
        return str(route.url_for(id=mail.id) if mail else route.url_for())

    return link


def _html(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", headers=_HEADERS)
