"""REST resources of texts and their media."""

from typing import Final

from aiohttp import web

from infra.local.simulators.twilio import presentation, texting
from infra.local.simulators.twilio.account import account_of, found
from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.records import Medium, Message

_STORAGE: Final = "/storage"
"""Where media and nothing else is served without the account's password; the sid is the secret."""


async def create(request: web.Request) -> web.Response:
    account, form = account_of(request), await request.post()
    media_urls = [str(url) for url in form.getall("MediaUrl", [])]
    fields = {name: str(value) for name, value in form.items()}
    message = await texting.submit(account, fields, media_urls)
    return web.json_response(presentation.message(account.config, message), status=201)


async def listing(request: web.Request) -> web.Response:
    account, query = account_of(request), request.query
    wanted = [
        presentation.message(account.config, message)
        for message in account.store.newest_first(Message)
        if query.get("To") in (None, message.recipient)
        and query.get("From") in (None, message.sender)
        and presentation.on_days(query, "DateSent", message.sent or message.created)
    ]
    return web.json_response(presentation.page(request.path, "messages", wanted, query))


async def fetch(request: web.Request) -> web.Response:
    message = found(request, Message, request.match_info["sid"])
    return web.json_response(presentation.message(account_of(request).config, message))


async def delete(request: web.Request) -> web.Response:
    account_of(request).store.delete(found(request, Message, request.match_info["sid"]))
    return web.Response(status=204)


async def media_listing(request: web.Request) -> web.Response:
    account, message = account_of(request), found(request, Message, request.match_info["sid"])
    media = [account.store.find(Medium, sid) for sid in message.media]
    shown = [presentation.medium(account.config, medium) for medium in media if medium]
    return web.json_response(presentation.page(request.path, "media_list", shown, request.query))


async def media_fetch(request: web.Request) -> web.Response:
    return web.json_response(presentation.medium(account_of(request).config, _medium(request)))


async def media_content(request: web.Request) -> web.Response:
    """A redirect to storage, as the real service answers."""
    location = f"{account_of(request).config.url}{_STORAGE}/{_medium(request).sid}"
    return web.Response(status=307, headers={"Location": location})


async def stored_medium(request: web.Request) -> web.Response:
    """The bytes, without a password: like S3, the storage refuses a request that brings one along."""
    if "Authorization" in request.headers:
        return web.Response(status=400, text="Only one auth mechanism allowed")
    medium = found(request, Medium, request.match_info["sid"])
    return web.Response(body=account_of(request).media.read(medium.sid), content_type=medium.content_type)


async def media_delete(request: web.Request) -> web.Response:
    account, medium = account_of(request), _medium(request)
    account.store.delete(medium)
    account.media.delete(medium.sid)
    return web.Response(status=204)


def _medium(request: web.Request) -> Medium:
    medium = found(request, Medium, request.match_info["media"])
    if medium.message != request.match_info["sid"]:
        raise ApiFault(20404, request.path)
    return medium


def routes(path: str) -> list[web.RouteDef]:
    """`path` is the account's."""
    one = path + "/Messages/{sid}"
    return [
        web.post(f"{path}/Messages.json", create),
        web.get(f"{path}/Messages.json", listing),
        web.get(one + "/Media.json", media_listing),
        web.get(one + "/Media/{media}.json", media_fetch),
        web.delete(one + "/Media/{media}.json", media_delete),
        web.delete(one + "/Media/{media}", media_delete),
        web.get(one + "/Media/{media}", media_content),
        web.get(_STORAGE + "/{sid}", stored_medium),
        web.get(one + ".json", fetch),
        web.delete(one + ".json", delete),
    ]
