"""The web function serves the built inbox: the right bytes, cached rightly, behind a strict policy."""

import base64
import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

APP = Path(__file__).parents[3] / "functions" / "web" / "app.py"
SCRIPT = "export const greeting = 'hello';\n" * 60
PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff\xfe"
TWILIOS_SOUNDS = ("https://media.twiliocdn.com", "https://sdk.twilio.com")
BROWSER = {"accept": "text/html,application/xhtml+xml", "sec-fetch-mode": "navigate"}


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("heartline_web_app", APP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    (tmp_path / "outside.txt").write_text("secret")
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html><title>Heartline</title>")
    (static / "assets" / "index-abc123.js").write_text(SCRIPT)
    (static / "assets" / "index-abc123.css").write_text("body{}")
    (static / "icon.svg").write_text("<svg/>")
    (static / "touch.png").write_bytes(PICTURE)
    module = _load()
    monkeypatch.setattr(module, "STATIC", static)
    monkeypatch.setenv("HEARTLINE_LOGIN_URL", "https://login.example.com/pool")
    monkeypatch.setenv("HEARTLINE_SOCKET_URL", "wss://socket.example.com/live")
    monkeypatch.setenv("HEARTLINE_USER_POOL_CLIENT_ID", "client-1")
    monkeypatch.setenv("HEARTLINE_MEDIA_BUCKET", "acme-media")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)
    return module


def request(
    web: ModuleType, path: str, *, method: str = "GET", headers: dict[str, str] | None = None
) -> dict[str, Any]:
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers or {},
        "requestContext": {"requestId": "req-7", "http": {"method": method, "path": path, "protocol": "HTTP/1.1"}},
        "isBase64Encoded": False,
    }
    response: dict[str, Any] = web.handler(event, None)
    return response


