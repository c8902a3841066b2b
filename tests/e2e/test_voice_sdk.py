"""The stand-in for Twilio's voice SDK in a real browser, on one origin, under the inbox's policy: no stack needed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Browser, Page

from infra.local.browser_phone.application import PATH, browser_phone_application
from tests.unit.simulators.running import Simulator, free_port, in_thread, running, wait_until
from tests.unit.simulators.test_devices import CLIENT, token

pytestmark = pytest.mark.browser

CLIENT_URL = "client:ana"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
SCRIPT = """
import { Device } from "/simulator/voice-sdk.js";
window.seen = [];
const note = (...words) => window.seen.push(words.join(" "));
window.start = async (token) => {
  const device = new Device(token, { tokenRefreshMs: 3_590_000 });
  window.device = device;
  for (const event of ["registering", "registered", "unregistered", "tokenWillExpire"])
    device.on(event, () => note(event));
  device.on("error", (error) => note("error", error.code));
  device.on("incoming", (call) => {
    window.call = call;
    note("incoming", call.parameters.From, call.customParameters.get("call"));
    for (const event of ["accept", "reject", "cancel", "disconnect"]) call.on(event, () => note(event));
    call.on("error", (error) => note("call error", error.code));
  });
  await device.register();
};
"""


@pytest.fixture
def twilio(tmp_path: Path) -> Iterator[Simulator]:
    with running(tmp_path) as simulator:
        simulator.application.say("/agent", "<Gather action='/chosen' numDigits='1' timeout='9000'/>")
        yield simulator


@pytest.fixture
def page(twilio: Simulator, browser: Browser) -> Iterator[Page]:
    """A page of the inbox's origin whose phone is registered as Ana's."""
    port = free_port()
    with in_thread([_serve(twilio.config.url, port)]):
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        page.evaluate("token => window.start(token)", token(ttl=3600))
        yield page
        page.close()


async def _serve(twilio_url: str, port: int) -> web.AppRunner:
    async def script(_request: web.Request) -> web.Response:
        return web.Response(text=SCRIPT, content_type="text/javascript")

    async def document(_request: web.Request) -> web.Response:
        body = '<!doctype html><script type="module" src="/page.js"></script>'
        return web.Response(text=body, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    application = web.Application()
    application.router.add_get("/", document)
    application.router.add_get("/page.js", script)
    application.add_subapp(PATH, browser_phone_application(twilio_url))
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


def seen(page: Page) -> list[str]:
    return list(json.loads(page.evaluate("JSON.stringify(window.seen)")))


def heard(page: Page, *words: str) -> None:
    wait_until(lambda: set(words) <= set(seen(page)))


def ringing(twilio: Simulator, page: Page) -> str:
    sid = twilio.ring(f"{CLIENT_URL}?call=CA1", "/agent", Timeout="6000")
    heard(page, "incoming +14155550100 CA1")
    return sid


def status(twilio: Simulator, sid: str) -> str:
    return str(twilio.rest("GET", f"/Calls/{sid}.json").json["status"])


def test_a_browser_takes_a_call_mutes_it_presses_a_key_and_hangs_up(twilio: Simulator, page: Page) -> None:
    sid = ringing(twilio, page)
    assert seen(page)[:2] == ["registering", "registered"]
    page.evaluate("window.call.accept()")
    heard(page, "accept")
    wait_until(lambda: bool(twilio.application.to("/agent")))
    page.evaluate("window.call.mute(true)")
    wait_until(lambda: bool(twilio.control("GET", f"{CLIENT}/calls").json["calls"][0]["muted"]))
    assert page.evaluate("window.call.isMuted()")
    page.evaluate("window.call.sendDigits('5')")
    wait_until(lambda: bool(twilio.application.to("/chosen")))
    page.evaluate("window.call.disconnect()")
    heard(page, "disconnect")
    wait_until(lambda: status(twilio, sid) == "completed")


def test_a_browser_declines_a_call(twilio: Simulator, page: Page) -> None:
    sid = ringing(twilio, page)
    page.evaluate("window.call.reject()")
    heard(page, "reject")
    wait_until(lambda: status(twilio, sid) == "busy")


def test_after_a_declined_call_the_next_one_rings(twilio: Simulator, page: Page) -> None:
    sid = ringing(twilio, page)
    page.evaluate("window.call.reject()")
    wait_until(lambda: status(twilio, sid) == "busy")
    twilio.ring(f"{CLIENT_URL}?call=CA2", "/agent", Timeout="6000")
    heard(page, "incoming +14155550100 CA2")


def test_a_call_taken_back_while_it_rings_is_cancelled_in_the_browser(twilio: Simulator, page: Page) -> None:
    sid = ringing(twilio, page)
    twilio.rest("POST", f"/Calls/{sid}.json", {"Status": "completed"})
    heard(page, "cancel")


def test_the_other_side_hanging_up_is_a_disconnect(twilio: Simulator, page: Page) -> None:
    sid = ringing(twilio, page)
    page.evaluate("window.call.accept()")
    heard(page, "accept")
    twilio.rest("POST", f"/Calls/{sid}.json", {"Status": "completed"})
    heard(page, "disconnect")


def test_a_page_that_goes_away_ends_its_call_and_its_client_rings_no_more(twilio: Simulator, page: Page) -> None:
    sid = ringing(twilio, page)
    page.evaluate("window.call.accept()")
    heard(page, "accept")
    page.goto("about:blank")
    wait_until(lambda: status(twilio, sid) == "completed")
    again = twilio.wait_for_end(twilio.ring(CLIENT_URL, "/agent"))
    assert "client:ana is not registered: no browser is signed in" in [step["text"] for step in again["steps"]]


def test_a_token_that_is_nearly_over_asks_for_another_and_a_bad_one_is_an_error(twilio: Simulator, page: Page) -> None:
    heard(page, "tokenWillExpire")
    page.evaluate("token => window.device.updateToken(token)", token(secret="a-key-that-was-replaced-since-then"))
    twilio.ring(CLIENT_URL, "/agent")
    heard(page, "error 20101", "unregistered")
