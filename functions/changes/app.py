"""The table's stream → the change log, and causes for the routing, outbox and media queues."""

from typing import Any

from heartline import bootstrap
from heartline.observability import logger
from heartline.storage.stream import causes_of


def handler(event: dict[str, Any], _context: Any) -> None:
    """Publish one batch of stream records; raises if a part could not be published, and the batch is repeated."""
    causes = causes_of(event["Records"])
    bootstrap.publisher()(causes)
    logger().info("published", extra={"records": len(event["Records"]), "routing": causes.routing})
