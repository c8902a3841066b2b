"""Serves the stand-in for Twilio's voice SDK, and passes what it asks on to the Twilio simulator.

Both on the inbox's own origin, so that the inbox's content security policy stays as it is in production. What comes
without a token is refused: the simulator's own port is for people and tests on this machine, the edge for browsers.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp import web
from yarl import URL

PATH: Final = "/simulator"
_MODULES: Final = {path.name: path for path in Path(__file__).parent.glob("*.js")}

_POLL: Final = aiohttp.ClientTimeout(total=40, connect=5)
_SESSION: Final = web.AppKey("session", aiohttp.ClientSession)
_PASSED_ON: Final = ("Authorization", "Content-Type")


def browser_phone_application(twilio_url: str) -> web.Application:
    """The routes below `PATH`; `twilio_url` is the simulator's address."""
    application = web.Application()
    application.cleanup_ctx.append(_sessions)

    async def to_simulator(request: web.Request) -> web.Response:
        return await _pass_on(request, twilio_url)

    application.router.add_get("/{module:[a-z-]+[.]js}", _module)
    application.router.add_route("*", "/devices/{rest:.*}", to_simulator)
    return application


async def _module(request: web.Request) -> web.StreamResponse:
    path = _MODULES.get(request.match_info["module"])
    if path is None:
        raise web.HTTPNotFound
    headers = {"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache"}
    return web.FileResponse(path, headers=headers)


async def _sessions(application: web.Application) -> AsyncIterator[None]:
    async with aiohttp.ClientSession(timeout=_POLL, cookie_jar=aiohttp.DummyCookieJar()) as session:
        application[_SESSION] = session
        yield


async def _pass_on(request: web.Request, twilio_url: str) -> web.Response:
    if not request.headers.get("Authorization", "").startswith("Bearer "):
        return web.json_response({"error": "a voice token is needed", "code": 20101}, status=401)
    target = URL(twilio_url + request.raw_path, encoded=True)
    headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
    body = await request.read()
    try:
        async with request.app[_SESSION].request(request.method, target, headers=headers, data=body) as answer:
            return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type)
    except (aiohttp.ClientError, TimeoutError):
        return web.json_response({"error": "the Twilio simulator does not answer", "code": 31005}, status=503)
