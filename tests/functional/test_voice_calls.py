"""Whole calls: the simulated Twilio walks our TwiML, signs its requests, and plays everybody's phones."""

import asyncio
import base64
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from heartline.bootstrap import calls
from heartline.channels.twilio.account import Account
from heartline.channels.twilio.rest import TwilioRest
from heartline.channels.voice.legs import TwilioLegs
from heartline.domain.conversations import State
from infra.local.simulators.twilio.application import serve
from infra.local.simulators.twilio.configuration import TwilioSimulatorConfig
from tests import handlers
from tests.telephone import EVA, OURS, Exchange
from tests.twilio_requests import ACCOUNT, TOKEN
from tests.unit.simulators.running import configured, free_port

PUBLIC = Path(__file__).parents[2] / "functions" / "web" / "ui" / "public"


@dataclass(frozen=True, slots=True)
class Line:
    """Calls into the company. `transcript` is what the simulator saw of the last one."""

    exchange: Exchange
    directory: Path
    monkeypatch: pytest.MonkeyPatch

    def call(self, **script: Any) -> list[str]:
        """Make a whole call; answers what happened on the line, in Twilio's eyes."""
        return asyncio.run(self._call(script))

    async def _call(self, script: dict[str, Any]) -> list[str]:
        port = free_port()
        public_url = f"http://127.0.0.1:{port}"
        self.monkeypatch.setenv("HEARTLINE_PUBLIC_URL", public_url)
        handlers.forget()
        config = replace(
            configured(self.directory, port),
            account_sid=ACCOUNT,
            auth_token=TOKEN,
            numbers=(OURS,),
            voice_webhook=f"{public_url}/webhooks/voice",
            status_webhook=f"{public_url}/webhooks/status",
        )
        account = Account(sid=ACCOUNT, token=TOKEN)
        legs = TwilioLegs(TwilioRest(lambda: account, api_url=config.url), base=f"{public_url}/webhooks")
        self.monkeypatch.setattr(calls, "legs", lambda: legs)
        async with self._serving(config, port):
            return await asyncio.wait_for(self._dial(config, script), timeout=30)

    @contextlib.asynccontextmanager
    async def _serving(self, config: TwilioSimulatorConfig, port: int) -> AsyncIterator[None]:
        application = web.Application()
        application.router.add_post("/{path:.*}", self._bridge)
        application.router.add_static("/sounds", PUBLIC / "sounds")
        ours = web.AppRunner(application)
        await ours.setup()
        await web.TCPSite(ours, "127.0.0.1", port).start()
        theirs = await serve(config)
        work = asyncio.create_task(self._work())
        try:
            yield
        finally:
            work.cancel()
            await theirs.cleanup()
            await ours.cleanup()

    async def _bridge(self, request: web.Request) -> web.Response:
        """What API Gateway does."""
        event = {
            "routeKey": f"POST {request.path}",
            "rawPath": request.path,
            "rawQueryString": request.rel_url.raw_query_string,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "requestContext": {"requestId": "request-1"},
            "body": base64.b64encode(await request.read()).decode(),
            "isBase64Encoded": True,
        }
        answer = await asyncio.to_thread(self._answer, request.path, event)
        return web.Response(status=answer["statusCode"], text=answer["body"], headers=answer["headers"])

    def _answer(self, path: str, event: dict[str, Any]) -> dict[str, Any]:
        """A step of the call, or a report, which goes through its queue."""
        if not path.endswith("/status"):
            answer: dict[str, Any] = self.exchange.function.handler(event, None)
            return answer
        cause = {"source": "twilio", "url": f"{path}?{event['rawQueryString']}"}
        body = json.dumps(cause | {"body": base64.b64decode(event["body"]).decode()})
        self.exchange.delivery.handler({"Records": [{"messageId": "1", "body": body}]}, None)
        return {"statusCode": 200, "body": "", "headers": {}}

    async def _work(self) -> None:
        """Dialer and router, as if the stream had woken them; time passes a hundred times as fast."""
        while True:
            await asyncio.to_thread(self.exchange.settle)
            self.exchange.clock.advance(seconds=2)
            await asyncio.sleep(0.02)

    async def _dial(self, config: TwilioSimulatorConfig, script: dict[str, Any]) -> list[str]:
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{config.url}/simulator/calls", json={"from": EVA, **script}) as reply:
                sid = (await reply.json())["call_sid"]
            while True:
                async with session.get(f"{config.url}/simulator/calls/{sid}") as reply:
                    transcript = await reply.json()
                calls_made = self.exchange.calls()
                if transcript["ended"] and calls_made and all(call.over for call in calls_made):
                    return [step["event"] for step in transcript["steps"]]
                await asyncio.sleep(0.02)


@pytest.fixture
def line(exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(exchange, tmp_path, monkeypatch)


def test_a_caller_talks_with_the_agent_who_has_the_skill(line: Line, exchange: Exchange) -> None:
    exchange.online("ana")
    steps = line.call(digits=["1"], agent={"does": "answer", "talk": 1})
    assert "error" not in steps
    assert exchange.events() == ["call.queued", "call.offered", "call.answered", "call.ended"]
    assert (exchange.head().state, exchange.head().agent) == (State.ASSIGNED, "ana")
    assert [call.state for call in exchange.calls()] == ["completed"]


def test_a_caller_whom_nobody_can_take_leaves_a_message(line: Line, exchange: Exchange) -> None:
    steps = line.call(digits=["9", "1"], record=4)
    assert "recorded" in steps
    assert "error" not in steps
    message = exchange.timeline()[-1]
    assert message.text == "Voicemail, 4 s."
    assert message.pending_media[0].url.endswith(".mp3")
    assert [call.state for call in exchange.calls()] == ["voicemail"]


def test_a_caller_who_says_nothing_after_the_tone_is_to_be_called_back(line: Line, exchange: Exchange) -> None:
    assert "error" not in line.call(digits=["1"], record=0)
    assert exchange.timeline()[-1].text == "Left no message. Call back."


def test_a_caller_who_hangs_up_in_the_menu_is_to_be_called_back(line: Line, exchange: Exchange) -> None:
    assert "error" not in line.call(hang_up_after=3)
    exchange.settle()
    assert exchange.timeline()[-1].text == "Called and hung up in the menu. Call back."


def test_when_one_agent_is_busy_the_next_is_rung(line: Line, exchange: Exchange) -> None:
    exchange.online("ana", "ben")
    line.call(digits=["1"], agent="busy", hang_up_after=60)
    offered = [message.text for message in exchange.timeline() if message.event == "call.offered"]
    assert set(offered[:2]) == {"Offered to Ana.", "Offered to Ben."}
    assert all(call.over for call in exchange.calls())
