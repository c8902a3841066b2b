"""The dialer queue → what is due on one call: intake, routing, legs at the provider."""

from typing import Any

from heartline import batches
from heartline.bootstrap import calls
from heartline.observability import logger


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Look at each call that something happened to; messages of one call never run side by side."""
    return batches.each(event, apply)


def apply(cause: dict[str, Any]) -> None:
    """Do what is due on the call that the cause names."""
    done = calls.dialer()(cause["call"], cause.get("conversation", ""))
    logger().info("dialled", extra={"call": cause["call"], "tasks": done})
