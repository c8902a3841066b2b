"""Reads what the control API is sent; what makes no sense is a `BadScript` with a sentence."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from infra.local.simulators.twilio.delivery import BadBehaviour
from infra.local.simulators.twilio.faults import Handler
from infra.local.simulators.twilio.script import BadScript

Json = dict[str, Any]


@web.middleware
async def complaints_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer `{"error": sentence}` with 400 to what makes no sense."""
    try:
        return await handler(request)
    except (BadBehaviour, BadScript) as fault:
        return web.json_response({"error": str(fault)}, status=400)


async def object_of(request: web.Request) -> Mapping[str, Any]:
    """The JSON object of a request; the content type keeps web pages of other origins out."""
    if request.content_type != "application/json":
        raise BadScript("send JSON, with content type application/json")
    try:
        given = await request.json()
    except ValueError as fault:
        raise BadScript(f"not JSON: {fault}") from fault
    if not isinstance(given, dict):
        raise BadScript("send a JSON object")
    return given


def whole(text: str, name: str) -> int:
    if not text.isdigit():
        raise BadScript(f"{name} must be a whole number")
    return int(text)
