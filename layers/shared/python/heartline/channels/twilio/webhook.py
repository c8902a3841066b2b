"""A webhook of Twilio as API Gateway hands it over (HTTP API, payload 2.0), and the answers that Twilio gets.

It knows the envelope only; what the fields mean is the channels' business.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from heartline.domain.errors import Invalid

MOST_FIELDS: Final = 300
"""Twilio sends about 20 fields, and two more for each of up to ten media."""

EMPTY_TWIML: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

RETRIES: Final = "#rc=3&rp=5xx,ct,rt"
"""Twilio repeats a request three times if we fail, refuse the connection or are slow; by default a 5xx loses it.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

Answer = dict[str, Any]


class Fields(dict[str, list[str]]):
    """A form as it was sent: every field, the empty and the repeated ones too. Twilio signs all of them."""

    def getlist(self, name: str) -> list[str]:
        """Every value of a field, as `twilio.request_validator` asks for them."""
        return self[name]

    def first(self) -> dict[str, str]:
        """The form with one value a field."""
        return {name: values[0] for name, values in self.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest:
    """`url` is what Twilio called, to the letter; `body` is the form as text; a missing `signature` is empty."""

    url: str
    query: Mapping[str, str]
    body: str
    fields: Fields
    signature: str
    request_id: str


def read_fields(text: str) -> Fields:
    """Read a form or a query; raises `Invalid` if it has too many fields."""
    try:
        return Fields(parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise Invalid(f"The form cannot be read: {error}") from error


def read_request(event: Mapping[str, Any], *, public_url: str) -> WebhookRequest:
    """Read what API Gateway received; raises `Invalid` if the body is no text.

    The URL is built from the configured base: Host and X-Forwarded headers are the caller's to choose.
    """
    query = event.get("rawQueryString", "")
    body = _body(event)
    return WebhookRequest(
        url=public_url + event["rawPath"] + (f"?{query}" if query else ""),
        query=read_fields(query).first(),
        body=body,
        fields=read_fields(body),
        signature=event.get("headers", {}).get("x-twilio-signature", ""),
        request_id=event["requestContext"].get("requestId", ""),
    )


def twiml(document: str = EMPTY_TWIML) -> Answer:
    return {"statusCode": 200, "headers": {"Content-Type": "text/xml; charset=utf-8"}, "body": document}


def refusal(status: int, code: str, message: str, request_id: str) -> Answer:
    """An error in the form that every interface of Heartline has."""
    body = json.dumps({"error": {"code": code, "message": message, "request_id": request_id}})
    return {"statusCode": status, "headers": {"Content-Type": "application/json"}, "body": body}


def _body(event: Mapping[str, Any]) -> str:
    body: str = event.get("body") or ""
    try:
        return base64.b64decode(body, validate=True).decode() if event.get("isBase64Encoded") else body
    except ValueError as error:
        raise Invalid("The body is not a form in UTF-8.") from error
