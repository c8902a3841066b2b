"""Works through a batch of queue messages, so that one bad message does not repeat the good ones."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from heartline.domain.errors import HeartlineError
from heartline.observability import count, logger

MOST_DELIVERIES: Final = 5
"""How often a queue delivers before its dead-letter queue takes the message (infra/queue.yaml)."""


def is_last(record: Mapping[str, Any]) -> bool:
    """Whether a record goes to the dead-letter queue if it fails once more."""
    return int(record.get("attributes", {}).get("ApproximateReceiveCount", 1)) >= MOST_DELIVERIES


def each(event: dict[str, Any], handle: Callable[[Any], object]) -> dict[str, Any]:
    """Call `handle` with the parsed body of every SQS record; answer the failed ones (ReportBatchItemFailures).

    A failed record comes back after the queue's visibility time-out and goes to the dead-letter queue in the end.
    """
    return each_record(event, lambda record: handle(json.loads(record["body"])))


def each_record(event: dict[str, Any], handle: Callable[[Any], object]) -> dict[str, Any]:
    """The same for a `handle` that takes the record itself: its body is not parsed yet."""
    failed = [record["messageId"] for record in event["Records"] if not _handled(record, handle)]
    logger().info("batch", extra={"records": len(event["Records"]), "failed": len(failed)})
    if failed:
        count("RecordsFailed", len(failed))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _handled(record: dict[str, Any], handle: Callable[[Any], object]) -> bool:
    try:
        handle(record)
    except HeartlineError as error:
        fault = {"fault": error.code, "cause": type(error.__cause__).__name__}
        logger().warning("record is tried again", extra={"record": record["messageId"], **fault})
    except Exception:  # noqa: BLE001 - outermost: whatever it is, the message stays in its queue
        logger().exception("record failed", extra={"record": record["messageId"]})
    else:
        return True
    return False
