"""Serves the mailbox of what was sent: pages for people, JSON and .eml for tests."""

from typing import Final

from aiohttp import web

from infra.local.simulators.mail import pages
from infra.local.simulators.mail.sent import SentMail, SentMails

_MAILS: Final = web.AppKey("mails", SentMails)

_HEADERS: Final = {
    "Content-Security-Policy": pages.CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def mailbox_application(mails: SentMails) -> web.Application:
    """To be mounted by `add_subapp("/mailbox", …)`."""
    application = web.Application()
    application[_MAILS] = mails
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


async def _list(request: web.Request) -> web.Response:
    return _html(pages.mailbox(request.app[_MAILS].all(), _link(request)))


async def _json(request: web.Request) -> web.Response:
    mails = request.app[_MAILS].all()
    return web.json_response({"messages": [mail.to_json() for mail in mails]}, headers=_HEADERS)


async def _detail(request: web.Request) -> web.Response:
    return _html(pages.detail(_one(request), _link(request)))


async def _eml(request: web.Request) -> web.Response:
    mail = _one(request)
    disposition = {"Content-Disposition": f'attachment; filename="{mail.id}.eml"'}
    return web.Response(body=mail.raw, content_type="message/rfc822", headers={**_HEADERS, **disposition})


async def _style(_request: web.Request) -> web.Response:
    return web.Response(text=pages.STYLE, content_type="text/css", headers=_HEADERS)


def _one(request: web.Request) -> SentMail:
    mail = request.app[_MAILS].get(request.match_info["id"])
    if mail is None:
        raise web.HTTPNotFound(text="There is no such mail.")
    return mail


def _link(request: web.Request) -> pages.Link:
    """Addresses below wherever this application is mounted."""

    def link(name: str, mail: SentMail | None) -> str:
        route = request.app.router[name]
        return str(route.url_for(id=mail.id) if mail else route.url_for())

    return link


def _html(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", headers=_HEADERS)
