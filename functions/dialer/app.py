"""The dialer queue → what is due on one call: intake, routing, legs at the provider."""

import json
from typing import Any, Final

from heartline import batches, bootstrap
from heartline.bootstrap import calls
from heartline.observability import logger

BACK_AFTER: Final = (5, 15, 60)
"""Seconds until a call is looked at again, by how often that has failed: until then nothing happens to it.

After that it is the queue's own time, three minutes; the fifth failure is for the dead-letter queue.
"""


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Look at each call that something happened to; messages of one call never run side by side."""
    return batches.each_record(event, look)


def look(record: dict[str, Any]) -> None:
    """Do what is due on the call that a message names; one that fails blocks its call, so it comes back soon."""
    try:
        apply(json.loads(record["body"]))
    except Exception:
        failed = int(record["attributes"]["ApproximateReceiveCount"])
        if failed <= len(BACK_AFTER):
            bootstrap.dialer_queue().sooner(record["receiptHandle"], seconds=BACK_AFTER[failed - 1])
        raise


def apply(cause: dict[str, Any]) -> None:
    """Do what is due on the call that the cause names."""
    done = calls.dialer()(cause["call"], cause.get("conversation", ""))
    logger().info("dialled", extra={"call": cause["call"], "tasks": done})
