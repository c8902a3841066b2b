"""Makes the requests that Twilio makes, as API Gateway hands them over; signed from Twilio's own description.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

ACCOUNT = "AC00000000000000000000000000000001"
TOKEN = "12345678901234567890123456789012"
PUBLIC_URL = "https://inbox.example"

FORMS = Path(__file__).parent / "data" / "twilio_forms"


def form(name: str, **changes: str) -> dict[str, str]:
    """A form as Twilio sends it, from tests/data, with some fields changed."""
    text = (FORMS / f"{name}.txt").read_text().replace("\n", "")
    return dict(parse_qsl(text, keep_blank_values=True)) | changes


def sign(url: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def request(path: str, fields: Mapping[str, str], *, query: str = "", token: str = TOKEN) -> dict[str, Any]:
    """A signed request to `path`, as an event of an HTTP API (payload 2.0); forms arrive base64-encoded."""
    url = PUBLIC_URL + path + (f"?{query}" if query else "")
    return {
        "version": "2.0",
        "routeKey": f"POST {path}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "host": "somebody-elses-host.example",
            "x-twilio-signature": sign(url, fields, token),
        },
        "requestContext": {"requestId": "request-1", "http": {"method": "POST", "path": path}},
        "body": base64.b64encode(urlencode(fields).encode()).decode(),
        "isBase64Encoded": True,
    }
