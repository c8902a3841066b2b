"""WebSocket routes, and the hint to every open socket that the change log grew."""

from typing import Any

from heartline import bootstrap
from heartline.observability import logger


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Serve $connect and $disconnect of the WebSocket API, and inserts into the change log from the table's stream."""
    if "Records" in event:
        newest = max(int(record["dynamodb"]["Keys"]["SK"]["S"]) for record in event["Records"])
        logger().info("hinted", extra={"sockets": bootstrap.hints()(newest)})
        return {}
    return {"statusCode": _route(event)}


def _route(event: dict[str, Any]) -> int:
    context = event["requestContext"]
    live = bootstrap.live()
    match context["routeKey"]:
        case "$connect":
            ticket = (event.get("queryStringParameters") or {}).get("ticket", "")
            opened = live.open(ticket, context["connectionId"])
            logger().info("connect", extra={"opened": opened})
            return 200 if opened else 401
        case "$disconnect":
            live.close(context["connectionId"])
    return 200
