"""The one origin that browsers and providers see: what CloudFront or a domain of one's own would be in front of AWS.

It forwards to the HTTP API, the WebSocket API and the hosted login of the emulator, which knows them by host name.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from yarl import URL

from infra.local.hosted_login import SignedIn

LARGEST_BODY = 10 * 1024 * 1024
"""What API Gateway takes at most."""

HOP_BY_HOP = {
    *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding"),
    *("upgrade", "host", "content-length"),
}

SESSION = web.AppKey("session", aiohttp.ClientSession)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """The emulator at `url` (host and port in `netloc`), and the ids of the two APIs in it."""

    url: str
    netloc: str
    http_api: str
    socket_api: str

    @property
    def api_host(self) -> str:
        return f"{self.http_api}.execute-api.{self.netloc}"

    @property
    def socket_url(self) -> str:
        return f"{self.url}/_aws/execute-api/{self.socket_api}/live"


def edge_application(upstream: Upstream, *, beside: Mapping[str, web.Application]) -> web.Application:
    """Build the reverse proxy, with the applications `beside` it below their paths."""
    edge = web.Application(client_max_size=LARGEST_BODY)
    edge.cleanup_ctx.append(_sessions)
    login = SignedIn(upstream.url)

    async def to_login(request: web.Request) -> web.StreamResponse:
        return await login.answer(request, request.app[SESSION])

    async def to_socket(request: web.Request) -> web.StreamResponse:
        return await _relay(request, upstream)

    async def to_api(request: web.Request) -> web.StreamResponse:
        return await _forward(request, upstream)

    edge.router.add_get("/socket", to_socket)
    for path in ("/oauth2/{rest:.*}", "/login", "/logout"):
        edge.router.add_route("*", path, to_login)
    for path, application in beside.items():
        edge.add_subapp(path, application)
    edge.router.add_route("*", "/{rest:.*}", to_api)
    return edge


async def _sessions(application: web.Application) -> AsyncIterator[None]:
    timeout = aiohttp.ClientTimeout(total=35, connect=5)
    async with aiohttp.ClientSession(auto_decompress=False, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as it:
        application[SESSION] = it
        yield


async def _forward(request: web.Request, upstream: Upstream) -> web.StreamResponse:
    """Pass a request to the HTTP API byte for byte: the path stays as it was spelled, for signatures cover it."""
    headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
    target = URL(upstream.url + request.raw_path, encoded=True)
    try:
        async with request.app[SESSION].request(
            request.method,
            target,
            headers={**headers, "Host": upstream.api_host},
            data=await request.read(),
            allow_redirects=False,
        ) as answer:
            return _copy(answer, await answer.read())
    except (aiohttp.ClientError, TimeoutError):
        return web.json_response({"message": "Service Unavailable"}, status=503)


def _copy(answer: aiohttp.ClientResponse, body: bytes) -> web.Response:
    response = web.Response(status=answer.status, body=body)
    for name, value in answer.headers.items():
        if name.lower() not in HOP_BY_HOP:
            response.headers.popall(name, None) if name.lower() == "content-type" else None
            response.headers.add(name, value)
    return response


async def _relay(request: web.Request, upstream: Upstream) -> web.StreamResponse:
    """Join a browser's WebSocket to the emulator's; an upgrade that the API refuses is refused here as well."""
    target = URL(upstream.socket_url).with_query(request.rel_url.query)
    try:
        inner = await request.app[SESSION].ws_connect(target)
    except aiohttp.WSServerHandshakeError as error:
        return web.json_response({"message": "Forbidden"}, status=error.status)
    async with inner:
        outer = web.WebSocketResponse(heartbeat=30)
        await outer.prepare(request)
        tasks = [asyncio.create_task(_pump(inner, outer)), asyncio.create_task(_pump(outer, inner))]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await outer.close()
    return outer


Socket = aiohttp.ClientWebSocketResponse | web.WebSocketResponse


async def _pump(source: Socket, target: Socket) -> None:
    async for message in source:
        if message.type is aiohttp.WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await target.send_bytes(message.data)
