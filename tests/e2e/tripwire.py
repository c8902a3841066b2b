"""A browser page that notices whatever a mail does: runs, asks, opens, fetches or leaves."""

import importlib.util
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Final, Self

import pytest
from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parents[2]
INBOX: Final = "https://inbox.example.com"
BUILD: Final = """
import { build } from "vite";
await build({ configFile: false, logLevel: "error", build: {
  outDir: process.argv[1], assetsInlineLimit: 0, modulePreload: false, rolldownOptions: {
    input: "tests/frame-page.tsx", output: { entryFileNames: "page.js", assetFileNames: "[name][extname]" } } } });
"""
PAGE: Final = """<!doctype html><title>Inbox</title><meta name=color-scheme content="light dark">
<link rel=stylesheet href=/frame-page.css><body><script type=module src=/page.js></script>"""
WIRE: Final = """
if (self === top) window.trips = [];
const trip = (what) => { top.trips.push(String(what)); };
Object.defineProperty(window, "trip", { value: trip });
for (const name of ["alert", "confirm", "prompt", "print", "open", "fetch", "postMessage"])
  window[name] = () => trip(name);
for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "Worker", "Image"])
  window[name] = class { constructor() { trip(name); } };
navigator.sendBeacon = () => trip("sendBeacon");
"""
"""Runs in every frame that can run anything, before its own content does."""

PROVOKE: Final = """
const EVENTS = `abort animationend animationiteration animationstart auxclick beforecopy beforeinput beforetoggle
  begin blur cancel canplay change click close contextmenu copy cut dblclick drag dragend dragenter dragover dragstart
  drop end error focus focusin focusout input invalid keydown keypress keyup load loadstart message mousedown
  mouseenter mouseleave mousemove mouseout mouseover mouseup paste pointerdown pointerenter pointermove pointerover
  pointerup reset resize scroll scrollend select selectstart show start submit toggle touchend touchstart
  transitionend transitionrun wheel`.split(/\\s+/);
window.provoke = (root) => {
  root.addEventListener("click", (event) => event.preventDefault(), true);
  root.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const element of root.querySelectorAll("*")) {
    element.focus?.();
    for (const type of EVENTS) element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  }
};
"""
IN_ITS_FRAME: Final = """async (mails) => {
  for (const [html, remoteImages] of mails) provoke(await show({ html, remoteImages, showRemote: false }));
}"""
BARE: Final = """async (mails) => {
  for (const [html] of mails) {
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = html;
    provoke(place);
    const frame = document.body.appendChild(document.createElement("iframe"));
    const loaded = new Promise((done) => { frame.onload = done; });
    frame.srcdoc = html;
    await loaded;
    provoke(frame.contentDocument);
    place.remove();
    frame.remove();
  }
}"""

Mail = tuple[str, tuple[str, ...]]
"""HTML, and the remote images that belong to it."""


class Tripwire:
    """One page of the inbox's origin; `requests` are those for anything that the page itself does not need."""

    def __init__(self, browser: Browser, build: Path, *, policy: str = "", dark: bool = False) -> None:
        self._headers = {"Content-Security-Policy": policy} if policy else {}
        self._files = {f"/{path.name}": path for path in build.iterdir()}
        self.requests: list[str] = []
        context = browser.new_context(
            viewport={"width": 760, "height": 600}, color_scheme="dark" if dark else "light", service_workers="block"
        )
        context.add_init_script(WIRE + PROVOKE)
        context.route("**/*", self._answer)
        self.page: Page = context.new_page()
        self.page.goto(f"{INBOX}/")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.page.context.close()

    def open_in_their_frames(self, mails: Iterable[Mail]) -> list[str]:
        return self._open(IN_ITS_FRAME, mails)

    def open_bare(self, mails: Iterable[Mail]) -> list[str]:
        """Without frame, sandbox or policy, where only the sanitiser stands between a mail and the page."""
        return self._open(BARE, mails)

    def show(self, html: str, remote_images: Sequence[str] = (), *, show_remote: bool = False) -> None:
        """Show one mail alone on the page."""
        mail = {"html": html, "remoteImages": list(remote_images), "showRemote": show_remote}
        self.page.evaluate("async (mail) => { await show(mail); }", mail)

    def _open(self, script: str, mails: Iterable[Mail]) -> list[str]:
        """What the mails did, in words; empty if they did nothing."""
        self.requests.clear()
        self.page.evaluate(script, [[html, list(images)] for html, images in dict.fromkeys(mails)])
        self.page.wait_for_timeout(100)
        trips: list[str] = self.page.evaluate("window.trips.splice(0)")
        moved = [] if self.page.url == f"{INBOX}/" and self.page.title() == "Inbox" else [self.page.url]
        opened = [page.url for page in self.page.context.pages if page is not self.page]
        return [*trips, *self.requests, *moved, *opened]

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(INBOX)
        if path == "/":
            route.fulfill(body=PAGE, content_type="text/html", headers=self._headers)
        elif file := self._files.get(path):
            route.fulfill(path=file)
        else:
            self.requests.append(route.request.url)
            route.abort()


def built_page(folder: Path) -> Path:
    """The mail frame of the inbox, built as the inbox is."""
    command = ["node", "--input-type=module", "--eval", BUILD, str(folder)]
    done = subprocess.run(command, cwd=ROOT / "functions/web/ui", capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"the frame cannot be built (`make ui` installs what it needs):\n{done.stderr}", pytrace=False)
    return folder


def policy_of_the_inbox(monkeypatch: pytest.MonkeyPatch) -> str:
    """The Content-Security-Policy that the web function sends."""
    monkeypatch.setenv("HEARTLINE_LOGIN_URL", "https://login.example.com")
    monkeypatch.setenv("HEARTLINE_SOCKET_URL", "wss://socket.example.com")
    event = {"rawPath": "/config.json", "requestContext": {"http": {"method": "GET"}}}
    policy: str = _web().handler(event, None)["headers"]["Content-Security-Policy"]
    return policy


def _web() -> ModuleType:
    spec = importlib.util.spec_from_file_location("heartline_web_for_mail", ROOT / "functions/web/app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
