"""The edge serves the browser's phone, and lets nobody at the simulator who brings no token."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from infra.local.browser_phone.application import PATH, browser_phone_application

Client = TestClient[web.Request, web.Application]


async def echo(request: web.Request) -> web.Response:
    seen = {"path": request.raw_path, "bearer": request.headers.get("Authorization"), "body": await request.text()}
    return web.json_response(seen)


def at_the_edge(ask: Callable[[Client], Awaitable[Any]], *, simulator_runs: bool = True) -> Any:
    """What `ask` finds at an edge whose simulator repeats what it is sent."""

    async def asked() -> Any:
        simulator = web.Application()
        simulator.router.add_route("*", "/{rest:.*}", echo)
        async with TestServer(simulator, host="127.0.0.1") as server:
            address = str(server.make_url("")).rstrip("/")
            if not simulator_runs:
                await server.close()
            edge = web.Application()
            edge.add_subapp(PATH, browser_phone_application(address))
            async with TestClient(TestServer(edge, host="127.0.0.1")) as client:
                return await ask(client)

    return asyncio.run(asked())


def test_the_module_and_what_it_imports_are_served_as_scripts() -> None:
    async def ask(client: Client) -> list[tuple[int, str]]:
        found = [await client.get(f"{PATH}/{name}.js") for name in ("voice-sdk", "call", "events", "token", "other")]
        return [(answer.status, answer.content_type) for answer in found]

    *served, missing = at_the_edge(ask)
    assert set(served) == {(200, "text/javascript")}
    assert missing[0] == 404


def test_a_request_with_a_token_reaches_the_simulator_as_it_was() -> None:
    async def ask(client: Client) -> Any:
        headers = {"Authorization": "Bearer t", "Cookie": "session=1"}
        path = f"{PATH}/devices/client:ana/calls/CA1/accept"
        return await (await client.post(path, json={"on": True}, headers=headers)).json()

    seen = at_the_edge(ask)
    assert seen == {
        "path": "/simulator/devices/client:ana/calls/CA1/accept",
        "bearer": "Bearer t",
        "body": '{"on": true}',
    }


def test_a_request_without_a_token_is_refused_here() -> None:
    async def ask(client: Client) -> tuple[int, Any]:
        answer = await client.get(f"{PATH}/devices/client:ana/calls")
        return answer.status, await answer.json()

    status, body = at_the_edge(ask)
    assert (status, body["code"]) == (401, 20101)


def test_nothing_but_devices_can_be_reached() -> None:
    async def ask(client: Client) -> list[int]:
        headers = {"Authorization": "Bearer t"}
        return [(await client.get(f"{PATH}{path}", headers=headers)).status for path in ("/phones", "/calls/CA1", "")]

    assert at_the_edge(ask) == [404, 404, 404]


def test_a_simulator_that_is_away_is_a_connection_error_of_the_sdk() -> None:
    async def ask(client: Client) -> tuple[int, Any]:
        answer = await client.get(f"{PATH}/devices/client:ana/calls", headers={"Authorization": "Bearer t"})
        return answer.status, await answer.json()

    status, body = at_the_edge(ask, simulator_runs=False)
    assert (status, body["code"]) == (503, 31005)
