"""Files come from Twilio and from nowhere else, with our password on the first hop alone."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from heartline.channels.twilio import fetch
from heartline.channels.twilio.account import Account
from heartline.channels.twilio.fetch import TwilioMedia
from heartline.domain.errors import Refused, Unavailable

ACCOUNT = Account(sid="AC1", token="token")
TWILIO = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3"


class Simulated(BaseHTTPRequestHandler):
    """Answers `/status/N` with that status, `/to?URL` with a redirect there, `/size/N` with so many bytes.

    `/broken/N` promises N bytes and breaks off half way, `/drops/N` gives them one by one.
    """

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        seen(self).append((self.path, self.headers.get("Authorization", "")))
        kind, _, rest = self.path.lstrip("/").replace("?", "/", 1).partition("/")
        if kind == "to":
            self._answer(302, b"", Location=rest)
        elif kind == "size":
            self._answer(200, b"x" * int(rest), **{"Content-Type": "audio/mpeg"})
        elif kind == "broken":
            self._answer(200, b"x" * (int(rest) // 2), **{"Content-Type": "audio/mpeg", "Content-Length": rest})
            self.close_connection = True
        elif kind == "drops":
            self._drip(int(rest))
        else:
            self._answer(int(rest), b"{}")

    def do_DELETE(self) -> None:
        seen(self).append((self.path, self.headers.get("Authorization", "")))
        self._answer(404 if "gone" in self.path else 503 if "busy" in self.path else 204, b"")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, count: int) -> None:
        self._answer(200, b"", **{"Content-Length": str(count)})
        self.close_connection = True
        with suppress(OSError):  # nobody waits for all of it
            for _ in range(count):
                self.wfile.write(b"x")
                time.sleep(0.01)

    def log_message(self, *_: object) -> None: ...


def seen(handler: BaseHTTPRequestHandler) -> list[tuple[str, str]]:
    requests: list[tuple[str, str]] = handler.server.requests  # type: ignore[attr-defined]
    return requests


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with running() as found:
        yield found


@contextmanager
def running() -> Iterator[ThreadingHTTPServer]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Simulated)
    found.requests = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=found.serve_forever, args=(0.01,))
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


def base(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def at(server: ThreadingHTTPServer) -> TwilioMedia:
    return TwilioMedia(lambda: ACCOUNT, api_url=base(server))


def nobody(_host: str) -> list[str]:
    raise AssertionError("no address was to be looked up")


def test_a_file_is_fetched_with_its_type(server: ThreadingHTTPServer) -> None:
    file = at(server).fetch(f"{base(server)}/size/1000")
    assert (len(file.content), file.content_type) == (1000, "audio/mpeg")


def test_twilios_own_address_leads_to_the_configured_one(server: ThreadingHTTPServer) -> None:
    assert at(server).fetch("https://api.twilio.com/size/1").content == b"x"


def test_only_the_first_hop_is_told_who_we_are(server: ThreadingHTTPServer) -> None:
    at(server).fetch(f"{base(server)}/to?{base(server)}/size/1")
    (_, first), (_, second) = server.requests  # type: ignore[attr-defined]
    assert first == "Basic QUMxOnRva2Vu"
    assert second == ""


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data", "https://evil.example/x", "file:///etc/passwd", "//evil.example"],
)
def test_a_redirect_is_checked_like_an_address(server: ThreadingHTTPServer, target: str) -> None:
    with pytest.raises(Refused):
        at(server).fetch(f"{base(server)}/to?{target}")
    assert len(server.requests) == 1  # type: ignore[attr-defined]


def test_redirects_end(server: ThreadingHTTPServer) -> None:
    with pytest.raises(Refused):
        at(server).fetch(f"{base(server)}/to?/to?/to?/to?/to?/size/1")


@pytest.mark.parametrize("status", [404, 401, 429, 500, 503])
def test_what_may_be_there_later_is_asked_for_again(server: ThreadingHTTPServer, status: int) -> None:
    with pytest.raises(Unavailable):
        at(server).fetch(f"{base(server)}/status/{status}")


@pytest.mark.parametrize("status", [400, 410, 204])
def test_what_will_never_be_there_is_refused(server: ThreadingHTTPServer, status: int) -> None:
    with pytest.raises(Refused):
        at(server).fetch(f"{base(server)}/status/{status}")


def test_a_file_that_is_too_large_is_refused(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 100_000)
    assert len(at(server).fetch(f"{base(server)}/size/100000").content) == 100_000
    with pytest.raises(Refused):
        at(server).fetch(f"{base(server)}/size/100001")


def test_a_long_recording_is_poured_in_small_pieces(server: ThreadingHTTPServer) -> None:
    pieces: list[int] = []
    served = at(server).pour(
        f"{base(server)}/size/3000000", lambda piece: pieces.append(len(piece)), largest=4_000_000, seconds=9.0
    )
    assert (sum(pieces), served) == (3_000_000, "audio/mpeg")
    assert max(pieces) <= 64 * 1024


def test_a_recording_larger_than_asked_for_is_refused_as_soon_as_that_is_known(server: ThreadingHTTPServer) -> None:
    pieces: list[int] = []
    with pytest.raises(Refused):
        at(server).pour(
            f"{base(server)}/size/3000000", lambda piece: pieces.append(len(piece)), largest=100_000, seconds=9.0
        )
    assert sum(pieces) <= 100_000


def test_a_file_that_comes_too_slowly_is_left_for_later(server: ThreadingHTTPServer) -> None:
    times = iter([0.0, 0.0, fetch.ALL_SECONDS + 1])
    with pytest.raises(Unavailable):
        TwilioMedia(lambda: ACCOUNT, api_url=base(server), monotonic=lambda: next(times)).fetch(
            f"{base(server)}/size/9"
        )


@pytest.mark.parametrize(
    "url",
    [
        "http://api.twilio.com/x",
        "https://api.twilio.com.evil.example/x",
        "https://eviltwilio.com/x",
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://[::ffff:169.254.169.254]/x",
        "https://api.twilio.com:8443/x",
        "https://user@api.twilio.com/x",
        "https://api.twilio.com@evil.example/x",
        "https://s3-external-1.amazonaws.com/somebody-elses-bucket/x",
        "https://api.twilio.com:99999999/x",
        "https://evil.example\\.twilio.com/x",
        "https://api.twilio.com/x y",
        "https://api.twilio.com/x\r\nHost: evil.example",
        "https://\u0430pi.twilio.com/x",
        "https://api\u3002twilio.com/x",
        "https://api.twilio.com/\0",
        "ftp://api.twilio.com/x",
        "//api.twilio.com/x",
        "",
    ],
)
def test_an_address_that_is_not_twilios_is_refused_before_it_is_looked_up(url: str) -> None:
    with pytest.raises(Refused):
        TwilioMedia(lambda: ACCOUNT, resolve=nobody).fetch(url)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["10.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["fd00::1"],
        ["64:ff9b::a9fe:a9fe"],
        ["2002:7f00:1::"],
        ["2001:0:4136:e378:8000:63bf:80ff:fffe"],
        ["224.0.0.1"],
        ["ff02::1"],
        ["0.0.0.1"],
        ["100.64.0.1"],
        ["54.1.2.3", "10.0.0.1"],
    ],
)
def test_a_host_of_twilios_with_a_private_address_is_refused(addresses: list[str]) -> None:
    with pytest.raises(Refused):
        TwilioMedia(lambda: ACCOUNT, resolve=lambda _host: addresses).fetch(TWILIO)


def test_a_host_that_cannot_be_found_is_asked_again() -> None:
    def lost(_host: str) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(Unavailable):
        TwilioMedia(lambda: ACCOUNT, resolve=lost).fetch(TWILIO)


def test_hops_that_take_too_long_together_are_left_for_later(server: ThreadingHTTPServer) -> None:
    times = iter([0.0, 0.0, fetch.ALL_SECONDS + 1])
    media = TwilioMedia(lambda: ACCOUNT, api_url=base(server), monotonic=lambda: next(times))
    with pytest.raises(Unavailable, match="too slowly"):
        media.fetch(f"{base(server)}/to?/size/1")
    assert len(server.requests) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (TWILIO, True),
        ("https://api.dublin.ie1.twilio.com/2010-04-01/x", True),
        ("https://media.twiliocdn.com/AC1/x", False),
        ("https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/x", False),
    ],
)
def test_where_files_are_only_stored_nobody_is_told_our_password(url: str, told: bool) -> None:
    assert TwilioMedia(lambda: ACCOUNT, resolve=nobody)._asks_for_us(url) is told


@pytest.mark.parametrize("recording", ["RE1", "REgone"])
def test_a_recording_is_deleted_or_gone_already(server: ThreadingHTTPServer, recording: str) -> None:
    at(server).delete_recording(recording)
    assert server.requests == [  # type: ignore[attr-defined]
        (f"/2010-04-01/Accounts/AC1/Recordings/{recording}.json", "Basic QUMxOnRva2Vu")
    ]


def test_a_deletion_that_fails_is_tried_again(server: ThreadingHTTPServer) -> None:
    with pytest.raises(Unavailable):
        at(server).delete_recording("REbusy")
