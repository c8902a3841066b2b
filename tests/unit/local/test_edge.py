"""The edge passes requests on byte for byte, because signatures cover the address as it was spelled."""

import asyncio
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from infra.local.edge import Upstream, edge_application


async def echo(request: web.Request) -> web.Response:
    seen = {"path": request.raw_path, "host": request.host, "body": await request.text(), "from": request.remote}
    return web.json_response(seen | {"signature": request.headers.get("X-Twilio-Signature", "")})


async def asked(method: str, path: str, **options: Any) -> dict[str, Any]:
    emulator = web.Application()
    emulator.router.add_route("*", "/{rest:.*}", echo)
    async with TestServer(emulator, host="127.0.0.1") as server:
        address = str(server.make_url("")).rstrip("/")
        upstream = Upstream(url=address, netloc=f"127.0.0.1:{server.port}", http_api="abc", socket_api="def")
        edge = edge_application(upstream, beside={})
        async with TestClient(TestServer(edge, host="127.0.0.1")) as client:
            url = URL(str(client.make_url("")).rstrip("/") + path, encoded=True)
            async with aiohttp.request(method, url, **options) as answer:
                seen: dict[str, Any] = await answer.json()
                return seen


def test_the_path_and_the_query_stay_as_they_were_spelled() -> None:
    path = "/webhooks/voice/a%2Fb?x=1+2&y=%C3%A9&empty="
    assert asyncio.run(asked("GET", path))["path"] == path


def test_the_http_api_is_found_by_its_host_name() -> None:
    assert asyncio.run(asked("GET", "/api/me"))["host"].startswith("abc.execute-api.127.0.0.1:")


def test_body_and_signature_reach_the_function() -> None:
    seen = asyncio.run(asked("POST", "/webhooks/sms", data=b"Body=a+b&Empty=", headers={"X-Twilio-Signature": "s="}))
    assert (seen["body"], seen["signature"]) == ("Body=a+b&Empty=", "s=")
