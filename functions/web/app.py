"""Serves the built inbox and its configuration over HTTP; it knows nothing of conversations or of who asks."""

import base64
import gzip
import json
import mimetypes
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from heartline.settings import Settings

STATIC: Final = Path(__file__).parent / "static"
INDEX: Final = "/index.html"
SCOPES: Final = "openid profile email"
COMPRESS_FROM: Final = 1024
"""Bytes from which gzip saves more than its header costs; API Gateway's HTTP APIs do not compress."""

FOREVER: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"

CONTENT_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
}
"""Spelled out because what `mimetypes` answers depends on the machine."""

VOICE_SOUNDS: Final = ("https://media.twiliocdn.com", "https://sdk.twilio.com")
VOICE_GATEWAYS: Final = ("https://eventgw.twilio.com", "wss://voice-js.roaming.twilio.com", *VOICE_SOUNDS)
"""What Twilio's phone for browsers speaks to and plays.

Source: https://github.com/twilio/twilio-voice.js#content-security-policy-csp
"""

Response = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the build. `zipped` is its gzip form, or empty where that would not pay; `etag` is weak."""

    content: bytes
    zipped: bytes
    content_type: str
    etag: str
    cache_control: str


def handler(event: Mapping[str, Any], _context: object) -> Response:
    """Answer one request of an HTTP API (payload 2.0, route `$default`)."""
    settings = Settings.from_environment()
    response = _answer(event, settings, _files(STATIC))
    response["headers"] |= _security_headers(settings, os.environ)
    if event["requestContext"]["http"]["method"] == "HEAD":
        response |= {"body": "", "isBase64Encoded": False}
    return response


def _answer(event: Mapping[str, Any], settings: Settings, files: Mapping[str, File]) -> Response:
    if event["requestContext"]["http"]["method"] not in ("GET", "HEAD"):
        return _error(event, 405, "method_not_allowed", "Only GET and HEAD are answered here.") | {
            "headers": {"Allow": "GET, HEAD", "Content-Type": "application/json"}
        }
    path = unquote(event["rawPath"])
    if path == "/config.json":
        return _json(200, _configuration(settings))
    file = files.get(INDEX if path == "/" or _is_navigation(event, path) else path)
    return _file(event, file) if file else _error(event, 404, "not_found", "There is no such page or file.")


def _configuration(settings: Settings) -> dict[str, str]:
    return {
        "login_url": settings.login_url,
        "client_id": settings.user_pool_client_id,
        "socket_url": settings.socket_url,
        "scopes": SCOPES,
        "voice_sdk": settings.voice_sdk,
    }


def _is_navigation(event: Mapping[str, Any], path: str) -> bool:
    """Whether a person opens this address; a script or an image that is missing must stay missing."""
    headers = event.get("headers", {})
    opens_page = headers.get("sec-fetch-mode", "navigate") == "navigate" and "text/html" in headers.get("accept", "")
    return opens_page and "." not in path.rsplit("/", 1)[-1]


def _file(event: Mapping[str, Any], file: File) -> Response:
    headers = {"ETag": file.etag, "Cache-Control": file.cache_control, "Vary": "Accept-Encoding"}
    if _is_known(event.get("headers", {}).get("if-none-match", ""), file.etag):
        return {"statusCode": 304, "headers": headers, "body": ""}
    headers["Content-Type"] = file.content_type
    if file.zipped and "gzip" in event.get("headers", {}).get("accept-encoding", ""):
        return _binary({**headers, "Content-Encoding": "gzip"}, file.zipped)
    if file.zipped or file.content_type.startswith("text/"):
        return {"statusCode": 200, "headers": headers, "body": file.content.decode()}
    return _binary(headers, file.content)


def _is_known(if_none_match: str, etag: str) -> bool:
    """Weak comparison, as RFC 9110 section 13.1.2 asks for."""
    return etag.removeprefix("W/") in (known.strip().removeprefix("W/") for known in if_none_match.split(","))


def _binary(headers: dict[str, str], content: bytes) -> Response:
    return {"statusCode": 200, "headers": headers, "body": base64.b64encode(content).decode(), "isBase64Encoded": True}


def _json(status: int, body: Mapping[str, Any]) -> Response:
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}


def _error(event: Mapping[str, Any], status: int, code: str, message: str) -> Response:
    request_id = event["requestContext"].get("requestId", "")
    return _json(status, {"error": {"code": code, "message": message, "request_id": request_id}})


def _security_headers(settings: Settings, environment: Mapping[str, str]) -> dict[str, str]:
    return {
        "Content-Security-Policy": _content_security_policy(settings, environment),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
    }


def _content_security_policy(settings: Settings, environment: Mapping[str, str]) -> str:
    """Scripts and style sheets from here only; recordings from our bucket; talk to login, socket, bucket and Twilio.

    A mail is shown in a `srcdoc` frame, which inherits this policy and adds a stricter one of its own. For its sake
    style attributes are allowed, and pictures over https: the frame's policy allows those only once an agent asks.
    """
    media = _media_origins(settings, environment)
    sources = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:", "https:", *media],
        "media-src": ["'self'", "mediastream:", *media, *_voice(settings, VOICE_SOUNDS)],
        "connect-src": [
            "'self'",
            _origin(settings.login_url),
            _origin(settings.socket_url),
            *media,
            *_voice(settings, VOICE_GATEWAYS),
        ],
        "frame-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(" ".join([name, *filter(None, values)]) for name, values in sources.items())


def _media_origins(settings: Settings, environment: Mapping[str, str]) -> list[str]:
    """Where presigned links to attachments point: the bucket's two host names, or an emulator's endpoint."""
    if endpoint := environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL"):
        return [_origin(endpoint)]
    if not settings.media_bucket:
        return []
    region = environment.get("AWS_REGION", "us-east-1")
    return [f"https://{settings.media_bucket}.{host}.amazonaws.com" for host in ("s3", f"s3.{region}")]


def _voice(settings: Settings, origins: tuple[str, ...]) -> tuple[str, ...]:
    """Nothing of Twilio's where another phone stands in its place."""
    return () if settings.voice_sdk else origins


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


@cache
def _files(root: Path) -> dict[str, File]:
    """Every file of the build by its path; a path that is not a key cannot be read, whatever it is spelled like."""
    return {f"/{path.relative_to(root).as_posix()}": _read(path) for path in root.rglob("*") if path.is_file()}


def _read(path: Path) -> File:
    content = path.read_bytes()
    content_type = CONTENT_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compressible = path.suffix in CONTENT_TYPES and len(content) >= COMPRESS_FROM
    return File(
        content=content,
        zipped=gzip.compress(content, mtime=0) if compressible else b"",
        content_type=content_type,
        etag=f'W/"{sha256(content).hexdigest()[:32]}"',
        cache_control=FOREVER if path.parent.name == "assets" else REVALIDATE,
    )
