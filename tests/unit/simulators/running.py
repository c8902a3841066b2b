"""Runs the simulated Twilio and an application for it to call, both on loopback ports, in a thread of their own."""

import asyncio
import json
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode
from urllib.request import Request, urlopen

from aiohttp import web

from infra.local.simulators.twilio.application import serve
from infra.local.simulators.twilio.configuration import MessagingService, TwilioSimulatorConfig

T = TypeVar("T")

ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
AUTH_TOKEN = "a-token-of-no-account"
API_KEY = "SK" + "0123456789abcdef" * 2
API_SECRET = "a-secret-of-no-account-32-bytes-long"
OURS = "+14155550100"
THEIRS = "+14155550123"
TEMPLATE = "HX" + "1" * 32
SERVICE = "MG" + "1" * 32
AGENT = "+14155550188"
RESPONSE = '<?xml version="1.0" encoding="UTF-8"?><Response>{}</Response>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request as the application got it; `url` is what it was asked for, path and query."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: str

    @property
    def path(self) -> str:
        return self.url.partition("?")[0]

    @property
    def fields(self) -> dict[str, str]:
        return dict(parse_qsl(self.body, keep_blank_values=True))


@dataclass(slots=True)
class Application:
    """The application's side. `answers` maps a path to the answers it gives in turn; the last one repeats."""

    received: list[Received] = field(default_factory=list)
    answers: dict[str, list[web.Response | str]] = field(default_factory=dict)

    def say(self, path: str, *documents: str) -> None:
        """Answer with these verbs, each time the next."""
        self.answers[path] = [RESPONSE.format(document) for document in documents]

    def play(self, path: str, seconds: float = 1.0) -> None:
        """Answer with a sound."""
        sound = web.Response(body=b"\xff" * round(seconds * 4000), content_type="audio/mpeg")
        self.answers[path] = [sound]

    async def handle(self, request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        headers = dict(request.headers)
        received = Received(method=request.method, url=request.raw_path, headers=headers, body=body)
        turn = len(self.to(request.path))
        self.received.append(received)
        answers = self.answers.get(request.path, [RESPONSE.format("")])
        answer = answers[min(turn, len(answers) - 1)]
        if isinstance(answer, str):
            return web.Response(text=answer, content_type="text/xml")
        return web.Response(status=answer.status, body=answer.body, content_type=answer.content_type)

    def to(self, path: str) -> list[Received]:
        return [request for request in self.received if request.path == path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(slots=True, kw_only=True)
class Simulator:
    """A running account, as a test drives it."""

    config: TwilioSimulatorConfig
    application: Application

    @property
    def account(self) -> str:
        return self.config.url + self.config.account_path

    def rest(
        self, method: str, path: str, form: Mapping[str, str | list[str]] | None = None, *, token: str = AUTH_TOKEN
    ) -> Reply:
        """A request as a client of Twilio makes it; `path` is below the account."""
        password = b64encode(f"{ACCOUNT_SID}:{token}".encode()).decode()
        body = urlencode(form, doseq=True).encode() if form else None
        return ask(method, self.account + path, body, {"Authorization": f"Basic {password}"})

    def control(self, method: str, path: str, given: object = None) -> Reply:
        """A request to the control API; `path` is below /simulator."""
        body = None if given is None else json.dumps(given).encode()
        return ask(method, f"{self.config.url}/simulator{path}", body, {"Content-Type": "application/json"})

    def send(self, **form: str) -> Any:
        """Create an outbound text whose status callbacks go to /status."""
        callback = self.config.status_webhook
        reply = self.rest("POST", "/Messages.json", {"To": THEIRS, "From": OURS, "StatusCallback": callback, **form})
        assert reply.status == 201, reply.content
        return reply.json

    def call(self, **script: object) -> dict[str, Any]:
        """Call in, and wait for the transcript of the whole call."""
        return self.wait_for_end(self.start_call(**script))

    def start_call(self, **script: object) -> str:
        reply = self.control("POST", "/calls", {"from": THEIRS, **script})
        assert reply.status == 201, reply.content
        return str(reply.json["call_sid"])

    def ring(self, address: str, path: str, **form: str) -> str:
        """The application calls an address and has a document at `path` for it; the sid of the call, once it rings."""
        document = self.config.voice_webhook.replace("/voice", path)
        reply = self.rest(
            "POST", "/Calls.json", {"To": address, "From": OURS, "Url": document, "Timeout": "600", **form}
        )
        assert reply.status == 201, reply.content
        sid = str(reply.json["sid"])
        wait_until(lambda: self.rest("GET", f"/Calls/{sid}.json").json["status"] != "queued")
        return sid

    def wait_for_step(self, sid: str, event: str) -> None:
        wait_until(lambda: event in events(self.control("GET", f"/calls/{sid}").json))

    def wait_for_end(self, sid: str) -> dict[str, Any]:
        wait_until(lambda: bool(self.control("GET", f"/calls/{sid}").json["ended"]))
        transcript: dict[str, Any] = self.control("GET", f"/calls/{sid}").json
        return transcript

    def statuses(self) -> list[str]:
        return [request.fields["MessageStatus"] for request in self.application.to("/status")]


def events(transcript: Mapping[str, Any]) -> list[str]:
    return [step["event"] for step in transcript["steps"]]


def ask(method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Reply:
    request = Request(url, data=body, headers=dict(headers or {}), method=method)  # noqa: S310 - a loopback address
    try:
        with urlopen(request, timeout=20) as response:  # noqa: S310
            return Reply(status=response.status, headers=dict(response.headers), content=response.read())
    except HTTPError as error:
        with error:
            return Reply(status=error.code, headers=dict(error.headers), content=error.read())


def wait_until(condition: Callable[[], bool]) -> None:
    """Give the servers' threads time, and fail when nothing comes of it."""
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen within ten seconds")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configured(directory: Path, application_port: int) -> TwilioSimulatorConfig:
    application = f"http://127.0.0.1:{application_port}"
    return TwilioSimulatorConfig(
        account_sid=ACCOUNT_SID,
        auth_token=AUTH_TOKEN,
        numbers=(OURS,),
        whatsapp_senders=(OURS,),
        contents={TEMPLATE: "Hello {{1}}, your parcel is here."},
        sms_webhook=f"{application}/sms",
        voice_webhook=f"{application}/voice",
        status_webhook=f"{application}/status",
        media_directory=directory / "media",
        state_file=directory / "twilio.sqlite",
        url=f"http://127.0.0.1:{free_port()}",
        time_scale=0.01,
        api_key_sid=API_KEY,
        api_key_secret=API_SECRET,
    )


@contextmanager
def running(
    directory: Path, *, webhook_suffix: str = "", services: tuple[MessagingService, ...] = ()
) -> Iterator[Simulator]:
    """A simulator whose state is in `directory`; the suffix is a query or fragment of the webhook for texts."""
    application, port = Application(), free_port()
    config = configured(directory, port)
    config = replace(config, sms_webhook=config.sms_webhook + webhook_suffix, services=services)
    with in_thread([_serve_application(application, port), serve(config)]):
        yield Simulator(config=config, application=application)


async def _serve_application(application: Application, port: int) -> web.AppRunner:
    server = web.Application()
    server.router.add_route("*", "/{path:.*}", application.handle)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


async def _end_the_rest() -> None:
    """A client that polls when its server closes leaves the server's task for it behind."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def in_thread(starting: Sequence[Coroutine[Any, Any, web.AppRunner]]) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def wait_for(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=20)

    try:
        runners = [wait_for(work) for work in starting]
        try:
            yield
        finally:
            # asyncio leaks a connection that it is accepting while its server closes
            # (https://github.com/python/cpython/issues/109564): let those of the test be accepted first.
            wait_for(asyncio.sleep(0.02))
            for runner in reversed(runners):
                wait_for(runner.cleanup())
            wait_for(_end_the_rest())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