def policy(response: dict[str, Any]) -> dict[str, list[str]]:
    directives = (part.split() for part in response["headers"]["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def test_the_root_is_the_inbox_and_is_always_revalidated(web: ModuleType) -> None:
    response = request(web, "/")

    assert response["statusCode"] == 200
    assert response["headers"]["Content-Type"] == "text/html; charset=utf-8"
    assert response["headers"]["Cache-Control"] == "no-cache"
    assert "<title>Heartline</title>" in response["body"]


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/assets/index-abc123.js", "text/javascript; charset=utf-8"),
        ("/assets/index-abc123.css", "text/css; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
        ("/touch.png", "image/png"),
    ],
)
def test_each_file_has_its_content_type(web: ModuleType, path: str, content_type: str) -> None:
    assert request(web, path)["headers"]["Content-Type"] == content_type


def test_hashed_assets_are_cached_for_ever(web: ModuleType) -> None:
    assert "immutable" in request(web, "/assets/index-abc123.js")["headers"]["Cache-Control"]
    assert "immutable" not in request(web, "/icon.svg")["headers"]["Cache-Control"]


def test_binary_files_travel_as_base64(web: ModuleType) -> None:
    response = request(web, "/touch.png")

    assert response["isBase64Encoded"] is True
    assert base64.b64decode(response["body"]) == PICTURE


def test_a_browser_that_takes_gzip_gets_gzip_and_another_gets_plain_text(web: ModuleType) -> None:
    zipped = request(web, "/assets/index-abc123.js", headers={"accept-encoding": "gzip, br"})
    plain = request(web, "/assets/index-abc123.js")

    assert zipped["headers"]["Content-Encoding"] == "gzip"
    assert gzip.decompress(base64.b64decode(zipped["body"])).decode() == SCRIPT
    assert "Content-Encoding" not in plain["headers"]
    assert plain["body"] == SCRIPT
    assert zipped["headers"]["Vary"] == plain["headers"]["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("spelled", ["{etag}", '"other", {etag}', "{strong}"])
def test_what_the_browser_already_has_is_not_sent_again(web: ModuleType, spelled: str) -> None:
    etag = request(web, "/icon.svg")["headers"]["ETag"]
    known = spelled.format(etag=etag, strong=etag.removeprefix("W/"))

    response = request(web, "/icon.svg", headers={"if-none-match": known})

    assert response["statusCode"] == 304
    assert response["body"] == ""
    assert response["headers"]["ETag"] == etag


def test_a_changed_file_is_sent_whatever_the_browser_had(web: ModuleType) -> None:
    assert request(web, "/icon.svg", headers={"if-none-match": 'W/"older"'})["statusCode"] == 200


def test_head_has_the_headers_and_no_body(web: ModuleType) -> None:
    response = request(web, "/touch.png", method="HEAD")

    assert response["statusCode"] == 200
    assert response["headers"]["Content-Type"] == "image/png"
    assert response["body"] == ""


def test_a_page_opened_at_any_address_is_the_inbox(web: ModuleType) -> None:
    response = request(web, "/some/old/bookmark", headers=BROWSER)

    assert response["statusCode"] == 200
    assert "<title>Heartline</title>" in response["body"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/assets/index-old.js", {"accept": "*/*", "sec-fetch-mode": "cors"}),
        ("/assets/index-old.js", BROWSER),
        ("/some/data", {"accept": "application/json"}),
        ("/some/data", {"accept": "text/html", "sec-fetch-mode": "cors"}),
        ("/some/data", {}),
    ],
)
def test_what_no_person_opens_is_not_found(web: ModuleType, path: str, headers: dict[str, str]) -> None:
    response = request(web, path, headers=headers)

    assert response["statusCode"] == 404
    assert json.loads(response["body"])["error"] == {
        "code": "not_found",
        "message": "There is no such page or file.",
        "request_id": "req-7",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/assets/../../outside.txt",
        "/%2e%2e/outside.txt",
        "//outside.txt",
        "/..%5coutside.txt",
        "/\0",
    ],
)
def test_no_path_leads_out_of_the_build(web: ModuleType, path: str) -> None:
    response = request(web, path)

    assert response["statusCode"] == 404
    assert "secret" not in response["body"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_but_reading_is_allowed(web: ModuleType, method: str) -> None:
    response = request(web, "/", method=method)

    assert response["statusCode"] == 405
    assert response["headers"]["Allow"] == "GET, HEAD"


def test_the_configuration_is_what_the_deployment_says_and_is_never_stored(web: ModuleType) -> None:
    response = request(web, "/config.json")

    assert json.loads(response["body"]) == {
        "login_url": "https://login.example.com/pool",
        "client_id": "client-1",
        "socket_url": "wss://socket.example.com/live",
        "scopes": "openid profile email",
        "voice_sdk": "",
    }
    assert response["headers"]["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/config.json", "/assets/index-abc123.js", "/nothing"])
def test_every_answer_carries_the_security_headers(web: ModuleType, path: str) -> None:
    headers = request(web, path)["headers"]

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert policy({"headers": headers})["frame-ancestors"] == ["'none'"]


def test_scripts_and_styles_come_from_here_only(web: ModuleType) -> None:
    allowed = policy(request(web, "/"))

    assert allowed["default-src"] == ["'none'"]
    assert allowed["script-src"] == ["'self'"]
    assert allowed["style-src"] == ["'self'"]
    assert allowed["style-src-attr"] == ["'unsafe-inline'"]


def test_the_inbox_may_talk_to_login_socket_bucket_and_twilios_phone_and_to_nobody_else(
    web: ModuleType,
) -> None:
    assert policy(request(web, "/"))["connect-src"] == [
        "'self'",
        "https://login.example.com",
        "wss://socket.example.com",
        "https://acme-media.s3.amazonaws.com",
        "https://acme-media.s3.eu-west-1.amazonaws.com",
        "https://eventgw.twilio.com",
        "wss://voice-js.roaming.twilio.com",
        *TWILIOS_SOUNDS,
    ]


def test_the_microphone_is_the_inboxs_own(web: ModuleType) -> None:
    assert "microphone=(self)" in request(web, "/")["headers"]["Permissions-Policy"]


def test_with_another_phone_nothing_of_twilios_is_allowed(web: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTLINE_VOICE_SDK", "/simulator/voice-sdk.js")

    response = request(web, "/config.json")

    assert json.loads(response["body"])["voice_sdk"] == "/simulator/voice-sdk.js"
    assert "twilio" not in response["headers"]["Content-Security-Policy"]


def test_recordings_come_from_our_bucket_and_pictures_over_https_for_a_mail_that_may_show_them(web: ModuleType) -> None:
    bucket = ["https://acme-media.s3.amazonaws.com", "https://acme-media.s3.eu-west-1.amazonaws.com"]

    allowed = policy(request(web, "/"))

    assert allowed["img-src"] == ["'self'", "data:", "https:", *bucket]
    assert allowed["media-src"] == ["'self'", "mediastream:", *bucket, *TWILIOS_SOUNDS]


def test_on_an_emulator_they_come_from_its_endpoint(web: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566/")

    assert "http://localhost:4566" in policy(request(web, "/"))["media-src"]
