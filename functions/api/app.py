"""The HTTP API's events → the routes of heartline.api."""

from typing import Any

from heartline import bootstrap
from heartline.api.app import answer
from heartline.observability import logger


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request; the authorizer has verified the token's signature, issuer and expiry."""
    response = answer(event, context, bootstrap.api(), logger())
    logger().info("request", extra={"route": event["routeKey"], "status": response["statusCode"]})
    return response
